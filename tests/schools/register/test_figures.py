"""What files of the census and of the Pupil Premium do to the portal's figures."""

import csv
import gzip
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from schools.models import RegisterFile, RegisterRow, School, SchoolFigures
from schools.register.errors import Held, Refused
from schools.register.figures import GROUPS, census_day, import_census, import_pupil_premium
from tests.factories import make_authority, make_school, make_type
from tests.schools.register.files import MISSING, SHARED, text, write

pytestmark = pytest.mark.django_db
CENSUS = (
    *("time_period", "geographic_level", "urn", "school_name", *(name for names in GROUPS.values() for name in names)),
    *("headcount total girls", "headcount total boys", "headcount of pupils"),
    "number of pupils known to be eligible for free school meals",
    "% of pupils known to be eligible for free school meals",
    "number of pupils whose first language is known or believed to be other than English",
)
ALL_GIRLS, ALL_BOYS, ALL, FSM, FSM_SHARE, LANGUAGE = CENSUS[-6:]
PREMIUM = (
    *("LA (1)", "School name", "URN", "Number of  pupils on roll (7)"),
    "Total number of pupils eligible for the Deprivation Pupil Premium (8)",
)
ROLL, ELIGIBLE = PREMIUM[-2:]


def counted(urn: int, pupils: int | str, *, period: str = "202223", **values: str) -> dict[str, str]:
    """A row of a school with all of its pupils in reception."""
    groups = {name: "0" for names in GROUPS.values() for name in names}
    groups[GROUPS["R"][3]] = str(pupils)
    facts = {"time_period": period, "urn": str(urn), "school_name": f"School {urn}", ALL: str(pupils)}
    return groups | facts | values


def premium(urn: int, pupils: str, of: str) -> dict[str, str]:
    return {"LA (1)": "201", "School name": f"School {urn}", "URN": str(urn), ELIGIBLE: pupils, ROLL: of}


@pytest.fixture
def bring(tmp_path: Path):
    def bring(rows: list[dict[str, str]], *, year: int = 2022, columns=CENSUS, name="census.csv", **options: Any):
        read = import_pupil_premium if columns[0] == PREMIUM[0] else import_census
        return read(write(tmp_path, name, text(rows, columns)), year=year, **options)

    return bring


@pytest.fixture
def elm() -> School:
    return make_school("Elm", urn=100001, source=School.Source.REGISTER)


def the(school: School, year: int = 2022) -> SchoolFigures:
    return SchoolFigures.objects.get(school=school, year=year)


def test_the_census_of_a_year_stands_with_the_school(bring, elm: School) -> None:
    row = counted(100001, 30, **{ALL_GIRLS: "14", ALL_BOYS: "16", FSM: "6", FSM_SHARE: "20.0", LANGUAGE: "3"})
    figures = bring([row])
    found = the(elm)
    assert (figures["new"], figures["rejected"], figures["kept_only"]) == (1, 0, 0)
    assert (found.headcount, found.girls, found.boys, found.fsm_eligible, found.other_language) == (30, 14, 16, 6, 3)
    assert found.fsm_percentage == Decimal("20.0")
    assert (found.by_year_group["R"], found.by_year_group["6"]) == (30, 0)
    assert (found.census_file, found.census_file.as_at) == (RegisterFile.objects.get(), census_day(2022))


def test_a_year_group_adds_up_girls_and_boys_of_part_and_full_time(bring, elm: School) -> None:
    bring([counted(100001, 30) | dict(zip(GROUPS["4"], ("1", "10", "2", "20"), strict=True))])
    assert the(elm).by_year_group["4"] == 33


def test_markers_are_unknown_and_never_zero(bring, elm: School) -> None:
    bring([counted(100001, 365, **{GROUPS["R"][0]: "z", FSM: "z", FSM_SHARE: "z", ALL_GIRLS: "", ALL_BOYS: "c"})])
    found = the(elm)
    assert (found.headcount, found.girls, found.boys, found.fsm_eligible, found.fsm_percentage) == (365, *[None] * 4)
    assert "R" not in found.by_year_group and found.by_year_group["1"] == 0


def test_the_same_file_again_changes_nothing(bring, elm: School) -> None:
    bring([counted(100001, 30)])
    before = list(SchoolFigures.objects.values())
    again = bring([counted(100001, 30)])
    assert (again["unchanged"], again["new"], list(SchoolFigures.objects.values())) == (1, 0, before)


def test_a_corrected_file_of_the_year_corrects_what_differs(bring, elm: School) -> None:
    oak = make_school("Oak", urn=100002, source=School.Source.REGISTER)
    bring([counted(100001, 30), counted(100002, 40)])
    figures = bring([counted(100001, 31), counted(100002, 40)], name="again.csv")
    assert (figures["changed"], figures["unchanged"], figures["new"]) == (1, 1, 0)
    assert (the(elm).headcount, the(oak).headcount) == (31, 40)


def test_an_unreadable_number_leaves_the_last_good_one_and_is_said(bring, elm: School) -> None:
    bring([counted(100001, 30, **{FSM: "6"})])
    figures = bring([counted(100001, 33, **{FSM: "many"})], name="again.csv")
    assert (the(elm).headcount, the(elm).fsm_eligible, figures["warned"]) == (33, 6, 1)


def test_a_missing_column_leaves_what_is_stored(bring, elm: School) -> None:
    bring([counted(100001, 30, **{FSM: "6"})])
    figures = bring([counted(100001, 33)], name="again.csv", columns=tuple(name for name in CENSUS if name != FSM))
    assert (the(elm).headcount, the(elm).fsm_eligible, figures["missing_columns"]) == (33, 6, [FSM])


def test_an_older_year_may_come_later_and_both_stay(bring, elm: School) -> None:
    bring([counted(100001, 30)])
    bring([counted(100001, 25, period="202122")], year=2021, name="before.csv")
    assert (the(elm).headcount, the(elm, 2021).headcount) == (30, 25)


def test_a_file_of_another_year_is_refused_with_its_line(bring, elm: School) -> None:
    with pytest.raises(Refused, match=r"Line 2 is of “202122”, and the file was given as that of 2022-23"):
        bring([counted(100001, 30, period="202122")])
    assert not SchoolFigures.objects.exists() and not RegisterFile.objects.exists()


def test_a_file_applied_as_another_year_is_not_applied_again(bring, elm: School) -> None:
    bring([premium(100001, "12.5", "30")], columns=PREMIUM, year=2019)
    with pytest.raises(Refused, match="applied as that of another year"):
        bring([premium(100001, "12.5", "30")], columns=PREMIUM, year=2018)
    assert SchoolFigures.objects.get().year == 2019


def test_rows_of_unknown_schools_are_kept_and_counted(bring, elm: School) -> None:
    make_school("Demo", urn=700002)
    figures = bring([counted(100001, 30), counted(100009, 40), counted(700002, 50)])
    assert (figures["unknown_schools"], figures["new"], SchoolFigures.objects.count()) == (2, 1, 1)
    assert RegisterRow.objects.count() == 3


def test_a_school_that_stands_there_twice_holds_the_file(bring, elm: School) -> None:
    with pytest.raises(Held, match="URN 100001 stands in lines 2, 3"):
        bring([counted(100001, 30), counted(100001, 31)])
    assert not SchoolFigures.objects.exists()


def test_the_pupil_premium_is_found_by_names_without_their_footnotes(bring, elm: School) -> None:
    bring([counted(100001, 30, period="201920")], year=2019)
    figures = bring([premium(100001, "0.6", "49.5")], columns=PREMIUM, year=2019, name="premium.csv")
    found = the(elm, 2019)
    assert (found.pupil_premium, found.pupil_premium_of) == (Decimal("0.60"), Decimal("49.50"))
    assert (found.headcount, figures["missing_columns"], figures["changed"]) == (30, [], 1)


def test_the_pupil_premium_alone_makes_a_row_without_a_census(bring, elm: School) -> None:
    bring([premium(100001, "z", "49.5")], columns=PREMIUM, year=2019)
    found = the(elm, 2019)
    assert (found.pupil_premium, found.headcount, found.by_year_group) == (None, None, {})


def test_another_register_is_no_census(bring) -> None:
    with pytest.raises(Refused, match="This is not the school census"):
        bring([{"URN": "100001", "Name": "Elm"}], columns=("URN", "Name"))


def test_the_command_says_what_it_did_and_writes_the_report(tmp_path: Path, elm: School, capsys) -> None:
    path = write(tmp_path, "census.csv", text([counted(100001, 30), counted(100009, 40)], CENSUS))
    call_command("import_census", path, "--year", "2022-23", "--report", tmp_path / "out.json")
    said = capsys.readouterr().out
    assert "1 of the rows is of a school that the portal does not know" in said
    assert '"unknown_schools": 1' in (tmp_path / "out.json").read_text()


@pytest.mark.parametrize("year", ["2022", "2022-24", "next year"])
def test_the_command_takes_no_year_that_is_none(tmp_path: Path, year: str) -> None:
    with pytest.raises(CommandError, match="is no year"):
        call_command("import_census", tmp_path / "census.csv", "--year", year)


@pytest.mark.skipif(not SHARED.exists(), reason=MISSING)
def test_the_real_census_agrees_with_plain_csv() -> None:
    path = SHARED / "census" / "dfe_spc_school_level_2022-23.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    authority, kind = make_authority(), make_type()
    School.objects.bulk_create(
        School(
            urn=int(each["urn"]), name="School", name_key="school", search_text="school", authority=authority,
            type=kind, status="1", as_at=census_day(2022),
        )
        for each in rows
    )  # fmt: skip
    started = time.monotonic()
    figures = import_census(path, year=2022)
    assert time.monotonic() - started < 60
    assert (figures["rows"], figures["new"], figures["rejected"], figures["unknown_schools"]) == (24442, 24442, 0, 0)
    found = {each.school.urn: each for each in SchoolFigures.objects.select_related("school")}

    def whole(text: str) -> int | None:
        return int(text) if text.isdigit() else None

    for each in rows:
        got = found[int(each["urn"])]
        assert (got.headcount, got.fsm_eligible) == (whole(each[ALL]), whole(each[FSM]))
        numbers = [whole(each[name]) for name in GROUPS["6"]]
        assert got.by_year_group.get("6") == (None if None in numbers else sum(filter(None, numbers)))
