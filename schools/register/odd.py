"""What is odd in a register and yet possible: warned of, never rejected."""

from hubportal.kit.wording import long_date
from schools.models import RegisterFile, School
from schools.register.sql import rows, run

_SHOWN = 5
_PRESENT = "s.source = 'register' AND s.not_in_register_since IS NULL"
_OPEN = "('1', '3')"


def mark(file: RegisterFile) -> list[str]:
    """Write into the kept rows what is odd about their schools, once these are what the file says. Returns sentences:
    the first five of each kind, and how many there are. Four queries at most."""
    closing = rows(
        f"SELECT s.urn, s.close_date FROM schools_school s WHERE {_PRESENT} AND s.status IN {_OPEN} "
        f"AND s.close_date < %s AND s.close_date <> '{School.UNKNOWN_OPEN_DATE}' ORDER BY s.urn",
        file.as_at,
    )
    said = {urn: f"It is open, and its closing date, {long_date(day)}, has passed." for urn, day in closing}
    shared = rows(
        f"SELECT array_agg(s.urn ORDER BY s.urn), array_agg(s.urn ORDER BY s.urn) FILTER (WHERE s.status IN {_OPEN}), "
        "a.code, s.establishment_number FROM schools_school s JOIN schools_localauthority a ON a.id = s.authority_id "
        f"WHERE {_PRESENT} AND s.establishment_number ~ '[1-9]' GROUP BY a.code, s.establishment_number "
        "HAVING count(*) > 1 ORDER BY min(s.urn)"
    )
    both_open = [(urns, f"{code}/{number}") for _, urns, code, number in shared if urns and len(urns) > 1]
    for urns, number in both_open:
        for urn in urns:
            others = ", ".join(str(other) for other in urns if other != urn)
            said[urn] = f"{said.get(urn, '')} It shares the number {number} with {others}, and all are open.".strip()
    if said:
        _write(file, said)
    sentences = [f"URN {urn} is open, and its closing date, {long_date(day)}, has passed." for urn, day in closing]
    sentences = _first(sentences, "more are open after their closing date")
    sentences += _first(
        [f"URNs {', '.join(map(str, urns))} are open and share the number {number}." for urns, number in both_open],
        "more numbers are shared by open schools",
    )
    if once := len(shared) - len(both_open):
        sentences.append(f"{once:,} {'numbers are' if once > 1 else 'number is'} shared with a school that has closed.")
    return sentences


def _write(file: RegisterFile, said: dict[int, str]) -> None:
    run(
        "UPDATE schools_registerrow r SET warned = left(ltrim(r.warned || ' ' || odd.said), 200) "
        "FROM unnest(%s::int[], %s::text[]) AS odd (urn, said) "
        "WHERE r.file_id = %s AND r.urn = odd.urn AND r.rejected = '' AND strpos(r.warned, odd.said) = 0",
        list(said), list(said.values()), file.pk,
    )  # fmt: skip


def _first(sentences: list[str], words: str) -> list[str]:
    rest = len(sentences) - _SHOWN
    return sentences[:_SHOWN] + ([f"{rest:,} {words}."] if rest > 0 else [])
