"""What the register says differently from before, written down for the hubs: the same few statements for one change and
for ten thousand, in the transaction that changes the schools.

Only what a column that both files have says: one that came back after years tells nothing new. What `Noter` compares
is staged beside what is stored, so it is asked before the schools are changed, and again after new ones have come.
"""

import re

from schools.models import RegisterFile, School
from schools.models.changes import RegisterChange
from schools.register import columns, keys
from schools.register.columns import FACTS
from schools.register.sql import row, rows, run

Kind = RegisterChange.Kind
_FACTS = {fact.field: fact for fact in FACTS}
_TITLES = re.compile(
    r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|rev|revd|reverend|canon|father|fr|sister|sr|brother"
    r"|rabbi|imam|the|executive|co|acting|interim|head|headteacher|principal)\s+)+"
)
_INTO = (
    "INSERT INTO schools_registerchange "
    "(uuid, school_id, file_id, noticed_on, kind, before, after, happens_on, authority_before_id) "
    "SELECT gen_random_uuid(), s.id, %s, %s, "
)
_OPEN = "('1', '3')"


class Noter:
    """Notes the changes that one file brings after another. Without one before it, it notes nothing."""

    def __init__(self, file: RegisterFile, before: RegisterFile | None) -> None:
        self.file, self.before = file, before
        both = set(file.header) & set(before.header) if before else set()
        self.told = {name for name, fact in _FACTS.items() if both.issuperset(fact.columns)}
        self.tells_trusts = bool(both & {columns.TRUST, columns.TRUST_NAME})
        self.newest_before = 0

    def note_schools(self) -> None:
        """What the staged rows say of schools that are there already. Before they are changed."""
        if self.before is None:
            return
        self.newest_before = row("SELECT coalesce(max(id), 0) FROM schools_school")[0]
        self._note(
            "FROM register_stage t JOIN schools_school s ON s.urn = t.urn "
            "JOIN schools_localauthority a ON a.id = s.authority_id "
            "JOIN schools_localauthority b ON b.code = t.authority",
            self._differences(),
        )
        if "head_name" in self.told:
            self._note_heads()

    def note_new_schools(self) -> None:
        """Schools that were never in the register before. After they have come."""
        if self.before is None:
            return
        opens = f"nullif(s.open_date, '{School.UNKNOWN_OPEN_DATE}'::date)"
        self._note(
            "FROM schools_school s",
            [
                (Kind.PROPOSED, "''", status_words("s"), opens, "s.status = '4'"),
                (Kind.OPENED, "''", status_words("s"), opens, f"s.status IN {_OPEN}"),
                (Kind.CLOSING, "''", _day("s.close_date"), "s.close_date", "s.status = '3'"),
            ],
            "s.id > %s AND s.register_file_id = %s",
            self.newest_before,
            self.file.pk,
        )

    def note_trusts(self) -> None:
        """Who joins and who leaves a trust, of the open schools that were there before. Before their times in it are
        changed, and after the trusts have come."""
        if self.before is None or not self.tells_trusts:
            return
        self._note(
            "FROM register_stage t JOIN schools_school s ON s.urn = t.urn "
            "LEFT JOIN schools_trustschool m ON m.school_id = s.id AND m.left_on IS NULL "
            "LEFT JOIN schools_trust o ON o.id = m.trust_id LEFT JOIN schools_trust n ON n.id = t.trust_id",
            [
                (Kind.LEFT_TRUST, "coalesce(o.name, '')", "coalesce(n.name, '')", "NULL::date", "o.id IS NOT NULL"),
                (Kind.JOINED_TRUST, "coalesce(o.name, '')", "coalesce(n.name, '')", "NULL::date", "n.id IS NOT NULL"),
            ],
            f"s.id <= %s AND t.status IN {_OPEN} AND m.trust_id IS DISTINCT FROM t.trust_id "
            "AND NOT coalesce('trust' = ANY(t.unread), false)",
            self.newest_before,
        )

    def note_missing(self, kind: str, schools: str, *values: object) -> None:
        """Schools that are no longer in the register, or are in it again: those that a condition on `s` finds."""
        if self.before is not None:
            self._note("FROM schools_school s", [(kind, "''", "''", "NULL::date", "true")], schools, *values)

    def _note(self, source: str, kinds: list[tuple[str, ...]], where: str = "true", *values: object) -> None:
        """One statement for all kinds. Each is (kind, before, after, happens on, condition); what it says is worked out
        only where its condition holds."""
        listed = ", ".join(f"('{kind}', {holds})" for kind, *_, holds in kinds)
        old, new, day = (_by_kind(kinds, place) for place in (1, 2, 3))
        authority = f"CASE WHEN v.kind = '{Kind.AUTHORITY}' THEN s.authority_id END"
        run(
            f"{_INTO} v.kind, left({old}, 200), left({new}, 200), {day}, {authority} {source} "
            f"CROSS JOIN LATERAL (VALUES {listed}) AS v (kind, holds) "
            f"WHERE {where} AND v.holds ORDER BY s.id",
            self.file.pk, self.file.as_at, *values,
        )  # fmt: skip

    def _differences(self) -> list[tuple[str, ...]]:
        """Each kind of change between a stored school `s` in authority `a` and its staged row `t` in authority `b`."""
        opens = _read("open_date") if "open_date" in self.told else "NULL::date"
        opens = f"nullif({opens}, '{School.UNKNOWN_OPEN_DATE}'::date)"
        closes = _read("close_date") if "close_date" in self.told else "NULL::date"
        was, becomes = status_words("s"), status_words("t")
        found = [
            (Kind.RENAMED, "s.name", "t.name", "NULL::date", "s.name_key <> t.name_key"),
            (Kind.AUTHORITY, "a.name", "b.name", "NULL::date", "a.id <> b.id"),
            (Kind.PROPOSED, was, becomes, opens, "s.status <> '4' AND t.status = '4'"),
            (Kind.OPENED, was, becomes, opens, f"s.status = '4' AND t.status IN {_OPEN}"),
            (Kind.CLOSED, was, becomes, closes, "s.status <> '2' AND t.status = '2'"),
            (Kind.REOPENED, was, becomes, "NULL::date", f"s.status = '2' AND t.status IN {_OPEN}"),
            *self._closing(closes),
        ]
        if "pupils" in self.told:
            pupils, both_known = _read("pupils"), f"t.status IN {_OPEN} AND {_read('pupils')} <> s.pupils"
            old, new = "coalesce(s.pupils::text, '')", f"coalesce({pupils}::text, '')"
            found += [
                (Kind.PUPILS_UP, old, new, "NULL::date", f"{both_known} AND {pupils} * 5 >= s.pupils * 6"),
                (Kind.PUPILS_DOWN, old, new, "NULL::date", f"{both_known} AND {pupils} * 5 <= s.pupils * 4"),
            ]
        return found

    def _closing(self, closes: str) -> list[tuple[str, ...]]:
        """A plan to close: status 3, or open with a closing date ahead. It may be made, move, lose its date, end."""
        assert self.before
        if "close_date" not in self.told:
            is_planned, was_planned, moved = "t.status = '3'", "s.status = '3'", "false"
        else:
            is_planned = f"(t.status = '3' OR {closes} > '{self.file.as_at}'::date)"
            was_planned = f"(s.status = '3' OR s.status = '1' AND s.close_date > '{self.before.as_at}'::date)"
            moved = f"s.close_date IS DISTINCT FROM {closes}"
        old = f"CASE WHEN {was_planned} THEN {_day('s.close_date')} ELSE '' END"
        return [
            (
                *(Kind.CLOSING, old, _day(closes), closes),
                f"t.status IN {_OPEN} AND {is_planned} AND (NOT coalesce({was_planned}, false) OR {moved})",
            ),
            (
                *(Kind.NOT_CLOSING, old, "''", "NULL::date"),
                f"t.status = '1' AND {was_planned} AND NOT coalesce({is_planned}, false) "
                f"AND (s.status = '3' OR {closes} IS NULL)",
            ),
        ]

    def _note_heads(self) -> None:
        """A new head: both names known, and not the same person under another title or spelling."""
        found = [
            (school, old, new)
            for school, old, new in rows(
                f"SELECT s.id, s.head_name, {_read('head_name')} FROM register_stage t "
                f"JOIN schools_school s ON s.urn = t.urn WHERE t.status IN {_OPEN} AND s.head_name <> '' "
                f"AND {_read('head_name')} <> '' AND s.head_name <> {_read('head_name')}"
            )
            if _person(old) != _person(new)
        ]
        if found:
            run(
                f"{_INTO} '{Kind.HEAD}', s.old, s.new, NULL::date, NULL::bigint "
                "FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS s (id, old, new)",
                self.file.pk, self.file.as_at, *map(list, zip(*found, strict=True)),
            )  # fmt: skip


def _by_kind(kinds: list[tuple[str, ...]], place: int) -> str:
    """What stands in one place of each kind, for the kind that `v` is."""
    whens = " ".join(f"WHEN '{kind[0]}' THEN {kind[place]}" for kind in kinds)
    return f"CASE v.kind {whens} END"


def _read(field: str) -> str:
    """What the school will have: the staged value, or the stored one where that could not be read."""
    return f"CASE WHEN '{field}' = ANY(t.unread) THEN s.{field} ELSE t.{field} END"


def status_words(row: str) -> str:
    """A status in words."""
    whens = " ".join(f"WHEN '{status.value}' THEN '{status.label}'" for status in School.Status)
    return f"CASE {row}.status {whens} ELSE '' END"


def _day(date: str) -> str:
    return f"coalesce(to_char({date}, 'FMDD FMMonth YYYY'), '')"


def _person(name: str) -> str:
    """A head's name for comparison: without titles, case, accents and punctuation."""
    return _TITLES.sub("", keys.name_key(name) + " ", 1).strip() or keys.name_key(name)
