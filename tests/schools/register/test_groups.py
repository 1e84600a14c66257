"""What the register's file of groups does to the portal's trusts."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schools.models import (
    ChangeNotice,
    RegisterChange,
    RegisterFile,
    RegisterRow,
    RegisterText,
    TimelineEntry,
    Trust,
    TrustSchool,
)
from schools.register.errors import Held, Refused
from schools.register.groups import import_groups
from schools.register.importing import import_establishments
from tests.factories import make_hub, make_school, make_trust, make_user
from tests.schools.register.files import COLUMNS, MISSING, SHARED, row
from tests.schools.register.sheets import GROUPS, group, save

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = (f"allgroupsdata{day}.csv" for day in ("20220407", "20230407", "20240407"))
MANY = [group(5000 + number, f"Trust {number}") for number in range(150)]
ABBEY = group(
    *(2044, "ABBEY  ACADEMIES TRUST"),
    **{
        "Group ID": "TR00261",
        "Companies House Number": "7318714",
        "Incorporated on (open date)": "19/07/2010",
        "Group Street": "Abbey Road",
        "Group Locality": "Bourne End",
        "Group Address 3": "Not recorded",
        "Group Town": "Bourne",
        "Group County": "Not recorded",
        "Group Postcode": "PE10 9EP",
        "Head of Group Title": "Not-applicable",
        "UKPRN": "10058308",
    },
)


@pytest.fixture
def bring(tmp_path: Path):
    def bring(name: str, rows: list[dict[str, str]], columns: tuple[str, ...] = GROUPS, **options: Any) -> dict:
        return import_groups(save(tmp_path, name, rows, columns), **options)

    return bring


def everything() -> list[Any]:
    models = (Trust, TrustSchool, RegisterFile, RegisterRow, RegisterText)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def test_groups_describe_trusts(bring) -> None:
    figures = bring(FIRST, [ABBEY])
    trust = Trust.objects.get()
    assert (trust.group_uid, trust.group_id, trust.name) == ("2044", "TR00261", "ABBEY  ACADEMIES TRUST")
    assert (trust.name_key, trust.ukprn) == ("abbey academies trust", "10058308")
    assert (trust.companies_house_number, trust.company_number) == ("7318714", "07318714")
    assert (trust.group_type, trust.group_type_name, trust.status) == ("6", "Multi-academy trust", "Open")
    assert (trust.opened_on, trust.closed_on, trust.as_at) == (date(2010, 7, 19), None, date(2022, 4, 7))
    assert trust.address == ["Abbey Road", "Bourne End", "Bourne", "PE10 9EP"]
    assert (figures["rows"], figures["new"], figures["changed"], figures["rejected"]) == (1, 1, 0, 0)


def test_groups_that_are_no_trusts_are_kept_as_rows_only(bring) -> None:
    kinds = {"1": "Federation", "2": "Trust", "5": "School sponsor", "6": "MAT", "7": "Umbrella trust", "8": "Centre"}
    kinds |= {"9": "Centre", "10": "SAT", "11": "Secure SAT", "06": "MAT"}
    rows = [group(3000 + number, f"Group {number}", **{"Group Type (code)": code}) for number, code in enumerate(kinds)]
    figures = bring(FIRST, rows)
    assert set(Trust.objects.values_list("group_type", flat=True)) == {"2", "6", "10", "11"}
    assert (figures["new"], figures["kept_only"], figures["unchanged"]) == (5, 5, 0)
    assert RegisterRow.objects.count() == 10


def test_groups_find_the_trusts_of_the_establishments_file(bring, tmp_path: Path) -> None:
    schools = [
        row(110001, "Ash School", **{"Trusts (code)": "2044", "Trusts (name)": "ABBEY ACADEMIES"}),
        row(110002, "Birch School", **{"Trusts (name)": "The *Oak Trust"}),
    ]
    import_establishments(save(tmp_path, "edubasealldata20220407.csv", schools, COLUMNS))
    times = list(TrustSchool.objects.order_by("pk").values())
    bring(FIRST, [ABBEY, group(3001, "the oak trust")])
    assert list(Trust.objects.order_by("group_uid").values_list("group_uid", "name")) == [
        ("2044", "ABBEY  ACADEMIES TRUST"),
        ("3001", "the oak trust"),
    ]
    assert list(TrustSchool.objects.order_by("pk").values()) == times
    again = [row(110003, "Cedar School", **schools[0] | {"URN": "110003"}), *schools]
    again[0]["Trusts (name)"] = again[1]["Trusts (name)"] = "Abbey"
    import_establishments(save(tmp_path, "edubasealldata20220407b.csv", again, COLUMNS), accepted_by=make_user())
    assert Trust.objects.get(group_uid="2044").name == "ABBEY  ACADEMIES TRUST"
    moved = [each | {"Trusts (name)": "Abbey Schools"} for each in again]
    import_establishments(save(tmp_path, "edubasealldata20230407.csv", moved[:2], COLUMNS), accepted_by=make_user())
    assert Trust.objects.get(group_uid="2044").name == "Abbey Schools"
    figures = bring("allgroupsdata20220801.csv", [ABBEY | {"UKPRN": "10000000"}, group(3001, "the oak trust")])
    trust = Trust.objects.get(group_uid="2044")
    assert (trust.name, trust.ukprn, figures["renamed"], figures["changed"]) == ("Abbey Schools", "10000000", 0, 1)


def test_groups_change_reappear_and_are_never_deleted(bring) -> None:
    bring(FIRST, MANY)
    closed = MANY[1] | {"Group Status": "Closed", "Group Status (code)": "CLOSED", "Closed Date": "31/08/2022"}
    figures = bring(SECOND, [closed, group(5002, "TRUST 2"), *MANY[3:]])
    assert (figures["changed"], figures["renamed"], figures["vanished"], figures["unchanged"]) == (2, 1, 1, 147)
    gone, closed_one = Trust.objects.get(group_uid="5000"), Trust.objects.get(group_uid="5001")
    assert (gone.not_in_register_since, gone.as_at) == (date(2023, 4, 7), date(2022, 4, 7))
    assert (closed_one.status, closed_one.closed_on) == ("Closed", date(2022, 8, 31))
    figures = bring(THIRD, [*MANY, group(6000, "Newest")])
    assert (figures["reappeared"], figures["new"], figures["vanished"]) == (1, 1, 0)
    assert not Trust.objects.exclude(not_in_register_since=None).exists()


def test_a_renamed_trust_is_news_for_the_hubs_of_its_open_schools(bring) -> None:
    """A file that calls it differently each time it comes says so once; the timelines of its schools say nothing."""
    hub, other = make_hub("Exampleshire Music Hub"), make_hub("Samplefolk Music Hub")
    here = [make_school(f"School {number}", hub=hub) for number in range(2)]
    closed = make_school("Closed School", hub=hub, status="2")
    left = make_school("School that left", hub=hub)
    there = make_school("Quillfeather School", hub=other)
    trust = make_trust("Oak Trust", schools=(*here, closed, left, there))
    TrustSchool.objects.filter(school=left).update(left_on=date(2021, 9, 1))
    Trust.objects.filter(pk=trust.pk).update(group_uid="7000")
    bring(FIRST, [*MANY, group(7000, "Oak Academies")])  # the first of its kind tells of no change
    assert not RegisterChange.objects.exists()
    figures = bring(SECOND, [*MANY, group(7000, "Oak Learning Trust")])
    assert (figures["renamed"], figures["changed"]) == (1, 1)
    said = RegisterChange.objects.values_list("kind", "before", "after", "school__name")
    names = [*(each.name for each in here), there.name]
    assert sorted(said) == sorted(("trust_renamed", "Oak Academies", "Oak Learning Trust", name) for name in names)
    told = ChangeNotice.objects.values_list("hub__name", "change__school__name")
    assert sorted(told) == sorted([*((hub.name, each.name) for each in here), (other.name, there.name)])
    assert not TimelineEntry.objects.exists()
    bring(THIRD, [*MANY, group(7000, "Oak Academies", UKPRN="1")])
    bring("allgroupsdata20250407.csv", [*MANY, group(7000, "Oak Learning Trust", UKPRN="1")])
    assert RegisterChange.objects.filter(school=there).count() == 2


def test_groups_leave_alone_what_a_file_lacks_or_garbles(bring) -> None:
    bring(FIRST, [ABBEY])
    before = Trust.objects.values().get()
    figures = bring(SECOND, [ABBEY | {"Closed Date": "31/02/2022", "UKPRN": "1005830800000"}])
    assert (figures["changed"], figures["warned"]) == (0, 1)
    bring(THIRD, [ABBEY], ("Group UID", "Group Name", "Group Type (code)"))
    after = Trust.objects.values().get()
    assert {name for name in before if before[name] != after[name]} == {"register_file_id", "as_at"}


def test_groups_that_cannot_be_read_stop_no_other(bring) -> None:
    wrong = [group("", "X"), group("TR1", "X"), group(4001, " "), group(4002, "X", **{"Group Type (code)": ""})]
    figures = bring(FIRST, [*wrong, ABBEY])
    reasons = RegisterRow.objects.exclude(rejected="").order_by("line").values_list("rejected", flat=True)
    assert list(reasons) == [
        "The group UID “” is no number.",
        "The group UID “TR1” is no number.",
        "It has no name.",
        "It has no group type.",
    ]
    assert (figures["rejected"], figures["new"]) == (4, 1)


def test_groups_that_stand_there_twice_are_held_and_keep_their_trust(bring) -> None:
    bring(FIRST, MANY)
    rows = [*MANY, group(5000, "Another name")]
    with pytest.raises(Held, match="The group 5000 stands in lines 2, 152"):
        bring(SECOND, rows)
    figures = bring(SECOND, rows, accepted_by=make_user())
    trust = Trust.objects.get(group_uid="5000")
    assert (figures["rejected"], figures["vanished"]) == (2, 0)
    assert (trust.name, trust.not_in_register_since) == ("Trust 0", None)


def test_the_same_groups_again_and_a_dry_run_change_nothing(bring) -> None:
    bring(FIRST, MANY)
    before = everything()
    assert bring(FIRST, MANY)["unchanged"] == 150
    assert bring(SECOND, [*MANY, ABBEY], dry_run=True)["new"] == 1
    assert everything() == before
    with pytest.raises(Refused, match="older than the last one applied"):
        bring("allgroupsdata20210407.csv", MANY[:2])


def test_a_row_of_a_group_may_begin_with_few_digits(bring) -> None:
    broken = group(4001, "X", **{"Group Street": 'The "Mill'})
    figures = bring(FIRST, [broken, group(999, "Y"), ABBEY])
    assert figures["new"] == 3


@pytest.mark.skipif(not SHARED.exists(), reason=MISSING)
def test_real_groups_are_all_there() -> None:
    path = SHARED / "groups/all-open-sats-and-mats-20161122.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["Group UID"]: row for row in csv.DictReader(file)}
    figures = import_groups(path)
    stored = {trust.group_uid: trust for trust in Trust.objects.all()}
    assert (figures["new"], figures["rejected"], figures["warned"]) == (len(rows), 0, 0)
    assert stored.keys() == rows.keys()
    for uid, given in rows.items():
        trust = stored[uid]
        assert (trust.name, trust.companies_house_number, trust.group_id) == (
            *(given["Group Name"], given["Companies House Number"].strip(), given["Group ID"]),
        )
        assert trust.group_type == given["Group Type (code)"].lstrip("0")
    import_groups(SHARED / "fixtures/teaching_vacancies_example_groups_data.csv", accepted_by=make_user())
    first, federation = Trust.objects.get(group_uid="2044"), Trust.objects.get(group_uid="2059")
    assert (first.name, first.companies_house_number, first.company_number) == (
        *("ABBEY ACADEMIES TRUST", "7318714", "07318714"),
    )
    assert (first.town, first.county, first.opened_on) == ("Bourne", "", date(2010, 7, 19))
    assert (federation.group_type, federation.group_type_name) == ("1", "Federation")
    assert Trust.objects.filter(not_in_register_since=None).count() == 4
