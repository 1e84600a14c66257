"""Trusts as any register file names them: from a staged table with the columns trust_uid, trust_name and trust_key."""

from datetime import date

from schools.register.keeping import last_applied
from schools.register.sql import run


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


def rename(table: str, as_at: date) -> None:
    """Give trusts the names of a staged table that is as at a date. A groups file of that date or later knows better.
    One statement."""
    run(
        "UPDATE schools_trust k SET name = n.name, name_key = n.key FROM ("
        "  SELECT DISTINCT ON (t.trust_uid) t.trust_uid AS uid, t.trust_name AS name, t.trust_key AS key "
        f"  FROM {table} t WHERE t.trust_name <> '' ORDER BY t.trust_uid, t.trust_name DESC) n "
        "WHERE k.group_uid = n.uid AND k.name <> n.name AND (k.as_at IS NULL OR k.as_at < %s)",
        as_at,
    )


def point(table: str) -> None:
    """Fill in the table's trust_id. One statement."""
    run(f"UPDATE {table} t SET trust_id = k.id FROM schools_trust k WHERE k.group_uid = t.trust_uid")
