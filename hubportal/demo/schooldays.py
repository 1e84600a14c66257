"""Days on which an English school is open, near enough for a demo."""

from collections.abc import Iterator
from datetime import date, timedelta

# (month, day) to (month, day), both holidays.
HOLIDAYS = (
    ((1, 1), (1, 5)),
    ((2, 14), (2, 20)),
    ((4, 1), (4, 14)),
    ((5, 25), (5, 31)),
    ((7, 22), (9, 2)),
    ((10, 24), (10, 31)),
    ((12, 19), (12, 31)),
)


def is_school_day(day: date) -> bool:
    return day.weekday() < 5 and not any(first <= (day.month, day.day) <= last for first, last in HOLIDAYS)


def on_or_before(day: date) -> date:
    """The school day that is this day or the last one before it."""
    while not is_school_day(day):
        day -= timedelta(days=1)
    return day


def on_or_after(day: date) -> date:
    while not is_school_day(day):
        day += timedelta(days=1)
    return day


def academic_year_start(day: date) -> date:
    return date(day.year if day.month >= 9 else day.year - 1, 9, 1)


def last_years_start(day: date) -> date:
    """The first day of the academic year before this day's."""
    this = academic_year_start(day)
    return date(this.year - 1, 9, 1)


def school_days(first: date, last: date) -> Iterator[date]:
    """Every school day from the first to the last, both counted."""
    day = first
    while day <= last:
        if is_school_day(day):
            yield day
        day += timedelta(days=1)
