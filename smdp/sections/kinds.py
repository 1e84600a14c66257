"""What a plan is made of: questions, tables of rows, fieldsets, sections; and for which schools each is."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

LONGEST_TEXT = 4000  # characters


class Setting(StrEnum):
    """What kind of school a question is for. A school may be of several."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    SPECIAL = "special"
    POST_16 = "post-16"


EVERYBODY = frozenset(Setting)
PRIMARY = frozenset({Setting.PRIMARY})
SECONDARY = frozenset({Setting.SECONDARY})
SPECIAL = frozenset({Setting.SPECIAL})
MAINSTREAM = frozenset({Setting.PRIMARY, Setting.SECONDARY})
EXAMS = frozenset({Setting.SECONDARY, Setting.POST_16, Setting.SPECIAL})


class Kind(StrEnum):
    LINE = "line"  # a few words
    TEXT = "text"  # paragraphs
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"  # a whole number, from 0
    MONEY = "money"  # pounds
    OFFER = "offer"  # the title of one of the hub's offers, chosen from those that suit the school
    ORIGIN = "origin"  # what a row was started from (see `smdp.priorities`); nobody types it


@dataclass(frozen=True)
class Field:
    """One question. `is_public` fields may go into the summary on the school's website; no other ever does.

    `is_required` ones must be answered before the plan is shared with the hub; until then everything may wait."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    hint: str = ""
    is_required: bool = False
    is_public: bool = False
    settings: frozenset[Setting] = EVERYBODY
    choices: tuple[tuple[str, str], ...] = ()
    most: int = LONGEST_TEXT  # characters, or the largest number
    is_plain: bool = False  # a text in which nothing is set: no headings, no lists

    @property
    def is_rich(self) -> bool:
        """Whether its answer may hold headings, lists, bold and links (`hubportal.kit.rich`); never in a table."""
        return self.kind == Kind.TEXT and not self.is_plain


@dataclass(frozen=True)
class Table:
    """Rows that people add. `item` is the word for one row, as `wording.count` takes it, of which `noun` is one."""

    name: str
    title: str
    item: str
    columns: tuple[Field, ...]
    hint: str = ""
    most: int = 30  # rows
    settings: frozenset[Setting] = EVERYBODY

    @property
    def answered(self) -> tuple[Field, ...]:
        """The columns that people type into and read."""
        return tuple(each for each in self.columns if each.kind != Kind.ORIGIN)

    @property
    def noun(self) -> str:
        return self.item.partition(",")[0]


@dataclass(frozen=True)
class Fieldset:
    title: str
    parts: tuple[Field | Table, ...]
    lede: str = ""


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    lede: str
    fieldsets: tuple[Fieldset, ...]

    def fields(self) -> Iterator[Field]:
        """Its questions, without those in tables, in order."""
        return (part for fieldset in self.fieldsets for part in fieldset.parts if isinstance(part, Field))

    def tables(self) -> Iterator[Table]:
        return (part for fieldset in self.fieldsets for part in fieldset.parts if isinstance(part, Table))


def line(name: str, label: str, hint: str = "", **more) -> Field:
    return Field(name, label, Kind.LINE, hint, **{"most": 200, **more})


def text(name: str, label: str, hint: str = "", **more) -> Field:
    return Field(name, label, Kind.TEXT, hint, **more)


def choice(name: str, label: str, *choices: tuple[str, str], hint: str = "", **more) -> Field:
    return Field(name, label, Kind.CHOICE, hint, choices=choices, **more)


def feature(name: str, label: str, short: str) -> tuple[Field, Field]:
    """One of the seven key features: whether it is there, and how one can tell. `short` names it in a few words."""
    there = choice(
        name, label, ("yes", "Yes"), ("partly", "Partly"), ("not-yet", "Not yet"), is_required=True, is_public=True
    )
    hint = "What you would show a visitor, and what is still missing."
    return there, text(f"{name}_evidence", f"Evidence: {short}", hint, most=1000)
