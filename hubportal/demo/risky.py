"""What may go wrong between the invented hubs and some of their schools, and which schools their people watch."""

from datetime import timedelta

from django.db.models import F

from engagement.actions import risks, watches
from engagement.models import Risk, RiskKind, RiskStep
from engagement.newcomers import noticing
from hubportal.demo.world import Place, World
from schools.models import ChangeNotice, RegisterChange, Relationship, School, TimelineEntry

# Kind, what, what shows it, days ago, what then: nothing, "manager" or "resolved".
SAID = (
    ("new-head", "The new head has not said whether the choir goes on", "Said at the gate on the last visit.", 12, ""),
    ("lead-leaving", "The music lead goes on leave in February and nobody follows yet", "Her email.", 9, "manager"),
    (
        "provision-falling",
        "Brass lessons fell from fourteen to five",
        "The tutor’s register of this term.",
        26,
        "manager",
    ),
    ("time-or-money", "Music moves to every other half-term in Year 4", "The timetable on its website.", 33, ""),
    ("going-elsewhere", "The trust asks other providers for a price", "The head told us by telephone.", 5, ""),
    ("unhappy", "Two lessons were missed and nobody rang", "The office manager’s complaint.", 60, "resolved"),
)
WATCHED = 4


def load(place: Place, world: World) -> None:
    """Six risks, and four schools that the first officer watches and four that the manager does. A hundred statements."""
    kinds = {each.code: each for each in RiskKind.objects.all()}
    rows = Relationship.objects.filter(
        hub=place.hub, school__status=School.Status.OPEN, last_conversation_on__isnull=False
    )
    schools = [each.school for each in rows.select_related("school").order_by("-last_conversation_on", "school__urn")]
    for school, (kind, what, shows, days, then) in zip(schools, SAID, strict=False):
        by = place.owners.get(school.pk, place.manager)
        word = f" {place.sentinel}".rstrip()
        risk = risks.raise_risk(school=school, kind=kinds[kind], what=f"{what}{word}", evidence=f"{shows}{word}", by=by)
        if then == "manager" and by != place.manager:
            risks.escalate(risk=risk, to=place.manager, why=f"You know the head: would you ring?{word}", by=by)
        if then == "resolved":
            why = f"The partner rang, said sorry and made both up.{word}"
            risks.resolve(risk=risk, outcome="put-right", why=why, by=by)
        _move(risk, world, days)
    for person in (*place.officers[:1], place.manager):
        for school in schools[:WATCHED]:
            watch = watches.watch(school=school, by=person)
            watch.since = watch.seen_at = world.at(world.on - timedelta(days=14), 8, 30)
            watch.save(update_fields=["since", "seen_at"])
    heads = ChangeNotice.objects.filter(hub=place.hub, change__kind=RegisterChange.Kind.HEAD).open()
    noticing.of_notices(heads.select_related("hub", "change__school"))
    TimelineEntry.objects.filter(hub=place.hub, at__lt=F("written_at")).update(written_at=F("at"))


def _move(risk: Risk, world: World, days: int) -> None:
    """To the day on which it was raised; each further step a few days later."""
    for number, step in enumerate(risk.steps.order_by("pk")):
        step.at = world.at(world.on - timedelta(days=max(days - 4 * number, 0)), 9, 40)
        RiskStep.objects.filter(pk=step.pk).update(at=step.at)
        risks.write_timeline(step)
    Risk.objects.filter(pk=risk.pk).update(raised_at=world.at(world.on - timedelta(days=days), 9, 40))
