"""What a file changes, row by row, for whoever decides about it: lists beside the import, each a CSV file on the disk.

They are read from the database while everything that the file does stands there, in the transaction that a dry run
takes back. However many rows there are, memory does not grow: the database writes most lists straight to the disk.
"""

import csv
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.db import connection

from hubportal.kit.wording import long_date
from schools.models import RegisterChange, RegisterFile
from schools.register.layouts import Layout
from schools.register.noting import status_words
from schools.register.reading import fields_of
from schools.register.sql import row, rows
from schools.register.staging import Staged

NEW, CHANGED, REJECTED, TWICE, WARNED = "new", "changed", "rejected", "twice", "warned"
ROWS_NEW, ROWS_GONE = "rows-new", "rows-gone"
TITLES = {
    NEW: "New schools",
    **{kind.value.replace("_", "-"): kind.label for kind in RegisterChange.Kind},
    CHANGED: "Changed, column by column",
    ROWS_NEW: "New rows",
    ROWS_GONE: "Rows that are gone",
    TWICE: "Standing there twice",
    REJECTED: "Rejected rows",
    WARNED: "Odd rows",
}
SCHOOL_KINDS = (RegisterFile.Kind.ESTABLISHMENTS, RegisterFile.Kind.CHILDRENS_CENTRES)
_DAY = "On"  # the column of the day on which something happens
_LINE = "Line"
_AS_RECEIVED = "JOIN schools_registertext t ON t.digest = r.text_id WHERE r.file_id = %s"
# Its beginning is enough to find a row by; a longer value than this no reader of CSV files takes.
_ROW = 'left(t.text, 10000) AS "Row as received"'
_REJECTED = f"""
    SELECT r.line AS "{_LINE}", r.urn AS "URN", r.rejected AS "Why", {_ROW}
    FROM schools_registerrow r {_AS_RECEIVED} AND r.rejected <> ''
"""
_NOT_IN = (
    f"FROM schools_registerrow r {_AS_RECEIVED} AND r.rejected = '' "
    "AND NOT EXISTS (SELECT 1 FROM schools_registerrow o WHERE o.file_id = %s AND o.text_id = r.text_id)"
)
_IS_TWICE = "r.rejected ~ ' stands in lines '"


class Details:
    """Writes the lists of one file of a layout into a folder. `listed` says which there are and how many rows each
    has."""

    def __init__(self, folder: Path, layout: Layout) -> None:
        self.folder, self.layout = folder, layout
        self.listed: list[tuple[str, int]] = []
        self.newest = row("SELECT coalesce(max(id), 0) FROM schools_school")[0]

    def write(self, file: RegisterFile, before: RegisterFile | None, found: Staged) -> None:
        """Ten queries or so, and one for each kind of change."""
        self.file, self.before = file, before
        self.listed = []
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if file.kind in SCHOOL_KINDS:
            self._query(
                NEW,
                'SELECT s.urn AS "URN", s.name AS "School", a.name AS "Authority", '
                f'{status_words("s")} AS "Status" '
                "FROM schools_school s JOIN schools_localauthority a ON a.id = s.authority_id "
                "WHERE s.id > %s AND s.register_file_id = %s ORDER BY s.name_key, s.urn",
                self.newest, file.pk,
            )  # fmt: skip
        self._changes()
        if before and file.kind in SCHOOL_KINDS and found.changed:
            self._write(CHANGED, lambda out: self._columns(out, before, found.changed))
        if before and self.layout.keyed_by:
            self._other_rows(before)
        self._query(TWICE, f"{_REJECTED} AND {_IS_TWICE} ORDER BY r.urn, r.rejected, r.line", file.pk)
        self._query(REJECTED, f"{_REJECTED} AND NOT {_IS_TWICE} ORDER BY r.line", file.pk)
        self._query(
            WARNED,
            f'SELECT r.line AS "{_LINE}", r.urn AS "URN", r.warned AS "What is odd", {_ROW} '
            f"FROM schools_registerrow r {_AS_RECEIVED} AND r.warned <> '' ORDER BY r.line",
            file.pk,
        )

    def _changes(self) -> None:
        kinds = rows("SELECT DISTINCT kind FROM schools_registerchange WHERE file_id = %s", self.file.pk)
        there = {kind for (kind,) in kinds}
        for kind in RegisterChange.Kind:
            if kind.value in there:
                self._query(
                    kind.value.replace("_", "-"),
                    'SELECT s.urn AS "URN", s.name AS "School", c.before AS "Before", c.after AS "After", '
                    f'c.happens_on AS "{_DAY}" FROM schools_registerchange c '
                    "JOIN schools_school s ON s.id = c.school_id WHERE c.file_id = %s AND c.kind = %s "
                    "ORDER BY s.name_key, s.urn, c.id",
                    self.file.pk, kind.value,
                )  # fmt: skip

    def _other_rows(self, before: RegisterFile) -> None:
        """Of a file whose rows are no schools: rows about something new, what changed about the rest, and rows about
        what the file no longer has. Keeps in memory what each row that differs is about, and no more of it."""
        was = dict(self._differing(before, self.file))
        now = {text: was[key] for key, text in self._differing(self.file, before) if key in was}
        self._write(CHANGED, lambda out: self._cells(out, before, now))
        self._rows_but(ROWS_NEW, self.file, before, now.keys())
        self._rows_but(ROWS_GONE, before, self.file, now.values())

    def _differing(self, file: RegisterFile, other: RegisterFile) -> Iterator[tuple[tuple[str, ...], UUID]]:
        """Of each row of a file that does not stand in the other the same: what it is about, and its text's digest."""
        places = [file.header.index(name) for name in self.layout.keyed_by]
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT r.text_id, t.text {_NOT_IN} ORDER BY r.line", [file.pk, other.pk])
            while some := cursor.fetchmany(500):
                for digest, text in some:
                    fields = fields_of(text)
                    if len(fields) == len(file.header):
                        yield tuple(fields[place].strip() for place in places), digest

    def _rows_but(self, name: str, file: RegisterFile, other: RegisterFile, told: Iterable[UUID]) -> None:
        """Rows that do not stand in the other file, but for those that are told as changed."""
        self._query(
            name,
            f'SELECT r.line AS "{_LINE}", {_ROW} {_NOT_IN} AND NOT r.text_id = ANY(%s) ORDER BY r.line',
            file.pk, other.pk, list(told),
        )  # fmt: skip

    def _cells(self, out: IO[str], before: RegisterFile, now: dict[UUID, UUID]) -> None:
        """Of each changed row the columns that both files have and that differ, old and new, as received."""
        header = self.file.header
        named = [name for name in (*self.layout.keyed_by, *self.layout.named_by) if name in header]
        both = [(name, before.header.index(name), header.index(name)) for name in header if name in before.header]
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*named, "Column", "Before", "After"])
        pairs = iter(now.items())
        while some := list(islice(pairs, 500)):
            for old_text, new_text in rows(_OLD_AND_NEW, *map(list, zip(*some, strict=True))):
                old, new = fields_of(old_text), fields_of(new_text)
                what = [new[header.index(name)] for name in named]
                writer.writerows([*what, name, old[a], new[b]] for name, a, b in both if old[a] != new[b])

    def _columns(self, out: IO[str], before: RegisterFile, urns: set[int]) -> None:
        """Of each changed school the columns that both files have and that differ, old and new, as received."""
        places = {name: place for place, name in enumerate(before.header)}
        both = [(name, places[name], place) for place, name in enumerate(self.file.header) if name in places]
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["URN", "School", "Column", "Before", "After"])
        with connection.chunked_cursor() as cursor:
            cursor.execute(_BOTH_TEXTS, [before.pk, self.file.pk, list(urns)])
            while some := cursor.fetchmany(500):
                for urn, name, old_text, new_text in some:
                    old, new = fields_of(old_text), fields_of(new_text)
                    for column, was, now in both:
                        if old[was] != new[now]:
                            writer.writerow([urn, name, column, old[was], new[now]])

    def _query(self, name: str, query: str, *values: Any) -> None:
        def write(out: IO[str]) -> None:
            with (
                connection.cursor() as cursor,
                cursor.copy(f"COPY ({query}) TO STDOUT WITH (FORMAT csv, HEADER, ENCODING 'UTF8')", values) as stream,
            ):
                for piece in stream:
                    out.buffer.write(piece)  # type: ignore[attr-defined]  # a file on the disk has one

        self._write(name, write)

    def _write(self, name: str, write: Callable[[IO[str]], None]) -> None:
        """Write one list aside and rename it, if it has any rows."""
        path = path_of(self.folder, self.file.kind, name)
        handle, aside = tempfile.mkstemp(dir=self.folder, prefix=".being-written-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
                write(out)
            if number := sum(1 for _ in lines_of(Path(aside))) - 1:
                os.replace(aside, path)
                self.listed.append((name, number))
        finally:
            Path(aside).unlink(missing_ok=True)


_BOTH_TEXTS = """
    SELECT n.urn, s.name, ot.text, nt.text
    FROM schools_registerrow n
    JOIN schools_registerrow o ON o.urn = n.urn AND o.file_id = %s AND o.rejected = ''
    JOIN schools_registertext nt ON nt.digest = n.text_id
    JOIN schools_registertext ot ON ot.digest = o.text_id
    JOIN schools_school s ON s.urn = n.urn
    WHERE n.file_id = %s AND n.rejected = '' AND n.urn = ANY(%s) AND n.text_id <> o.text_id
    ORDER BY s.name_key, n.urn
"""


_OLD_AND_NEW = """
    SELECT o.text, n.text FROM unnest(%s::uuid[], %s::uuid[]) WITH ORDINALITY AS p (new, old, place)
    JOIN schools_registertext o ON o.digest = p.old JOIN schools_registertext n ON n.digest = p.new ORDER BY p.place
"""


def path_of(folder: Path, kind: str, name: str) -> Path:
    return folder / f"{kind}-{name}.csv"


def lines_of(path: Path) -> Iterator[list[str]]:
    """The header and the rows of a list, one after the other."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def in_words(column: str, value: str) -> str:
    """A value of a list as a page has it: a date in words, and a line called one where no heading stands above it."""
    if column == _DAY and value:
        return long_date(date.fromisoformat(value))
    return f"Line {value}" if column == _LINE else value


def some_of(path: Path, first: int, number: int) -> tuple[list[str], list[list[str]]]:
    """The header, and `number` rows from the `first` on, counted from 0."""
    lines = lines_of(path)
    header = next(lines, [])
    return header, list(islice(lines, first, first + number))
