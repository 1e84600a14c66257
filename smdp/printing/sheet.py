"""The questions of a plan laid out for paper, with what was answered and lines to write on. Values in, a sheet out; no
query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hubportal.kit.drafts.merge import Values
from smdp import answers
from smdp.reckoning import reckoned
from smdp.sections import Field, Fieldset, Kind, Section, Table

SHORT_TEXT = 1000  # characters up to which a text is a short one
WIDEST = 5  # columns of a table that is drawn as one; the rows of a wider one stand below each other


@dataclass(frozen=True)
class Room:
    """How much is left to write in: lines for a text, for a short one, and for one in a block (every other question has
    one); rows of a table in which nothing stands, and below filled ones; and blocks, which are the rows of a wide
    table. A sheet for writing has the hints, and every choice beside the one that was made."""

    text: int
    short_text: int
    block_text: int
    rows: int
    more_rows: int
    blocks: int
    for_writing: bool = False


AMPLE = Room(text=5, short_text=3, block_text=3, rows=5, more_rows=2, blocks=3, for_writing=True)  # blank
SPARING = Room(text=2, short_text=1, block_text=1, rows=2, more_rows=1, blocks=1)  # beside answers


@dataclass(frozen=True)
class Question:
    """One question: its answer in words, or the lines that it leaves, or its choices with the one that was chosen."""

    label: str
    hint: str
    words: str
    lines: range
    choices: tuple[tuple[str, bool], ...] = ()
    is_rich: bool = False
    is_short: bool = False  # the question and its answer stand in one line
    guidance: str = ""  # rich text
    is_public: bool = False  # its answer may go into the public summary, and the sheet says so


@dataclass(frozen=True)
class Grid:
    """Rows that people add: as a table (`headings` and `rows`), or below each other (`blocks`)."""

    title: str
    hint: str
    noun: str
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    blocks: tuple[tuple[Question, ...], ...] = ()
    guidance: str = ""
    public_words: str = ""
    comes_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    title: str
    lede: str
    pieces: tuple[Question | Grid, ...]


@dataclass(frozen=True)
class Page:
    section: Section
    parts: tuple[Part, ...]


def sheet_of(sections: Iterable[Section], said: Mapping[str, Values], room: Room = AMPLE) -> list[Page]:
    """Every section with its questions and what `said` ({section: values}) answers of them; nothing leaves it blank."""
    return [
        Page(section, tuple(_part(each, said.get(section.key, {}), room) for each in section.fieldsets))
        for section in sections
    ]


def _part(fieldset: Fieldset, values: Values, room: Room) -> Part:
    pieces = tuple(
        _question(each, values, room) if isinstance(each, Field) else _grid(each, values, room)
        for each in fieldset.parts
    )
    return Part(fieldset.title, fieldset.lede, pieces)


def _question(field: Field, values: Values, room: Room, prefix: str = "") -> Question:
    hint = field.hint if room.for_writing else ""
    more: dict[str, Any] = {}
    if room.for_writing and not prefix:
        more = {"guidance": field.guidance, "is_public": field.is_public}
    if field.kind == Kind.CHOICE:
        chosen = str(values.get(f"{prefix}{field.name}", ""))
        choices = tuple((name, key == chosen) for key, name in field.choices)
        if not room.for_writing:
            choices = tuple(each for each in choices if each[1]) or choices
        return Question(field.label, hint, "", range(0), choices, is_short=True, **more)
    words = answers.said(field, values, prefix)
    lines = _lines(field, room, in_block=bool(prefix))
    is_short = field.kind != Kind.TEXT or (lines == 1 and not words)
    is_rich = field.is_rich and not prefix
    return Question(field.label, hint, words, range(0 if words else lines), is_rich=is_rich, is_short=is_short, **more)


def _lines(field: Field, room: Room, *, in_block: bool) -> int:
    if field.kind != Kind.TEXT:
        return 1
    if in_block:
        return room.block_text
    return room.short_text if field.most <= SHORT_TEXT else room.text


def _grid(table: Table, values: Values, room: Room) -> Grid:
    columns = tuple(each for each in table.columns if each.kind != Kind.ORIGIN)
    numbers = list(_filled(table, values))
    hint = table.hint if room.for_writing else ""
    comes_to = reckoned(table, values)
    more: dict[str, Any] = {"comes_to": tuple(comes_to.lines) if comes_to else ()}
    if room.for_writing:
        more |= {"guidance": table.guidance, "public_words": table.public_words}
    if len(columns) <= WIDEST:
        rows = [tuple(answers.said(each, values, f"{table.name}-{at}-") for each in columns) for at in numbers]
        empty = [("",) * len(columns)] * _free(table, len(rows), room.more_rows if rows else room.rows)
        return Grid(table.title, hint, table.noun, tuple(each.label for each in columns), (*rows, *empty), **more)
    free = range(1000, 1000 + _free(table, len(numbers), 1 if numbers else room.blocks))  # rows that no values name
    blocks = tuple(
        tuple(_question(each, values, room, f"{table.name}-{at}-") for each in columns) for at in (*numbers, *free)
    )
    return Grid(table.title, hint, table.noun, blocks=blocks, **more)


def _free(table: Table, filled: int, wanted: int) -> int:
    return max(0, min(wanted, table.most - filled))


def _filled(table: Table, values: Values) -> Iterable[int]:
    """The numbers of the rows in which something stands."""
    for at in range(answers.MOST_ROWS):
        if any(answers.said(each, values, f"{table.name}-{at}-") for each in table.columns):
            yield at
