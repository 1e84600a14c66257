"""A term or a year of a return, and how many hours a person has in it. Values in, values out; no query."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.http import urlencode

from engagement.models import TermHours
from hubportal.kit.terms import DAY, TERMS, SchoolTime
from hubportal.kit.wording import academic_year

FIRST_DAYS = {"autumn": (9, 1), "spring": (1, 1), "summer": (4, 1)}  # as `kit.terms` says why
YEARS = 3  # to choose from: this one and the two before


@dataclass(frozen=True)
class Period:
    """One of the three terms of an academic year, or the whole year where `term` is ""."""

    year: int
    term: str = ""

    def __str__(self) -> str:
        years = f"{self.year} to {self.year + 1}"
        return f"{self.term} term of {years}" if self.term else f"academic year {years}"

    @property
    def first(self) -> date:
        month, day = FIRST_DAYS[self.term or TERMS[0]]
        return date(self.year + (month < 9), month, day)

    @property
    def last(self) -> date:
        return self._next_first - DAY

    @property
    def _next_first(self) -> date:
        if self.term in ("", TERMS[-1]):
            return date(self.year + 1, 9, 1)
        return Period(self.year, TERMS[TERMS.index(self.term) + 1]).first

    @property
    def terms(self) -> tuple["Period", ...]:
        """The terms in it: itself, or the three of the year."""
        return (self,) if self.term else tuple(Period(self.year, name) for name in TERMS)

    def begun(self, on: date) -> tuple["Period", ...]:
        """Those of its terms that have begun by a day."""
        return tuple(each for each in self.terms if each.first <= on)

    def school_weeks(self, on: date, times: Sequence[SchoolTime] = (SchoolTime(),)) -> Decimal:
        """The weeks of school in it up to a day: five school days are one. Of several calendars the mean; the usual
        school year where none is given."""
        last = min(self.last, on)
        return Decimal(sum(_school_days(each, self.first, last) for each in times)) / 5 / len(times)

    @property
    def query(self) -> dict[str, str]:
        """How an address names it."""
        return {"year": str(self.year), "term": self.term} if self.term else {"year": str(self.year)}

    @property
    def address(self) -> str:
        return f"?{urlencode(self.query)}"

    @property
    def before(self) -> "Period":
        """The term before this one."""
        place = TERMS.index(self.term)
        return Period(self.year, TERMS[place - 1]) if place else Period(self.year - 1, TERMS[-1])


def term_at(on: date) -> Period:
    """The term in which a day lies."""
    year = academic_year(on)
    return next(each for each in reversed(Period(year).terms) if each.first <= on)


def asked(query: Mapping[str, str], on: date) -> Period:
    """The period that an address asks for; the term of today where it names none that has begun."""
    year, term = query.get("year", ""), query.get("term", "")
    this = academic_year(on)
    if not year.isdecimal() or not this - YEARS < int(year) <= this:
        return term_at(on)
    found = Period(int(year), term if term in TERMS else "")
    return found if found.first <= on else term_at(on)


def to_choose(on: date) -> list[Period]:
    """The terms and years that have begun, the newest first."""
    this = academic_year(on)
    return [
        each for year in range(this, this - YEARS, -1) for each in (*reversed(Period(year).begun(on)), Period(year))
    ]


def _school_days(time: SchoolTime, first: date, last: date) -> int:
    return sum(time.is_school_day(first + number * DAY) for number in range((last - first).days + 1))


@dataclass(frozen=True)
class Hours:
    """A person's hours in a period so far. `missing` are the terms of which nobody has entered them."""

    employed: Decimal
    teaching: Decimal
    missing: tuple[Period, ...] = ()

    @property
    def is_known(self) -> bool:
        return not self.missing


def hours_of(
    period: Period, rows: Iterable[TermHours], on: date, weeks_of: Callable[[Period], Decimal] | None = None
) -> Hours:
    """What a person's rows make of a period up to a day: hours a week times the school weeks so far, which `weeks_of`
    gives for each term; without it, those of the usual school year."""
    known = {(row.year, row.term): row for row in rows}
    employed = teaching = Decimal(0)
    missing = []
    for term in period.begun(on):
        row = known.get((term.year, term.term))
        if row is None:
            missing.append(term)
            continue
        weeks = weeks_of(term) if weeks_of else term.school_weeks(on)
        employed, teaching = employed + row.employed * weeks, teaching + row.teaching * weeks
    return Hours(employed, teaching, tuple(missing))
