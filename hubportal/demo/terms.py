"""Term dates of the invented county: two authorities with three terms, one with six, a trust and a school with dates
of their own. They look like those of real authorities, and are nobody's."""

from datetime import date

from hubportal.demo.county import LARKRISE, NORTHGATE
from hubportal.demo.places import BRANNOC_BAY, EXAMPLESHIRE, SAMPLEFOLK
from hubportal.demo.world import Place
from hubportal.kit.terms import Span
from schools.actions import term_dates
from schools.models import LocalAuthority, School, TermCalendar, Trust

Dates = tuple[tuple[str, str], ...]
# By the year in which each begins: first and last day of the six parts.
THREE_TERMS: dict[int, Dates] = {
    2025: (
        ("2025-09-03", "2025-10-24"), ("2025-11-03", "2025-12-19"), ("2026-01-05", "2026-02-13"),
        ("2026-02-23", "2026-03-27"), ("2026-04-13", "2026-05-22"), ("2026-06-01", "2026-07-21"),
    ),
    2026: (
        ("2026-09-02", "2026-10-23"), ("2026-11-02", "2026-12-18"), ("2027-01-04", "2027-02-12"),
        ("2027-02-22", "2027-03-25"), ("2027-04-12", "2027-05-28"), ("2027-06-07", "2027-07-22"),
    ),
}  # fmt: skip
SIX_TERMS: dict[int, Dates] = {
    2025: (
        ("2025-09-01", "2025-10-17"), ("2025-11-03", "2025-12-19"), ("2026-01-05", "2026-02-13"),
        ("2026-02-23", "2026-04-01"), ("2026-04-20", "2026-05-22"), ("2026-06-01", "2026-07-22"),
    ),
    2026: (
        ("2026-09-01", "2026-10-16"), ("2026-11-02", "2026-12-18"), ("2027-01-04", "2027-02-12"),
        ("2027-02-22", "2027-03-25"), ("2027-04-12", "2027-05-28"), ("2027-06-07", "2027-07-22"),
    ),
}  # fmt: skip
OFF = {
    2025: (("September training day", "2025-09-05"), ("May Day", "2026-05-04")),
    2026: (("September training day", "2026-09-04"), ("May Day", "2027-05-03")),
}


def load(place: Place) -> None:
    """The dates of a hub's authorities, and in Exampleshire of one trust and one school. Some two hundred
    statements."""
    for code, terms, years in (
        (EXAMPLESHIRE, TermCalendar.Terms.THREE, THREE_TERMS),
        (BRANNOC_BAY, TermCalendar.Terms.SIX, SIX_TERMS),
        (SAMPLEFOLK, TermCalendar.Terms.THREE, THREE_TERMS),
    ):
        authority = LocalAuthority.objects.filter(code=code, hub_areas__hub=place.hub).first()
        for year in years if authority else ():
            _save(place, authority, year, terms, years, is_checked=code != BRANNOC_BAY)
    # Both have a second week off in October.
    trust, school = Trust.objects.filter(group_uid=LARKRISE).first(), place.schools.get(NORTHGATE)
    for owner in filter(None, (trust, school)) if school else ():
        _save(
            place, owner, 2026, TermCalendar.Terms.THREE, {2026: (("2026-09-02", "2026-10-16"), *THREE_TERMS[2026][1:])}
        )


def _save(
    place: Place,
    owner: LocalAuthority | Trust | School,
    year: int,
    terms_in_year: int,
    years: dict[int, Dates],
    is_checked: bool = True,
) -> None:
    term_dates.save(
        owner=owner,
        year=year,
        terms_in_year=terms_in_year,
        parts=[Span(date.fromisoformat(first), date.fromisoformat(last)) for first, last in years[year]],
        days_off=[Span(date.fromisoformat(day), date.fromisoformat(day), name) for name, day in OFF[year]],
        source=f"The website of {owner} (invented)",
        is_checked=is_checked,
        by=place.manager,
    )
