"""For which academic year a summary is. It is renewed before each (Department for Education, "What maintained schools
must or should publish online"), also where the plan behind it covers several. Values in, values out; no query."""

import re
from datetime import date

from smdp.models import Plan
from smdp.querysets.summaries import year_to_come

_FULL = re.compile(r"\b20\d\d\b")
_SHORT = re.compile(r"\b(20)\d\d\s*[-–/]\s*(\d\d)\b")  # 2026/27
FURTHEST = 6  # a year typed is meant where it is no further from the year to come


def words_of(plan: Plan, on: date) -> str:
    """ "2027 to 2028": which year a summary that is made from a plan on a day is for: the one to come, as far as the
    plan covers it."""
    year = min(max(year_to_come(on), plan.year), plan.year + plan.years - 1)
    return f"{year} to {year + 1}"


def ends_year(words: str, plan: Plan, on: date) -> int:
    """The year in which the academic year ends for which a summary is that is published on a day. `words` are what its
    first row says; where they name no year, the plan's count. Of several years it is the one to come."""
    first, last = _typed(words, on) or (plan.year, plan.year + plan.years)
    return min(max(year_to_come(on), first) + 1, last)


def _typed(words: str, on: date) -> tuple[int, int] | None:
    named = [int(each) for each in _FULL.findall(words)]
    named += [int(century + rest) for century, rest in _SHORT.findall(words)]
    if not named or any(abs(each - year_to_come(on)) > FURTHEST for each in named):
        return None
    return min(named), max(*named, min(named) + 1)
