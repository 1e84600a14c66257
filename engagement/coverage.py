"""How the area stands: a hub's schools by how they are engaged, told apart by kind, authority, trust, deprivation,
setting and size. Every figure leads to the list of just the schools that it counts.

The denominator is the open state-funded schools of the area, by type code. Colleges stand in a row of their own, and
schools that are neither are counted apart."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from hubportal.accounts.models import User
from hubportal.kit.addresses import address_of
from hubportal.kit.charts import STATUSES
from hubportal.kit.wording import academic_year, short_date
from schools.access import access_of
from schools.dated_facts import year_of
from schools.models import EngagementYear, School
from schools.querysets import SchoolQuerySet
from schools.segments import SEGMENTS

ENGAGED = ("engaged", "several")
YEARS = 5  # academic years that the trend goes back
LARGEST_TRUSTS = 10
FUNDED = {"state_funded": "yes"}


@dataclass(frozen=True)
class Row:
    """One line of figures: how many schools of a segment stand how. `query` finds them in the list of schools."""

    label: str
    query: Mapping[str, str]
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def engaged(self) -> int:
        return sum(self.counts.get(code, 0) for code in ENGAGED)

    @property
    def percent(self) -> str:
        return percent(self.engaged, self.total)

    @property
    def href(self) -> str:
        return list_of(self.query)

    @property
    def engaged_href(self) -> str:
        return list_of({**self.query, "engagement": "any"})

    @property
    def drawn(self) -> dict[str, Any]:
        """As the chart of statuses takes it."""
        return {
            "label": self.label,
            "href": self.href,
            "counts": self.counts,
            "share": self.percent,
            "numbers": self.numbers,
        }

    @property
    def numbers(self) -> list[tuple[int, str]]:
        """For each status in its order how many, and where they are listed."""
        return [(self.counts.get(code, 0), list_of({**self.query, "engagement": code})) for code in STATUSES]


@dataclass(frozen=True)
class Block:
    """A way of telling the schools apart, with a row for each segment that has any."""

    key: str
    title: str
    rows: Sequence[Row]
    note: str = ""

    @property
    def drawn(self) -> list[dict[str, Any]]:
        return [row.drawn for row in self.rows]


@dataclass(frozen=True)
class Moment:
    """How many of today's schools were engaged on a day of this academic year, and a year before."""

    label: str
    on: date
    engaged: int
    before: int | None

    @property
    def href(self) -> str:
        return list_of(FUNDED | {"engagement": "any", "as_at": self.on.isoformat()})


@dataclass(frozen=True)
class PastYear:
    """How many of today's schools were engaged in an academic year, by its last day or today."""

    label: str
    on: date
    engaged: int
    several: int

    @property
    def href(self) -> str:
        return list_of(FUNDED | {"engagement": "any", "as_at": self.on.isoformat()})

    @property
    def several_href(self) -> str:
        return list_of(FUNDED | {"engagement": "several", "as_at": self.on.isoformat()})


@dataclass(frozen=True)
class Place:
    """A school as the map and its list show it."""

    urn: int
    name: str
    town: str
    pupils: int | None
    easting: int | None
    northing: int | None
    engagement: str

    @property
    def href(self) -> str:
        return address_of("schools:school-detail", self.urn)

    @property
    def is_placed(self) -> bool:
        return bool(self.easting and self.northing)


PLACE = tuple(each.name for each in fields(Place))


def places_of(schools: QuerySet) -> list[Place]:
    """Schools that come with `engagement`, as they are shown. One query, and nothing else that they come with."""
    return [Place(*row) for row in schools.values_list(*PLACE)]


@dataclass
class Coverage:
    """The whole page. `whole` are the state-funded schools, `places` where they are; `colleges` and `others` stand
    beside them."""

    whole: Row
    places: list[Place] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    colleges: Row | None = None
    others: Row | None = None
    months: list[Moment] = field(default_factory=list)
    years: list[PastYear] = field(default_factory=list)
    last_year: int | None = None  # engaged by this day a year ago


def list_of(query: Mapping[str, str]) -> str:
    return f"{reverse('schools:school-list')}?{urlencode(query)}"


def percent(part: int, whole: int) -> str:
    """ "78%": of nothing, nothing."""
    return f"{round(100 * part / whole)}%" if whole else ""


def schools_of(user: User, on: date) -> SchoolQuerySet:
    """The open schools and colleges of the person's hubs, each with `engagement`. No query yet."""
    schools = School.objects.visible_to(user, on).in_hubs(set(access_of(user).hub_ids), on).schools().open()
    return schools.with_engagement(user, on)


def coverage_of(user: User, on: date) -> Coverage:
    """The figures on a day, for hub staff. Two queries, whatever the number of schools."""
    schools: QuerySet = schools_of(user, on).with_trust(on).order_by()
    for segments in SEGMENTS:
        schools = segments.on(schools)
    named = {"is_funded": F("type__is_state_funded"), "is_college": F("type__is_college")}
    place = ("authority__code", "authority__name", "trust_uid", "trust_name")
    keys = [each.key for each in SEGMENTS]
    rows = list(schools.values("pk", "name_key", *PLACE, *place, *keys, **named))
    funded = [row for row in rows if row["is_funded"]]
    beside = [row for row in rows if not row["is_funded"]]
    found = Coverage(whole=_row("State-funded schools", FUNDED, funded))
    by_name = sorted(funded, key=lambda row: (row["name_key"], row["urn"]))
    found.places = [Place(*(row[name] for name in PLACE)) for row in by_name]
    found.colleges = _row("Colleges", {"state_funded": "college"}, [row for row in beside if row["is_college"]])
    found.others = _row("Other schools", {"state_funded": "other"}, [row for row in beside if not row["is_college"]])
    found.blocks = [_block(each.key, each.label, each.names, funded) for each in SEGMENTS]
    found.blocks[1:1] = [_authorities(funded), _trusts(funded)]
    _tell_trend(found, user, {row["pk"] for row in funded}, on)
    return found


def _row(label: str, query: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> Row:
    return Row(label, query, Counter(row["engagement"] for row in rows))


def _grouped(rows: Iterable[Mapping[str, Any]], key: Callable[[Mapping[str, Any]], Any]) -> dict[Any, list]:
    found = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _block(key: str, title: str, names: Mapping[str, str], rows: list[dict[str, Any]]) -> Block:
    groups = _grouped(rows, lambda row: row[key])
    return Block(
        key, title, [_row(names[code], FUNDED | {key: code}, groups[code]) for code in names if code in groups]
    )


def _authorities(rows: list[dict[str, Any]]) -> Block:
    groups = _grouped(rows, lambda row: (row["authority__name"], row["authority__code"]))
    return Block(
        "authority",
        "Local authority",
        [_row(name, FUNDED | {"authority": code}, groups[name, code]) for name, code in sorted(groups)],
    )


def _trusts(rows: list[dict[str, Any]]) -> Block:
    """The largest by the number of their schools here, and how many stand in none."""
    groups = _grouped(rows, lambda row: (row["trust_name"], row["trust_uid"]))
    alone = groups.pop((None, None), [])
    largest = sorted(groups, key=lambda trust: (-len(groups[trust]), trust))
    lines = [_row(name, FUNDED | {"trust": uid}, groups[name, uid]) for name, uid in largest[:LARGEST_TRUSTS]]
    if alone:
        lines.append(_row("In no trust", FUNDED | {"trust": "none"}, alone))
    more = len(largest) - LARGEST_TRUSTS
    return Block(
        "trust", "Trust", lines, f"The {LARGEST_TRUSTS} with most schools here, of {len(largest)}." if more > 0 else ""
    )


def _tell_trend(found: Coverage, user: User, schools: set[int], on: date) -> None:
    """Month by month and year by year, of the schools that are open today."""
    this = academic_year(on)
    kept = EngagementYear.objects.visible_to(user, on).filter(
        hub__in=access_of(user).hub_ids, year__gt=this - YEARS, year__lte=this, engaged_on__isnull=False
    )
    days: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for year, school, engaged_on, several_on in kept.values_list("year", "school_id", "engaged_on", "several_on"):
        if engaged_on and school in schools:
            days[year].append((engaged_on, several_on))
    found.last_year = _engaged_by(days[this - 1], _a_year_before(on)) if days[this - 1] else None
    for month in month_ends(on):
        before = _engaged_by(days[this - 1], _a_year_before(month)) if days[this - 1] else None
        label = short_date(month, on) if month == on else f"{month:%B}"
        found.months.append(Moment(label, month, _engaged_by(days[this], month), before))
    for year in sorted(days):
        last = min(year_of(year)[1] - timedelta(days=1), on)
        several = sum(1 for _, day in days[year] if day and day <= last)
        found.years.append(PastYear(f"{year} to {year + 1}", last, _engaged_by(days[year], last), several))


def _engaged_by(days: Iterable[tuple[date, date | None]], on: date) -> int:
    return sum(1 for engaged_on, _ in days if engaged_on <= on)


def _a_year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, monthrange(day.year - 1, day.month)[1]))


def months_after(on: date) -> list[date]:
    """The first days of the months of the academic year that have not begun."""
    months = range(on.month + 1, 9) if on.month < 9 else [*range(on.month + 1, 13), *range(1, 9)]
    return [date(on.year + (month <= on.month), month, 1) for month in months]


def month_ends(on: date) -> list[date]:
    """The last days of the months of the academic year that are over, and the day itself."""
    first, _ = year_of(academic_year(on))
    found, year, month = [], first.year, first.month
    while (end := date(year, month, monthrange(year, month)[1])) < on:
        found.append(end)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return [*found, on]
