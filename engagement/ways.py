"""In which ways a hub and a school are engaged, academic year by academic year. Values in, values out; no query.

A way is a distinct thing: conversations that count are one, however many; each kind of support given is another, and
each dated role of the school in the hub. What counts, the rules of each year say (`ContactRules`), so that a past year
stays what it was."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from engagement.due import Attempt, Contact, RulesThroughTheYears
from hubportal.kit.wording import academic_year
from schools.dated_facts import year_of

CONVERSATION = "conversation"


@dataclass(frozen=True)
class Role:
    """What a school does in the hub, by its code in the rules, and the first day on which it no longer does."""

    code: str
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Support:
    """A kind of support that the school had, by its code, and the day from which it counts."""

    code: str
    on: date


def way_of_support(code: str) -> str:
    """How a kind of support is called among the ways of a year."""
    return f"support:{code}"[:40]


@dataclass
class Year:
    """One academic year: each way with the day from which it counts, and tries without an answer."""

    ways: dict[str, date] = field(default_factory=dict)
    attempts: int = 0

    def count(self, way: str, on: date) -> None:
        self.ways[way] = min(on, self.ways.get(way, on))

    @property
    def in_order(self) -> list[str]:
        return sorted(self.ways, key=lambda way: (self.ways[way], way))

    @property
    def engaged_on(self) -> date | None:
        return min(self.ways.values(), default=None)

    @property
    def several_on(self) -> date | None:
        """The day on which a second way was added."""
        return sorted(self.ways.values())[1] if len(self.ways) > 1 else None


def years_of(
    *,
    contacts: Iterable[Contact],
    attempts: Iterable[Attempt],
    roles: Iterable[Role],
    support: Iterable[Support] = (),
    rules: RulesThroughTheYears,
    last_year: int,
) -> dict[int, Year]:
    """Each academic year up to `last_year` in which there was anything, by the year in which it begins."""
    found: dict[int, Year] = {}
    for contact in contacts:
        if rules.count(contact):
            found.setdefault(academic_year(contact.on), Year()).count(CONVERSATION, contact.on)
    for given in support:
        year = academic_year(given.on)
        if given.code in rules.of_year(year).support:
            found.setdefault(year, Year()).count(way_of_support(given.code), given.on)
    for role in roles:
        for year in range(academic_year(role.since), last_year + 1):
            begins, ends = year_of(year)
            on = max(role.since, begins)
            if (role.until is None or on < role.until) and on < ends and role.code in rules.of_year(year).roles:
                found.setdefault(year, Year()).count(role.code, on)
    for attempt in attempts:
        found.setdefault(academic_year(attempt.on), Year()).attempts += 1
    return found
