"""A register, then a year's worth of changes, then the same again: nothing is lost, and at last nothing changes."""

from datetime import date
from pathlib import Path

import pytest

from schools.models import RegisterChange, RegisterRow, School
from schools.register.importing import import_establishments
from tests.schools.register.files import COLUMNS, row, text, write
from tests.schools.register.year import a_year_later

LATER, AGAIN = "edubasealldata20230407.csv", "edubasealldata20230408.csv"


def live_a_year(folder: Path, before: list[dict[str, str]]) -> None:
    """Bring the year that follows a register which has just been imported, and bring it again under another checksum.
    Asserts all that must hold."""
    columns, year = tuple(before[0]), a_year_later(before)
    old = {school.urn: school for school in School.objects.with_facts_date()}
    figures = import_establishments(write(folder, LATER, text(year.rows, columns)))
    assert {name: figures[name] for name in year.expected} == year.expected
    assert figures["held"] == []
    stored = {str(school.urn): school for school in School.objects.with_facts_date()}
    assert stored.keys() == {found["URN"] for found in before} | {found["URN"] for found in year.rows}
    for urn in year.vanished:
        was, now = old[int(urn)], stored[urn]
        assert now.not_in_register_since is not None
        assert (now.name, now.status, now.postcode) == (was.name, was.status, was.postcode)
        assert now.facts_as_at == was.facts_as_at
    for urn, name in year.renamed.items():
        assert stored[urn].name == name
    for found in year.rows[:: max(1, len(year.rows) // 2_000)]:
        school = stored[found["URN"]]
        assert (school.name, school.status) == (found["EstablishmentName"], found["EstablishmentStatus (code)"])
    noted = dict.fromkeys(("closed", "reopened", "renamed", "authority", "vanished"), 0)
    for kind in RegisterChange.objects.filter(kind__in=noted).values_list("kind", flat=True):
        noted[kind] += 1
    expected = year.expected | {"authority": year.expected["authority_changed"]}
    assert noted == {kind: expected[kind] for kind in noted}
    assert RegisterRow.objects.count() == len(before) + len(year.rows)

    schools = list(School.objects.with_facts_date().order_by("pk").values())
    changes = RegisterChange.objects.count()
    again = import_establishments(write(folder, AGAIN, text(year.rows, columns) + "\r\n"))
    assert (again["rows"], again["unchanged"], again["new"], again["changed"]) == (len(year.rows), len(year.rows), 0, 0)
    gone = set(map(int, year.vanished))
    for school in schools:
        if school["urn"] not in gone:
            school["facts_as_at"] = date.fromisoformat(again["as_at"])
    assert list(School.objects.with_facts_date().order_by("pk").values()) == schools
    assert RegisterChange.objects.count() == changes


@pytest.mark.django_db
def test_a_year_of_changes(tmp_path: Path) -> None:
    statuses = ("1", "1", "2", "1", "3", "2", "1", "4")
    before = [
        row(110000 + number, f"School {number}", **{"EstablishmentStatus (code)": statuses[number % 8]})
        for number in range(2_000)
    ]
    import_establishments(write(tmp_path, "edubasealldata20220407.csv", text(before, COLUMNS)))
    live_a_year(tmp_path, [{name: found.get(name, "") for name in COLUMNS} for found in before])
