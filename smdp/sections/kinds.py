"""What a plan is made of: questions, tables of rows, fieldsets, sections; and for which schools each is."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LONGEST_TEXT = 4000  # characters


class Setting(StrEnum):
    """What kind of school a question is for. A school may be of several."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    SPECIAL = "special"
    POST_16 = "post-16"
    # What follows says more of a school that is one of the four: which key stages it teaches, by its ages.
    NURSERY = "nursery"  # and nothing else
    EYFS = "eyfs"
    KS1 = "ks1"
    KS2 = "ks2"
    KS3 = "ks3"
    KS4 = "ks4"
    KS5 = "ks5"  # sixth forms and 16-plus colleges
    EXAMS = "exams"  # pupils older than 14


EVERYBODY = frozenset(Setting)
PRIMARY = frozenset({Setting.PRIMARY})
SECONDARY = frozenset({Setting.SECONDARY})
SPECIAL = frozenset({Setting.SPECIAL})
MAINSTREAM = frozenset({Setting.PRIMARY, Setting.SECONDARY})
EXAMS = frozenset({Setting.SECONDARY, Setting.POST_16, Setting.SPECIAL})
HOUR = frozenset(
    {Setting.KS1, Setting.KS2, Setting.KS3, Setting.SPECIAL}
)  # the National Plan's hour a week is for them
PAST_NURSERY = HOUR | {Setting.KS4, Setting.KS5}


class Kind(StrEnum):
    LINE = "line"  # a few words
    TEXT = "text"  # paragraphs
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"  # a whole number, from 0
    MONEY = "money"  # pounds
    LINK = "link"  # the address of a page, https or http
    OFFER = "offer"  # the title of one of the hub's offers, chosen from those that suit the school
    ORIGIN = "origin"  # what a row was started from (see `smdp.priorities`); nobody types it


class Reckons(StrEnum):
    """What a table comes to (see `smdp.reckoning`)."""

    HOUR = "hour"  # minutes a week by year group, held against the National Plan's hour
    BUDGET = "budget"  # money in, money out, and what is left


@dataclass(frozen=True)
class Field:
    """One question. `is_public` fields may go into the summary on the school's website; no other ever does.

    `is_required` ones must be answered before the plan is shared with the hub, by schools of `required_of`; until then
    everything may wait. `guidance` is longer help with it, as rich text, with the source of a rule where it has one."""

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
    guidance: str = ""
    required_of: frozenset[Setting] = EVERYBODY

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
    guidance: str = ""
    reckons: Reckons | None = None

    @property
    def answered(self) -> tuple[Field, ...]:
        """The columns that people type into and read."""
        return tuple(each for each in self.columns if each.kind != Kind.ORIGIN)

    @property
    def noun(self) -> str:
        return self.item.partition(",")[0]

    @property
    def public_words(self) -> str:
        """Which of its columns may go into the public summary, "" where none may."""
        public = [each.label for each in self.answered if each.is_public]
        if len(public) == len(self.answered):
            return "All of this may go into the public summary."
        return f"May go into the public summary: {'; '.join(public)}. Nothing else." if public else ""


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


def feature(
    name: str, label: str, short: str, settings: frozenset[Setting] = EVERYBODY, guidance: str = ""
) -> tuple[Field, Field]:
    """One of the seven key features: whether it is there, and how one can tell; for schools of these settings. `short`
    names it in a few words."""
    more: dict[str, Any] = {"is_required": True, "is_public": True, "settings": settings, "guidance": guidance}
    there = choice(name, label, ("yes", "Yes"), ("partly", "Partly"), ("not-yet", "Not yet"), **more)
    hint = "What you would show a visitor, and what is still missing."
    return there, text(f"{name}_evidence", f"Evidence: {short}", hint, most=1000, settings=settings)
