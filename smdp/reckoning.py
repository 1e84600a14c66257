"""What a table of a plan comes to: minutes a week held against the National Plan's hour, and a budget's totals. Values
in, words out; no query. `static/js/plan_tables.js` says the same while somebody types: a browser test holds them
together.

The hour is for key stages 1 to 3, "at least one hour each week of the school year" (National Plan for Music Education,
2022, the first of its seven key features)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from hubportal.kit import charts
from hubportal.kit.drafts.merge import COUNTER, Value
from hubportal.kit.wording import count, listed
from smdp.sections import Reckons, Table

HOUR = 60  # minutes
MOST_ROWS = 100  # no table has so many
LONGEST = 9  # digits of a number that is counted
LAST_YEAR_OF_THE_HOUR = 9
# Rows without a number that are no year of key stages 1 to 3.
BEFORE_OR_AFTER = re.compile(
    r"reception|nursery|early years|eyfs|foundation|sixth|post.?16|gcse|a.level|(?:ks|key stage) ?[45]"
)
STAGE = re.compile(r"(?:ks|key stages?) ?[1-3]")


@dataclass(frozen=True)
class YearGroup:
    """One row of minutes: "Year 4" and "45 minutes, 15 below the hour"."""

    label: str
    words: str
    is_below: bool
    bar: SafeString

    def __str__(self) -> str:
        return f"{self.label}: {self.words}"


@dataclass(frozen=True)
class Hour:
    """Minutes a week by year group, against the hour."""

    groups: tuple[YearGroup, ...] = ()
    is_hour = True  # which of the two it is, for templates
    unclear_words = ""

    @property
    def lines(self) -> list[str]:
        return [str(each) for each in self.groups]

    @property
    def finding(self) -> str:
        """ "Below the hour: Year 6", "Nowhere below the hour"; "" where nothing is known."""
        below = [each.label for each in self.groups if each.is_below]
        if not self.groups:
            return ""
        return f"Below the hour: {listed(below)}" if below else "Nowhere below the hour"


@dataclass(frozen=True)
class Budget:
    """What a budget's lines come to, in pounds. `unclear` lines have a sum and do not say whether it is spent or
    received, or no sum that can be counted: they count in neither."""

    received: int
    spent: int
    unclear: int
    is_hour = False

    @property
    def totals(self) -> list[tuple[str, str]]:
        """(what, how much), in the order in which they are read."""
        return [("Received", _pounds(self.received)), ("Spent", _pounds(self.spent)), ("Balance", self.balance)]

    @property
    def balance(self) -> str:
        """ "£120 left", "£120 more spent than received", "£0"."""
        left = self.received - self.spent
        if left < 0:
            return f"{_pounds(-left)} more spent than received"
        return f"{_pounds(left)} left" if left else "£0"

    @property
    def unclear_words(self) -> str:
        if not self.unclear:
            return ""
        verb, them = ("counts", "it says") if self.unclear == 1 else ("count", "they say")
        return f"{count(self.unclear, 'line')} {verb} in neither, until {them} how much, and whether it is in or out."

    @property
    def lines(self) -> list[str]:
        return [f"{what}: {words}" for what, words in self.totals]


def reckoned(table: Table, values: Mapping[str, Value]) -> Hour | Budget | None:
    """What the table comes to; None where it does not say, or nothing was typed that counts."""
    if table.reckons == Reckons.HOUR:
        found = Hour(tuple(_groups(table, values)))
        return found if found.groups else None
    if table.reckons == Reckons.BUDGET:
        return _budget(table, values)
    return None


def _groups(table: Table, values: Mapping[str, Value]) -> Iterator[YearGroup]:
    for row in _rows(table, values):
        label, minutes = row["year_group"], _number(row["minutes"])
        if label and minutes is not None:
            words, is_below = against_the_hour(label, minutes)
            yield YearGroup(label, words, is_below, charts.minutes_bar(minutes, HOUR, label=f"{label}: {words}"))


def against_the_hour(year_group: str, minutes: int) -> tuple[str, bool]:
    """ "45 minutes, 15 below the hour" and whether it is below; of years that the hour is not for the minutes alone."""
    said = count(minutes, "minute")
    if not is_in_the_hour(year_group):
        return said, False
    apart = minutes - HOUR
    if not apart:
        return f"{said}, the hour", False
    return f"{said}, {abs(apart):,} {'below' if apart < 0 else 'above'} the hour", apart < 0


def is_in_the_hour(year_group: str) -> bool:
    """Whether a row, as people name year groups, holds any of Years 1 to 9: "Year 4", "Y7 and Y8", "KS2", "All"."""
    words = year_group.casefold()
    if STAGE.search(words):
        return True
    if BEFORE_OR_AFTER.search(words):
        words = BEFORE_OR_AFTER.sub(" ", words)
        if not re.search(r"\d", words):
            return False
    numbers = [int(each) for each in re.findall(r"\d{1,2}", words)]
    return not numbers or min(numbers) <= LAST_YEAR_OF_THE_HOUR


def _budget(table: Table, values: Mapping[str, Value]) -> Budget | None:
    sums = {"in": 0, "out": 0}
    unclear = 0
    for row in _rows(table, values):
        pounds = _number(row["amount"].removeprefix("£"))
        if pounds is not None and row["way"] in sums:
            sums[row["way"]] += pounds
        elif any(row.values()):
            unclear += 1
    found = Budget(sums["in"], sums["out"], unclear)
    return found if any(sums.values()) else None


def _rows(table: Table, values: Mapping[str, Value]) -> Iterator[dict[str, str]]:
    total = str(values.get(f"{table.name}{COUNTER}") or "")
    for at in range(min(int(total), MOST_ROWS) if total.isdecimal() and len(total) < 6 else 0):
        yield {each.name: str(values.get(f"{table.name}-{at}-{each.name}") or "").strip() for each in table.columns}


def _number(words: str) -> int | None:
    digits = words.replace(",", "").replace("£", "").strip()
    return int(digits) if digits.isdecimal() and len(digits) <= LONGEST else None


def _pounds(sum_of: int) -> str:
    return f"£{sum_of:,}"
