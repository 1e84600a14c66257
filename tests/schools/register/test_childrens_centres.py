"""Children's centres, from a file of their own."""

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schools.models import RegisterFile, RegisterRow, School
from schools.register.childrens_centres import import_childrens_centres
from schools.register.errors import Held, Refused
from schools.register.importing import import_establishments
from tests.factories import make_school, make_user
from tests.schools.register.files import COLUMNS, row, text
from tests.schools.register.sheets import save

pytestmark = pytest.mark.django_db
FIRST, SECOND = "edubaseallchildrencentre20220407.csv", "edubaseallchildrencentre20230407.csv"
CENTRES = tuple(
    name
    for name in COLUMNS
    if name not in ("CloseDate", "EstablishmentNumber", "PhaseOfEducation (code)", "Trusts (code)", "Trusts (name)")
)
CENTRE = {"TypeOfEstablishment (code)": "47", "TypeOfEstablishment (name)": "Children's centre"}
LINKED = {"TypeOfEstablishment (code)": "48", "TypeOfEstablishment (name)": "Children's centre linked site"}
MANY = [row(20001 + number, f"Centre {number}", **CENTRE) for number in range(100)]


@pytest.fixture
def bring(tmp_path: Path):
    def bring(name: str, rows: list[dict[str, str]], **options: Any) -> dict:
        return import_childrens_centres(save(tmp_path, name, rows, CENTRES), **options)

    return bring


def test_centres_become_schools_that_no_figure_counts(bring) -> None:
    figures = bring(FIRST, [row(24007, "Acorn Children’s Centre", **CENTRE), row(20001, "Acorn Annexe", **LINKED)])
    centre = School.objects.get(urn=24007)
    assert (centre.name, centre.source, centre.type.code) == ("Acorn Children’s Centre", "centres", "47")
    assert (centre.status, centre.phase, centre.close_date, centre.town) == ("1", "0", None, "Lewes")
    assert (figures["new"], figures["rejected"], figures["warned"]) == (2, 0, 0)
    assert not set(figures["missing_columns"]) & {"CloseDate", "EstablishmentNumber", "PhaseOfEducation (code)"}
    assert not School.objects.state_funded().exists()
    assert School.objects.matching("acorn annexe").get().type.name == "Children's centre linked site"


def test_neither_file_takes_the_others_for_vanished(bring, tmp_path: Path) -> None:
    schools = [row(110000 + number, f"School {number}") for number in range(20)]
    import_establishments(save(tmp_path, "edubasealldata20220407.csv", schools, COLUMNS))
    bring(FIRST, MANY)
    changed = [row(110000, "Renamed"), *schools[1:]]
    assert import_establishments(save(tmp_path, "edubasealldata20230407.csv", changed, COLUMNS))["vanished"] == 0
    figures = bring(SECOND, [row(20001, "Renamed Centre", **CENTRE), *MANY[2:]])
    assert (figures["renamed"], figures["vanished"], figures["unchanged"]) == (1, 1, 98)
    gone = School.objects.exclude(not_in_register_since=None).get()
    assert (gone.urn, gone.not_in_register_since) == (20002, date(2023, 4, 7))
    schools = School.objects.with_facts_date().filter(urn__gte=110000)
    assert set(schools.values_list("facts_as_at", flat=True)) == {date(2023, 4, 7)}


def test_rows_of_another_type_or_source_are_rejected(bring, tmp_path: Path) -> None:
    import_establishments(save(tmp_path, "edubasealldata20220407.csv", [row(20005, "A school")], COLUMNS))
    demo = make_school("Demo", urn=20006)
    figures = bring(FIRST, [*MANY, row(30001, "Nursery", **{"TypeOfEstablishment (code)": "15"})])
    reasons = dict(RegisterRow.objects.exclude(rejected="").values_list("urn", "rejected"))
    stranger = "Its URN belongs to a school that is not from the register."
    assert reasons == {20005: stranger, 20006: stranger, 30001: "It is no children's centre by its type."}
    assert (figures["new"], figures["rejected"]) == (98, 3)
    demo.refresh_from_db()
    assert demo.name == "Demo"


def test_the_establishments_file_is_not_taken_for_one_of_centres(bring) -> None:
    with pytest.raises(Held, match="Line 2: its type is not that of a children's centre, and 29 more"):
        bring(FIRST, [row(110000 + number, f"School {number}") for number in range(30)])
    assert not School.objects.exists()


def test_a_file_that_came_first_as_another_kind_is_read_as_its_own(bring, tmp_path: Path) -> None:
    schools = [row(110000 + number, f"School {number}") for number in range(20)]
    import_establishments(save(tmp_path, "edubasealldata20220407.csv", schools, COLUMNS))
    with pytest.raises(Held, match="schools of the register are missing from it"):
        import_establishments(save(tmp_path, SECOND, MANY, CENTRES))
    assert bring(SECOND, MANY)["new"] == 100
    assert RegisterFile.objects.get(name=SECOND).kind == "childrens_centres"
    assert School.objects.filter(source="centres").count() == 100
    with pytest.raises(Refused, match="applied as children's centres: it is not the establishments file."):
        import_establishments(save(tmp_path, SECOND, MANY, CENTRES))


def test_the_same_centres_again_and_a_dry_run_change_nothing(bring) -> None:
    bring(FIRST, MANY)
    models = (School, RegisterFile, RegisterRow)
    before = [list(model._default_manager.order_by("pk").values()) for model in models]
    assert bring(FIRST, MANY)["unchanged"] == 100
    assert bring(SECOND, MANY[1:], dry_run=True)["vanished"] == 1
    assert [list(model._default_manager.order_by("pk").values()) for model in models] == before
    with pytest.raises(Held, match="6 of 100 children's centres are missing from it: URN 20001, 20002,"):
        bring(SECOND, MANY[6:])
    assert bring(SECOND, MANY[6:], accepted_by=make_user())["vanished"] == 6


def test_centres_are_found_in_the_registers_own_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "extract.zip", "w") as archive:
        archive.writestr("edubasealldata20220407.csv", text([row(110000, "A school")]))
        archive.writestr(FIRST, text(MANY, CENTRES))
        archive.writestr("links_edubasealldata20220407.csv", "URN,LinkURN,LinkType\r\n")
    figures = import_childrens_centres(tmp_path / "extract.zip", as_at=date(2022, 4, 7))
    assert (figures["rows"], figures["new"]) == (100, 100)
