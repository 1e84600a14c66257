"""Which schools a school was before, and which it became: what was applied, followed through its chains."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, UUIDField
from django.db.models.functions import Cast, Substr

from hubportal.accounts.models import User
from schools.holdings import SOURCE
from schools.models import Handover, Hub, School, SchoolIdentifier, Succession, TimelineEntry

LENGTH_OF_A_UUID = 36


@dataclass(frozen=True)
class Other:
    """Another school of the line. `is_visible`: the person may open its page. `is_whole`: the records went over; else
    they were copied, and both go on."""

    school: School
    is_visible: bool
    is_whole: bool


@dataclass(frozen=True)
class Line:
    """A school's line: what it is now, what it was, and the proposals that wait for somebody to decide."""

    now: list[Other] = field(default_factory=list)
    before: list[Other] = field(default_factory=list)
    to_decide: list[Succession] = field(default_factory=list)


def carried_since(schools: Iterable[School]) -> dict[int, date | None]:
    """For each school that carries the records of another, by primary key: when the oldest of them opened; None where
    the register does not know. One query."""
    rows = SchoolIdentifier.objects.filter(school__in=[each.pk for each in schools]).exclude(urn=F("school__urn"))
    found: dict[int, list[date | None]] = {}
    for school_id, since in rows.values_list("school_id", "valid_from"):
        found.setdefault(school_id, []).append(since)
    return {key: None if None in days else min(filter(None, days)) for key, days in found.items()}


def first_day(school: School, carried: Mapping[int, date | None]) -> date | None:
    """The first day on which the school, or one whose records it carries, was open; None where nobody knows. `carried`
    is what `carried_since` says. No queries."""
    own = school.known_open_date
    if school.pk not in carried:
        return own
    former = carried[school.pk]
    return min(own, former) if own and former else None


def line_of(school: School, *, hub: Hub | None, user: User) -> Line:
    """The line of a school as the hub that covers it now has decided it, and as the hubs before it had, where they
    handed it over with the history. One query, and one more where there is any line. Proposals are only the hub's own,
    and only those that the person sees as one of the hub."""
    if hub is None:
        return Line()
    rows = _decided_by(hub)
    applied = _followed([each for each in rows if each.state == Succession.State.APPLIED], hub)
    forward = _walk(school.pk, [(each.predecessor_id, each.successor_id, each.how) for each in applied])
    back = _walk(school.pk, [(each.successor_id, each.predecessor_id, each.how) for each in applied])
    open_ones = [
        each
        for each in rows
        if each.state == Succession.State.PROPOSED and school.pk in (each.predecessor_id, each.successor_id)
    ]
    ids = {*forward, *back, *(pk for each in open_ones for pk in (each.predecessor_id, each.successor_id))}
    if not ids:
        return Line()
    seen = School.objects.visible_to(user).filter(pk=OuterRef("pk"))
    schools = {each.pk: each for each in School.objects.filter(pk__in=ids).annotate(is_visible=Exists(seen))}
    for each in open_ones:
        each.predecessor, each.successor = schools[each.predecessor_id], schools[each.successor_id]
    return Line(
        now=[Other(schools[pk], schools[pk].is_visible, how == Succession.How.MOVE) for pk, how in forward.items()],
        before=[Other(schools[pk], schools[pk].is_visible, how == Succession.How.MOVE) for pk, how in back.items()],
        to_decide=open_ones,
    )


def _decided_by(hub: Hub) -> list[Any]:
    """What the hub has applied or has to decide; and what is applied by hubs from which a school came to it with the
    history, `is_received` where the hub has the entry of it. One query."""
    taken_over = Handover.objects.filter(receiver=hub, state=Handover.State.ACCEPTED, with_history=True)
    entries = TimelineEntry.objects.filter(
        hub=hub, school__in=taken_over.values("school"), received_from__isnull=False, source__startswith=f"{SOURCE}:"
    ).order_by()
    # The place of the uuid in "succession:<uuid>:<when>": the database counts from one.
    received = entries.values(succession=Cast(Substr("source", len(SOURCE) + 2, LENGTH_OF_A_UUID), UUIDField()))
    State = Succession.State
    own = Q(hub=hub, state__in=[State.APPLIED, State.PROPOSED])
    rows = Succession.objects.filter(own | Q(hub__in=entries.values("received_from"), state=State.APPLIED))
    rows = rows.annotate(is_received=ExpressionWrapper(Q(uuid__in=received), output_field=BooleanField()))
    return list(rows.only("uuid", "hub_id", "predecessor_id", "successor_id", "state", "how", "decided_at"))


def _followed(applied: list[Any], hub: Hub) -> list[Any]:
    """The hub's own, those it received, and what each of these hubs had brought to the same school before."""
    kept = [each for each in applied if each.hub_id == hub.pk or each.is_received]
    others = [each for each in applied if each not in kept]
    for each in kept:
        before = [
            other
            for other in others
            if (other.hub_id, other.successor_id) == (each.hub_id, each.predecessor_id)
            and other.decided_at <= each.decided_at
        ]
        kept += before
        others = [other for other in others if other not in before]
    return kept


def _walk(start: int, edges: list[tuple[int, int, str]]) -> dict[int, str]:
    """Everything that follows, the nearest first, with how the last step was made. Each school once, however the edges
    go round."""
    after: dict[int, list[tuple[int, str]]] = {}
    for one, other, how in edges:
        after.setdefault(one, []).append((other, how))
    found: dict[int, str] = {}
    waiting = [start]
    for each in waiting:
        for other, how in after.get(each, ()):
            if other != start and other not in found:
                found[other] = how
                waiting.append(other)
    return found
