"""Why a school and its hub are reminded of something, in words, and since when. Values in, values out; no query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hubportal.kit.terms import term_of
from hubportal.kit.wording import count, long_date
from schools.models import School
from smdp import noting
from smdp.models import Plan, PlanElsewhere, PlanVersion, PriorityNote, Summary
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


def of_kept(plan: PlanElsewhere, on: date) -> Reason | None:
    """Why a plan kept elsewhere is to be gone through: its review date has come, and its years are not over."""
    if not plan.is_standing or plan.is_to_confirm or plan.is_over(on) or not plan.is_due(on):
        return None
    words = f"plan for {plan.when}, kept elsewhere, was to be reviewed by {long_date(plan.review_on)}."
    return Reason(plan.school, f"elsewhere {plan.year}: review {plan.review_on.isoformat()}", words, plan.review_on)


def check_in_about(on: date) -> str:
    """Of which no school is sent a second email in the term of a day."""
    return f"check-in: {term_of(on)}"


def of_check_in(plan: Plan, versions: Sequence[PlanVersion], notes: Iterable[PriorityNote], on: date) -> Reason | None:
    """Why a school is to check in on its plan: the day of its review has come, or nothing was noted of its priorities
    this term (see `noting.check_in_due`)."""
    if plan.review_on is not None and plan.is_due(on):
        words = f"plan for {plan.when} was to be reviewed by {long_date(plan.review_on)}."
        return Reason(plan.school, check_in_about(on), words, plan.review_on)
    due = noting.check_in_due(versions, notes, on)
    if due is None:
        return None
    term, since, lacking = due
    have = count(len(lacking), "priority,priorities")
    words = f"plan for {plan.when} has {have} of which nothing was noted in the {term}."
    return Reason(plan.school, check_in_about(on), words, since)
