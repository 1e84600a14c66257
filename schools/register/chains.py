"""Which school follows which, along the register's links and over several of them.

A link is taken both ways: "A has the successor B" and "B has the predecessor A" say the same, and 250 real ones stand
there one way only. The links go round in circles (four do in the real file), so a walk never enters a school twice.
Only links that the newest links file still has are walked (the demonstration has links of its own), and only those of
a type that says who follows whom.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter

from django.db.models import Max, Q

from schools.models import RegisterFile, SchoolLink
from schools.register.rows import DEMO_URNS

_FORWARD, _BACK = "Successor", "Predecessor"  # how the link types begin
_FOLLOWING = Q(kind__istartswith=_FORWARD) | Q(kind__istartswith=_BACK)


@dataclass(frozen=True)
class Step:
    """That `after` follows `before`. `kinds` are the register's words for it from both sides, sorted."""

    before: int
    after: int
    kinds: tuple[str, ...]
    established_on: date | None
    is_one_way: bool


@dataclass(frozen=True)
class Chain:
    """All that is reached from one school. `steps` come in the order of the walk, nearest first; `ends` are the URNs
    from which the walk goes no further, sorted: none where it only goes round."""

    start: int
    steps: tuple[Step, ...]
    ends: tuple[int, ...]
    is_circular: bool


def successors_of(urns: Iterable[int]) -> dict[int, Chain]:
    """The chain of successors of each URN, empty where it has none. One query, and one for each step of the longest
    chain."""
    return _chains(urns, forward=True)


def predecessors_of(urns: Iterable[int]) -> dict[int, Chain]:
    """The same, backwards. Each step still reads from `before` to `after`."""
    return _chains(urns, forward=False)


def _chains(urns: Iterable[int], *, forward: bool) -> dict[int, Chain]:
    starts = list(dict.fromkeys(urns))
    steps = _steps_from(starts, forward=forward)
    return {urn: _chain(urn, steps, forward=forward) for urn in starts}


def _steps_from(starts: list[int], *, forward: bool) -> dict[int, list[Step]]:
    """Every step that can be reached, by the URN that it is taken from."""
    current = current_links()
    found: dict[int, list[Step]] = {}
    frontier = set(starts)
    while frontier:
        links = SchoolLink.objects.filter(_FOLLOWING, current, Q(urn__in=frontier) | Q(link_urn__in=frontier))
        together: dict[tuple[int, int], list[SchoolLink]] = {}
        for link in links.order_by("urn", "link_urn", "kind"):
            is_forward = link.kind.lower().startswith(_FORWARD.lower())
            pair = (link.urn, link.link_urn) if is_forward else (link.link_urn, link.urn)
            if pair[0 if forward else 1] in frontier:
                together.setdefault(pair, []).append(link)
        found.update({urn: [] for urn in frontier})
        for (before, after), said in sorted(together.items()):
            found[before if forward else after].append(_step(before, after, said))
        reached = {after if forward else before for before, after in together}
        frontier = reached - found.keys()
    return found


def current_links() -> Q:
    """Links that the newest links file still has, and the demonstration's. One query."""
    applied = RegisterFile.objects.filter(kind=RegisterFile.Kind.LINKS, applied_at__isnull=False, is_history=False)
    newest = applied.aggregate(newest=Max("as_at"))["newest"]
    return Q(last_seen__gte=newest) | Q(urn__range=(DEMO_URNS[0], DEMO_URNS[-1])) if newest else Q()


def _step(before: int, after: int, said: list[SchoolLink]) -> Step:
    days = [link.established_on for link in said if link.established_on]
    return Step(
        before=before,
        after=after,
        kinds=tuple(sorted({link.kind for link in said})),
        established_on=min(days, default=None),
        is_one_way=len({link.urn for link in said}) == 1,
    )


def _chain(start: int, steps: dict[int, list[Step]], *, forward: bool) -> Chain:
    """One walk, nearest first."""
    walked: list[Step] = []
    reached: dict[int, list[int]] = {}  # each school that was visited, and the next ones
    waiting = [start]
    while waiting:
        urn = waiting.pop(0)
        if urn in reached:
            continue
        walked += steps[urn]
        reached[urn] = [step.after if forward else step.before for step in steps[urn]]
        waiting += reached[urn]
    ends = sorted(urn for urn, following in reached.items() if not following and urn != start)
    return Chain(start, tuple(walked), tuple(ends), _goes_round(reached))


def _goes_round(graph: dict[int, list[int]]) -> bool:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return True
    return False
