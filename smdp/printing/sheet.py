"""The questions of a plan laid out for paper, with what was answered and lines to write on. Values in, a sheet out; no
query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hubportal.kit.drafts.merge import Values
from smdp import answers
from smdp.sections import Field, Fieldset, Kind, Section, Table

LINES = {Kind.TEXT: 5}  # to write on; for every other kind one
SHORT_TEXT, SHORT_LINES = 1000, 3  # characters up to which a text is a short one
WIDEST = 5  # columns of a table that is drawn as one; the rows of a wider one stand below each other
EMPTY_ROWS, EMPTY_BLOCKS = 5, 3  # of a table in which nothing stands
MORE_ROWS = 2  # below rows that are filled


@dataclass(frozen=True)
class Question:
    """One question: its answer in words, or the lines that it leaves, or its choices with the one that was chosen."""

    label: str
    hint: str
    words: str
    lines: range
    choices: tuple[tuple[str, bool], ...] = ()
    is_rich: bool = False


@dataclass(frozen=True)
class Grid:
    """Rows that people add: as a table (`headings` and `rows`), or below each other (`blocks`)."""

    title: str
    hint: str
    noun: str
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    blocks: tuple[tuple[Question, ...], ...] = ()


@dataclass(frozen=True)
class Part:
    title: str
    lede: str
    pieces: tuple[Question | Grid, ...]


@dataclass(frozen=True)
class Page:
    section: Section
    parts: tuple[Part, ...]


def sheet_of(sections: Iterable[Section], said: Mapping[str, Values]) -> list[Page]:
    """Every section with its questions and what `said` ({section: values}) answers of them; nothing leaves it blank."""
    return [
        Page(section, tuple(_part(each, said.get(section.key, {})) for each in section.fieldsets))
        for section in sections
    ]


def _part(fieldset: Fieldset, values: Values) -> Part:
    pieces = tuple(
        _question(each, values) if isinstance(each, Field) else _grid(each, values) for each in fieldset.parts
    )
    return Part(fieldset.title, fieldset.lede, pieces)


def _question(field: Field, values: Values, prefix: str = "") -> Question:
    words = answers.said(field, values, prefix)
    if field.kind == Kind.CHOICE:
        chosen = str(values.get(f"{prefix}{field.name}", ""))
        return Question(
            field.label, field.hint, "", range(0), tuple((name, key == chosen) for key, name in field.choices)
        )
    lines = LINES.get(field.kind, 1)
    if field.kind == Kind.TEXT and field.most <= SHORT_TEXT:
        lines = SHORT_LINES
    return Question(field.label, field.hint, words, range(0 if words else lines), is_rich=field.is_rich)


def _grid(table: Table, values: Values) -> Grid:
    columns = tuple(each for each in table.columns if each.kind != Kind.ORIGIN)
    numbers = list(_filled(table, values))
    if len(columns) <= WIDEST:
        rows = [tuple(answers.said(each, values, f"{table.name}-{at}-") for each in columns) for at in numbers]
        empty = [("",) * len(columns)] * _room(table, len(rows), MORE_ROWS if rows else EMPTY_ROWS)
        return Grid(table.title, table.hint, table.noun, tuple(each.label for each in columns), (*rows, *empty))
    free = range(1000, 1000 + _room(table, len(numbers), 1 if numbers else EMPTY_BLOCKS))  # rows that no values name
    blocks = tuple(
        tuple(_question(each, values, f"{table.name}-{at}-") for each in columns) for at in (*numbers, *free)
    )
    return Grid(table.title, table.hint, table.noun, blocks=blocks)


def _room(table: Table, filled: int, wanted: int) -> int:
    return max(0, min(wanted, table.most - filled))


def _filled(table: Table, values: Values) -> Iterable[int]:
    """The numbers of the rows in which something stands."""
    for at in range(answers.MOST_ROWS):
        if any(answers.said(each, values, f"{table.name}-{at}-") for each in table.columns):
            yield at
