"""What a hub's area holds, counted from the register: by authority, phase and type; and what no hub covers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef

from hubportal.accounts.models import User
from schools.access import today
from schools.dated_facts import expected_of_each_authority, lead_schools
from schools.facts import phase_choices
from schools.models import DatedFactValue, Hub, HubArea, LocalAuthority, School
from schools.querysets import SchoolQuerySet, holds_on

PROPOSED_SHOWN = 20
# By kind of Lead School. The register gives special schools and alternative provision no phase.
LOOKED_FOR = {
    "primary": School.Phase.PRIMARY,
    "secondary": School.Phase.SECONDARY,
    "send-ap": School.Phase.NOT_APPLICABLE,
}


@dataclass
class Counts:
    """Open schools: state-funded, the others, and proposed ones beside them."""

    funded: int = 0
    other: int = 0
    proposed: int = 0

    @property
    def total(self) -> int:
        return self.funded + self.other


@dataclass(frozen=True)
class Row:
    """A line of counts. `code` is what the list of schools filters by."""

    label: str
    code: str
    counts: Counts


@dataclass(frozen=True)
class Lead:
    """The Lead Schools of one expected kind in an authority, by name; none where one is missing."""

    value: DatedFactValue
    schools: list[School]

    @property
    def phase(self) -> str:
        """The phase in which to look for one; "" where that does not narrow it down."""
        return LOOKED_FOR.get(self.value.code, "")


@dataclass
class Place:
    """An authority of the area with its dates. `uncovered` are the open schools of one that ended and that no hub
    covers now, none where a hub does. `leads` are the Lead Schools of one that is covered now, kind by kind."""

    area: HubArea
    counts: Counts
    uncovered: list[School] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)

    @property
    def missing_leads(self) -> list[str]:
        """The names of the expected kinds of which there is no Lead School."""
        return [lead.value.name for lead in self.leads if not lead.schools]


@dataclass(frozen=True)
class Uncovered:
    """An authority that no hub covers, with its open schools and how many of them are state-funded."""

    authority: LocalAuthority
    open_schools: int
    funded_schools: int


@dataclass
class Area:
    now: list[Place] = field(default_factory=list)
    later: list[Place] = field(default_factory=list)
    ended: list[Place] = field(default_factory=list)
    phases: list[Row] = field(default_factory=list)
    types: list[Row] = field(default_factory=list)
    total: Counts = field(default_factory=Counts)
    proposed: list[School] = field(default_factory=list)

    @property
    def without_leads(self) -> int:
        """In how many of today's authorities an expected Lead School is missing."""
        return sum(bool(place.missing_leads) for place in self.now)


def area_of(hub: Hub, user: User, on: date | None = None) -> Area:
    """The hub's area with its counts, for one of its staff. Six queries at the most."""
    on = on or today()
    schools = School.objects.visible_to(user, on).schools().in_hubs({hub.pk}, on)
    counted = schools.exclude(status=School.Status.CLOSED).order_by()
    kinds = counted.values("authority_id", "phase", "status", "type__code", "type__name", "type__is_state_funded")
    groups: list[dict[str, Any]] = [dict(each) for each in kinds.annotate(number=Count("pk"))]
    found = Area()
    by_authority = _counted(groups, "authority_id")
    for area in HubArea.objects.filter(hub=hub).select_related("authority").order_by("authority__name", "starts_on"):
        place = Place(area, by_authority.get(area.authority_id, Counts()))
        kept = found.later if area.starts_on > on else found.ended if area.ends_on and area.ends_on <= on else found.now
        kept.append(place)
    _tell_uncovered(found.ended, on)
    _tell_leads(found.now, hub, user, on)
    phases, types = _counted(groups, "phase"), _counted(groups, "type__code")
    names = {group["type__code"]: group["type__name"] for group in groups}
    found.phases = [Row(label, code, phases[code]) for code, label in phase_choices() if code in phases]
    found.types = [Row(names[code], code, counts) for code, counts in types.items()]
    found.types.sort(key=lambda row: (-row.counts.total, row.label))
    found.total = sum_of(by_authority.values())
    if found.total.proposed:
        planned = schools.filter(status=School.Status.PROPOSED).select_related("authority")
        found.proposed = list(planned.order_by("open_date", "name_key", "urn")[:PROPOSED_SHOWN])
    return found


def _counted(groups: Iterable[dict[str, Any]], key: str) -> dict[Any, Counts]:
    found: dict[Any, Counts] = {}
    for group in groups:
        counts = found.setdefault(group[key], Counts())
        if group["status"] == School.Status.PROPOSED:
            counts.proposed += group["number"]
        elif group["type__is_state_funded"]:
            counts.funded += group["number"]
        else:
            counts.other += group["number"]
    return found


def sum_of(several: Iterable[Counts]) -> Counts:
    total = Counts()
    for counts in several:
        total.funded += counts.funded
        total.other += counts.other
        total.proposed += counts.proposed
    return total


def _tell_uncovered(places: list[Place], on: date) -> None:
    """Of authorities that the hub covered before: which open schools no hub covers now. What the register says of a
    school is public. One query, or none."""
    if not places:
        return
    schools = _uncovered(on).filter(authority__in=[place.area.authority_id for place in places])
    found = list(schools.select_related("type").order_by("name_key", "urn"))
    for place in places:
        place.uncovered = [school for school in found if school.authority_id == place.area.authority_id]


def _tell_leads(places: list[Place], hub: Hub, user: User, on: date) -> None:
    """Of authorities that the hub covers: which schools lead. The least of each kind that the funder asks for in each
    authority is the administrator's list. Two queries, or none."""
    if not places:
        return
    expected, leading = expected_of_each_authority(), lead_schools(user, hub, on)
    for place in places:
        here = [fact for fact in leading if fact.school.authority_id == place.area.authority_id]
        place.leads = [Lead(each, [fact.school for fact in here if fact.value_id == each.pk]) for each in expected]


def uncovered(on: date | None = None) -> list[Uncovered]:
    """Authorities with open schools that no hub covers on a date, by name, and how many.
    All of the country: for the platform administrator; a hub is told of its own former authorities alone. Two queries
    at the most."""
    groups = (
        _uncovered(on or today())
        .order_by()
        .values_list("authority_id", "type__is_state_funded")
        .annotate(number=Count("pk"))
    )
    opened: Counter[int] = Counter()
    funded: Counter[int] = Counter()
    for authority, is_funded, number in groups:
        opened[authority] += number
        funded[authority] += number if is_funded else 0
    rows = LocalAuthority.objects.filter(pk__in=opened).order_by("name", "code")
    return [Uncovered(each, opened[each.pk], funded[each.pk]) for each in rows]


def _uncovered(on: date) -> SchoolQuerySet:
    covers = HubArea.objects.filter(holds_on(on), authority=OuterRef("authority_id"))
    return School.objects.schools().open().filter(~Exists(covers))


def outside(hub: Hub, schools: Iterable[School], on: date) -> list[School]:
    """Those of the schools that the hub covers neither on this day nor today: it cannot have spoken to them. One
    query."""
    held = HubArea.objects.filter(holds_on(on) | holds_on(today()), hub=hub)
    covered = set(held.values_list("authority_id", flat=True))
    return [school for school in schools if school.authority_id not in covered]
