"""The figures of the pages, each with the address of the records behind it. Values in, values out; no query."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.safestring import SafeString

from engagement.time_spent.periods import Hours
from engagement.time_spent.reckoning import KINDS, OTHER, SORTS, STRATEGIC, Spent, TimeSpent
from hubportal.kit import charts
from hubportal.kit.charts import Status
from hubportal.kit.wording import count

TEACHING, REST = "teaching", "rest"
# What a person's hours are made of: told apart by pattern as well as by colour, for a page printed in grey.
PARTS = {
    each.code: each
    for each in (
        Status(STRATEGIC, SORTS[STRATEGIC], "#0b5d57", "plain"),
        Status(OTHER, SORTS[OTHER], "#2f9488", "dots"),
        Status(TEACHING, "Teaching pupils", "#d9902f", "rising"),
        Status(REST, "Everything else", "#8d8797", "crossed"),
    )
}
HOUR = 60


def whole_hours(minutes: int | Decimal) -> str:
    """ "12 hours": to the nearest."""
    return count(round(Decimal(minutes) / HOUR), "hour")


def percent(part: int | Decimal, whole: int | Decimal) -> str:
    """ "12%"; "less than 1%" where there is something."""
    share = 100 * Decimal(part) / Decimal(whole)
    return "less than 1%" if 0 < share < Decimal("0.5") else f"{round(share)}%"


@dataclass(frozen=True)
class Line:
    """A row of a table: minutes, how many of them are estimates, of how many records, and where these are listed."""

    label: str
    minutes: int
    estimated: int
    number: int
    href: str
    bar: SafeString


@dataclass(frozen=True)
class Share:
    """What a person's hours (or several people's) were made of, in minutes. Without hours there is no share."""

    hours: Hours
    strategic: int
    other: int

    @property
    def employed(self) -> int:
        return round(self.hours.employed * HOUR)

    @property
    def teaching(self) -> int:
        return round(self.hours.teaching * HOUR)

    @property
    def rest(self) -> int:
        return self.employed - self.teaching - self.strategic - self.other

    @property
    def is_known(self) -> bool:
        return self.hours.is_known and self.employed > 0

    @property
    def is_over(self) -> bool:
        """More was logged, with the teaching, than the hours employed."""
        return self.rest < 0

    @property
    def of_employed(self) -> str:
        return percent(self.strategic, self.employed)

    @property
    def besides_teaching(self) -> str:
        """Of the hours in which they do not teach; "" where they only teach."""
        left = self.employed - self.teaching
        return percent(self.strategic, left) if left else ""

    @property
    def parts(self) -> dict[str, int]:
        """In minutes by the codes of `PARTS`."""
        return {STRATEGIC: self.strategic, OTHER: self.other, TEACHING: self.teaching, REST: max(self.rest, 0)}

    @property
    def rows(self) -> list[tuple[str, str, str, str]]:
        """The chart as a table: code, what, how long, per cent of the hours employed."""
        return [
            (code, PARTS[code].words, whole_hours(minutes), percent(minutes, self.employed))
            for code, minutes in self.parts.items()
        ]

    @property
    def chart(self) -> SafeString:
        return charts.stacked_bar(
            self.parts,
            label="Hours employed",
            width=600,
            height=28,
            kinds=PARTS,
            nothing="No hours",
            in_words=whole_hours,
        )


def key() -> SafeString:
    return charts.status_key(kinds=PARTS)


def share_of(pieces: Iterable[Spent], hours: Hours) -> Share:
    minutes: dict[str, int] = defaultdict(int)
    for piece in pieces:
        minutes[piece.sort] += piece.minutes
    return Share(hours, minutes[STRATEGIC], minutes[OTHER])


def shares_together(shares: Sequence[Share]) -> Share:
    """Those of several people as one: only of people whose hours are known."""
    known = [each for each in shares if each.is_known]
    hours = Hours(
        sum((each.hours.employed for each in known), Decimal(0)),
        sum((each.hours.teaching for each in known), Decimal(0)),
    )
    return Share(hours, sum(each.strategic for each in known), sum(each.other for each in known))


def lines_by(
    pieces: Iterable[Spent], names: Mapping[str, str], of: Callable[[Spent], str], address: Callable[[str], str]
) -> list[Line]:
    """A line for each of the names that has any minutes, in the order of the names. `address` takes a name's code."""
    groups: dict[str, list[Spent]] = defaultdict(list)
    for piece in pieces:
        groups[of(piece)].append(piece)
    totals = {code: sum(piece.minutes for piece in group) for code, group in groups.items()}
    most = max(totals.values(), default=0)
    return [
        Line(
            names[code],
            totals[code],
            sum(piece.minutes for piece in groups[code] if piece.is_estimate),
            len({piece.record for piece in groups[code]}),
            address(code),
            charts.length_bar(totals[code], most, label=f"{names[code]}: {count(totals[code], 'minute')}"),
        )
        for code in names
        if code in groups
    ]


def tables_of(spent: TimeSpent, pieces: Sequence[Spent], who: str = "") -> dict[str, list[Line]]:
    """Minutes by what they went to, by kind and by role of the person met; `who` names one person in the addresses."""

    def leads_to(name: str) -> Callable[[str], str]:
        return lambda code: records_url(spent, who, **{name: code})

    return {
        "by_sort": lines_by(pieces, SORTS, lambda piece: piece.sort, leads_to("sort")),
        "by_kind": lines_by(pieces, KINDS, lambda piece: piece.kind, leads_to("kind")),
        "by_met": lines_by(
            [piece for piece in pieces if not piece.is_attempt],
            spent.reckoning.roles.names,
            lambda piece: piece.met,
            leads_to("met"),
        ),
    }


def records_url(spent: TimeSpent, who: str = "", **narrow: str) -> str:
    """Where the conversations and attempts behind a figure are listed."""
    query = {**spent.period.query, **({"who": who} if who else {}), **narrow}
    return reverse("engagement:time-spent-records", args=[spent.hub.slug], query=query)
