"""How an engagement plan stands: what it waits for, and whether its measure is met today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engagement.models import EngagementPlan
from engagement.models.engagement_plans import OWN_MEASURE
from engagement.targets.measures import measures
from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.access import today
from schools.models import School

STATES = {
    "none": ("No plan", "quiet"),
    "over": ("Its day has passed", "bad"),
    "review": ("To review", "warning"),
    "step": ("Step due", "warning"),
    "going": ("Going on", "plum"),
    "reached": ("Reached", "good"),
    "missed": ("Ended, not reached", "quiet"),
}


@dataclass(frozen=True)
class Standing:
    """A plan today. `now` says how the school stands by the measure, "" for a measure of one's own."""

    plan: EngagementPlan
    code: str
    now: str = ""
    is_met: bool = False

    @property
    def words(self) -> str:
        return STATES[self.code][0]

    @property
    def variant(self) -> str:
        return STATES[self.code][1]


def code_of(plan: EngagementPlan, on: date, *, was_spoken: bool) -> str:
    """Which of STATES it is in; `was_spoken` since it was last looked at. No query."""
    if not plan.stands:
        return "reached" if plan.is_reached else "missed"
    if plan.due_on < on:
        return "over"
    if was_spoken:
        return "review"
    return "step" if plan.next_step_on <= on else "going"


def standing_of_plans(user: User, plans: Iterable[EngagementPlan]) -> list[Standing]:
    """Each plan's, in order. One query, and those of each measure that stands in them for each hub."""
    plans, on = list(plans), today()
    asked = EngagementPlan.objects.filter(pk__in=[each.pk for each in plans])
    spoken = set(asked.spoken_since().values_list("pk", flat=True))
    met: dict[tuple, set[int]] = {}
    for plan in plans:
        key = (plan.hub_id, plan.measure)
        if plan.measure != OWN_MEASURE and key not in met:
            schools = School.objects.visible_to(user).filter(
                pk__in=[each.school_id for each in plans if (each.hub_id, each.measure) == key]
            )
            met[key] = measures()[plan.measure].meeting(hub=plan.hub, user=user, schools=schools, on=on)
    return [_standing(plan, on, plan.pk in spoken, met) for plan in plans]


def _standing(plan: EngagementPlan, on: date, was_spoken: bool, met: dict[tuple, set[int]]) -> Standing:
    code = code_of(plan, on, was_spoken=was_spoken)
    if plan.measure == OWN_MEASURE:
        return Standing(plan, code)
    asked, is_met = measures()[plan.measure], plan.school_id in met[plan.hub_id, plan.measure]
    return Standing(plan, code, asked.met if is_met else asked.not_met, is_met)


def measured_by(plan: EngagementPlan) -> str:
    """The measure in words."""
    return plan.measure_words if plan.measure == OWN_MEASURE else measures()[plan.measure].label


def facts_of(standing: Standing) -> list[dict[str, str]]:
    """What a plan says, a row each for a page."""
    plan = standing.plan
    now = [("Now", standing.now)] if standing.now and plan.stands else []
    rows = [
        ("Aim", plan.aim),
        ("Measure", measured_by(plan)),
        ("Baseline", plan.baseline),
        *now,
        ("Target", plan.target),
        ("By when", long_date(plan.due_on)),
        ("Whose", str(plan.owner)),
        ("Next step", f"{plan.next_step.rstrip('.')}, on {long_date(plan.next_step_on)}"),
    ]
    return [{"label": label, "value": value} for label, value in rows]
