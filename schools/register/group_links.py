"""The register's file of schools in groups: which trust a school is in, and since which day.

The establishments file names each school's trust and no date, so a time in a trust begins there on the date of the
first file that says so. Here stand the real days. They correct that guess, by an earlier day always, by a later one
only where the day that is stored came from such a file itself: on the guessed day, the school was in the trust.

Every row is kept as received. Rows of groups that are no trusts (see `groups`), of trusts that have closed, of schools
that the portal does not know, and of days that lie ahead are kept as rows only. A school that the file no longer has in
a trust has left it; one of which it has a row that could not be read has not. Where the establishments file is newer,
only days are corrected.
"""

from pathlib import Path
from typing import Any

from schools.models import RegisterFile, School
from schools.models.changes import RegisterChange
from schools.register import gate, groups, trusts
from schools.register.importing import Handling, import_file
from schools.register.keeping import last_applied
from schools.register.layouts import Layout
from schools.register.sheets import Given, Sheet
from schools.register.sql import row, rows, run

_JOINED = "Joined date"
_OF_A_SCHOOL = ("EstablishmentName", *(f"{name} ({kind})" for name in ("TypeOfEstablishment", "PhaseOfEducation", "LA")
                for kind in ("code", "name")))  # fmt: skip
LAYOUT = Layout(
    kind=RegisterFile.Kind.GROUP_LINKS,
    name="the file of schools in groups",
    rows_are="schools in trusts",
    archived_as="alllinksdata",
    required=("URN", *groups.REQUIRED),
    used=("URN", *groups.REQUIRED, "Group Status", "Group Status (code)", "Closed Date", _JOINED),
    known=frozenset(("URN", *groups.REQUIRED, *groups.OF_A_GROUP, _JOINED, *_OF_A_SCHOOL)),
    may_vanish=0.05,  # schools do leave trusts: about 3 % in a year
    keyed_by=("URN", "Group UID"),
    named_by=("EstablishmentName", "Group Name"),
)


def _read(given: Given) -> tuple[str, ...]:
    uid, name, key, kind = groups.identity(given)
    joined = given.day(_JOINED, "joined_on")
    return given.urn("URN"), uid, name, key, kind, groups.status(given), groups.closed_on(given), joined


_SHEET = Sheet(
    LAYOUT,
    "group_link_stage",
    (
        ("urn", "integer"),
        *(("trust_uid", "text"), ("trust_name", "text"), ("trust_key", "text"), ("group_type", "text")),
        *(("status", "text"), ("closed_on", "date"), ("joined_on", "date")),
    ),
    key=2,
    named="'URN ' || urn || ' in group ' || trust_uid",
    read=_read,
)
_T = _SHEET.table
_OPEN = ", ".join(f"'{status.value}'" for status in School.OPEN_STATUSES)
# Of a staged row: whether its group is a trust that has not closed.
_IS_LIVE = f"{groups.IS_TRUST} AND NOT (t.status ILIKE 'closed%%' OR coalesce(t.closed_on <= %s, false))"
# The day on which a school `s` closed, where it is known.
_CLOSED_ON = (
    f"CASE WHEN s.status = '{School.Status.CLOSED.value}' AND s.close_date <> '{School.UNKNOWN_OPEN_DATE}' "
    "THEN s.close_date END"
)
# Of a row in use, its school and the school's present time in a trust, if any.
_TIMES = (
    f"{_T} t JOIN schools_school s ON s.id = t.school_id "
    "LEFT JOIN schools_trustschool m ON m.school_id = s.id AND m.left_on IS NULL"
)
_JOINS = f"t.is_used AND t.is_newest AND s.status IN ({_OPEN}) AND m.trust_id IS DISTINCT FROM t.trust_id"
_STAYS = "t.is_used AND m.trust_id = t.trust_id"
_IS_LATER = "t.joined_on > m.joined_on AND NOT m.is_dated"
_IS_CORRECTED = f"t.joined_on <> m.joined_on AND NOT ({_IS_LATER})"


def import_group_links(path: Path, **options: Any) -> dict[str, Any]:
    """Keep one file of schools in groups and bring the schools' times in trusts to what it says: see `import_file` for
    options and figures.

    `new` counts schools that joined a trust, `changed` those whose day of joining was corrected, `vanished` those that
    left a trust and stand in no other, `kept_only` rows that say nothing about a present time in a trust, and of these
    `unknown_schools` rows of a trust whose school the portal does not know.
    """
    return import_file(_HANDLING, path, **options)


def _prepare(file: RegisterFile) -> None:
    """Find each row's school, choose the row that counts for each, and say of the others why they do not."""
    run(
        f"ALTER TABLE {_T} ADD COLUMN school_id bigint, ADD COLUMN trust_id bigint, "
        "ADD COLUMN is_newest boolean NOT NULL DEFAULT false, ADD COLUMN is_used boolean NOT NULL DEFAULT false, "
        "ADD COLUMN is_live boolean NOT NULL DEFAULT false"
    )
    run(f"UPDATE {_T} t SET is_live = {_IS_LIVE}", file.as_at)
    run(
        f"UPDATE {_T} t SET school_id = s.id, is_newest = {_is_not_older(file)} FROM schools_school s "
        "WHERE s.urn = t.urn AND s.source = %s",
        file.source,
    )  # fmt: skip
    run(  # an academy trust before a foundation trust, then the last that it joined
        f"UPDATE {_T} t SET is_used = true FROM (SELECT DISTINCT ON (school_id) line FROM {_T} t "
        "WHERE t.is_live AND NOT t.aside AND t.school_id IS NOT NULL AND coalesce(t.joined_on <= %s, true) "
        "ORDER BY school_id, t.group_type = '2', t.joined_on DESC NULLS LAST, line) AS chosen "
        "WHERE chosen.line = t.line",
        file.as_at,
    )
    unused = "t.is_live AND NOT t.aside AND NOT t.is_used"
    _warn(file, f"{unused} AND t.school_id IS NULL", "'No school of this URN is known.'")
    ahead = "t.joined_on > (SELECT f.as_at FROM schools_registerfile f WHERE f.id = r.file_id)"
    _warn(file, f"{unused} AND {ahead}", "'The day on which it joins lies ahead: a later file will tell.'")
    _warn(
        file,
        f"{unused} AND t.school_id IS NOT NULL AND NOT {ahead}",
        "'Its school stands in another trust too, which it joined later.'",
    )
    trusts.meet(_T, "t.is_used")
    trusts.point(_T)


def _warn(file: RegisterFile, where: str, sentence: str) -> None:
    run(
        f"UPDATE schools_registerrow r SET warned = left(ltrim(r.warned || ' ' || {sentence}), 200) FROM {_T} t "
        f"WHERE r.id = t.line + %s AND r.file_id = %s AND {where} AND strpos(r.warned, {sentence}) = 0",
        file.first_row_id, file.pk,
    )  # fmt: skip


def _is_not_older(file: RegisterFile) -> str:
    """Of a school `s`: the file is not older than what is known of it. A school without a date of its own stands in
    the last register applied."""
    establishments = last_applied()
    is_newer = establishments is None or establishments.as_at <= file.as_at
    return f"coalesce(s.as_at <= '{file.as_at}', {is_newer})"


def _leaves(file: RegisterFile) -> str:
    """Of a present time `m` of a school `s`: the file, which is not older than what is known, has the school in no
    trust, and no row that could not be read."""
    return (
        f"m.left_on IS NULL AND s.source = '{file.source}' AND {_is_not_older(file)} "
        f"AND NOT EXISTS (SELECT 1 FROM {_T} t WHERE t.school_id = s.id AND t.is_live) AND NOT EXISTS "
        f"(SELECT 1 FROM schools_registerrow r WHERE r.file_id = {file.pk} AND r.urn = s.urn AND r.rejected <> '')"
    )


def _count_vanishing(file: RegisterFile) -> tuple[int, int]:
    """How many schools the file has in a trust no longer, and how many are in one."""
    times = "SELECT count(*) FROM schools_trustschool m JOIN schools_school s ON s.id = m.school_id"
    return row(  # each condition in a WHERE of its own: in a FILTER, it would be asked row by row
        f"SELECT ({times} WHERE {_leaves(file)}), "
        f"({times} WHERE m.left_on IS NULL AND s.source = %s AND {_is_not_older(file)})",
        file.source,
    )  # fmt: skip


def _name_vanishing(file: RegisterFile, most: int) -> list[str]:
    found = rows(
        "SELECT s.urn FROM schools_trustschool m JOIN schools_school s ON s.id = m.school_id "
        f"WHERE {_leaves(file)} ORDER BY s.urn LIMIT %s",
        most,
    )
    return gate.by_urn([str(urn) for (urn,) in found])


def _apply(file: RegisterFile, *, vanishing: int) -> dict[str, int]:
    names = ("new", "changed", "kept_only", "unknown_schools")
    counted = row(
        f"SELECT count(*) FILTER (WHERE {_JOINS}), count(*) FILTER (WHERE {_STAYS} AND {_IS_CORRECTED}), "
        f"(SELECT count(*) FROM {_T} t WHERE NOT t.aside AND NOT t.is_used), "
        f"(SELECT count(*) FROM {_T} t WHERE NOT t.aside AND t.is_live AND t.school_id IS NULL) FROM {_TIMES}"
    )
    is_first = last_applied(file.kind) is None  # it would tell of every school
    if trusts.names_count(file.as_at):
        trusts.rename(_T, file, tells=not is_first)
    if not is_first:
        _note_joining(file)
        _note_leaving(file)
    _correct_days(file)
    left = vanishing and run(
        "UPDATE schools_trustschool m SET left_on = "
        f"greatest(m.joined_on, least(%s, {_day_of_leaving('m.trust_id')}, {_CLOSED_ON})) "
        f"FROM schools_school s WHERE s.id = m.school_id AND {_leaves(file)}",
        file.as_at,
    )
    _join(file)
    return {**dict(zip(names, counted, strict=True)), "vanished": left}


def _day_of_leaving(trust: str) -> str:
    """The day on which a trust closed, as the file of groups or this one has it; NULL where neither does."""
    here = f"(SELECT min(t.closed_on) FROM {_T} t WHERE t.trust_id = {trust})"
    return f"coalesce((SELECT k.closed_on FROM schools_trust k WHERE k.id = {trust}), {here})"


def _note_joining(file: RegisterFile) -> None:
    kinds = [
        f"('{RegisterChange.Kind.LEFT_TRUST}', m.trust_id IS NOT NULL)",
        f"('{RegisterChange.Kind.JOINED_TRUST}', true)",
    ]
    run(
        "INSERT INTO schools_registerchange (uuid, school_id, file_id, noticed_on, kind, before, after, happens_on) "
        "SELECT gen_random_uuid(), s.id, %s, %s, v.kind, coalesce(o.name, ''), n.name, t.joined_on "
        f"FROM {_TIMES} JOIN schools_trust n ON n.id = t.trust_id LEFT JOIN schools_trust o ON o.id = m.trust_id "
        f"CROSS JOIN LATERAL (VALUES {', '.join(kinds)}) AS v (kind, holds) WHERE {_JOINS} AND v.holds ORDER BY s.id",
        file.pk, file.as_at,
    )  # fmt: skip


def _note_leaving(file: RegisterFile) -> None:
    run(
        "INSERT INTO schools_registerchange (uuid, school_id, file_id, noticed_on, kind, before, after, happens_on) "
        f"SELECT gen_random_uuid(), s.id, %s, %s, '{RegisterChange.Kind.LEFT_TRUST}', o.name, '', "
        f"{_day_of_leaving('o.id')} FROM schools_trustschool m JOIN schools_school s ON s.id = m.school_id "
        f"JOIN schools_trust o ON o.id = m.trust_id WHERE s.status IN ({_OPEN}) AND {_leaves(file)} ORDER BY s.id",
        file.pk, file.as_at,
    )  # fmt: skip


def _correct_days(file: RegisterFile) -> None:
    _warn(
        file,
        f"EXISTS (SELECT 1 FROM schools_trustschool m WHERE m.school_id = t.school_id AND m.left_on IS NULL "
        f"AND {_STAYS} AND {_IS_LATER})",
        "'It stood in the trust before that day: the earlier one is kept.'",
    )
    run(
        f"UPDATE schools_trustschool m SET joined_on = t.joined_on, is_dated = true FROM {_T} t "
        f"WHERE m.school_id = t.school_id AND m.left_on IS NULL AND {_STAYS} AND t.joined_on IS NOT NULL "
        f"AND NOT ({_IS_LATER}) AND (m.joined_on <> t.joined_on OR NOT m.is_dated)"
    )
    _end_earlier_times()


def _join(file: RegisterFile) -> None:
    """End the present time of those who join another trust, and begin the new one."""
    run(
        "UPDATE schools_trustschool m SET left_on = greatest(m.joined_on, coalesce(t.joined_on, %s)) "
        f"FROM {_T} t JOIN schools_school s ON s.id = t.school_id "
        f"WHERE m.school_id = s.id AND m.left_on IS NULL AND {_JOINS}",
        file.as_at,
    )
    run(
        "INSERT INTO schools_trustschool (trust_id, school_id, joined_on, is_dated) "
        f"SELECT t.trust_id, s.id, coalesce(t.joined_on, %s), t.joined_on IS NOT NULL FROM {_TIMES} WHERE {_JOINS}",
        file.as_at,
    )
    _end_earlier_times()


def _end_earlier_times() -> None:
    """No time in a trust outlasts the day on which its school joined the present one."""
    run(
        "UPDATE schools_trustschool p SET left_on = greatest(p.joined_on, m.joined_on) FROM schools_trustschool m "
        f"JOIN {_T} t ON t.school_id = m.school_id AND t.trust_id = m.trust_id AND t.is_used "
        "WHERE m.left_on IS NULL AND m.is_dated AND p.school_id = m.school_id AND p.id <> m.id "
        "AND p.left_on > greatest(p.joined_on, m.joined_on)"
    )


_HANDLING = Handling(LAYOUT, _SHEET.stage, _prepare, _count_vanishing, _apply, name_vanishing=_name_vanishing)
