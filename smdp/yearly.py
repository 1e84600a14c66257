"""When a plan is to be looked at again: at least once a year, also where it covers several and where nobody said when
(the National Plan asks for a plan that is "regularly reviewed"). Values in, values out; no query."""

from collections.abc import Iterator
from datetime import date, timedelta

from hubportal.kit.wording import academic_year

AHEAD = timedelta(days=30)  # whoever looked at it so long before the day has done so
HALF_A_YEAR = timedelta(days=182)


def next_review(*, year: int, years: int, typed: date | None, frozen_on: date, checked_on: date | None) -> date | None:
    """When a plan that begins in a year and covers so many is to be reviewed next, by the day that the school typed,
    the one on which it was last shared or adopted, and that of the last check-in on it. A plan of several years is
    reviewed each summer before its next academic year begins, unless the school typed a day of its own about then. None
    for a plan of one year whose school typed no day after it was frozen, and once all days have been kept."""
    looked_on = max(frozen_on, checked_on or frozen_on)
    summers = (date(later, 7, 1) for later in range(year + 1, year + years))
    found = [each for each in summers if looked_on < each - AHEAD]
    if typed is not None and typed > frozen_on:
        is_soon = typed <= latest(frozen_on, year=year, years=years)
        found = [each for each in found if abs(each - typed) > HALF_A_YEAR and not (is_soon and each < typed)]
        if checked_on is None or checked_on < typed - AHEAD:
            found.append(typed)
    return min(found, default=None)


def latest(on: date, *, year: int, years: int) -> date:
    """The last day that may be set on a day as the next review: the autumn after the academic year that runs, and after
    the last one of the plan."""
    return date(min(max(academic_year(on), year), year + years - 1) + 1, 12, 31)


def usual(on: date, *, year: int, years: int) -> date:
    """The day that is set where nobody says one: the next 1 July, while the plan runs; else the last possible day."""
    return next((each for each in _summers(year, years) if each - AHEAD > on), date(year + years, 12, 31))


def _summers(year: int, years: int) -> Iterator[date]:
    return (date(each, 7, 1) for each in range(year + 1, year + years + 1))
