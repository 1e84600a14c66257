"""Term dates: whose hold at a school, what is wrong with dates that somebody enters, and who is told of a change.

term_dates.register_refresh(refresh)    # a higher room that counts in school weeks, in `AppConfig.ready()`
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.db.models import Q, QuerySet
from django.urls import reverse

from hubportal.accounts.models import User
from hubportal.kit.terms import HOLIDAYS, SchoolTime, Span, part_name
from hubportal.kit.wording import academic_year, long_date
from schools.access import access_of, today
from schools.models import HubArea, LocalAuthority, Partner, School, TermCalendar, Trust, TrustSchool

Owner = LocalAuthority | Trust | School
LONGEST_HOLIDAY = timedelta(weeks=4)  # within a year: where more lies between two parts, something is missing
EARLIEST = (8, 10)  # month and day: some autumn terms begin in August


def owner_field(owner: Owner) -> str:
    """The column of a calendar that names such an owner."""
    if isinstance(owner, LocalAuthority):
        return "authority"
    return "trust" if isinstance(owner, Trust) else "school"


def calendars_of(owner: Owner) -> QuerySet[TermCalendar]:
    """An owner's own calendars, with their dates, oldest first. Three queries when read."""
    return TermCalendar.objects.filter(**{owner_field(owner): owner}).prefetch_related("parts", "days_off")


def schools_of(owner: Owner, on: date) -> QuerySet[School]:
    """The schools to which an owner's dates may apply on a date."""
    if isinstance(owner, School):
        return School.objects.filter(pk=owner.pk)
    if isinstance(owner, Trust):
        return School.objects.in_trusts({owner.pk}, on)
    return School.objects.filter(authority=owner)


def school_times(schools: Iterable[School], on: date | None = None) -> dict[int, SchoolTime]:
    """When each of the schools is open, by its primary key: its own dates, else those of the trust that it is in on a
    date, else its authority's, year by year. Four queries, whatever the number."""
    found = calendars_at(schools, on)
    return {pk: SchoolTime({each.year: each.as_year for each in calendars}) for pk, calendars in found.items()}


class Kept(Protocol):
    """A school, or as much of one as says whose terms it keeps."""

    @property
    def pk(self) -> int: ...
    @property
    def authority_id(self) -> int: ...


def calendars_at(schools: Iterable[Kept], on: date | None = None) -> dict[int, list[TermCalendar]]:
    """The calendars that hold at each school, one a year, oldest first. Queries as `school_times`."""
    on, schools = on or today(), list(schools)
    keys = [each.pk for each in schools]
    trusts = dict(
        TrustSchool.objects.filter(
            Q(left_on=None) | Q(left_on__gt=on), school__among=keys, joined_on__lte=on
        ).values_list("school", "trust")
    )
    rows = TermCalendar.objects.filter(
        Q(authority__in={each.authority_id for each in schools})
        | Q(trust__in=set(trusts.values()))
        | Q(school__among=keys)
    )
    by_owner: dict[tuple[str, int | None], dict[int, TermCalendar]] = defaultdict(dict)
    for row in rows.select_related("authority", "trust", "school").prefetch_related("parts", "days_off"):
        by_owner[owner_field(row.owner), row.owner.pk][row.year] = row
    found = {}
    for school in schools:
        owners = (("authority", school.authority_id), ("trust", trusts.get(school.pk)), ("school", school.pk))
        years: dict[int, TermCalendar] = {}
        for owner in owners:
            years |= by_owner.get(owner, {})
        found[school.pk] = [years[year] for year in sorted(years)]
    return found


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where: the number of a part of the year or of a row of days off; None for the whole."""

    sentence: str
    part: int | None = None
    row: int | None = None


def problems(year: int, parts: Sequence[Span | None], days_off: Sequence[Span], names: Sequence[str]) -> list[Problem]:
    """What is wrong with the dates of the academic year that begins in `year`. `names` are those of the six parts. A
    day that is in no part is a holiday, so a part that is missing, or one whose dates are far off, leaves a gap."""
    found = [*_missing(parts, names), *_out_of_bounds(year, parts, names)]
    return found or [*_between(parts, names), *_off(parts, days_off)]


def _missing(parts: Sequence[Span | None], names: Sequence[str]) -> Iterable[Problem]:
    for number, part in enumerate(parts, start=1):
        if part is None:
            before = next((each.last for each in reversed(parts[: number - 1]) if each), None)
            after = next((each.first for each in parts[number:] if each), None)
            gap = ": without them the calendar has a gap"
            if before and after:
                gap += f" from {long_date(before + timedelta(1))} to {long_date(after - timedelta(1))}"
            yield Problem(f"Enter the dates of the {names[number - 1]}{gap}", part=number)


def _out_of_bounds(year: int, parts: Sequence[Span | None], names: Sequence[str]) -> Iterable[Problem]:
    earliest, latest = date(year, *EARLIEST), date(year + 1, 8, 31)
    for number, part in enumerate(parts, start=1):
        if part is None:
            continue
        name = names[number - 1]
        if part.last < part.first:
            said = f"The last day of the {name}, {long_date(part.last)}, is before its first, {long_date(part.first)}"
            yield Problem(said, part=number)
        elif part.first < earliest or part.last > latest:
            between = f"between {long_date(earliest)} and {long_date(latest)}"
            yield Problem(f"The {name} must lie {between}", part=number)


def _between(parts: Sequence[Span | None], names: Sequence[str]) -> Iterable[Problem]:
    whole = [part for part in parts if part]
    for number, (one, other) in enumerate(zip(whole, whole[1:], strict=False), start=2):
        name, before = names[number - 1], names[number - 2]
        if other.first <= one.last:
            said = f"The {name} begins on {long_date(other.first)}, before the {before} ends on {long_date(one.last)}"
            yield Problem(said, part=number)
        elif other.first - one.last > LONGEST_HOLIDAY:
            days = f"from {long_date(one.last + timedelta(1))} to {long_date(other.first - timedelta(1))}"
            said = f"The calendar has a gap {days}: more than four weeks is no {HOLIDAYS[number - 2]} holiday"
            yield Problem(f"{said}. Check the dates before and after it", part=number)


def _off(parts: Sequence[Span | None], days_off: Sequence[Span]) -> Iterable[Problem]:
    for row, off in enumerate(days_off):
        if off.last < off.first:
            said = f"The last day of “{off.name}”, {long_date(off.last)}, is before its first, {long_date(off.first)}"
            yield Problem(said, row=row)
        elif not any(part and part.first <= off.first and off.last <= part.last for part in parts):
            yield Problem(f"“{off.name}” must lie within a term: the days between terms are holidays already", row=row)


def neighbour_problem(owner: Owner, year: int, parts: Sequence[Span]) -> str:
    """Why the year cannot stand beside the owner's other years, or "": no year between two may be missing, and none may
    begin before the one before it is over. One to three queries."""
    others = {each.year: each for each in calendars_of(owner).exclude(year=year)}
    if before := others.get(year - 1):
        last = before.as_year.parts[-1].last
        if parts[0].first <= last:
            return f"The year begins before the one before it ends, on {long_date(last)}"
    if (after := others.get(year + 1)) and parts[-1].last >= after.as_year.parts[0].first:
        return f"The year ends after the next one begins, on {long_date(after.as_year.parts[0].first)}"
    if owner_field(owner) == "authority" and others and not {year - 1, year, year + 1} & others.keys():
        near = min(others, key=lambda other: abs(other - year))
        missing = near + 1 if near < year else near - 1
        return f"Enter {missing} to {missing + 1} first: without it the calendar has a gap of a year"
    return ""


def years_to_show(on: date) -> range:
    """The academic years whose dates are kept up: the last, this one and the two to come."""
    year = academic_year(on)
    return range(year - 1, year + 3)


@dataclass(frozen=True)
class YearOf:
    """One academic year of an authority in the list: its calendar, or None where nobody has entered it."""

    authority: LocalAuthority
    year: int
    calendar: TermCalendar | None

    @property
    def words(self) -> str:
        return f"{self.year} to {self.year + 1}"

    @property
    def url(self) -> str:
        return reverse("schools:term-dates-authority", args=[self.authority.code, self.year])


def list_for(user: User, on: date) -> dict[str, object]:
    """The authorities of a person's hubs with their years, whether the person may change them, and the calendars of
    trusts and schools of the area that have their own. About a dozen queries."""
    access = access_of(user)
    partners_hubs = set(Partner.objects.filter(pk__in=access.officer_partner_ids).values_list("hub", flat=True))
    areas = HubArea.objects.filter(hub__in=access.hub_ids | partners_hubs).current(on).select_related("authority")
    years = years_to_show(on)
    kept = TermCalendar.objects.filter(year__in=years).prefetch_related("parts", "days_off")
    by_authority = {
        (each.authority_id, each.year): each for each in kept.filter(authority__in=areas.values("authority"))
    }
    own = kept.filter(
        Q(trust__in=Trust.objects.visible_to(user, on)) | Q(school__in=School.objects.visible_to(user, on))
    ).select_related("trust", "school")
    return {
        "authorities": [
            (
                area.authority,
                [YearOf(area.authority, year, by_authority.get((area.authority_id, year))) for year in years],
                area.hub_id in access.writing_hub_ids,
            )
            for area in areas.order_by("authority__name")
        ],
        "own": list(own.order_by("year", "trust__name_key", "school__name_key")),
    }


def now_words(time: SchoolTime, terms_in_year: int, on: date) -> str:
    """What of its year a school is in: "Autumn term, second half, until 18 December 2026", "Christmas holiday, until
    3 January 2027"."""
    year = time.year_of(on)
    part = year.part_on(on)
    if part is not None:
        name, last = part_name(part, terms_in_year), year.parts[part - 1].last
    else:
        name, last = f"{time.holiday_on(on)} holiday", time.school_day_from(on) - timedelta(1)
    return f"{name[0].upper()}{name[1:]}, until {long_date(last)}"


_refreshers: list[Callable[[QuerySet[School]], None]] = []


def register_refresh(refresh: Callable[[QuerySet[School]], None]) -> None:
    """Add what is to be worked out again for schools whose term dates have changed."""
    if refresh not in _refreshers:
        _refreshers.append(refresh)


def tell(schools: QuerySet[School]) -> None:
    """Work out again, in every room, what follows from the term dates of these schools."""
    for refresh in _refreshers:
        refresh(schools)
