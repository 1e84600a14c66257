"""How an introduction is said: in the timelines of both schools, among its steps, in reasons. No queries."""

from datetime import date
from math import hypot

from engagement.models import Introduction, IntroductionSide
from hubportal.kit.wording import long_date, short_date
from schools.access import today
from schools.models import School

METRES_OF_A_MILE = 1609.344
State = Introduction.State
VARIANTS = {
    State.SUGGESTED: "quiet",
    State.ASKED: "plum",
    State.AGREED: "plum",
    State.NAMED: "good",
    State.OUTCOME: "good",
    State.DECLINED: "quiet",
}


def of_answer(side: IntroductionSide) -> str:
    """Who said what: "Ms Hill, head, said so on 12 November 2026". The reason of a no; "" where nothing is to add."""
    said = f"{side.said_by} said so on {long_date(side.said_on)}." if side.said_by and side.said_on else ""
    return " ".join(filter(None, [side.reason, said]))


def heading(made: Introduction, side: IntroductionSide, other: School | None) -> str:
    """What the timeline of a school says. Without `other`, which it is given only once both have agreed, it names
    none."""
    about = made.about
    if other is not None:
        return f"Introduced to {other.name}: {about}"
    if made.state == State.DECLINED:
        return f"An introduction to another school goes no further: {about}"
    if side.is_agreed:
        return f"Happy to meet another school: {about}"
    return f"Asked about meeting another school: {about}"


def detail(made: Introduction, side: IntroductionSide) -> str:
    """The line below: what came of it, else on whose word."""
    if made.outcome and made.outcome_on:
        return f"{made.get_outcome_display()}, {long_date(made.outcome_on)}"
    if side.is_agreed is None:
        return f"Asked by {side.asked_by}"
    return f"Answered by {side.said_by or side.answered_by}"


def question(made: Introduction, side: IntroductionSide) -> str:
    """What a school is asked, without a word of the other."""
    if side.is_helper:
        return f"Would you help another school of our hub with “{made.about}”?"
    return f"Would you like to meet a school of our hub that can help with “{made.about}”?"


def miles_between(one: School, other: School) -> float | None:
    """As the crow flies, from the register's easting and northing (metres of the National Grid); None where one of them
    has no place there."""
    if not (one.easting and one.northing and other.easting and other.northing):
        return None
    return hypot(one.easting - other.easting, one.northing - other.northing) / METRES_OF_A_MILE


def distance(miles: float | None) -> str:
    """ "3.2 miles away", "under half a mile away"."""
    if miles is None:
        return "distance not known"
    return "under half a mile away" if miles < 0.5 else f"{miles:.1f} miles away"


def day(on: date) -> str:
    """A day as the lists say it."""
    return short_date(on, today())
