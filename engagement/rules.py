"""Rules about dates and places of a conversation, in words. Pure: rows in, a sentence or "" out; forms and actions
ask the same."""

from collections.abc import Iterable, Mapping
from datetime import date

from hubportal.kit.wording import long_date
from schools.formerly import first_day
from schools.models import School

LONGEST_MINUTES = 600


def date_problem(
    on: date, schools: Iterable[School], today: date, carried: Mapping[int, date | None] | None = None
) -> str:
    """Why a contact cannot have happened on this date with these schools, or "". `carried` is what
    `schools.formerly.carried_since` says of them: one that carries another school's records was spoken to as that
    school before it opened. No queries."""
    carried = carried or {}
    if on > today:
        return f"The date is in the future. Today is {long_date(today)}: a conversation is logged after it has happened"
    for school in schools:
        opened = first_day(school, carried)
        if opened and on < opened:
            before = " under its former name" if opened != school.open_date else ""
            return f"{school.name} opened{before} on {long_date(opened)}, so the date must be on or after that"
        if not school.is_open and school.close_date and on > school.close_date:
            return f"{school.name} closed on {long_date(school.close_date)}, so the date must be on or before that"
    return ""


def next_problem(next_on: date, on: date) -> str:
    """Why the next conversation cannot be then, or ""."""
    if next_on < on:
        return f"The next conversation must be on or after {long_date(on)}, the date of this one"
    return ""


def due_problem(due_on: date, on: date) -> str:
    """Why an action cannot be due then, or ""."""
    if due_on < on:
        return f"The action must be due on or after {long_date(on)}, the date of the conversation"
    return ""


def minutes_problem(minutes: int) -> str:
    if not 1 <= minutes <= LONGEST_MINUTES:
        return f"Enter the minutes as a whole number from 1 to {LONGEST_MINUTES}"
    return ""


def outside_problem(school: School, hub_name: str) -> str:
    """What is said of a school that the hub does not cover."""
    return f"{school.name} is not in the area of {hub_name}"
