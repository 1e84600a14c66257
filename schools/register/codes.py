"""The register's lists that have no table of their own: which codes it uses, and what it calls them.

The lists change without notice, so every code is taken as it comes. One that nobody here has described is marked for
review, by a person, in the administration. Places (wards, districts, constituencies, statistical areas) and groups are
no lists to review: they come by the thousand.
"""

from schools.models import RegisterCode, School
from schools.register import columns, values
from schools.register.sql import run

_LONGEST_LIST, _LONGEST_CODE, _LONGEST_NAME = 40, 20, 120
NO_LISTS = frozenset(
    {
        *("LA", "PreviousLA", "TypeOfEstablishment", "Trusts", "Federations"),
        *("DistrictAdministrative", "AdministrativeWard", "ParliamentaryConstituency", "MSOA", "LSOA"),
    }
)

Codes = dict[tuple[str, str], tuple[str, str]]  # (list, code for comparison) -> (code, name) as received


def lists_of(header: list[str]) -> dict[str, tuple[int, int]]:
    """The lists that a header has, with the places of their code and name."""
    places = {name: place for place, name in enumerate(header)}
    return {
        name.removesuffix(columns.CODE)[:_LONGEST_LIST]: (place, places[name.replace(columns.CODE, columns.CALLED)])
        for name, place in places.items()
        if name.endswith(columns.CODE)
        and name.replace(columns.CODE, columns.CALLED) in places
        and name.removesuffix(columns.CODE) not in NO_LISTS
    }


def statuses() -> dict[str, str]:
    """Which of the four statuses a status code counts as: each of them as itself, others as a person has said. One
    query."""
    said = RegisterCode.objects.filter(listed_in=RegisterCode.STATUSES).exclude(counts_as="")
    others = {values.code(code): counts_as for code, counts_as in said.values_list("code", "counts_as")}
    return others | {status: status for status in School.Status.values}


def note(found: Codes, listed_in: str, pairs: set[tuple[str, str]]) -> None:
    """Add what one column pair holds to what was found; a name is better than none."""
    for code, name in pairs:
        if code := code.strip()[:_LONGEST_CODE]:
            key = (listed_in, values.code(code))
            if not found.get(key, ("", ""))[1]:
                found[key] = (code, name.strip()[:_LONGEST_NAME])


def meet(found: Codes) -> int:
    """Take the codes that are not in their lists yet, marked for review: with and without leading zeros they are the
    same. How many. One query."""
    if not found:
        return 0
    lists, wanted, given, names = zip(*((*key, *said) for key, said in sorted(found.items())), strict=True)
    return run(
        "INSERT INTO schools_registercode (listed_in, code, name, needs_review) "
        "SELECT f.listed_in, f.code, f.name, true "
        "FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) AS f (listed_in, wanted, code, name) "
        "WHERE NOT EXISTS (SELECT 1 FROM schools_registercode k WHERE k.listed_in = f.listed_in "
        "AND coalesce(nullif(ltrim(k.code, '0'), ''), '0') = f.wanted)",
        list(lists), list(wanted), list(given), list(names),
    )  # fmt: skip
