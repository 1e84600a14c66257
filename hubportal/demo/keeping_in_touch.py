"""How the invented hubs keep in touch with their schools."""

from datetime import timedelta

from engagement.actions import attempts, persistence
from engagement.actions.persistence import Step
from engagement.ladder import ladder_of
from engagement.models import Attempt, ContactRules, Hold, LadderStep, ScorePoints
from hubportal.demo import schooldays
from hubportal.demo.world import Place, World
from hubportal.kit.wording import academic_year
from schools.models import Relationship, School

How, Kind, Reason = Attempt.How, Hold.Kind, Hold.Reason
LADDER = (
    Step("Email to the music lead", How.EMAIL),
    Step("Call the office before half past eight", How.CALL, 1),
    Step("Letter to the head", How.LETTER, 2),
    Step("Introduction by a partner school", How.INTRODUCTION, 3),
    Step("Visit by appointment", How.VISIT, 3),
    Step("Trust or chair of governors", How.TRUST, 4, needs_approval=True),
)
# Which schools are left in peace, by where they stand among those that do not answer: kind, reason, days, who, note.
HELD = (
    (Kind.PAUSED, Reason.INSPECTION, 24, "The head, by email", "Ring in the second week after it."),
    (Kind.DECLINED, Reason.TIME, 210, "The head", "A new building takes all of this year."),
    (Kind.PAUSED, Reason.EXAMS, 45, "Our manager", ""),
    (Kind.DECLINED, Reason.ELSEWHERE, 280, "The music lead", "Buys lessons from a private teacher."),
    (Kind.DECLINED, Reason.STAFF, 90, "The acting head", ""),
    (Kind.PAUSED, Reason.INCIDENT, 60, "The trust's office", ""),
)
CLIMBED = (76, 69, 55, 34, 13)  # days ago, of the steps before the last
OFTEN = {"exampleshire": ContactRules.Cadence.TERM, "samplefolk": ContactRules.Cadence.TWICE}


def decide(place: Place, world: World) -> None:
    """What counts as talking, and how often the hub wants to, since last academic year; its own ladder in Exampleshire,
    and what weighs more there than is usual. A few statements."""
    ContactRules.objects.create(hub=place.hub, year=academic_year(world.on) - 1, school_weeks=OFTEN[place.hub.slug])
    if not place.sentinel:
        LadderStep.objects.bulk_create(
            LadderStep(hub=place.hub, position=position, **vars(step)) for position, step in enumerate(LADDER, start=1)
        )
        ScorePoints.objects.create(hub=place.hub, points={"never": 14, "silent": 4})


def persist(place: Place, world: World) -> None:
    """Some of the schools that do not answer are left in peace until a day; for one a manager is asked to approve the
    last step, for another one has. Some three hundred statements."""
    rows = Relationship.objects.filter(hub=place.hub, school__status=School.Status.OPEN, next_conversation_on=None)
    silent = list(rows.exclude(next_step="").select_related("school").order_by("-attempts_since", "school__urn"))
    for row, (kind, reason, days, who, note) in zip(silent, HELD, strict=False):
        persistence.hold(
            school=row.school,
            kind=kind,
            reason=reason,
            until=schooldays.on_or_after(world.on + timedelta(days=days)),
            decided_by=f"{who} ({place.sentinel})" if place.sentinel else who,
            note=note,
            by=place.owners.get(row.school_id, place.manager),
        )
    spoke_last = world.on - timedelta(days=max(CLIMBED) + 7)
    patient = [row for row in silent[len(HELD) :] if not row.last_counted_on or row.last_counted_on < spoke_last]
    for row, is_approved in zip(patient, (None, True), strict=False):
        _climb(place, world, row.school, is_approved=is_approved)


def _climb(place: Place, world: World, school: School, *, is_approved: bool | None) -> None:
    """Every step but the last was taken, and got no answer; a manager is asked for the last one."""
    by = place.owners.get(school.pk, place.manager)
    for step, days in zip(ladder_of(place.hub), CLIMBED, strict=False):
        day = schooldays.on_or_before(world.on - timedelta(days=days))
        attempts.log(school=school, how=step.how, by=by, at=world.at(day, 10, 15))
    kept = Relationship.objects.get(hub=place.hub, school=school)
    if kept.next_how == How.TRUST:
        said = f"Five steps and no word. {place.sentinel}".strip()
        asked = persistence.ask_approval(school=school, why=said, by=by)
        if is_approved:
            answer = "Yes. Write to the chair of governors, and copy me in."
            persistence.decide(approval=asked, is_approved=True, answer=answer, by=place.manager)
