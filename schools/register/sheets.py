"""Staging for the register's smaller files, of which every row stands by itself: links, groups, schools in groups.

Each has a `Sheet`, which says what is staged of a row; the rows are kept as received in the same pass. The temporary
table has, beside the sheet's own columns, the `line`, the columns that could not be read (`unread`) and whether the row
is set `aside` because the same stands in another line too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from schools.models import RegisterFile
from schools.register import values
from schools.register.errors import Refused
from schools.register.keeping import Keeper, copy, wire
from schools.register.layouts import Layout
from schools.register.reading import Record, fields_of, misshapen, records
from schools.register.rows import NULL
from schools.register.sql import rows, run
from schools.register.staging import Staged, batch_of

MOST_ROWS = 200_000  # the largest of these files has a sixth
_MOST_TWICE = 10_000  # of what stands there twice, so many are told apart


class Unreadable(Exception):
    """Why a row is rejected, in a sentence."""


class Given:
    """The values of one row by the names of their columns. What it could not read is in `unread`, staged column by
    staged column, and in `warned` as a sentence."""

    def __init__(self, position: dict[str, int], fields: list[str], line: int = 0) -> None:
        self.position, self.fields, self.line = position, fields, line
        self.unread: list[str] = []
        self.warned = ""

    def received(self, column: str) -> str:
        """The value as it was received; empty where the file has no such column."""
        place = self.position.get(column)
        return "" if place is None else self.fields[place]

    def text(self, column: str, longest: int, staged: str = "") -> str:
        """The value without the spaces around it. A longer one is unreadable: for the whole row, unless `staged` names
        the staged column that it would have filled."""
        try:
            return values.text_up_to(longest)(self.received(column)) or ""
        except ValueError as problem:
            self._note(staged, column, problem)
            return ""

    def day(self, column: str, staged: str) -> str:
        """A date for the database, NULL where none is given or it could not be read."""
        try:
            return values.day(self.received(column)) or NULL
        except ValueError as problem:
            self._note(staged, column, problem)
            return NULL

    def value(self, column: str, staged: str, read: Callable[[str], str | None]) -> str:
        """The value as one of the readers of `values` has it for the database, NULL where none is given or it could not
        be read."""
        try:
            found = read(self.received(column))
        except ValueError as problem:
            self._note(staged, column, problem)
            return NULL
        return NULL if found is None else found

    def urn(self, column: str) -> str:
        """A URN, five to seven digits. Raises Unreadable."""
        given = self.received(column).strip()
        if not (given.isascii() and given.isdigit() and 10_000 <= int(given[:10]) <= 9_999_999):
            raise Unreadable(f"{column}: “{given[:20]}” is no URN of five to seven digits.")
        return str(int(given))

    def _note(self, staged: str, column: str, problem: ValueError) -> None:
        if not staged:
            raise Unreadable(f"{column}: {problem}") from problem
        if staged not in self.unread:
            self.unread.append(staged)
        self.warned = f"{self.warned} {column}: {problem}".strip()


@dataclass(frozen=True)
class Sheet:
    """How one kind of file is staged, in the temporary table `table` with the columns `staged` (name, type).

    The first `key` of them say what a row is about; `named` puts that into words, as SQL. `read` returns the values to
    stage as text for COPY, in the order of `staged`, or raises Unreadable. `urn` is the column whose URN a row is kept
    under, None where rows have none.
    """

    layout: Layout
    table: str
    staged: tuple[tuple[str, str], ...]
    key: int
    named: str
    read: Callable[[Given], Sequence[str]]
    urn: str | None = "URN"

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.staged]

    def stage(
        self, *, file: RegisterFile, path: Path, keep: bool, on_progress: Callable[[int], None] | None = None
    ) -> Staged:
        """Fill the temporary table and, where `keep` says so, keep every row as received. `on_progress` is told the
        rows done. Belongs into a transaction; the table lives as long as the connection. Raises Refused for a file
        with more rows than any of its kind. Four queries for every 4,000 rows."""
        self._create_table()
        found, keeper = Staged(), Keeper(file) if keep else None
        position = {self.layout.plain(name): number for number, name in enumerate(file.header)}
        received = records(path, file.encoding, layout=self.layout)
        next(received, None)  # the header
        while batch := batch_of(received):
            staged, kept = [], []
            for record in batch:
                if not record.text:
                    found.blank += 1
                    continue
                row, urn, rejected, warned = self._read(record, position, len(file.header), found)
                if row:
                    staged.append(row)
                if keeper:
                    kept.append(keeper.line(record, urn, rejected, warned))
                found.rows += 1
                found.warned += bool(warned)
            if found.rows > MOST_ROWS:
                raise Refused(f"Line {batch[-1].line}: more than {MOST_ROWS:,} rows. This is not {self.layout.name}.")
            with connection.cursor() as cursor:
                if keeper:
                    keeper.keep(cursor, kept, {record.digest: record.text for record in batch if record.text})
                copy(cursor, f"{self.table} ({', '.join(self.names)}, line, unread)", staged)
            if on_progress:
                on_progress(found.rows)
        self._set_duplicates_aside(file, found)
        run(f"ANALYZE {self.table}")
        return found

    def _read(
        self, record: Record, position: dict[str, int], width: int, found: Staged
    ) -> tuple[str, int | None, str, str]:
        """Of one row: what is staged of it, the URN it is kept under, why it is rejected, what could not be read."""
        fields = fields_of(record.text)
        given = Given(position, fields, record.line)
        trouble = misshapen(record, fields, width)
        found.breaks_off = bool(trouble)
        if trouble:
            found.ragged.append(record.line)
            return "", None, trouble, ""
        urn = None
        try:
            urn = int(given.urn(self.urn)) if self.urn else None
            staged = self.read(given)
        except Unreadable as reason:
            return "", urn, str(reason), ""
        unread = "{" + ",".join(given.unread) + "}"
        return wire((*staged, str(record.line), unread)), urn, "", given.warned

    def _create_table(self) -> None:
        listed = ", ".join(f"{name} {kind}" for name, kind in self.staged)
        run(f"DROP TABLE IF EXISTS {self.table}")
        run(
            f"CREATE TEMPORARY TABLE {self.table} "
            f"({listed}, line integer, unread text[], aside boolean NOT NULL DEFAULT false) ON COMMIT PRESERVE ROWS"
        )

    def _set_duplicates_aside(self, file: RegisterFile, found: Staged) -> None:
        """No row is applied whose like stands in another line, the first neither."""
        key = ", ".join(self.names[: self.key])
        twice = f"SELECT {key} FROM {self.table} GROUP BY {key} HAVING count(*) > 1"
        if not run(f"UPDATE {self.table} t SET aside = true WHERE ({key}) IN ({twice})"):
            return
        run(
            "UPDATE schools_registerrow r SET rejected = left('The same stands in lines ' || d.lines || '.', 200) "
            f"FROM (SELECT line, string_agg(line::text, ', ') OVER (PARTITION BY {key}) AS lines "
            f"FROM {self.table} WHERE aside) AS d WHERE r.id = %s + d.line",
            file.first_row_id,
        )
        for name, lines in rows(
            f"SELECT {self.named}, (array_agg(line ORDER BY line))[:20] FROM {self.table} t WHERE aside "
            f"GROUP BY {key} ORDER BY min(line) LIMIT {_MOST_TWICE}"
        ):
            found.duplicates[name] = lines
