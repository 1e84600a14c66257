"""Starting a school's engagement plan, reviewing, changing and ending it; and the templates from which many start."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement.models import ConversationPart, EngagementPlan, EngagementPlanNote, EngagementPlanTemplate
from engagement.models.engagement_plans import OWN_MEASURE
from engagement.targets.measures import measures
from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.access import today
from schools.actions import relationships
from schools.models import Hub, Relationship, School

MOST_YEARS = 3  # a plan that reaches further has no "by when"
STANDS_ALREADY = "This school has an engagement plan already. Change that one, or end it first."
TOO_LATE = "The next step comes after the plan’s day, {}"
ENDED_ALREADY = "This plan has been ended already."
SHARED = ("aim", "measure", "measure_words", "target", "due_on", "next_step")  # of a plan with its template
# What a plan says and can be changed, with what a note calls it.
CALLED = {
    "aim": "The aim",
    "measure": "The measure",
    "measure_words": "What is measured",
    "baseline": "The baseline",
    "target": "The target",
    "due_on": "The day by which",
    "owner": "Whose it is",
    "next_step": "The next step",
    "next_step_on": "The day of the next step",
}


@dataclass(frozen=True)
class Aim:
    """What a plan says, checked together."""

    aim: str
    measure: str
    measure_words: str
    baseline: str
    target: str
    due_on: date
    owner: User
    next_step: str
    next_step_on: date

    def check(self, hub: Hub, *, before: "EngagementPlan | None" = None) -> None:
        """Raises ValidationError by field: a day that is over or too far, somebody who is not of the hub, a measure of
        one's own without words. What stood so `before` is not complained of."""
        check_due(self.due_on, before.due_on if before else None)
        if self.measure == OWN_MEASURE and not (self.measure_words and self.baseline):
            name = "baseline" if self.measure_words else "measure_words"
            raise ValidationError({name: "Say what you measure, and how the school stands by it today"})
        if self.next_step_on > self.due_on:
            raise ValidationError({"next_step_on": TOO_LATE.format(long_date(self.due_on))})
        if (before is None or before.next_step_on != self.next_step_on) and self.next_step_on < today():
            raise ValidationError({"next_step_on": f"The day must be today, {long_date(today())}, or later"})
        if (before is None or before.owner_id != self.owner.pk) and not _may_own(hub, self.owner):
            raise ValidationError({"owner": f"{self.owner} is no manager or officer of {hub} or its partners any more"})


def check_due(due_on: date, before: date | None = None) -> None:
    """Raises ValidationError for a day that is over, or further than MOST_YEARS."""
    if due_on == before:
        return
    if due_on <= today():
        raise ValidationError({"due_on": f"The day must be after today, {long_date(today())}"})
    if due_on.year > today().year + MOST_YEARS:
        raise ValidationError({"due_on": f"The day must be within {MOST_YEARS} years"})


def _may_own(hub: Hub, user: User) -> bool:
    return relationships.may_own(hub=hub).filter(user=user).exists()


def baselines(*, hub: Hub, measure: str, schools: Iterable[School], by: User) -> dict[int, str]:
    """How each school stands today by a measure that is worked out, in words, by its id; "" for one's own measure. The
    queries of the measure."""
    schools = list(schools)
    if measure == OWN_MEASURE:
        return dict.fromkeys([each.pk for each in schools], "")
    asked = measures()[measure]
    rows = School.objects.visible_to(by).filter(pk__in=[each.pk for each in schools])
    met = asked.meeting(hub=hub, user=by, schools=rows, on=today())
    return {each.pk: f"{asked.met if each.pk in met else asked.not_met}, {long_date(today())}" for each in schools}


@transaction.atomic
def start(*, hub: Hub, school: School, said: Aim, by: User) -> EngagementPlan:
    """The school's plan. A baseline that is left empty is how the school stands today by the measure. Some ten
    statements. Raises ValidationError, by field, and where a plan stands already."""
    said.check(hub)
    relationships.lock(hub=hub, schools=[school])
    if EngagementPlan.objects.standing().filter(hub=hub, school=school).exists():
        raise ValidationError(STANDS_ALREADY)
    values = vars(said) | {
        "baseline": said.baseline or baselines(hub=hub, measure=said.measure, schools=[school], by=by)[school.pk]
    }
    return EngagementPlan.objects.create(hub=hub, school=school, made_by=by, **values)


@transaction.atomic
def change(*, plan: EngagementPlan, said: Aim, by: User) -> bool:
    """Say something else in it; what it said stays as a note. Says whether anything changed. Six statements. Raises
    ValidationError by field, and where it was ended."""
    row = _held(plan)
    said.check(row.hub, before=row)
    notes = [
        f"{words} was: {_words(getattr(row, name))}."
        for name, words in CALLED.items()
        if getattr(said, name) != getattr(row, name)
    ]
    if not notes:
        return False
    for name in CALLED:
        setattr(row, name, getattr(said, name))
    row.save(update_fields=list(CALLED))
    EngagementPlanNote.objects.create(plan=row, what=EngagementPlanNote.What.CHANGE, by=by, words=" ".join(notes))
    return True


def _words(value: Any) -> str:
    return long_date(value) if isinstance(value, date) else str(value).rstrip(".") or "nothing"


@transaction.atomic
def review(*, plan: EngagementPlan, words: str, next_step: str, next_step_on: date, by: User) -> EngagementPlanNote:
    """Note how it goes, and what comes next: after each conversation, and whenever. Eight statements. Raises
    ValidationError by field, and where it was ended."""
    row = _held(plan)
    if next_step_on < today():
        raise ValidationError({"next_step_on": f"The day must be today, {long_date(today())}, or later"})
    if next_step_on > row.due_on:
        raise ValidationError({"next_step_on": TOO_LATE.format(long_date(row.due_on))})
    if next_step != row.next_step:
        words = f"{words}\nThe step before was: {_words(row.next_step)}."
    note = EngagementPlanNote.objects.create(
        plan=row, what=EngagementPlanNote.What.REVIEW, by=by, words=words, conversation=last_conversation(row, by)
    )
    row.next_step, row.next_step_on, row.reviewed_at = next_step, next_step_on, note.at
    row.save(update_fields=["next_step", "next_step_on", "reviewed_at"])
    return note


def last_conversation(plan: EngagementPlan, user: User) -> Any:
    """The newest conversation of the hub with the school since the plan was last looked at, as far as the person sees
    it; None where there is none. One query."""
    since = timezone.localdate(plan.reviewed_at)
    rows = ConversationPart.objects.visible_to(user).filter(
        school=plan.school_id,
        conversation__hub=plan.hub_id,
        conversation__state="logged",
        conversation__date__gte=since,
        conversation__logged_at__gt=plan.reviewed_at,
        is_filled=True,
        withdrawn_at=None,
    )
    part = rows.select_related("conversation").order_by("-conversation__date", "-pk").first()
    return part.conversation if part else None


@transaction.atomic
def end(*, plan: EngagementPlan, is_reached: bool, outcome: str, by: User) -> None:
    """Close it, with how it ended; the school needs another then. Two statements. Raises ValidationError where somebody
    has."""
    row = _held(plan)
    row.ended_at, row.ended_by, row.is_reached, row.outcome = timezone.now(), by, is_reached, outcome
    row.save(update_fields=["ended_at", "ended_by", "is_reached", "outcome"])


def _held(plan: EngagementPlan) -> EngagementPlan:
    rows = EngagementPlan.objects.select_for_update(of=("self",)).select_related("hub", "school", "owner")
    row = rows.get(pk=plan.pk)
    if not row.stands:
        raise ValidationError(ENDED_ALREADY)
    return row


# --- Many at once ---------------------------------------------------------------------------------------------------


@transaction.atomic
def save_template(*, hub: Hub, by: User, template: EngagementPlanTemplate | None = None, **said: Any) -> bool:
    """Make a template, or let one say something else; plans that were started from it stay. Three statements. Raises
    ValidationError by field."""
    check_due(said["due_on"], template.due_on if template else None)
    if said["measure"] == OWN_MEASURE:
        raise ValidationError({"measure": "Choose a measure that is worked out: each school’s baseline is taken by it"})
    same = EngagementPlanTemplate.objects.offered().filter(hub=hub, name__iexact=said["name"])
    if (same.exclude(pk=template.pk) if template else same).exists():
        raise ValidationError({"name": "A template of this name is there already. Choose another name"})
    if template is None:
        EngagementPlanTemplate.objects.create(hub=hub, made_by=by, **said)
        return True
    for name, value in said.items():
        setattr(template, name, value)
    template.save(update_fields=list(said))
    return True


def retire_template(*, template: EngagementPlanTemplate) -> None:
    """Offer it no more. One statement."""
    template.retired_at = timezone.now()
    template.save(update_fields=["retired_at"])


def start_from(*, template: EngagementPlanTemplate, schools: Iterable[School], by: User) -> dict[int, EngagementPlan]:
    """A plan for each school, by its id: whose it is is whoever looks after the school, else `by`. The caller holds the
    relationships, and gives only schools without one. Five statements, and one for each thousand."""
    schools = list(schools)
    hub, on = template.hub, today()
    keepers = relationships.may_own(hub=hub).values("user")
    kept = Relationship.objects.filter(hub=hub, school__in=schools, owner__in=keepers)
    owners = dict(kept.values_list("school", "owner"))
    baseline = baselines(hub=hub, measure=template.measure, schools=schools, by=by)
    step = min(on + timedelta(weeks=template.step_weeks), template.due_on)
    shared = {name: getattr(template, name) for name in SHARED}
    made = EngagementPlan.objects.bulk_create(
        (
            EngagementPlan(
                hub=hub,
                school=school,
                template=template,
                baseline=baseline[school.pk],
                owner_id=owners.get(school.pk, by.pk),
                next_step_on=step,
                made_by=by,
                **shared,
            )
            for school in schools
        ),
        batch_size=1000,
    )
    return {each.school_id: each for each in made}


def take_back(*, hub: Hub, plans: Mapping[int, str]) -> None:
    """Delete plans that were started in bulk and that nobody has touched: by the school's id, the plan's. One
    statement for each thousand."""
    rows = EngagementPlan.objects.standing().filter(hub=hub, uuid__in=plans.values(), school__in=plans)
    rows.filter(notes=None).delete()
