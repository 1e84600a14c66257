"""Answers read by their questions: what was said, what is missing. Values in, words out; no query."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from hubportal.kit import rich
from hubportal.kit.drafts.merge import COUNTER, Value, Values
from hubportal.kit.wording import long_date
from smdp.reckoning import Budget, Hour, reckoned
from smdp.sections import Field, Fieldset, Kind, Section, Table

MOST_ROWS = 100  # no table has so many
LONGEST_SUM = 20  # characters; what is longer stays as it was typed
SHORT = (Kind.LINE, Kind.CHOICE, Kind.NUMBER, Kind.MONEY, Kind.DATE)  # answers of a few words
FIGURES = (Kind.NUMBER, Kind.MONEY)
MOST_COLUMNS = 5  # of a table that a reader sees as one; what is wider reads as a list


@dataclass(frozen=True)
class Said:
    """A question with its answer in words."""

    label: str
    words: str

    def __str__(self) -> str:
        """ "Who pays: The school", "In a rotation? No"."""
        return f"{self.label}{'' if self.label.endswith('?') else ':'} {self.words}"


@dataclass(frozen=True)
class Cell:
    """An answer in a row that stands under its column's question; without words where the row does not answer it."""

    label: str
    words: str
    is_figure: bool

    @property
    def before(self) -> str:
        """The question as it stands before a colon: "In a rotation"."""
        return self.label.rstrip("?")


@dataclass(frozen=True)
class Row:
    """One row of a table, by what stands first in it, with the rest; and with a cell for each column where the rows
    are read as a table."""

    heading: str
    said: list[Said]
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Passage:
    """What a reader sees of one question, or of one table."""

    label: str
    words: str = ""
    rows: tuple[Row, ...] = ()
    is_rich: bool = False  # the words may hold headings, lists, bold and links
    href: str = ""  # the page that the words are the address of
    reckoned: Hour | Budget | None = None  # what the rows come to

    @property
    def heads(self) -> tuple[Cell, ...]:
        """The columns of rows that are read as a table; none where they are read as a list."""
        return self.rows[0].cells if self.rows else ()


@dataclass(frozen=True)
class Chapter:
    """A section as it is read: pairs of a fieldset's title and what was answered in it."""

    section: Section
    passages: list[tuple[str, list[Passage]]]

    @property
    def has_words(self) -> bool:
        return any(found for _title, found in self.passages)


def said(field: Field, values: Mapping[str, Value], prefix: str = "") -> str:
    """An answer in words: "" where there is none. A choice is its label, a date is written out; what is no such thing
    stays as it was typed."""
    name = f"{prefix}{field.name}"
    if field.kind == Kind.ORIGIN:
        return ""
    if field.kind == Kind.DATE:
        return _date([_text(values.get(f"{name}_{box}")) for box in range(3)])
    value = _text(values.get(name))
    if field.kind == Kind.CHOICE:
        return dict(field.choices).get(value, value)
    if field.kind == Kind.MONEY and len(value) <= LONGEST_SUM and value.replace(",", "").isdecimal():
        return f"£{int(value.replace(',', '')):,}"
    return value


def web_address(words: str) -> str:
    """The address of a page, https or http, as it was typed; "" for anything else."""
    try:
        URLValidator(schemes=["https", "http"])(words)
    except ValidationError:
        return ""
    return words


def rows_of(table: Table, values: Mapping[str, Value]) -> Iterator[list[Said]]:
    """The rows of a table that hold anything, each with what was answered in it."""
    count = _text(values.get(f"{table.name}{COUNTER}"))
    for number in range(min(int(count), MOST_ROWS) if count.isdecimal() and len(count) < 6 else 0):
        row = [Said(each.label, said(each, values, f"{table.name}-{number}-")) for each in table.columns]
        if any(each.words for each in row):
            yield [each for each in row if each.words]


def is_begun(section: Section, values: Values) -> bool:
    """Whether anything was answered in it."""
    return any(said(field, values) for field in section.fields()) or any(
        True for table in section.tables() for _ in rows_of(table, values)
    )


def missing(section: Section, values: Values) -> list[Field]:
    """The questions that must be answered before the plan is shared, and are not."""
    return [field for field in section.fields() if field.is_required and not said(field, values)]


def with_theirs(section: Section, said: Values, theirs: Values) -> Values:
    """What was said in a section, upon what somebody else said there: a question that was left empty has their answer,
    and a table without a row their rows. The rows of both are never mixed."""
    own = tuple(f"{table.name}-" for table in section.tables() if any(True for _ in rows_of(table, said)))
    empty = tuple(f"{table.name}-" for table in section.tables() if f"{table.name}-" not in own)
    under = {name: value for name, value in theirs.items() if not name.startswith(own)}
    return under | {name: value for name, value in said.items() if value and not name.startswith(empty)}


def chapters(sections: Iterable[Section], answers: Mapping[str, Values]) -> list[Chapter]:
    """The whole plan as it is read: every section, with what was answered in it."""
    return [chapter(section, answers.get(section.key, {})) for section in sections]


def chapter(section: Section, values: Values) -> Chapter:
    """One section as it is read."""
    return Chapter(section, [_passages(each, values) for each in section.fieldsets])


def _passages(fieldset: Fieldset, values: Values) -> tuple[str, list[Passage]]:
    found = []
    for part in fieldset.parts:
        if isinstance(part, Field):
            if words := said(part, values):
                href = web_address(words) if part.kind == Kind.LINK else ""
                found.append(Passage(part.label, words, is_rich=part.is_rich, href=href))
        elif rows := _rows(part, values):
            found.append(Passage(part.title, rows=rows, reckoned=reckoned(part, values)))
    return fieldset.title, found


def _rows(table: Table, values: Values) -> tuple[Row, ...]:
    """The rows of a table as they are read: with cells where every answer is short and there are few columns."""
    rows = list(rows_of(table, values))
    columns = [each for each in table.answered if any(said.label == each.label for row in rows for said in row)]
    if len(table.answered) > MOST_COLUMNS or any(each.kind not in SHORT for each in table.answered):
        columns = []
    return tuple(
        Row(
            row[0].words,
            row[1:],
            tuple(
                Cell(each.label, next((x.words for x in row if x.label == each.label), ""), each.kind in FIGURES)
                for each in columns
            ),
        )
        for row in rows
    )


Names = Mapping[tuple[str, str], str]  # (section, question or table): "Vision: Where are you now?"


def names_of(sections: Iterable[Section]) -> Names:
    """How each question and table is named in `lines`."""
    return {
        (section.key, part.name): f"{section.title}: {part.label if isinstance(part, Field) else part.title}"
        for section in sections
        for fieldset in section.fieldsets
        for part in fieldset.parts
    }


def lines(sections: Iterable[Section], answers: Mapping[str, Values], named: Names | None = None) -> dict[str, str]:
    """The whole plan as labelled texts without markup, for comparing two versions: "Vision: Where are you now?" and
    the answer. `named` are names that go before its own, so that a question which was worded anew is still one."""
    found: dict[str, str] = {}
    sections = tuple(sections)
    names = {**names_of(sections), **(named or {})}
    for section in sections:
        values = answers.get(section.key, {})
        for field in section.fields():
            words = said(field, values)
            found[names[section.key, field.name]] = rich.plain(words) if field.is_rich else words
        for table in section.tables():
            rows = ["; ".join(map(str, row)) for row in rows_of(table, values)]
            comes_to = reckoned(table, values)
            found[names[section.key, table.name]] = "\n".join(rows + (comes_to.lines if comes_to else []))
    return found


def _text(value: Value | None) -> str:
    return value.strip() if isinstance(value, str) else " ".join(value or []).strip()


def _date(boxes: list[str]) -> str:
    if not any(boxes):
        return ""
    try:
        day, month, year = map(int, boxes)
        return long_date(date(year + 2000 if year < 100 else year, month, day))
    except (ValueError, OverflowError):
        return " ".join(boxes).strip()
