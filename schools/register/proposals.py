"""What the register suggests to each hub: that what it holds for one school belongs to another.

Only ever a suggestion. A proposal that nobody has decided follows the register: it changes its basis when a planned
school opens, and goes when the link goes. What a person said, dismissed or undid is left alone.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Value
from django.db.models.functions import Lower, Replace

from schools.access import today
from schools.models import HubArea, School, SchoolLink, Succession
from schools.querysets import holds_on
from schools.register.chains import Chain, Step, current_links, successors_of
from schools.succession import holdings

Basis, State = Succession.Basis, Succession.State
LIVING = (*School.OPEN_STATUSES, School.Status.PROPOSED)
AROUND_CLOSING = timedelta(days=60)
# Types of link that join two schools without saying which comes first: the one that has closed does.
_UNDIRECTED: dict[str, str] = {
    "Result of Amalgamation": Basis.MERGED,
    "Merged": Basis.MERGED,
    "Sixth Form": Basis.SIXTH_FORM,
}


@dataclass(frozen=True)
class Proposal:
    predecessor: int  # primary keys
    successor: int
    basis: str

    @property
    def is_preticked(self) -> bool:
        return self.basis == Basis.SUCCESSOR


def propose(hub_ids: Collection[int] | None = None, *, on: date | None = None) -> dict[str, int]:
    """Bring the proposals of these hubs (of all, unless some are named) to what the register says now. Returns how many
    are `new`, `changed` and `withdrawn`. About twenty queries, whatever the number of schools; a handful where no hub
    holds anything. Belongs into a transaction."""
    areas = HubArea.objects.filter(holds_on(on or today()))
    areas = areas if hub_ids is None else areas.filter(hub__in=hub_ids)
    covered: dict[int, set[int]] = {}
    for hub_id, authority_id in areas.values_list("hub_id", "authority_id"):
        covered.setdefault(hub_id, set()).add(authority_id)
    if not covered:
        return {"new": 0, "changed": 0, "withdrawn": 0}
    standing = Succession.objects.filter(hub__in=covered)
    gone_over = set(
        standing.filter(state=State.APPLIED, how=Succession.How.MOVE).values_list("hub_id", "predecessor_id")
    )
    undecided = {
        (each.hub_id, each.predecessor_id, each.successor_id): each
        for each in standing.filter(state=State.PROPOSED, decided_at=None).exclude(basis=Basis.PERSON)
    }
    held = {pair for holding in holdings() for pair in holding.pairs() if pair[0] in covered} - gone_over
    held |= {(hub_id, old) for hub_id, old, _ in undecided}
    return _write(_of_hubs(held, covered), undecided, set(covered))


def _of_hubs(held: set[tuple[int, int]], covered: dict[int, set[int]]) -> dict[tuple[int, int, int], Proposal]:
    """The proposals by hub, predecessor and successor: for hubs that hold something of the one, and cover either."""
    hubs: dict[int, list[int]] = {}
    for hub_id, school_id in held:
        hubs.setdefault(school_id, []).append(hub_id)
    found = list(_proposals(hubs))
    ids = {pk for each in found for pk in (each.predecessor, each.successor)}
    authority = dict(School.objects.filter(pk__in=ids).values_list("pk", "authority_id"))
    return {
        (hub_id, each.predecessor, each.successor): each
        for each in found
        for hub_id in hubs[each.predecessor]
        if covered[hub_id] & {authority[each.predecessor], authority[each.successor]}
    }


def _write(
    wanted: dict[tuple[int, int, int], Proposal],
    undecided: dict[tuple[int, int, int], Succession],
    hub_ids: Collection[int],
) -> dict[str, int]:
    known = Succession.objects.filter(hub__in=hub_ids).values_list("hub_id", "predecessor_id", "successor_id")
    missing = wanted.keys() - set(known) if wanted else set()
    Succession.objects.bulk_create(
        [
            Succession(
                hub_id=hub, predecessor_id=old, successor_id=new, basis=each.basis, is_preticked=each.is_preticked
            )
            for (hub, old, new), each in sorted(wanted.items(), key=lambda pair: pair[0])
            if (hub, old, new) in missing
        ],
        ignore_conflicts=True,
    )
    changed = []
    for key, row in undecided.items():
        each = wanted.get(key)
        if each and (row.basis, row.is_preticked) != (each.basis, each.is_preticked):
            row.basis, row.is_preticked = each.basis, each.is_preticked
            changed.append(row)
    Succession.objects.bulk_update(changed, ["basis", "is_preticked"])
    gone = [row.pk for key, row in undecided.items() if key not in wanted]
    # Only if nobody has decided in the meantime.
    Succession.objects.filter(pk__in=gone, state=State.PROPOSED, decided_at=None).delete()
    return {"new": len(missing), "changed": len(changed), "withdrawn": len(gone)}


def _proposals(school_ids: Collection[int]) -> Iterator[Proposal]:
    """What the register says of these schools, whoever has them."""
    rows = School.objects.filter(pk__in=school_ids).exclude(status=School.Status.PROPOSED)
    old = {each.urn: each for each in rows.only(*_FIELDS)}
    if not old:
        return
    links = list(SchoolLink.objects.filter(current_links()).values_list("urn", "link_urn", "kind"))
    linked = {urn for one, other, _ in links for urn in (one, other)}
    chains = successors_of(linked & old.keys())
    joined = _joined(links, old)
    named = {urn for chain in chains.values() for step in chain.steps for urn in (step.before, step.after)}
    named |= {urn for others in joined.values() for urn in others}
    schools = {each.urn: each for each in School.objects.filter(urn__in=named).only(*_FIELDS)}
    unlinked = []
    for urn, school in old.items():
        chain = chains.get(urn)
        found = dict(_followed(school, chain, schools)) if chain else {}
        for other, basis in joined.get(urn, {}).items():
            if school.status == School.Status.CLOSED and other in schools and schools[other].status in LIVING:
                found.setdefault(schools[other].pk, basis)
        if not (chain and chain.steps) and urn not in joined and school.status == School.Status.CLOSED:
            unlinked.append(school)
        yield from (Proposal(school.pk, successor, basis) for successor, basis in found.items())
    yield from _guesses(unlinked)


_FIELDS = ("urn", "status", "open_date", "close_date", "postcode", "authority_id", "establishment_number")


def _followed(old: School, chain: Chain, schools: dict[int, School]) -> Iterator[tuple[int, str]]:
    """The nearest living schools along the chain, each with what the proposal rests on."""
    ways = _ways(old.urn, chain, schools)
    named = {step.after for step in chain.steps if step.before == old.urn}
    several = len(ways) > 1 or len(named) > 1
    for urn, way in ways.items():
        yield schools[urn].pk, _basis(old, schools[urn], way, chain, several=several)


def _ways(start: int, chain: Chain, schools: dict[int, School]) -> dict[int, list[Step]]:
    """The living schools that are reached first, each with the steps to it. Closed ones, and those that the portal has
    never met, are passed through; each school once, however the links go round."""
    after: dict[int, list[Step]] = {}
    for step in chain.steps:
        after.setdefault(step.before, []).append(step)
    found: dict[int, list[Step]] = {}
    seen = {start}
    waiting: list[tuple[int, list[Step]]] = [(start, [])]
    for urn, way in waiting:
        for step in after.get(urn, ()):
            if step.after in seen:
                continue
            seen.add(step.after)
            if step.after in schools and schools[step.after].status in LIVING:
                found[step.after] = [*way, step]
            else:
                waiting.append((step.after, [*way, step]))
    return found


def _basis(old: School, new: School, way: list[Step], chain: Chain, *, several: bool) -> str:
    """What a person has to know first."""
    words = " ".join(kind.lower() for step in way for kind in step.kinds)
    if chain.is_circular:
        return Basis.CYCLE
    if new.status == School.Status.PROPOSED:
        return Basis.PROPOSED
    if old.is_open:
        return Basis.BOTH_OPEN
    if "split" in words:
        return Basis.SPLIT
    if "merged" in words or "amalgamat" in words:
        return Basis.MERGED
    if several:
        return Basis.SEVERAL
    return Basis.ONE_WAY if any(step.is_one_way for step in way) else Basis.SUCCESSOR


def _joined(links: Iterable[tuple[int, int, str]], old: Collection[int]) -> dict[int, dict[int, str]]:
    """Links without a direction, by the URN of the school that is asked about."""
    found: dict[int, dict[int, str]] = {}
    for one, other, kind in links:
        basis = next((basis for start, basis in _UNDIRECTED.items() if kind.startswith(start)), "")
        for urn, joined in ((one, other), (other, one)) if basis else ():
            if urn in old:
                found.setdefault(urn, {}).setdefault(joined, basis)
    return found


def _guesses(closed: list[School]) -> Iterator[Proposal]:
    """For closed schools without any link: the same school number, or a school that opened at the same postcode as
    this one closed. Two queries."""
    living = School.objects.filter(status__in=LIVING, not_in_register_since=None)
    guessed: dict[tuple[int, int], str] = {}
    for old, new in _same_number(closed, living):
        guessed.setdefault((old.pk, new.pk), Basis.SAME_NUMBER)
    for old, new in _same_postcode(closed, living):
        guessed.setdefault((old.pk, new.pk), Basis.SAME_POSTCODE)
    yield from (Proposal(old, new, basis) for (old, new), basis in guessed.items())


def _same_number(closed: list[School], living) -> Iterable[tuple[School, School]]:
    numbered: dict[tuple[int, str], list[School]] = {}
    for each in closed:
        if _number(each):
            numbered.setdefault((each.authority_id, _number(each)), []).append(each)
    if not numbered:
        return
    places = {authority for authority, _ in numbered}
    texts = {number.zfill(width) for _, number in numbered for width in range(1, 6)}  # some lost their zeros
    for new in living.filter(authority__in=places, establishment_number__in=texts).only(*_FIELDS).order_by("pk"):
        for old in numbered.get((new.authority_id, _number(new)), ()):
            yield old, new


def _same_postcode(closed: list[School], living) -> Iterable[tuple[School, School]]:
    placed: dict[str, list[School]] = {}
    for each in closed:
        if each.close_date and _joined_up(each.postcode):
            placed.setdefault(_joined_up(each.postcode), []).append(each)
    if not placed:
        return
    found = living.annotate(place=Lower(Replace("postcode", Value(" "), Value("")))).filter(place__in=placed)
    for new in found.filter(open_date__isnull=False).only(*_FIELDS).order_by("pk"):
        for old in placed[_joined_up(new.postcode)]:
            if abs(new.open_date - old.close_date) <= AROUND_CLOSING:
                yield old, new


def _number(school: School) -> str:
    return school.establishment_number.strip().lstrip("0")


def _joined_up(postcode: str) -> str:
    return postcode.replace(" ", "").lower()
