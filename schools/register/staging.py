"""From rows of text to two places: kept as received, and staged for the schools. Parsed once, written with COPY.

A row's text is stored once however many files hold it. A row that the last applied file already held, under the same
header, needs no parsing: its school has those values.
"""

import contextlib
import gc
import json
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection

from schools.models import RegisterFile, School
from schools.register.codes import Codes
from schools.register.columns import FACTS, Fact
from schools.register.errors import Refused
from schools.register.keeping import Keeper, copy, last_applied, wire
from schools.register.layouts import ESTABLISHMENTS, Layout
from schools.register.reading import Record, fields_of, records
from schools.register.rows import Row, RowReader
from schools.register.sql import run
from schools.register.zeros import Zeros

BATCH = 4_000  # rows
LARGEST_BATCH = 4 * 1024 * 1024  # characters, however few rows that are
MOST_ROWS = 200_000  # the whole register has a quarter
_STAGE = "register_stage"  # temporary: the rows that were parsed, one a school


@dataclass
class Staged:
    """What one reading of the rows found, in numbers and first lines."""

    rows: int = 0
    blank: int = 0
    warned: int = 0
    changed: set[int] = field(default_factory=set)  # URNs
    ragged: list[int] = field(default_factory=list)  # lines
    breaks_off: bool = False  # the last row is one of them
    duplicates: dict[Any, list[int]] = field(default_factory=dict)  # URN, or words for what stands twice -> lines
    codes: Codes = field(default_factory=dict)
    zeros: dict[str, Zeros] = field(default_factory=dict)  # by column


class _Taken(NamedTuple):
    """A batch, ready for the database: rows to keep, texts by digest, the first row of each URN."""

    kept: list[str]
    texts: dict[bytes, str]
    first: dict[int, Row]


def stage(
    *,
    file: RegisterFile,
    path: Path,
    keep: bool,
    on_progress: Callable[[int], None] | None = None,
    layout: Layout = ESTABLISHMENTS,
) -> Staged:
    """Fill the temporary table of staged schools and, where `keep` says so, keep every row as received.

    `on_progress` is told the rows done. Belongs into a transaction; the table lives as long as the connection.
    Costs a constant number of queries for every 4,000 rows.
    """
    stager = _Stager(file=file, keep=keep, on_progress=on_progress)
    with _without_searching_for_cycles():
        return stager.run(records(path, file.encoding, stager.known, layout))


@contextlib.contextmanager
def _without_searching_for_cycles() -> Iterator[None]:
    """Seven million short-lived values, none in a cycle: the collector's searches cost a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Stager:
    def __init__(self, *, file: RegisterFile, keep: bool, on_progress: Callable[[int], None] | None) -> None:
        self.file, self.on_progress = file, on_progress
        self.keeper = Keeper(file) if keep else None
        self.reader = RowReader(file.header)
        self.found = Staged(codes=self.reader.codes, zeros=self.reader.zeros)
        self.lines: dict[int, int] = {}  # URN -> its first line in this file
        self.last = last_applied(file.kind)
        read, warned = _rows_of(self.last) if self.last else ({}, {})
        self.known = read if self.last and self.last.header == file.header else {}
        self.before = {urn: digest for rows in (read, warned) for digest, urn in rows.items()}
        self.pairs: dict[int, tuple[Callable, Callable]] = {}

    def run(self, found: Iterator[Record]) -> Staged:
        _create_tables()
        next(found, None)  # the header
        with connection.cursor() as cursor:
            while batch := batch_of(found):
                self._write(cursor, self._take(batch))
                if self.on_progress:
                    self.on_progress(self.found.rows)
        self._set_duplicates_aside()
        if self.reader.has_new_statuses:
            run(_SETTLE_STATUSES, School.Status.OPEN)
        with connection.cursor() as cursor:  # how many rows there are is all that the planner needs to know
            cursor.execute("SET LOCAL default_statistics_target = 1")
            cursor.execute(f"ANALYZE {_STAGE} (urn)")
        return self.found

    def _take(self, batch: list[Record]) -> _Taken:
        unknown = [record for record in batch if record.text]
        read = dict(zip((record.line for record in unknown), self.reader.read(unknown), strict=True))
        first: dict[int, Row] = {}  # URN -> its first row, if it can be applied
        kept = []
        for record in batch:
            urn, row = record.urn, None
            if urn is None:
                if not record.text:
                    self.found.blank += 1
                    continue
                row = read[record.line]
                urn = row.urn
                if row.is_ragged:
                    self.found.ragged.append(record.line)
                self.found.warned += bool(row.warned)
            self.found.breaks_off = row is not None and row.is_ragged
            self.found.rows += 1
            if self.found.rows > MOST_ROWS:
                raise Refused(
                    f"Line {record.line}: more than {MOST_ROWS:,} rows. The whole register has about 52,000, so this "
                    "is something else."
                )
            if urn is not None:
                if urn in self.lines:
                    self.found.duplicates.setdefault(urn, [self.lines[urn]]).append(record.line)
                else:
                    self.lines[urn] = record.line
                    if row and not row.rejected:
                        first[urn] = row
            if self.keeper:
                said = (row.rejected, row.warned) if row else ()
                kept.append(self.keeper.line(record, urn, *said))
        return _Taken(kept, {record.digest: record.text for record in unknown}, first)

    def _write(self, cursor: Any, taken: _Taken) -> None:
        if self.keeper:
            self.keeper.keep(cursor, taken.kept, taken.texts)
        self._compare_and_stage(cursor, taken.first)

    def _compare_and_stage(self, cursor: Any, rows: dict[int, Row]) -> None:
        """Stage the rows, counting those whose text differs from the last applied row of the same URN."""
        if self.last and rows:
            last = [(urn, self.last.pk, self.before[urn]) for urn in rows if urn in self.before]
            if len(last) < len(rows):
                last += self._earlier_rows(cursor, [urn for urn in rows if urn not in self.before])
            cursor.execute(_TEXTS, [[digest.hex() for _, _, digest in last]])
            texts = {bytes(digest): text for digest, text in cursor.fetchall()}
            for urn, file_id, digest in last:
                mine, theirs = self._common(cursor, file_id)
                if mine(rows[urn].fields) != theirs(fields_of(texts[digest])):
                    self.found.changed.add(urn)
        names = ", ".join(name for name, _ in _columns([fact for fact, _ in self.reader.facts]))
        copy(cursor, f"{_STAGE} ({names})", (wire(row.staged) for row in rows.values()))

    def _earlier_rows(self, cursor: Any, urns: list[int]) -> list[tuple[int, int, bytes]]:
        """URN, file and digest of the last applied rows of schools whose row the last file lacked or had rejected.
        Rare: only then are the rows of all files looked through."""
        cursor.execute("SELECT urn FROM schools_school WHERE urn = ANY(%s)", [urns])
        if not (stored := [urn for (urn,) in cursor.fetchall()]):
            return []
        cursor.execute(_EARLIER_ROWS, [stored, self.file.kind])
        return [(urn, file_id, bytes(digest)) for urn, file_id, digest in cursor.fetchall()]

    def _common(self, cursor: Any, file_id: int) -> tuple[Callable, Callable]:
        """How to take, from a row of this file and from one of another, the values of the columns that both have."""
        if file_id not in self.pairs:
            cursor.execute("SELECT header FROM schools_registerfile WHERE id = %s", [file_id])
            theirs = json.loads(cursor.fetchone()[0])
            mine = {name: place for place, name in enumerate(self.file.header)}
            both = [(mine[name], place) for place, name in enumerate(theirs) if name in mine]
            self.pairs[file_id] = (itemgetter(*(place for place, _ in both)), itemgetter(*(place for _, place in both)))
        return self.pairs[file_id]

    def _set_duplicates_aside(self) -> None:
        """No row of a URN that stands there twice is applied, the first neither."""
        if not self.found.duplicates:
            return
        self.found.changed.difference_update(self.found.duplicates)
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {_STAGE} WHERE urn = ANY(%s)", [list(self.found.duplicates)])
            said = [
                f"The URN stands in lines {', '.join(map(str, lines))}."[:200]
                for lines in self.found.duplicates.values()
            ]
            cursor.execute(
                "UPDATE schools_registerrow r SET rejected = twice.said "
                "FROM unnest(%s::int[], %s::text[]) AS twice (urn, said) "
                "WHERE r.file_id = %s AND r.urn = twice.urn AND r.rejected = ''",
                [list(self.found.duplicates), said, self.file.pk],
            )


def batch_of(found: Iterator[Record]) -> list[Record]:
    """The next rows: as many as a batch has, or fewer where they are long."""
    batch, size = [], 0
    for record in islice(found, BATCH):
        batch.append(record)
        size += len(record.text)
        if size > LARGEST_BATCH:
            break
    return batch


_SETTLE_STATUSES = f"""
    UPDATE {_STAGE} t SET status = coalesce((SELECT s.status FROM schools_school s WHERE s.urn = t.urn), %s)
    WHERE t.status = ''
"""
_EARLIER_ROWS = """
    SELECT DISTINCT ON (kept.urn) kept.urn, kept.file_id, uuid_send(kept.text_id)
    FROM schools_registerrow kept JOIN schools_registerfile file ON file.id = kept.file_id
    WHERE kept.urn = ANY(%s) AND kept.rejected = '' AND file.kind = %s AND file.applied_at IS NOT NULL
    ORDER BY kept.urn, file.as_at DESC, file.applied_at DESC
"""
_TEXTS = "SELECT uuid_send(digest), text FROM schools_registertext WHERE digest = ANY(%s::uuid[])"


def _rows_of(file: RegisterFile) -> tuple[dict[bytes, int], dict[bytes, int]]:
    """Digest to URN of the file's rows: those read without a word, and those with a value that could not be read.
    Each set comes as one value, 20 bytes a row: fifty thousand rows of their own would take ten times as long."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(packed, '') FILTER (WHERE warned = ''),"
            " string_agg(packed, '') FILTER (WHERE warned <> '')"
            " FROM (SELECT uuid_send(text_id) || int4send(urn) AS packed, warned FROM schools_registerrow"
            " WHERE file_id = %s AND rejected = '') AS rows",
            [file.pk],
        )
        read, warned = (dict(struct.iter_unpack("!16si", packed or b"")) for packed in cursor.fetchone())
    return read, warned


def _columns(facts: Iterable[Fact]) -> list[tuple[str, str]]:
    """The staged table's columns with their types."""
    fixed = "name name_key search_text authority authority_name type type_name type_group status"
    trust = [("trust_uid", "text"), ("trust_name", "text"), ("trust_key", "text"), ("unread", "text[]")]
    return [
        ("urn", "integer"),
        *((name, "text") for name in fixed.split()),
        *trust,
        *((fact.field, fact.kind) for fact in facts),
    ]


def _create_tables() -> None:
    listed = ", ".join(f"{name} {kind}" for name, kind in _columns(FACTS))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {_STAGE}")
        cursor.execute(f"CREATE TEMPORARY TABLE {_STAGE} ({listed}, trust_id bigint) ON COMMIT PRESERVE ROWS")
