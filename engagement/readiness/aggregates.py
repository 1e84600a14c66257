"""The figures of readiness, for the page and for the annex to the Local Plan: counts of people, never a name. Each
takes what `standings.standings` gives; no query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engagement.readiness.standings import JOINT, MODERATED, Asked, Standing, counts_on

NO_STRAND = "No strand of its own"


@dataclass(frozen=True)
class OfPeople:
    """So many of so many people: `code` names who is missing, where a list can show them."""

    label: str
    number: int
    of: int
    code: str = ""

    @property
    def missing(self) -> int:
        return self.of - self.number


def people(rows: Sequence[Standing]) -> OfPeople:
    """How many of the hub's people and its partners' have nothing missing of what the hub asks."""
    return OfPeople("Nothing missing", sum(row.is_ready for row in rows), len(rows), "any")


def by_side(rows: Sequence[Standing]) -> list[OfPeople]:
    """The same apart: of the hub's own people, and of those of its partners."""
    sides = (
        ("The hub’s own people", [row for row in rows if not row.where]),
        ("Partners’ officers", [row for row in rows if row.where]),
    )
    return [OfPeople(label, sum(row.is_ready for row in side), len(side)) for label, side in sides if side]


def asked_for(rows: Sequence[Standing], asked: Asked) -> list[OfPeople]:
    """For each thing that the hub asks of everybody, how many have it: training that has not run out, a joint visit, a
    conversation moderated within the months that the hub says."""
    wanted = {
        **asked.topics,
        JOINT: "A joint visit",
        MODERATED: f"A conversation moderated in the last {asked.months} months",
    }
    return [
        OfPeople(label, sum(not row.lacks(code) for row in rows), len(rows), str(code))
        for code, label in wanted.items()
    ]


def trained_by_strand(rows: Sequence[Standing], on: date) -> list[OfPeople]:
    """For each strand of the hub's work in which anybody was trained, how many people have training that counts on a
    day; last that which serves no single strand. In the order of the strands."""
    found: dict[tuple[int, str], set[int]] = {}
    for row in rows:
        for each in row.trainings:
            if counts_on(each, on):
                strand = each.topic.strand
                key = (strand.position, strand.name) if strand else (1000, NO_STRAND)
                found.setdefault(key, set()).add(row.held.user_id)
    return [OfPeople(name, len(found[place, name]), len(rows)) for place, name in sorted(found)]


def reviews_between(rows: Sequence[Standing], kind: str, first: date, last: date) -> int:
    """How many joint visits, or moderated conversations, there were from a day to a day, both included. One that two
    people's records name counts for each."""
    return sum(each.kind == kind and first <= each.on <= last for row in rows for each in row.reviews)
