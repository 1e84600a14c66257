"""From rows of text to two places: kept as received, and staged for the schools. Parsed once, written with COPY.

A row's text is stored once however many files hold it. A row that the last applied file already held, under the same
header, needs no parsing: its school has those values.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from typing import Any

from django.db import connection

from schools.models import RegisterFile
from schools.register import columns, keys, values
from schools.register.columns import FACTS, Fact
from schools.register.reading import Record, fields_of

BATCH = 2_000  # rows
NULL = "\x1a"  # never a value of its own: stands for SQL's NULL on the wire
DEMO_URNS = range(700_001, 701_000)
STATUSES = frozenset("1234")
_NO_TRUST = values.NO_NUMBER | {"not supported by a trust"}
_STAGE = "register_stage"  # temporary: the rows that were parsed, one a school
_SEEN = "register_seen"  # temporary: every URN of the file, and whether its row could be read


@dataclass
class Staged:
    """What one reading of the rows found, in numbers and first lines."""

    rows: int = 0
    blank: int = 0
    changed: set[int] = field(default_factory=set)  # URNs
    ragged: list[int] = field(default_factory=list)  # lines
    duplicates: dict[int, list[int]] = field(default_factory=dict)  # URN -> lines
    warned: int = 0


def stage(
    *,
    file: RegisterFile,
    records: Iterable[Record],
    keep: bool,
    on_progress: Callable[[int], None] | None = None,
) -> Staged:
    """Fill the temporary table of staged schools and, where `keep` says so, keep every row as received.

    `records` begins with the header. `on_progress` is told the rows done. Belongs into a transaction; the staged table
    lives as long as the connection. Costs a constant number of queries for every 2,000 rows.
    """
    return _Stager(file=file, keep=keep, on_progress=on_progress).run(iter(records))


class _Stager:
    def __init__(self, *, file: RegisterFile, keep: bool, on_progress: Callable[[int], None] | None) -> None:
        self.file, self.keep, self.on_progress = file, keep, on_progress
        self.header: list[str] = file.header
        self.position = {name: number for number, name in enumerate(self.header)}
        self.facts = [(fact, self._getter(fact)) for fact in FACTS if fact.stands_in(self.header)]
        self.found = Staged()
        self.lines: dict[int, int] = {}  # URN -> its first line in this file
        self.last = (
            RegisterFile.objects.filter(kind=file.kind, applied_at__isnull=False)
            .order_by("-as_at", "-applied_at")
            .first()
        )
        self.known = _known_rows(self.last) if self.last and self.last.header == file.header else {}
        self.pairs: dict[int, tuple[Callable, Callable]] = {}

    def _getter(self, fact: Fact) -> Callable[[list[str]], str | None]:
        places = [self.position[name] for name in fact.columns + fact.also if name in self.position]
        read = fact.read
        if len(places) == 1:
            place = places[0]
            return lambda fields: read(fields[place])
        pick = itemgetter(*places)
        return lambda fields: read(*pick(fields))

    def run(self, records: Iterator[Record]) -> Staged:
        _create_stage()
        next(records, None)  # the header
        for batch in iter(lambda: list(islice(records, BATCH)), []):
            self._take(batch)
            if self.on_progress:
                self.on_progress(self.found.rows)
        self._set_duplicates_aside()
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE INDEX ON {_STAGE} (urn)")
            cursor.execute(f"ANALYZE {_SEEN}")
            cursor.execute(f"ANALYZE {_STAGE} (urn, authority, type, trust_uid)")
        return self.found

    def _take(self, batch: list[Record]) -> None:
        kept: list[str] = []
        seen: list[str] = []
        texts: dict[str, str] = {}
        parsed: dict[int, tuple[list[str], list[str]]] = {}  # URN -> its fields, its staged values
        for record in batch:
            if not record.text:
                self.found.blank += 1
                continue
            self.found.rows += 1
            digest = hashlib.blake2b(record.text.encode(), digest_size=16).hexdigest()
            urn, rejected, warned = self.known.get(digest), "", ""
            if urn is None:
                texts[digest] = record.text
                fields = fields_of(record.text)
                urn, rejected = self._shape(fields, record)
                if not rejected:
                    staged, rejected, warned = self._read(fields, urn)
                    if not rejected and urn not in self.lines:
                        parsed[urn] = (fields, staged)
            if urn is not None:
                if urn in self.lines:
                    self.found.duplicates.setdefault(urn, [self.lines[urn]]).append(record.line)
                self.lines.setdefault(urn, record.line)
                seen.append(f"{urn}\t{'f' if rejected else 't'}")
            self.found.warned += bool(warned)
            line = (str(record.line), NULL if urn is None else str(urn), digest, rejected[:200], warned[:200])
            kept.append(_wire(line))
        with connection.cursor() as cursor:
            _copy(cursor, _SEEN, seen)
        if self.keep:
            self._keep(kept, texts)
        self._compare_and_copy(parsed)

    def _shape(self, fields: list[str], record: Record) -> tuple[int | None, str]:
        """The row's URN, and why the row cannot be read at all."""
        width = len(self.header)
        number = fields[0].strip() if fields else ""
        urn = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None
        if record.trouble or len(fields) < width or any(map(str.strip, fields[width:])):
            self.found.ragged.append(record.line)
            return urn, record.trouble or f"It has {len(fields)} values where the header has {width}."
        if urn is None:
            return None, f"The URN “{number[:20]}” is no number."
        if not 10_000 <= urn <= 9_999_999:
            return urn, f"The URN {urn} has not five to seven digits."
        if urn in DEMO_URNS:
            return urn, "URNs from 700001 to 700999 belong to the demonstration."
        return urn, ""

    def _read(self, fields: list[str], urn: int) -> tuple[list[str], str, str]:
        """The staged values of a row, why it is rejected, what in it could not be read."""
        at = self.position
        name = fields[at[columns.NAME]]
        status = values.code(fields[at[columns.STATUS]])
        authority, kind = values.authority_code(fields[at[columns.AUTHORITY]]), values.code(fields[at[columns.TYPE]])
        if not name.strip() or len(name) > 200:
            return [], "It has no name." if not name.strip() else "Its name is longer than 200 characters.", ""
        if status not in STATUSES:
            return [], f"The status code “{status[:20]}” is none of 1, 2, 3, 4.", ""
        for said, code in (("authority", authority), ("type", kind)):
            if not code or len(code) > 3:
                return [], f"The {said} code “{code[:20]}” has not one to three characters.", ""
        unread: dict[str, str] = {}
        facts: list[str] = []
        for fact, read in self.facts:
            try:
                found = read(fields)
            except ValueError as trouble:
                found, unread[fact.field] = None, f"{fact.columns[0]}: {trouble}"
            facts.append(NULL if found is None else found)
        uid, trust = self._trust(fields)
        if len(uid) > 12 or len(trust) > 200:
            uid, trust, unread["trust"] = "", "", f"{columns.TRUST}: “{(uid or trust)[:30]}” is too long."
        trust_key = keys.name_key(trust)
        if trust_key and not uid:
            uid = keys.unnumbered_group(trust_key)
        search = keys.search_text(
            name=name, urn=urn, postcode=self._value(fields, columns.POSTCODE), town=self._value(fields, columns.TOWN)
        )
        staged = [
            str(urn), name, keys.name_key(name), search, authority, self._value(fields, columns.AUTHORITY_NAME)[:120],
            kind, self._value(fields, columns.TYPE_NAME)[:120], self._value(fields, columns.TYPE_GROUP)[:120], status,
            uid, trust, trust_key, "{" + ",".join(unread) + "}" if unread else NULL, *facts,
        ]  # fmt: skip
        return staged, "", " ".join(unread.values())

    def _value(self, fields: list[str], column: str) -> str:
        place = self.position.get(column)
        return fields[place].strip() if place is not None else ""

    def _trust(self, fields: list[str]) -> tuple[str, str]:
        """The group's number and name, each empty where the register says that there is none."""
        found = (self._value(fields, columns.TRUST), self._value(fields, columns.TRUST_NAME))
        uid, name = ("" if said.lower() in _NO_TRUST else said for said in found)
        return ("" if uid == "0" else uid), name

    def _keep(self, kept: list[str], texts: dict[str, str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT encode(uuid_send(digest), 'hex') FROM schools_registertext WHERE digest = ANY(%s::uuid[])",
                [list(texts)],
            )
            for (digest,) in cursor.fetchall():
                del texts[digest]
            _copy(cursor, "schools_registertext (digest, text)", map(_wire, texts.items()))
            into = "schools_registerrow (file_id, line, urn, text_id, rejected, warned)"
            _copy(cursor, into, (f"{self.file.pk}\t{row}" for row in kept))

    def _compare_and_copy(self, parsed: dict[int, tuple[list[str], list[str]]]) -> None:
        """Stage the rows, counting those whose text differs from the last applied row of the same URN."""
        if not parsed:
            return
        with connection.cursor() as cursor:
            if self.last:
                cursor.execute(_LAST_ROWS, [list(parsed), self.file.kind])
                for urn, file_id, text in cursor.fetchall():
                    mine, theirs = self._common(file_id)
                    if mine(parsed[urn][0]) != theirs(fields_of(text)):
                        self.found.changed.add(urn)
            names = ", ".join(name for name, _ in _columns([fact for fact, _ in self.facts]))
            _copy(cursor, f"{_STAGE} ({names})", (_wire(staged) for _, staged in parsed.values()))

    def _common(self, file_id: int) -> tuple[Callable, Callable]:
        """How to take, from a row of this file and from one of another, the values of the columns that both have."""
        if file_id not in self.pairs:
            theirs = RegisterFile.objects.values_list("header", flat=True).get(pk=file_id)
            both = [(self.position[name], place) for place, name in enumerate(theirs) if name in self.position]
            self.pairs[file_id] = (itemgetter(*(mine for mine, _ in both)), itemgetter(*(other for _, other in both)))
        return self.pairs[file_id]

    def _set_duplicates_aside(self) -> None:
        """No row of a URN that stands there twice is applied, the first neither."""
        if not self.found.duplicates:
            return
        self.found.changed.difference_update(self.found.duplicates)
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {_STAGE} WHERE urn = ANY(%s)", [list(self.found.duplicates)])
            cursor.execute(f"UPDATE {_SEEN} SET is_read = false WHERE urn = ANY(%s)", [list(self.found.duplicates)])
            for urn, lines in self.found.duplicates.items():
                listed = ", ".join(map(str, lines))
                cursor.execute(
                    "UPDATE schools_registerrow SET rejected = %s WHERE file_id = %s AND urn = %s AND rejected = ''",
                    [f"The URN stands in lines {listed}."[:200], self.file.pk, urn],
                )


_LAST_ROWS = """
    SELECT DISTINCT ON (kept.urn) kept.urn, kept.file_id, received.text
    FROM schools_registerrow kept
    JOIN schools_registerfile file ON file.id = kept.file_id
    JOIN schools_registertext received ON received.digest = kept.text_id
    WHERE kept.urn = ANY(%s) AND kept.rejected = '' AND file.kind = %s AND file.applied_at IS NOT NULL
    ORDER BY kept.urn, file.as_at DESC, file.applied_at DESC
"""


def _known_rows(last: RegisterFile) -> dict[str, int]:
    """Digest to URN of the rows of the last applied file that were read without a word."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encode(uuid_send(text_id), 'hex'), urn FROM schools_registerrow "
            "WHERE file_id = %s AND rejected = '' AND warned = ''",
            [last.pk],
        )
        return dict(cursor.fetchall())


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


def _create_stage() -> None:
    listed = ", ".join(f"{name} {kind}" for name, kind in _columns(FACTS))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {_STAGE}, {_SEEN}")
        cursor.execute(f"CREATE TEMPORARY TABLE {_SEEN} (urn integer, is_read boolean) ON COMMIT PRESERVE ROWS")
        cursor.execute(f"CREATE TEMPORARY TABLE {_STAGE} ({listed}, trust_id bigint) ON COMMIT PRESERVE ROWS")


def _wire(row: Iterable[str]) -> str:
    """One row in COPY's text form."""
    line = "\0".join(row)
    if "\\" in line or "\t" in line or "\n" in line or "\r" in line:
        line = line.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return line.replace("\0", "\t")


def _copy(cursor: Any, into: str, rows: Iterable[str]) -> None:
    body = "\n".join(rows)
    if body:
        with cursor.copy(f"COPY {into} FROM STDIN WITH (FORMAT text, NULL '{NULL}')") as copy:
            copy.write(body + "\n")
