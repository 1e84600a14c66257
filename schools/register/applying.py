"""From the staged rows to the schools, in set-based SQL: the same few statements for one row and for fifty thousand.

Nothing is deleted. A column that the file lacks, and a value that could not be read, leave the stored value alone. Only
schools whose source is the register of which the file is are touched: see `RegisterFile.source`.
"""

from django.db import connection

from schools.models import RegisterFile
from schools.register import columns, gate, keys, trusts
from schools.register.columns import FACTS
from schools.register.keeping import last_applied
from schools.register.noting import Kind, Noter
from schools.register.sql import row, rows, run

_BEFORE = """
    SELECT count(*) FILTER (WHERE s.id IS NULL),
           count(*) FILTER (WHERE s.name <> t.name),
           count(*) FILTER (WHERE a.code <> t.authority),
           count(*) FILTER (WHERE s.status <> t.status),
           count(*) FILTER (WHERE s.status IN ('1', '3', '4') AND t.status = '2'),
           count(*) FILTER (WHERE s.status = '2' AND t.status <> '2')
    FROM register_stage t
    LEFT JOIN schools_school s ON s.urn = t.urn
    LEFT JOIN schools_localauthority a ON a.id = s.authority_id
"""
_PRESENT = "SELECT 1 FROM schools_registerrow n WHERE n.file_id = %s AND n.urn = s.urn"


def set_strangers_aside(file: RegisterFile) -> int:
    """Reject staged rows whose URN belongs to a school of another source (demo, added by a person). Their number."""
    strangers = run(
        "DELETE FROM register_stage t USING schools_school s WHERE s.urn = t.urn AND s.source <> %s", file.source
    )
    return strangers and run(
        "UPDATE schools_registerrow r SET rejected = 'Its URN belongs to a school that is not from the register.' "
        "FROM schools_school s WHERE r.file_id = %s AND r.urn = s.urn AND s.source <> %s AND r.rejected = ''",
        file.pk, file.source,
    )  # fmt: skip


def count_vanishing(file: RegisterFile) -> tuple[int, int]:
    """How many schools of the register the file no longer has, and how many it should have."""
    return row(
        "SELECT count(*) FILTER (WHERE s.urn NOT IN "
        "(SELECT n.urn FROM schools_registerrow n WHERE n.file_id = %s AND n.urn IS NOT NULL)), count(*) "
        "FROM schools_school s WHERE s.source = %s AND s.not_in_register_since IS NULL",
        file.pk, file.source,
    )  # fmt: skip


def name_vanishing(file: RegisterFile, most: int) -> list[str]:
    """The first of the schools that `count_vanishing` counts. One query."""
    found = rows(
        "SELECT s.urn FROM schools_school s WHERE s.source = %s AND s.not_in_register_since IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM schools_registerrow n WHERE n.file_id = %s AND n.urn = s.urn) "
        "ORDER BY s.urn LIMIT %s",
        file.source, file.pk, most,
    )  # fmt: skip
    return gate.by_urn([str(urn) for (urn,) in found])


def count_unknown() -> int:
    """How many staged rows have a URN that no school has."""
    return row(
        "SELECT count(*) FROM register_stage t WHERE NOT EXISTS (SELECT 1 FROM schools_school s WHERE s.urn = t.urn)"
    )[0]


def never_row_by_row() -> None:
    """For the rest of the transaction, no plan that looks every row up in another table: without fresh statistics the
    planner may take fifty thousand rows for a handful, and minutes instead of a second. Where it has no other plan the
    cost that it then names is enormous, and a server that compiles costly queries would do so for a handful of rows."""
    run("SET LOCAL enable_nestloop = off")
    run("SET LOCAL jit = off")


def apply(file: RegisterFile, *, vanishing: int) -> dict[str, int]:
    """Bring the schools to what the file says, note what changed since the last one, and return how much.
    `vanishing` is what `count_vanishing` found. Belongs into a transaction."""
    noter = Noter(file, last_applied(file.kind))
    figures = dict(
        zip(("new", "renamed", "authority_changed", "status_changed", "closed", "reopened"), row(_BEFORE), strict=True)
    )
    _meet_codes()
    noter.note_schools()
    _update(file)
    _insert(file)
    noter.note_new_schools()
    _refresh_search_text(file)
    figures["vanished"] = _note_vanished(file, noter) if vanishing else 0
    figures["reappeared"] = _note_reappeared(file, noter)
    _date(file, noter.before)
    if columns.TRUST in file.header or columns.TRUST_NAME in file.header:
        _trusts(file, noter)
    if figures["new"] > 1000:
        told = "urn, name_key, authority_id, type_id, status, phase, source, not_in_register_since"
        run(f"ANALYZE schools_school ({told})")
    return figures


def _meet_codes() -> None:
    """Codes that nobody has described yet are taken with the register's name and marked for review."""
    run(
        "INSERT INTO schools_localauthority (code, name, needs_review) "
        "SELECT t.authority, coalesce(max(nullif(t.authority_name, '')), t.authority), true FROM register_stage t "
        "WHERE NOT EXISTS (SELECT 1 FROM schools_localauthority a WHERE a.code = t.authority) GROUP BY t.authority"
    )
    run(
        "INSERT INTO schools_establishmenttype "
        "(code, name, group_name, is_state_funded, is_college, is_organisation, needs_review) "
        "SELECT t.type, coalesce(max(nullif(t.type_name, '')), t.type), coalesce(max(t.type_group), ''), "
        "false, false, false, true FROM register_stage t "
        "WHERE NOT EXISTS (SELECT 1 FROM schools_establishmenttype e WHERE e.code = t.type) GROUP BY t.type"
    )


def _update(file: RegisterFile) -> None:
    facts = {
        fact.field: f"CASE WHEN '{fact.field}' = ANY(t.unread) THEN s.{fact.field} ELSE {_given(fact)} END"
        for fact in FACTS
        if fact.stands_in(file.header)
    }
    own = {name: f"t.{name}" for name in ("name", "name_key", "search_text", "status")}
    found = own | {"authority_id": "a.id", "type_id": "e.id"} | facts
    setting = ", ".join(f"{name} = {value}" for name, value in found.items())
    stored = ", ".join(f"s.{name}" for name in found)
    run(
        f"UPDATE schools_school s SET {setting}, register_file_id = %s FROM register_stage t "
        "JOIN schools_localauthority a ON a.code = t.authority JOIN schools_establishmenttype e ON e.code = t.type "
        f"WHERE s.urn = t.urn AND s.source = %s AND ROW({stored}) IS DISTINCT FROM ROW({', '.join(found.values())})",
        file.pk, file.source,
    )  # fmt: skip


def _given(fact: columns.Fact) -> str:
    """The staged value; a text that is not given is empty, a phase not given is 0, anything else is unknown."""
    if fact.kind != "text":
        return f"t.{fact.field}"
    return f"coalesce(t.{fact.field}, '{'0' if fact.field == 'phase' else ''}')"


def _insert(file: RegisterFile) -> None:
    facts = {}
    for fact in FACTS:
        empty = "NULL" if fact.kind != "text" else "'0'" if fact.field == "phase" else "''"
        facts[fact.field] = _given(fact) if fact.stands_in(file.header) else empty
    own = {name: f"t.{name}" for name in ("urn", "name", "name_key", "search_text", "status")}
    found = own | {"authority_id": "a.id", "type_id": "e.id"} | facts
    run(  # sorted as the widest index has them: its pages are then filled one after the other
        f"INSERT INTO schools_school ({', '.join(found)}, source, register_file_id) "
        f"SELECT {', '.join(found.values())}, %s, %s FROM register_stage t "
        "JOIN schools_localauthority a ON a.code = t.authority JOIN schools_establishmenttype e ON e.code = t.type "
        "WHERE NOT EXISTS (SELECT 1 FROM schools_school s WHERE s.urn = t.urn) ORDER BY t.name_key, t.urn",
        file.source, file.pk,
    )  # fmt: skip


def _refresh_search_text(file: RegisterFile) -> None:
    """Where a postcode or town stayed as it was, the words to search by are made from what is stored."""
    with connection.cursor() as cursor:
        is_whole = columns.POSTCODE in file.header and columns.TOWN in file.header
        cursor.execute(
            "SELECT s.id, s.name, s.urn, s.postcode, s.town, s.search_text FROM schools_school s "
            "JOIN register_stage t ON t.urn = s.urn WHERE s.source = %s"
            + (" AND t.unread && ARRAY['postcode', 'town']" if is_whole else ""),
            [file.source],
        )
        wrong = [
            (pk, text)
            for pk, name, urn, postcode, town, stored in cursor.fetchall()
            if (text := keys.search_text(name=name, urn=urn, postcode=postcode, town=town)) != stored
        ]
        if wrong:
            cursor.execute(
                "UPDATE schools_school s SET search_text = right_one.text "
                "FROM unnest(%s::bigint[], %s::text[]) AS right_one (id, text) WHERE s.id = right_one.id",
                [[pk for pk, _ in wrong], [text for _, text in wrong]],
            )


def _note_vanished(file: RegisterFile, noter: Noter) -> int:
    gone = f"s.source = %s AND s.not_in_register_since IS NULL AND NOT EXISTS ({_PRESENT})"
    noter.note_missing(Kind.VANISHED, gone, file.source, file.pk)
    return run(f"UPDATE schools_school s SET not_in_register_since = %s WHERE {gone}", file.as_at, file.source, file.pk)


def _note_reappeared(file: RegisterFile, noter: Noter) -> int:
    missing = "s.source = %s AND s.not_in_register_since IS NOT NULL"
    if not row(f"SELECT count(*) FROM schools_school s WHERE {missing}", file.source)[0]:
        return 0
    back = f"{missing} AND EXISTS ({_PRESENT})"
    noter.note_missing(Kind.REAPPEARED, back, file.source, file.pk)
    return run(f"UPDATE schools_school s SET not_in_register_since = NULL WHERE {back}", file.source, file.pk)


def _date(file: RegisterFile, before: RegisterFile | None) -> None:
    """What the file repeats is confirmed as at its date: that of the last file applied, which no school needs to be
    told. A rejected row confirms nothing: its school keeps the date of the file before, as one that is gone does."""
    rejected = "ARRAY(SELECT urn FROM schools_registerrow WHERE file_id = %s AND urn IS NOT NULL AND rejected <> '')"
    if before:
        missing = "SELECT urn FROM schools_school WHERE source = %s AND not_in_register_since IS NOT NULL"
        run(  # of few rows, each found by its index
            "UPDATE schools_school s SET as_at = %s WHERE s.source = %s AND s.as_at IS NULL "
            f"AND s.urn = ANY(ARRAY({missing}) || {rejected})",
            before.as_at, file.source, file.source, file.pk,
        )  # fmt: skip
    run(
        "UPDATE schools_school s SET as_at = NULL WHERE s.source = %s AND s.as_at IS NOT NULL "
        f"AND s.not_in_register_since IS NULL AND s.urn <> ALL({rejected})",
        file.source, file.pk,
    )  # fmt: skip


def _trusts(file: RegisterFile, noter: Noter) -> None:
    """Trusts by their group number, or by name where the register gives no number; each school's time in one.

    The register gives no dates here, so a school joined on the date of the first file that says so, and left on the
    date of the first that no longer does.
    """
    trusts.meet("register_stage")
    trusts.rename("register_stage", file, tells=noter.before is not None and noter.tells_trusts)
    trusts.point("register_stage")
    noter.note_trusts()
    readable = "NOT coalesce('trust' = ANY(t.unread), false)"
    run(
        "UPDATE schools_trustschool m SET left_on = greatest(%s::date, m.joined_on) FROM register_stage t "
        "JOIN schools_school s ON s.urn = t.urn WHERE m.school_id = s.id AND m.left_on IS NULL "
        f"AND m.trust_id IS DISTINCT FROM t.trust_id AND {readable}",
        file.as_at,
    )
    run(
        "INSERT INTO schools_trustschool (trust_id, school_id, joined_on) SELECT t.trust_id, s.id, %s "
        "FROM register_stage t JOIN schools_school s ON s.urn = t.urn WHERE t.trust_id IS NOT NULL AND NOT EXISTS ("
        "SELECT 1 FROM schools_trustschool m WHERE m.school_id = s.id AND m.left_on IS NULL)",
        file.as_at,
    )
