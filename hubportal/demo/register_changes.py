"""What the invented register changed lately, in each hub's feed: most of it new, some of it seen to."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from hubportal.demo.county import HOLLOWDENE_HIGH, DemoSchool
from hubportal.demo.world import Place, World
from hubportal.kit.wording import long_date
from schools.models import ChangeNotice, RegisterChange, School, Succession

Kind, State = RegisterChange.Kind, ChangeNotice.State
NEWS_FOR = timedelta(days=800)  # a closing before that is no news any more
OLD_AFTER = timedelta(days=75)


def tell_changes(place: Place, world: World) -> None:
    """Called after `become`, whose decisions it knows: its dice are its own, so that the rest of the county stays as it
    is."""
    rng = Random(f"register changes {place.hub.slug} {world.seed}")
    changes = list(_changes(place, world, rng))
    waiting = set(Succession.objects.filter(hub=place.hub).to_decide().values_list("predecessor_id", flat=True))
    notices = []
    for change in changes:
        change.uuid = UUID(int=rng.getrandbits(128), version=4)
        change.before, change.after = change.before[:200], change.after[:200]
        notices.append(_notice(place, world, rng, change, waits=change.school_id in waiting))
    RegisterChange.objects.bulk_create(changes)
    ChangeNotice.objects.bulk_create(notices)


def _changes(place: Place, world: World, rng: Random) -> Iterator[RegisterChange]:
    by_urn = place.schools
    open_ones = [each for each in place.sketches if each.is_open]
    lately = world.on - timedelta(days=6)
    for each in place.sketches:
        if each.predecessor:
            old = by_urn[each.predecessor]
            yield _change(
                old, Kind.CONVERTED, each.opened + timedelta(days=5),
                old.name, each.name, each.opened, other_school=by_urn[each.urn],
            )  # fmt: skip
        elif each.closed and each.reason_closed == "Closure" and each.closed > world.on - NEWS_FOR:
            yield _change(by_urn[each.urn], Kind.CLOSED, each.closed + timedelta(days=5), "Open", "Closed", each.closed)
    for each in open_ones:
        if each.urn == HOLLOWDENE_HIGH and each.closed:
            yield _change(by_urn[each.urn], Kind.CLOSING, lately, "", long_date(each.closed), each.closed)
    grown = [each for each in open_ones if _by_a_fifth(each)]
    for each in rng.sample(grown, min(3, len(grown))):
        kind = Kind.PUPILS_UP if each.pupils > each.pupils_before else Kind.PUPILS_DOWN
        yield _change(by_urn[each.urn], kind, lately, str(each.pupils_before), str(each.pupils))
    for each in rng.sample([each for each in open_ones if each.kind == "primary" and not each.predecessor], 3):
        before = f"{rng.choice(('Jane', 'Samir', 'Grace'))} {rng.choice(('Hollis', 'Amadi', 'Wren'))}"
        yield _change(by_urn[each.urn], Kind.HEAD, lately, before, " ".join(each.head[1:]))


def _by_a_fifth(school: DemoSchool) -> bool:
    before = school.pupils_before
    return bool(before) and (school.pupils * 5 >= before * 6 or school.pupils * 5 <= before * 4)


def _change(
    school: School, kind: str, noticed: date, before: str, after: str, day: date | None = None, **more: School
) -> RegisterChange:
    return RegisterChange(
        school=school, kind=kind, noticed_on=noticed, before=before, after=after, happens_on=day, **more
    )


def _notice(place: Place, world: World, rng: Random, change: RegisterChange, *, waits: bool) -> ChangeNotice:
    """Older ones are done or dismissed, but for a conversion that waits to be decided; some are with a colleague."""
    notice = ChangeNotice(
        uuid=UUID(int=rng.getrandbits(128), version=4), hub=place.hub, change=change, note=place.sentinel
    )
    if not waits and change.noticed_on < world.on - OLD_AFTER:
        notice.state = State.DONE if rng.random() < 0.7 else State.DISMISSED
        notice.note = place.sentinel or "Seen to."
    elif change.kind == Kind.HEAD and rng.random() < 0.5 and place.officers:
        notice.state, notice.assigned_to = State.ASSIGNED, place.officers[0]
        notice.note = place.sentinel or "You know the school: say hello?"
    if notice.state != State.NEW:
        notice.decided_by = place.manager
        notice.decided_at = world.at(min(world.on, change.noticed_on + timedelta(days=3)), 10, 30)
    return notice
