"""Trusts as any register file names them: from a staged table with the columns trust_uid, trust_name and trust_key."""

from datetime import date

from schools.models import RegisterChange, RegisterFile, School
from schools.register.keeping import last_applied
from schools.register.sql import run

_OPEN = ", ".join(f"'{status.value}'" for status in School.OPEN_STATUSES)


def meet(table: str, where: str = "true") -> None:
    """Take the trusts that a staged table `t` names and the portal has not met, of the rows that `where` says. One
    known by its name only gets the number that the register now gives. Two statements."""
    run(
        "UPDATE schools_trust k SET group_uid = n.uid FROM ("
        f"  SELECT t.trust_key AS key, min(t.trust_uid) AS uid FROM {table} t "
        f"  WHERE t.trust_uid ~ '^[0-9]' AND t.trust_key <> '' AND {where} "
        "  AND NOT EXISTS (SELECT 1 FROM schools_trust o WHERE o.group_uid = t.trust_uid) GROUP BY t.trust_key) n "
        "WHERE k.group_uid = 'N' || left(md5(n.key), 11)"
    )
    run(
        "INSERT INTO schools_trust (group_uid, name, name_key) SELECT DISTINCT ON (t.trust_uid) t.trust_uid, "
        "coalesce(nullif(t.trust_name, ''), 'Group ' || t.trust_uid), "
        f"coalesce(nullif(t.trust_key, ''), 'group ' || t.trust_uid) FROM {table} t WHERE t.trust_uid <> '' "
        f"AND {where} AND NOT EXISTS (SELECT 1 FROM schools_trust k WHERE k.group_uid = t.trust_uid) "
        "ORDER BY t.trust_uid, t.trust_name DESC"
    )


def names_count(as_at: date) -> bool:
    """Whether the names of a file of groups, as at a date, are the newest: none of establishments is newer. One
    query."""
    newest = last_applied()
    return newest is None or newest.as_at <= as_at


def _names(table: str, where: str = "true") -> str:
    """The trusts' names that a staged table `t` gives, one for each trust."""
    return (
        "(SELECT DISTINCT ON (t.trust_uid) t.trust_uid AS uid, t.trust_name AS name, t.trust_key AS key "
        f"FROM {table} t WHERE t.trust_name <> '' AND {where} ORDER BY t.trust_uid, t.trust_name DESC) n"
    )


def rename(table: str, file: RegisterFile, *, tells: bool) -> None:
    """Give trusts the names of the staged table of a file. A groups file of that date or later knows better. Where the
    file `tells`, it is news for the schools of the trust. Two statements."""
    is_newer = f"(k.as_at IS NULL OR k.as_at < '{file.as_at}')"
    if tells:
        note_renamed(table, file, trusts=is_newer)
    run(
        f"UPDATE schools_trust k SET name = n.name, name_key = n.key FROM {_names(table)} "
        f"WHERE k.group_uid = n.uid AND k.name <> n.name AND {is_newer}"
    )


def note_renamed(table: str, file: RegisterFile, where: str = "true", *, trusts: str = "true") -> None:
    """Write down, for each open school of a trust, that the trust gets another name: of the staged rows `t` that
    `where` says, and the trusts `k` that `trusts` does. Two files that call a trust differently say so once each, and
    not every time they come. One statement."""
    run(
        "INSERT INTO schools_registerchange (uuid, school_id, file_id, noticed_on, kind, before, after) "
        f"SELECT gen_random_uuid(), s.id, %s, %s, '{RegisterChange.Kind.TRUST_RENAMED}', k.name, n.name "
        f"FROM {_names(table, where)} JOIN schools_trust k ON k.group_uid = n.uid AND k.name_key <> n.key AND {trusts} "
        "JOIN schools_trustschool m ON m.trust_id = k.id AND m.left_on IS NULL "
        f"JOIN schools_school s ON s.id = m.school_id AND s.status IN ({_OPEN}) "
        "WHERE NOT EXISTS (SELECT 1 FROM schools_registerchange c WHERE c.school_id = s.id "
        f"AND c.kind = '{RegisterChange.Kind.TRUST_RENAMED}' AND c.before = k.name AND c.after = n.name) ORDER BY s.id",
        file.pk, file.as_at,
    )  # fmt: skip


def point(table: str) -> None:
    """Fill in the table's trust_id. One statement."""
    run(f"UPDATE {table} t SET trust_id = k.id FROM schools_trust k WHERE k.group_uid = t.trust_uid")
