"""What an invented manager has planned: views of lists, tags, days for the next contact, targets."""

from datetime import timedelta

from engagement.actions import planned
from engagement.models import Target, TargetSchool
from engagement.targets.measures import measures
from hubportal.demo import schooldays
from hubportal.demo.world import Place, World
from hubportal.kit.saved import Described
from schools.actions import saved_views, tags
from schools.models import SavedView, School
from schools.segments import KIND

LIST = "schools:school-list"
FUNDED = ("state_funded", "yes", "Funding: State-funded")
NEVER = ("engagement", "never", "Engagement in the academic year: Never")
SILENT = ("engagement", "disengaged", "Engagement in the academic year: Historically disengaged")
PRIMARY = ("kind", "primary", "Kind of school: Primary")
SECONDARY = ("kind", "secondary", "Kind of school: Secondary")
SPECIAL = ("kind", "special", "Kind of school: Special")
COLUMNS = {"town": "Town", "engagement": "Engagement", "owner_name": "Our contact", "tags": "Tags"}
VIEWS = (
    ("Historically disengaged", (FUNDED, SILENT), (), True),
    ("Primaries never reached", (FUNDED, PRIMARY, NEVER), tuple(COLUMNS), True),
    ("Secondaries", (FUNDED, SECONDARY), (), True),
    ("Special schools", (FUNDED, SPECIAL), (), True),
)
# Name, view, measure, goal in per cent, days from now, what is done for it: no two alike.
TARGETS = (
    (
        "Half of the historically disengaged schools are engaged",
        "Historically disengaged",
        "engaged",
        50,
        240,
        "Call each head before the half-term; offer a visit with a partner school.",
    ),
    (
        "Six of ten secondaries are engaged in two or more ways",
        "Secondaries",
        "several",
        60,
        240,
        "Offer each head of music a project or an ensemble beside the lessons that the school takes.",
    ),
    (
        "Four of five special schools have talked with us this year",
        "Special schools",
        "conversation",
        80,
        120,
        "Visit, rather than call. Bring the instruments that pupils can play with one hand.",
    ),
)
FESTIVAL = "Summer festival"


def plan(place: Place, world: World) -> None:
    """Four views, a tag, days for the next contact, and three targets. Some fifty statements."""
    hub, by = place.hub, place.manager
    views = {}
    for name, filters, columns, is_shared in VIEWS:
        words = {key: said for key, _, said in filters}
        words |= {f"columns.{each}": f"The column “{COLUMNS[each]}”" for each in columns}
        shown = Described(LIST, {key: value for key, value, _ in filters}, "", columns, words)
        views[name] = saved_views.save(hub=hub, shown=shown, name=name, is_shared=is_shared, is_start=False, by=by)
    schools = School.objects.filter(authority__hub_areas__hub=hub, status=School.Status.OPEN).state_funded()
    schools = schools.with_engagement(by, world.on).order_by("urn")
    tags.set_tag(hub=hub, name=_said(place, FESTIVAL), schools=schools.filter(engagement="engaged")[:9], has=True)
    on = schooldays.on_or_after(world.on + timedelta(days=45))
    waiting = schools.filter(engagement="never", next_conversation_on=None)[:4]
    reason = _said(place, "Places for the summer festival are given out that week")
    planned.set_days(hub=hub, days={each: {"on": on.isoformat(), "reason": reason} for each in waiting}, by=by)
    _targets(place, world, views, schools)


def _targets(place: Place, world: World, views: dict[str, SavedView], schools) -> None:
    """Set half a term ago; by the records some schools have come nearer since."""
    hub, by = place.hub, place.manager
    baseline = world.on - timedelta(days=60)
    for number, (name, segment, measure, goal, days, actions) in enumerate(TARGETS):
        view = views[segment]
        found = schools.with_engagement(by, world.on, as_at=baseline)
        if "engagement" in view.query:
            found = found.disengaged(by, baseline, world.on)
        else:
            found = KIND.only(found, view.query["kind"])
        keys = list(found.values_list("pk", flat=True))
        if not keys:
            continue
        met = measures()[measure].meeting(hub=hub, user=by, schools=School.objects.filter(pk__in=keys), on=baseline)
        target = Target.objects.create(
            hub=hub,
            name=_said(place, name),
            measure=measure,
            segment=view,
            segment_query=view.query,
            segment_words=view.in_words,
            baseline_on=baseline,
            unit=Target.Unit.SHARE,
            goal=goal,
            due_on=schooldays.on_or_after(world.on + timedelta(days=days)),
            owner=place.officers[number % len(place.officers)] if place.officers else by,
            actions=_said(place, actions),
            created_by=by,
        )
        rows = [TargetSchool(target=target, hub=hub, school_id=pk, met_at_baseline=pk in met) for pk in keys]
        TargetSchool.objects.bulk_create(rows)


def _said(place: Place, words: str) -> str:
    return f"{words} ({place.sentinel})" if place.sentinel else words
