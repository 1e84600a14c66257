"""The three terms of an academic year, by the days that are the same for all of England.

Each school and authority sets its own term dates. These are the national ones, from which a term's funding and places
are counted: a child reaches compulsory school age on 31 August, 31 December or 31 March (The Education (Start of
Compulsory School Age) Order 1998)."""

from dataclasses import dataclass
from datetime import date, timedelta

_BEGIN = (("spring", 1), ("summer", 4), ("autumn", 9))  # in each of these months, on its first day
HALF = timedelta(weeks=7)  # about the length of half a term


@dataclass(frozen=True)
class Term:
    name: str
    begins: date

    def __str__(self) -> str:
        return f"{self.name} term {self.begins.year}"

    @property
    def half(self) -> date:
        """The day on which about half of it is over."""
        return self.begins + HALF


def term_of(on: date) -> Term:
    """The term in which a day lies."""
    name, month = [each for each in _BEGIN if each[1] <= on.month][-1]
    return Term(name, date(on.year, month, 1))
