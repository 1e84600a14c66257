"""One school that became another, told as one thing: what the links file says, once one of the two has changed."""

from schools.models import RegisterChange, RegisterFile, School
from schools.register.rows import DEMO_URNS
from schools.register.sql import run

Kind = RegisterChange.Kind
# The demonstration's own links say nothing of which file is the newest.
_NEWEST = f"SELECT max(last_seen) FROM schools_schoollink WHERE urn NOT BETWEEN {DEMO_URNS[0]} AND {DEMO_URNS[-1]}"
_LINKED = f"l.kind = 'Successor' AND l.last_seen = ({_NEWEST})"


def note_conversions(file: RegisterFile) -> int:
    """Write down which schools became another since the register was first read, as far as it is not told yet: one
    successor by the newest links file, and a closing or an opening that the register told us of (so the sixteen
    thousand links of former years make no news). How many. One query, in the transaction that applies `file`.
    """
    return run(
        "INSERT INTO schools_registerchange "
        "(uuid, school_id, other_school_id, file_id, noticed_on, kind, before, after, happens_on) "
        "SELECT gen_random_uuid(), old.id, new.id, %s, %s, %s, left(old.name, 200), left(new.name, 200), "
        "       coalesce(nullif(new.open_date, %s), l.established_on, old.close_date) "
        "FROM schools_schoollink l JOIN schools_school old ON old.urn = l.urn "
        "JOIN schools_school new ON new.urn = l.link_urn "
        f"WHERE {_LINKED} AND old.source = %s AND new.status <> '2' "
        "AND (old.status IN ('2', '3') OR new.status = '4') AND old.id <> new.id "
        "AND (old.id IN (SELECT school_id FROM schools_registerchange WHERE kind IN (%s, %s)) "
        "     OR new.id IN (SELECT school_id FROM schools_registerchange WHERE kind IN (%s, %s))) "
        "AND NOT EXISTS (SELECT 1 FROM schools_schoollink o WHERE o.urn = l.urn AND o.link_urn <> l.link_urn "
        "                AND o.kind LIKE 'Successor%%' AND o.last_seen = l.last_seen) "
        "AND NOT EXISTS (SELECT 1 FROM schools_registerchange told "
        "                WHERE told.kind = %s AND told.school_id = old.id AND told.other_school_id = new.id)",
        file.pk, file.as_at, Kind.CONVERTED, School.UNKNOWN_OPEN_DATE, School.Source.REGISTER,
        Kind.CLOSED, Kind.CLOSING, Kind.OPENED, Kind.PROPOSED, Kind.CONVERTED,
    )  # fmt: skip
