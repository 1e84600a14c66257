"""The register's file of groups: trusts with their numbers, type, status, dates and address.

Every row is kept as received. Rows of academy trusts (multi, single, secure single: 6, 10, 11) and of foundation trusts
(2), which the establishments file names beside its schools, become `Trust` rows. Federations, sponsors, umbrella trusts
and groups of children's centres are kept as rows only: no file names one as a school's trust, and nobody has access by
one. Where the portal knows a group as a trust already, its row describes it, whatever its type; its name
stays where a newer establishments file has been applied.
"""

import re
from pathlib import Path
from typing import Any

from schools.models import RegisterFile
from schools.register import keys, trusts, values
from schools.register.importing import Handling, import_file
from schools.register.keeping import last_applied
from schools.register.layouts import Layout
from schools.register.rows import NULL
from schools.register.sheets import Given, Sheet, Unreadable
from schools.register.sql import row, rows, run

TRUST_TYPES = ("2", "6", "10", "11")  # codes without leading zeros
_CLOSED, _OPENED, _INCORPORATED = "Closed Date", "Open date", "Incorporated on (open date)"
_STATUS, _STATUS_CODE = "Group Status", "Group Status (code)"
REQUIRED = ("Group UID", "Group Name", "Group Type (code)")
OF_A_GROUP = (
    *("Group ID", "Companies House Number", "Group Type", _CLOSED, _OPENED),
    *(_INCORPORATED, _STATUS_CODE, _STATUS),
)
_ADDRESS = ("Group Street", "Group Locality", "Group Address 3", "Group Town", "Group County", "Group Postcode")
_HEAD = ("Head of Group Title", "Head of Group First Name", "Head of Group Last Name")
LAYOUT = Layout(
    kind=RegisterFile.Kind.GROUPS,
    name="the file of groups",
    rows_are="trusts",
    archived_as="allgroupsdata",
    required=REQUIRED,
    used=(*REQUIRED, *OF_A_GROUP, *_ADDRESS, "UKPRN"),
    known=frozenset((*REQUIRED, *OF_A_GROUP, *_ADDRESS, *_HEAD, "UKPRN")),
    may_vanish=0.01,  # closed ones stay in the file
    row_begins=re.compile(rb'"?\d{3,7}"?,'),
    keyed_by=("Group UID",),
    named_by=("Group Name",),
)
_NOTHING = values.NO_NUMBER | {"not-applicable"}
_LONGEST_NAME = 200

# What a file says of a trust: the staged column, which is the field of Trust too, its type, and the file's columns. A
# field is left alone where the file has none of them.
_FACTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("group_id", "text", ("Group ID",)),
    ("companies_house_number", "text", ("Companies House Number",)),
    ("group_type", "text", ("Group Type (code)",)),
    ("group_type_name", "text", ("Group Type",)),
    ("status", "text", (_STATUS, _STATUS_CODE)),
    ("opened_on", "date", (_OPENED, _INCORPORATED)),
    ("closed_on", "date", (_CLOSED,)),
    ("ukprn", "text", ("UKPRN",)),
    ("street", "text", ("Group Street",)),
    ("locality", "text", ("Group Locality", "Group Address 3")),
    ("town", "text", ("Group Town",)),
    ("county", "text", ("Group County",)),
    ("postcode", "text", ("Group Postcode",)),
)


def identity(given: Given) -> tuple[str, str, str, str]:
    """Of a row about a group: its UID, its name as received, the name's key, and its type's code. Raises Unreadable."""
    uid, name = given.text("Group UID", 12), given.received("Group Name")
    kind = values.code(given.text("Group Type (code)", 3))
    if not (uid.isascii() and uid.isdigit()):
        raise Unreadable(f"The group UID “{uid}” is no number.")
    if not name.strip() or len(name) > _LONGEST_NAME:
        raise Unreadable(f"Its name is longer than {_LONGEST_NAME} characters." if name.strip() else "It has no name.")
    if not kind:
        raise Unreadable("It has no group type.")
    return uid, name, keys.name_key(name), kind


def status(given: Given) -> str:
    """The group's status in the register's words: "Open"; where only the code stands there, "OPEN", that."""
    return given.text(_STATUS, 30, "status") or given.text(_STATUS_CODE, 30, "status")


def closed_on(given: Given) -> str:
    return given.day(_CLOSED, "closed_on")


def _read(given: Given) -> tuple[str, ...]:
    uid, name, key, kind = identity(given)
    opened = given.day(_OPENED, "opened_on")
    parts = [_stated(given, column, 120, "locality") for column in ("Group Locality", "Group Address 3")]
    locality = ", ".join(filter(None, parts))
    if len(locality) > 120:
        locality = parts[0]
    return (
        *(uid, name, key),
        given.text("Group ID", 20, "group_id"),
        _stated(given, "Companies House Number", 20, "companies_house_number"),
        kind,
        given.text("Group Type", 80, "group_type_name"),
        status(given),
        opened if opened != NULL else given.day(_INCORPORATED, "opened_on"),
        closed_on(given),
        _stated(given, "UKPRN", 10, "ukprn"),
        _stated(given, "Group Street", 120, "street"),
        locality,
        _stated(given, "Group Town", 80, "town"),
        _stated(given, "Group County", 60, "county"),
        _stated(given, "Group Postcode", 12, "postcode"),
    )


def _stated(given: Given, column: str, longest: int, staged: str) -> str:
    """A text, empty where the register says in words that there is none."""
    text = given.text(column, longest, staged)
    return "" if text.lower() in _NOTHING else text


_SHEET = Sheet(
    LAYOUT,
    "group_stage",
    (
        *(("trust_uid", "text"), ("trust_name", "text"), ("trust_key", "text")),
        *((field, kind) for field, kind, _ in _FACTS),
    ),
    key=1,
    named="'The group ' || trust_uid",
    read=_read,
    urn=None,
)
_SAME = "k.group_uid = t.trust_uid"
_TYPES = ", ".join(f"'{code}'" for code in TRUST_TYPES)
IS_TRUST = f"t.group_type IN ({_TYPES})"
_LISTED = f"EXISTS (SELECT 1 FROM {_SHEET.table} t WHERE {_SAME})"
_PRESENT = "k.register_file_id IS NOT NULL AND k.not_in_register_since IS NULL"


def import_groups(path: Path, **options: Any) -> dict[str, Any]:
    """Keep one file of groups and bring the trusts to what it says: see `import_file` for options and figures.

    `new` counts trusts that no file has described before, also those that the establishments file had named;
    `kept_only` rows of groups that are no trusts, `vanished` trusts that a groups file had and this one lacks.
    """
    return import_file(_HANDLING, path, **options)


def _count_vanishing(file: RegisterFile) -> tuple[int, int]:
    """How many trusts that a groups file has described this one lacks, and how many there are."""
    trusts_held = f"SELECT count(*) FROM schools_trust k WHERE {_PRESENT}"
    return row(f"SELECT ({trusts_held} AND NOT {_LISTED}), ({trusts_held})")


def _name_vanishing(file: RegisterFile, most: int) -> list[str]:
    found = rows(
        f"SELECT k.name, k.group_uid FROM schools_trust k WHERE {_PRESENT} AND NOT {_LISTED} "
        "ORDER BY length(k.group_uid), k.group_uid LIMIT %s",
        most,
    )
    return [f"{name} ({uid})" for name, uid in found]


def _apply(file: RegisterFile, *, vanishing: int) -> dict[str, int]:
    trusts.meet(_SHEET.table, f"NOT t.aside AND {IS_TRUST}")
    names_count = trusts.names_count(file.as_at)
    found = ({"name": "t.trust_name", "name_key": "t.trust_key"} if names_count else {}) | {
        field: f"CASE WHEN '{field}' = ANY(t.unread) THEN k.{field} ELSE t.{field} END"
        for field, _, columns in _FACTS
        if set(columns) & set(file.header)
    }
    stored, given = ", ".join(f"k.{field}" for field in found), ", ".join(found.values())
    differs = f"ROW({stored}) IS DISTINCT FROM ROW({given})"
    names = ("new", "changed", "renamed", "reappeared", "kept_only")
    counted = row(
        "SELECT count(*) FILTER (WHERE k.id IS NOT NULL AND k.register_file_id IS NULL), "
        f"count(*) FILTER (WHERE k.register_file_id IS NOT NULL AND {differs}), "
        f"count(*) FILTER (WHERE k.register_file_id IS NOT NULL AND k.name <> t.trust_name AND {names_count}), "
        "count(*) FILTER (WHERE k.not_in_register_since IS NOT NULL), count(*) FILTER (WHERE k.id IS NULL) "
        f"FROM {_SHEET.table} t LEFT JOIN schools_trust k ON {_SAME} WHERE NOT t.aside"
    )
    if names_count and last_applied(file.kind):  # the first file ever would tell of every spelling
        trusts.note_renamed(_SHEET.table, file, "NOT t.aside")
    setting = ", ".join(f"{field} = {value}" for field, value in found.items())
    run(
        f"UPDATE schools_trust k SET {setting}, register_file_id = %s, as_at = %s, not_in_register_since = NULL "
        f"FROM {_SHEET.table} t WHERE {_SAME} AND NOT t.aside",
        file.pk, file.as_at,
    )  # fmt: skip
    gone = vanishing and run(
        f"UPDATE schools_trust k SET not_in_register_since = %s WHERE {_PRESENT} AND NOT {_LISTED}", file.as_at
    )
    return {**dict(zip(names, counted, strict=True)), "vanished": gone}


def _count_new() -> int:
    return row(
        f"SELECT count(*) FROM {_SHEET.table} t WHERE NOT t.aside AND {IS_TRUST} "
        f"AND NOT EXISTS (SELECT 1 FROM schools_trust k WHERE {_SAME})"
    )[0]


_HANDLING = Handling(
    *(LAYOUT, _SHEET.stage, lambda file: 0, _count_vanishing, _apply),
    name_vanishing=_name_vanishing,
    count_new=_count_new,
)
