"""What the rows of a batch say. Read column by column: most columns repeat a few values, and each is read once."""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from schools.register import codes, columns, keys, values
from schools.register.columns import FACTS, Fact
from schools.register.reading import Record, fields_of, misshapen
from schools.register.zeros import LOST, Zeros

NULL = "\0N"  # SQL's NULL, until `keeping.wire` writes it: no value of a file has a zero byte
DEMO_URNS = range(700_001, 701_000)
_NO_TRUST = values.NO_NUMBER | {"not supported by a trust"}
_LONGEST_TRUST, _LONGEST_UID = 200, 12

Column = tuple[str, ...]  # one column's values, of the rows of a batch that have the right shape


@dataclass(slots=True)
class Row:
    """One row: its values, its URN, why it is rejected, what in it could not be read, and what is staged of it."""

    fields: list[str]
    urn: int | None = None
    rejected: str = ""
    warned: str = ""
    is_ragged: bool = False
    staged: tuple[str, ...] = ()
    unread: list[str] = field(default_factory=list)  # fields of School, or "trust"


class RowReader:
    """Reads rows under one header."""

    def __init__(self, header: list[str]) -> None:
        self.width = len(header)
        self.position = {name: number for number, name in enumerate(header)}
        self.facts = [
            (fact, [self.position[name] for name in fact.columns + fact.also if name in self.position])
            for fact in FACTS
            if fact.stands_in(header)
        ]
        self.lists = codes.lists_of(header)
        self.codes: codes.Codes = {}
        self.statuses = codes.statuses()
        self.has_new_statuses = False
        self.zeros = {column: Zeros() for column in LOST if column in self.position}

    def read(self, records: list[Record]) -> list[Row]:
        """One row for each record, in order. No queries."""
        rows = [Row(fields) for fields in _parse([record.text for record in records])]
        for record, row in zip(records, rows, strict=True):
            self._check_shape(row, record)
        if shaped := [(row, record.line) for record, row in zip(records, rows, strict=True) if not row.rejected]:
            read = list(zip(*(row.fields for row, _ in shaped), strict=False))  # some have empty ones too many
            self._take_note(read, [line for _, line in shaped])
            self._stage([row for row, _ in shaped], read)
        return rows

    def _take_note(self, read: list[Column], lines: list[int]) -> None:
        """Of the codes that the rows use, and of zeros that are gone."""
        for listed_in, (code, name) in self.lists.items():
            codes.note(self.codes, listed_in, set(zip(read[code], read[name], strict=True)))
        for column, zeros in self.zeros.items():
            zeros.count(column, read[self.position[column]], lines)

    def _check_shape(self, row: Row, record: Record) -> None:
        """The row's URN, and why the row cannot be read at all."""
        fields = row.fields
        number = fields[0].strip() if fields else ""
        if number.isascii() and number.isdigit() and len(number) < 10:
            row.urn = int(number)
        if trouble := misshapen(record, fields, self.width):
            row.is_ragged = True
            row.rejected = trouble
        elif row.urn is None:
            row.rejected = f"The URN “{number[:20]}” is no number."
        elif not 10_000 <= row.urn <= 9_999_999:
            row.rejected = f"The URN {row.urn} has not five to seven digits."
        elif row.urn in DEMO_URNS:
            row.rejected = "URNs from 700001 to 700999 belong to the demonstration."

    def _stage(self, rows: list[Row], read: list[Column]) -> None:
        """Fill in what is staged of each row, or why it is rejected."""
        names = read[self.position[columns.NAME]]
        statuses = self._column(read, columns.STATUS, values.code)
        authorities = self._column(read, columns.AUTHORITY, values.authority_code)
        types = self._column(read, columns.TYPE, values.code)
        for row, name, status, authority, kind in zip(rows, names, statuses, authorities, types, strict=True):
            if not name.strip() or len(name) > 200:
                row.rejected = "Its name is longer than 200 characters." if name.strip() else "It has no name."
            elif not 0 < len(status) < 4:
                row.rejected = f"The status code “{status[:20]}” has not one to three characters."
            elif not 0 < len(authority) < 4:
                row.rejected = f"The authority code “{authority[:20]}” has not one to three characters."
            elif not 0 < len(kind) < 4:
                row.rejected = f"The type code “{kind[:20]}” has not one to three characters."
        statuses = [self._status(row, status) for row, status in zip(rows, statuses, strict=True)]
        facts = [self._fact(rows, read, fact, places) for fact, places in self.facts]
        uids, trusts, trust_keys = self._trusts(rows, read)
        folded = list(map(keys.fold, names))
        postcodes = self._column(read, columns.POSTCODE, keys.spaced)
        towns = self._column(read, columns.TOWN, keys.fold)
        urns = [str(row.urn) for row in rows]
        unread = ["{" + ",".join(row.unread) + "}" if row.unread else NULL for row in rows]
        staged = zip(
            urns,
            names,
            map(keys.key_of_folded, folded),
            map(keys.text_of_folded, folded, urns, postcodes, towns),
            authorities,
            self._column(read, columns.AUTHORITY_NAME, _short),
            types,
            self._column(read, columns.TYPE_NAME, _short),
            self._column(read, columns.TYPE_GROUP, _short),
            statuses,
            uids,
            trusts,
            trust_keys,
            unread,
            *facts,
            strict=True,
        )
        for row, found in zip(rows, staged, strict=True):
            row.staged = found

    def _status(self, row: Row, code: str) -> str:
        """One of the four statuses; nothing where nobody has said yet which of them a new code counts as."""
        known = self.statuses.get(code, "")
        if not known and not row.rejected:
            self.has_new_statuses = True
            _warn(
                row,
                "status",
                f"{columns.STATUS}: “{code}” is new. Until an administrator says what it counts as, a school keeps "
                "the status it had; a new one counts as open.",
            )
        return known

    def _column(self, read: list[Column], column: str, meant: Callable[[str], str]) -> list[str]:
        """The column's values as `meant` has them; empty ones where the file has no such column."""
        place = self.position.get(column)
        return [""] * len(read[0]) if place is None else _each(read[place], meant)

    def _fact(self, rows: list[Row], read: list[Column], fact: Fact, places: list[int]) -> list[str]:
        """A fact's values. What cannot be read is noted in its row."""
        given: Sequence[Any] = read[places[0]]
        if len(places) > 1:
            given = list(zip(*(read[place] for place in places), strict=True))
        meaning: dict[Any, str] = {}
        trouble: dict[Any, str] = {}
        for value in set(given):
            try:
                found = fact.read(value) if isinstance(value, str) else fact.read(*value)
            except ValueError as problem:
                found, trouble[value] = None, f"{fact.columns[0]}: {problem}"
            meaning[value] = NULL if found is None else found
        if trouble:
            for row, value in zip(rows, given, strict=True):
                if value in trouble:
                    _warn(row, fact.field, trouble[value])
        return list(map(meaning.__getitem__, given))

    def _trusts(self, rows: list[Row], read: list[Column]) -> tuple[list[str], list[str], list[str]]:
        """Each row's group number, trust name and its key, empty where the register says that there is none."""
        uids = self._column(read, columns.TRUST, _stated)
        names = self._column(read, columns.TRUST_NAME, _stated)
        trust_keys = _each(names, keys.name_key)
        for number, (row, uid, name) in enumerate(zip(rows, uids, names, strict=True)):
            if len(uid) > _LONGEST_UID or len(name) > _LONGEST_TRUST:
                _warn(row, "trust", f"{columns.TRUST}: “{(uid or name)[:30]}…” is too long.")
                uids[number] = names[number] = trust_keys[number] = ""
            elif name and uid in ("", "0"):
                uids[number] = keys.unnumbered_group(trust_keys[number])
            elif uid == "0":
                uids[number] = ""
        return uids, names, trust_keys


def _parse(texts: list[str]) -> Iterable[list[str]]:
    """The values of each text: all at once where that gives as many rows, else one by one, for an odd row may swallow
    the next."""
    try:
        found = list(csv.reader(texts))
    except csv.Error:
        found = []
    return found if len(found) == len(texts) else map(fields_of, texts)


def _each(given: Sequence[str], meant: Callable[[str], str]) -> list[str]:
    """What `meant` makes of each value; of one that stands there often, once."""
    meaning = {value: meant(value) for value in set(given)}
    return list(map(meaning.__getitem__, given))


def _warn(row: Row, name: str, sentence: str) -> None:
    row.unread.append(name)
    row.warned = f"{row.warned} {sentence}".strip()


def _short(value: str) -> str:
    return value.strip()[:120]


def _stated(value: str) -> str:
    value = value.strip()
    return "" if value.lower() in _NO_TRUST else value
