"""Why a school and its hub are reminded of something, in words, and since when. Values in, values out; no query."""

from dataclasses import dataclass
from datetime import date

from hubportal.kit.wording import long_date
from schools.models import School
from smdp.models import Summary
from smdp.querysets.summaries import AHEAD, year_to_come


@dataclass(frozen=True)
class Reason:
    """`about` names what one email is sent of and no second one; `said` goes on after "Its" or "Your"."""

    school: School
    about: str
    said: str
    since: date

    @property
    def of_its(self) -> str:
        return f"Its {self.said}"

    @property
    def of_yours(self) -> str:
        return f"Your {self.said}"


def of_summary(summary: Summary, on: date) -> Reason:
    """Why a summary that `to_renew` found is to be renewed: for the year to come where it is not for that one, else for
    its review."""
    school, current, year = summary.school, summary.current, year_to_come(on)
    if current is None or current.ends_year <= year:
        begun = date(year, 9, 1)
        when = f"begins in September {year}" if on < begun else f"began in September {year}"
        words = f"public summary is not for the academic year that {when} yet."
        return Reason(school, f"summary: year {year}", words, date(year, 6, 1))
    day = current.review_on
    words = (
        f"public summary is to be reviewed by {long_date(day)}."
        if day > on
        else f"public summary was to be reviewed by {long_date(day)}."
    )
    return Reason(school, f"summary: review {day.isoformat()}", words, day - AHEAD)
