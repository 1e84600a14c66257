"""School time: terms and holidays, and counting in school weeks. Values in, values out; no query.

A year of school has six parts between its holidays: two halves of each of three terms, or six terms. Where it has no
calendar of its own, it is the usual one. Returns and funding know three terms, which begin on the same days for all of
England: a child reaches compulsory school age on 31 August, 31 December or 31 March (The Education (Start of Compulsory
School Age) Order 1998)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from hubportal.kit.wording import academic_year

_BEGIN = (("spring", 1), ("summer", 4), ("autumn", 9))  # in each of these months, on its first day
HALF = timedelta(weeks=7)  # about the length of half a term
TERMS = ("autumn", "spring", "summer")
PARTS = range(1, 7)
# The holiday after each part.
HOLIDAYS = ("October half-term", "Christmas", "February half-term", "Easter", "May half-term", "summer")
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)
# Month and day on which each part usually begins and ends: near enough where nobody has given the dates.
_USUAL = (
    ((9, 3), (10, 23)),
    ((11, 1), (12, 18)),
    ((1, 6), (2, 13)),
    ((2, 21), (3, 31)),
    ((4, 15), (5, 24)),
    ((6, 1), (7, 21)),
)


@dataclass(frozen=True)
class Term:
    """One of the three terms of a return."""

    name: str
    begins: date

    def __str__(self) -> str:
        return f"{self.name} term {self.begins.year}"

    @property
    def half(self) -> date:
        """The day on which about half of it is over."""
        return self.begins + HALF


def term_of(on: date) -> Term:
    """The term of a return in which a day lies."""
    name, month = [each for each in _BEGIN if each[1] <= on.month][-1]
    return Term(name, date(on.year, month, 1))


def term_of_part(part: int) -> str:
    """The term of a return to which a part of a school's year belongs: its first two are the autumn's."""
    return TERMS[(part - 1) // 2]


def part_name(part: int, terms_in_year: int) -> str:
    """ "term 4" of six; of three "spring term, second half"."""
    if terms_in_year == len(PARTS):
        return f"term {part}"
    return f"{term_of_part(part)} term, {'first' if part % 2 else 'second'} half"


@dataclass(frozen=True, order=True)
class Span:
    """Days from the first to the last, both counted."""

    first: date
    last: date
    name: str = field(default="", compare=False)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class SchoolYear:
    """The parts of one academic year in order, and the days off within them."""

    parts: Sequence[Span]
    days_off: Sequence[Span] = ()

    def part_on(self, day: date) -> int | None:
        """The number of the part in which a day lies; None in the holidays."""
        return next((number for number, part in enumerate(self.parts, start=1) if day in part), None)

    def is_open(self, day: date) -> bool:
        return self.part_on(day) is not None and not any(day in off for off in self.days_off)


@cache
def usual_year(year: int) -> SchoolYear:
    """The academic year that begins in `year`, as most English schools have it, with the early May bank holiday."""

    def day(month: int, number: int) -> date:
        return date(year if month >= 9 else year + 1, month, number)

    may = date(year + 1, 5, 1)
    may_day = may + (-may.weekday() % 7) * DAY
    parts = tuple(Span(day(*first), day(*last)) for first, last in _USUAL)
    return SchoolYear(parts, (Span(may_day, may_day, "May Day"),))


@dataclass(frozen=True)
class SchoolTime:
    """When one school is open: `years` are its calendars by the year in which each begins."""

    years: Mapping[int, SchoolYear] = field(default_factory=dict)

    def year(self, year: int) -> SchoolYear:
        return self.years.get(year) or usual_year(year)

    def year_of(self, day: date) -> SchoolYear:
        """The school's year of a day: some begin in the last days of August."""
        year = academic_year(day)
        following = self.years.get(year + 1)
        return following if following and day >= following.parts[0].first else self.year(year)

    def is_school_day(self, day: date) -> bool:
        return day.weekday() < 5 and self.year_of(day).is_open(day)

    def school_day_from(self, day: date) -> date:
        """The day itself, or the next on which the school is open."""
        while not self.is_school_day(day):
            day += DAY
        return day

    def weeks_after(self, day: date, weeks: int) -> date:
        """The school day that lies this many school weeks after a day: weeks in which the school is never open do not
        count, and a day on which it is closed gives way to the next one."""
        monday, weekday = day - day.weekday() * DAY, day.weekday()
        while weeks > 0:
            monday += WEEK
            weeks -= self.is_school_week(monday)
        return self.school_day_from(monday + weekday * DAY)

    def weeks_between(self, first: date, last: date, *, most: int) -> int:
        """How many school weeks have begun after the week of one day, up to that of another; `most` at the most."""
        monday, weeks = first - first.weekday() * DAY + WEEK, 0
        while monday <= last and weeks < most:
            weeks += self.is_school_week(monday)
            monday += WEEK
        return weeks

    def is_school_week(self, monday: date) -> bool:
        """Whether the school is open on any day of the week that begins on this Monday."""
        return any(self.is_school_day(monday + number * DAY) for number in range(5))

    def holidays_between(self, first: date, last: date) -> Iterator[str]:
        """The names of the holidays with a whole week between two days, in order."""
        monday = first + (-first.weekday() % 7) * DAY
        name = ""
        while monday <= last:
            if not self.is_school_week(monday) and (found := self.holiday_on(monday)) != name:
                name = found
                yield name
            monday += WEEK

    def holiday_on(self, day: date) -> str:
        """The name of the holiday in which a day lies: that after the last part that is over by then."""
        over = sum(part.last < day for part in self.year_of(day).parts)
        return HOLIDAYS[over - 1]
