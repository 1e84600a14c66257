"""The kinds of file that the register publishes: by what each is told, and which of its columns the portal uses."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from schools.models import RegisterFile
from schools.register import columns

_FOOTNOTES = re.compile(r"(?:\s*[(\[]\d{1,2}[)\]])+\s*\Z")


@dataclass(frozen=True)
class Layout:
    """One kind of file. `required` are the columns without which it is not that kind, the file's first column first;
    `used` those that the portal reads; `known` all that the kind has had. `archived_as` is how its name begins inside
    an archive of several. `rows_are` names its rows, and `may_vanish` is the share of them that a file may lack of
    what the last one had before a person must look. Column names with footnotes (`has_footnotes`) are known by
    what is left without. `is_led_by_first`: no file of the kind begins with another column. Where a row is no school of
    its own, the columns `keyed_by` say together what it is about, and `named_by` what that is called."""

    kind: RegisterFile.Kind
    name: str
    rows_are: str
    archived_as: str
    required: tuple[str, ...]
    used: tuple[str, ...]
    known: frozenset[str]
    may_vanish: float
    row_begins: re.Pattern[bytes] = re.compile(rb'"?\d{5,7}"?,')
    has_footnotes: bool = False
    is_led_by_first: bool = True
    keyed_by: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()

    def plain(self, column: str) -> str:
        """A column by the name that the portal knows: "Number of  pupils on roll (7)" is "Number of pupils on roll"."""
        return " ".join(_FOOTNOTES.sub("", column).split()) if self.has_footnotes else column

    def must_be_one(self, column: str) -> bool:
        """Whether a file with two columns of this name cannot be read. Without their footnotes, some are alike."""
        return not self.has_footnotes or column in self.used


ESTABLISHMENTS = Layout(
    kind=RegisterFile.Kind.ESTABLISHMENTS,
    name="the establishments file",
    rows_are="schools of the register",
    archived_as="edubasealldata",
    required=columns.REQUIRED,
    used=columns.USED,
    known=columns.KNOWN,
    may_vanish=0.001,  # 6 to 16 of 50,000 vanish between two real files
)

# Columns that one kind of file has and those further down have not all of.
_TOLD_BY = (
    ({"URN", "LinkURN"}, "the file of links between schools"),
    ({"URN", "Group UID"}, "the file of schools in groups"),
    ({"Group UID", "Group Name"}, "the file of groups"),
    (set(columns.REQUIRED), ESTABLISHMENTS.name),
    ({"time_period", "urn"}, "the school census"),
)


def name_of_kind(header: Iterable[str]) -> str:
    """What kind of file has these columns, in the words of `Layout.name`; empty where they tell nothing. Children's
    centres have those of the establishments."""
    there = set(header)
    return next((name for columns_of, name in _TOLD_BY if there >= columns_of), "")
