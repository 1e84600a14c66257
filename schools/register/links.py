"""The register's file of links between schools: "A has the successor B".

Every row is kept as received and becomes a `SchoolLink`, whatever its type; none is ever deleted. A link that a later
file lacks keeps the date on which it was last seen. What follows from a link is a person's decision: see `chains`.
Children's centres have a links file of their own, which is not read: given here, it would be held.
"""

from pathlib import Path
from typing import Any

from schools.models import RegisterFile
from schools.register import gate
from schools.register.importing import Handling, import_file
from schools.register.keeping import last_applied
from schools.register.layouts import Layout
from schools.register.sheets import Given, Sheet, Unreadable
from schools.register.sql import row, rows, run

_COLUMNS = ("URN", "LinkURN", "LinkType", "LinkName", "LinkEstablishedDate")
LAYOUT = Layout(
    kind=RegisterFile.Kind.LINKS,
    name="the file of links between schools",
    rows_are="links",
    archived_as="links_edubasealldata",
    required=_COLUMNS[:3],
    used=_COLUMNS,
    known=frozenset(_COLUMNS),
    may_vanish=0.01,  # 9 to 76 of 32,000 vanish between two real files
    keyed_by=_COLUMNS[:3],
)
_TYPE, _NAME = 100, 200  # characters


def _read(given: Given) -> tuple[str, ...]:
    urn, linked = given.urn("URN"), given.urn("LinkURN")
    kind = given.text("LinkType", _TYPE)
    if not kind:
        raise Unreadable("It has no link type.")
    if urn == linked:
        raise Unreadable("It links a school with itself.")
    name = given.text("LinkName", _NAME, "link_name")
    return urn, linked, kind, name, given.day("LinkEstablishedDate", "established_on")


_SHEET = Sheet(
    LAYOUT,
    "link_stage",
    (
        ("urn", "integer"),
        ("link_urn", "integer"),
        ("kind", "text"),
        ("link_name", "text"),
        ("established_on", "date"),
    ),
    key=3,
    named="'The link ' || urn || ' ' || kind || ' ' || link_urn",
    read=_read,
)
_SAME = "k.urn = t.urn AND k.link_urn = t.link_urn AND k.kind = t.kind"
_LISTED = f"EXISTS (SELECT 1 FROM {_SHEET.table} t WHERE {_SAME})"
# Kinds that say who follows whom, or that two became one. The rest ("Other", "Closure" ...) are counted by themselves.
_FOLLOWING = "t.kind ~ '^(Successor|Predecessor|Merged|Result of Amalgamation|Sixth Form)'"


def import_links(path: Path, **options: Any) -> dict[str, Any]:
    """Keep one file of links and bring the portal's links to what it says: see `import_file` for options and figures.

    Of its own it counts `dates_changed`, those of `changed` that have another date, and `other_kinds`, rows of a type
    that says nothing about which school follows which; both are among the rows counted already. `vanished` are links
    that the last file had and this one lacks, `reappeared` those that were away for a while.
    """
    return import_file(_HANDLING, path, **options)


def _count_vanishing(file: RegisterFile) -> tuple[int, int]:
    """How many links of the last file this one lacks, and how many that had."""
    before = last_applied(LAYOUT.kind)
    links = "SELECT count(*) FROM schools_schoollink k WHERE k.last_file_id = %s"
    pk = before and before.pk
    return row(f"SELECT ({links} AND NOT {_LISTED}), ({links})", pk, pk)


def _name_vanishing(file: RegisterFile, most: int) -> list[str]:
    before = last_applied(LAYOUT.kind)
    found = rows(
        f"SELECT k.urn, k.link_urn FROM schools_schoollink k WHERE k.last_file_id = %s AND NOT {_LISTED} "
        "ORDER BY k.urn, k.link_urn, k.kind LIMIT %s",
        before and before.pk, most,
    )  # fmt: skip
    return gate.by_urn([f"{urn} with {linked}" for urn, linked in found])


def _facts(file: RegisterFile) -> dict[str, str]:
    """What the file says of a link that may change: field by field, what it will be. A missing column, and a value
    that could not be read, leave it as it is."""
    columns = {"link_name": "LinkName", "established_on": "LinkEstablishedDate"}
    return {
        field: f"CASE WHEN '{field}' = ANY(t.unread) THEN k.{field} ELSE t.{field} END"
        for field, column in columns.items()
        if column in file.header
    }


def _apply(file: RegisterFile, *, vanishing: int) -> dict[str, int]:
    before, facts = last_applied(LAYOUT.kind), _facts(file)
    differs = " OR ".join(f"k.{field} IS DISTINCT FROM {value}" for field, value in facts.items()) or "false"
    redated = f"k.established_on IS DISTINCT FROM {facts.get('established_on', 'k.established_on')}"
    names = ("new", "changed", "dates_changed", "reappeared", "other_kinds", "links")
    counted = row(
        f"SELECT count(*) FILTER (WHERE k.id IS NULL), count(*) FILTER (WHERE k.id IS NOT NULL AND ({differs})), "
        f"count(*) FILTER (WHERE k.id IS NOT NULL AND {redated}), count(*) FILTER (WHERE k.last_file_id <> %s), "
        f"count(*) FILTER (WHERE NOT {_FOLLOWING}), count(*) "
        f"FROM {_SHEET.table} t LEFT JOIN schools_schoollink k ON {_SAME} WHERE NOT t.aside",
        before and before.pk,
    )
    setting = ", ".join(f"{field} = {value}" for field, value in facts.items())
    if setting:
        run(
            f"UPDATE schools_schoollink k SET {setting} FROM {_SHEET.table} t "
            f"WHERE {_SAME} AND NOT t.aside AND ({differs})"
        )
    run(  # those that stand there twice as well: they are not gone
        "UPDATE schools_schoollink k SET last_seen = greatest(k.last_seen, %s::date), last_file_id = %s "
        f"WHERE {_LISTED}",
        file.as_at, file.pk,
    )  # fmt: skip
    run(
        "INSERT INTO schools_schoollink "
        "(urn, link_urn, kind, link_name, established_on, first_file_id, last_file_id, first_seen, last_seen) "
        f"SELECT t.urn, t.link_urn, t.kind, t.link_name, t.established_on, %s, %s, %s, %s FROM {_SHEET.table} t "
        f"WHERE NOT t.aside AND NOT EXISTS (SELECT 1 FROM schools_schoollink k WHERE {_SAME}) "
        "ORDER BY t.urn, t.link_urn, t.kind",
        file.pk, file.pk, file.as_at, file.as_at,
    )  # fmt: skip
    return {**dict(zip(names, counted, strict=True)), "vanished": vanishing}


def _count_new() -> int:
    return row(
        f"SELECT count(*) FROM {_SHEET.table} t WHERE NOT t.aside "
        f"AND NOT EXISTS (SELECT 1 FROM schools_schoollink k WHERE {_SAME})"
    )[0]


_HANDLING = Handling(
    *(LAYOUT, _SHEET.stage, lambda file: 0, _count_vanishing, _apply),
    name_vanishing=_name_vanishing,
    count_new=_count_new,
)
