"""What is odd in a register and yet possible: warned of, never rejected."""

from hubportal.kit.wording import long_date
from schools.models import RegisterFile, School
from schools.register.sql import rows, run

_SHOWN = 5
_PRESENT = "s.source = 'register' AND s.not_in_register_since IS NULL"
_OPEN = "('1', '3')"


def mark(file: RegisterFile) -> list[str]:
    """Write into the kept rows what is odd about their schools, once these are what the file says. Returns sentences:
    the first five of each kind, and how many there are. Five queries at most."""
    closing = rows(
        f"SELECT s.urn, s.close_date FROM schools_school s WHERE {_PRESENT} AND s.status IN {_OPEN} "
        f"AND s.close_date < %s AND s.close_date <> '{School.UNKNOWN_OPEN_DATE}' ORDER BY s.urn",
        file.as_at,
    )
    said = {urn: f"It is open, and its closing date, {long_date(day)}, has passed." for urn, day in closing}
    shared, both_open = _shared_numbers()
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
    if once := shared - len(both_open):
        sentences.append(f"{once:,} {'numbers are' if once > 1 else 'number is'} shared with a school that has closed.")
    return sentences


def _shared_numbers() -> tuple[int, list[tuple[list[int], str]]]:
    """How many school numbers several schools of an authority have, and those that several open ones have: their URNs
    and the number, as the register writes it."""
    shared = rows(
        f"SELECT authority_id, establishment_number, count(*) FILTER (WHERE status IN {_OPEN}) FROM schools_school s "
        f"WHERE {_PRESENT} AND establishment_number ~ '[1-9]' "
        "GROUP BY authority_id, establishment_number HAVING count(*) > 1"
    )
    several = [(authority, number) for authority, number, opened in shared if opened > 1]
    if not several:
        return len(shared), []
    authorities, numbers = zip(*several, strict=True)
    return len(shared), rows(
        "SELECT array_agg(s.urn ORDER BY s.urn), a.code || '/' || s.establishment_number FROM schools_school s "
        "JOIN unnest(%s::bigint[], %s::text[]) AS n (authority_id, number) "
        "ON n.authority_id = s.authority_id AND n.number = s.establishment_number "
        "JOIN schools_localauthority a ON a.id = s.authority_id "
        f"WHERE {_PRESENT} AND s.status IN {_OPEN} GROUP BY a.code, s.establishment_number ORDER BY min(s.urn)",
        list(authorities), list(numbers),
    )  # fmt: skip


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
