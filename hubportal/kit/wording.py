"""How the portal says dates, times and numbers: "12 November 2026", "2:03pm", "1 school". Europe/London, British."""

import datetime as dt
import re
from collections.abc import Sequence

from django.utils import timezone


def local(value: dt.datetime) -> dt.datetime:
    """A moment in the portal's own time zone."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def as_date(value: dt.date | dt.datetime) -> dt.date:
    """The day of a date or of a moment, in the portal's own time zone."""
    return local(value).date() if isinstance(value, dt.datetime) else value


def academic_year(on: dt.date) -> int:
    """The year in which the academic year of a day began; it runs from 1 September to 31 August."""
    return on.year if on.month >= 9 else on.year - 1


def long_date(value: dt.date | dt.datetime) -> str:
    """12 November 2026."""
    day = as_date(value)
    return f"{day.day} {day:%B %Y}"


def short_date(value: dt.date | dt.datetime, today: dt.date) -> str:
    """12 November; with its year when it lies in another academic year than `today`."""
    day = as_date(value)
    return f"{day.day} {day:%B}" if academic_year(day) == academic_year(today) else long_date(day)


def clock(value: dt.datetime) -> str:
    """2:03pm; 9am on the hour; midday and midnight, as GOV.UK says times."""
    at = local(value)
    if at.minute == 0 and at.hour % 12 == 0:
        return "midday" if at.hour else "midnight"
    minutes = f":{at:%M}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def day_or_date(value: dt.date | dt.datetime, today: dt.date) -> str:
    """Today, 8:41am; Yesterday; else the short date. A plain date has no time."""
    ago = (today - as_date(value)).days
    word = {0: "Today", 1: "Yesterday", -1: "Tomorrow"}.get(ago)
    if word is None:
        return short_date(value, today)
    return f"{word}, {clock(value)}" if isinstance(value, dt.datetime) else word


def on_day(value: dt.date | dt.datetime, today: dt.date) -> str:
    """`day_or_date` in the middle of a sentence: "today, 8:41am", "on 12 November"."""
    said = day_or_date(value, today)
    return f"on {said}" if said[:1].isdigit() else said[:1].lower() + said[1:]


# Where the groups of a national number end, by how it begins (Ofcom's national numbering plan); else 5 and 6 figures.
TELEPHONE_GROUPS = ((r"02\d", (3, 7)), (r"01\d1|011\d|0[389]\d\d", (4, 7)))


def telephone(number: str) -> str:
    """01632 962213: a British number in the groups people read it in. One that was typed in groups, is no British
    number or has letters beside it stays as it was given."""
    if not re.fullmatch(r"0\d{10}", number, re.ASCII):
        return number
    for start, ends in TELEPHONE_GROUPS:
        if re.match(start, number):
            return f"{number[: ends[0]]} {number[ends[0] : ends[1]]} {number[ends[1] :]}"
    return f"{number[:5]} {number[5:]}"


def count(number: int, noun: str) -> str:
    """1 school, 2 schools; give both words for an irregular plural: "child,children"."""
    one, _, many = noun.partition(",")
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def seconds_left(seconds: float) -> str:
    """about 20 seconds left; about 3 minutes left; a few seconds left."""
    if seconds < 5:
        return "a few seconds left"
    if seconds < 90:
        return f"about {max(5, round(seconds / 5) * 5)} seconds left"
    return f"about {count(round(seconds / 60), 'minute')} left"
