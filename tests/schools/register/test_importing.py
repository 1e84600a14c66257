"""What an import does to the schools: everything that the register page asks, on small files of our own."""

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schools.models import (
    EstablishmentType,
    LocalAuthority,
    RegisterFile,
    RegisterRow,
    RegisterText,
    School,
    Trust,
    TrustSchool,
)
from schools.reference import load_reference
from schools.register import applying, staging
from schools.register.errors import Held, Refused
from schools.register.importing import date_in_name, import_establishments
from tests.factories import make_school, make_user
from tests.schools.register.files import COLUMNS, row, text, write
from tests.schools.register.inbox import FIRST, MANY, SECOND, THIRD, Inbox

pytestmark = pytest.mark.django_db


def everything() -> list[Any]:
    """What an import could change."""
    models = (School, Trust, TrustSchool, RegisterFile, RegisterRow, RegisterText, LocalAuthority, EstablishmentType)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def test_import_reads_every_fact(inbox: Inbox) -> None:
    figures = inbox.bring(
        FIRST,
        [
            row(
                130467,
                "Fircroft  College’s Annexe",
                **{
                    "LA (code)": "330",
                    "EstablishmentNumber": "0285",
                    "TypeOfEstablishment (code)": "18",
                    "EstablishmentStatus (code)": "3",
                    "OpenDate": "01/09/2005",
                    "CloseDate": "2026-08-31",
                    "PhaseOfEducation (code)": "06",
                    "StatutoryLowAge": "19",
                    "StatutoryHighAge": "99",
                    "Gender (name)": "Mixed",
                    "SchoolCapacity": "1,200",
                    "NumberOfPupils": "244.5",
                    "PercentageFSM": "23.34",
                    "Street": "1 High Road",
                    "Locality": "Selly Oak",
                    "Address3": "The Mill",
                    "Town": "Birmingham",
                    "Postcode": "b29 6LH",
                    "TelephoneNum": "01214720116",
                    "HeadTitle (name)": "Ms",
                    "HeadFirstName": "Ada",
                    "HeadLastName": "Byron",
                    "HeadPreferredJobTitle": "Principal",
                    "Easting": "403829",
                    "Northing": "281696",
                },
            )
        ],
    )
    school = School.objects.with_facts_date().get()
    assert (figures["new"], figures["encoding"], figures["as_at"]) == (1, "cp1252", "2022-04-07")
    assert (school.urn, school.name, school.source, school.status) == (
        130467,
        "Fircroft  College’s Annexe",
        "register",
        "3",
    )
    assert (school.authority.name, school.type.name, school.phase) == ("Birmingham", "Further education", "6")
    assert (school.open_date, school.close_date) == (date(2005, 9, 1), date(2026, 8, 31))
    assert (school.ages, school.gender, school.capacity, school.pupils) == ("19 to 99", "Mixed", 1200, 245)
    assert (school.establishment_number, str(school.fsm_percentage)) == ("0285", "23.3")
    assert (school.locality, school.postcode, school.telephone) == ("Selly Oak, The Mill", "b29 6LH", "01214720116")
    assert (school.head_name, school.head_job_title) == ("Ms Ada Byron", "Principal")
    assert (school.easting, school.northing, school.facts_as_at) == (403829, 281696, date(2022, 4, 7))
    assert School.objects.matching("fircroft colleges b296lh").get() == school


def test_the_same_file_again_changes_nothing(inbox: Inbox) -> None:
    inbox.bring(FIRST, MANY)
    before = everything()
    figures = inbox.bring(FIRST, MANY)
    assert everything() == before
    assert (figures["unchanged"], figures["new"], figures["changed"], figures["applied"]) == (40, 0, 0, True)


def test_the_same_rows_in_another_file_move_the_date_only(inbox: Inbox, tmp_path: Path) -> None:
    inbox.bring(FIRST, MANY)
    before = list(School.objects.with_facts_date().order_by("pk").values())
    figures = import_establishments(write(tmp_path, SECOND, text(MANY, end="\n") + "\n\n,,,\n"))
    moved = [values | {"facts_as_at": date(2023, 4, 7)} for values in before]
    assert list(School.objects.with_facts_date().order_by("pk").values()) == moved
    assert (figures["rows"], figures["unchanged"], figures["blank"]) == (40, 40, 2)
    assert (RegisterRow.objects.count(), RegisterText.objects.count()) == (80, 40)


def test_rows_quoted_otherwise_are_unchanged(inbox: Inbox, tmp_path: Path) -> None:
    inbox.bring(FIRST, MANY)
    figures = import_establishments(write(tmp_path, SECOND, text(MANY).replace('"', "")))
    assert (figures["unchanged"], figures["changed"]) == (40, 0)


def test_what_changes_is_counted(inbox: Inbox) -> None:
    inbox.bring(FIRST, MANY)
    rows = [dict(found) for found in MANY]
    rows[0]["EstablishmentName"] = "SCHOOL 1"  # by case only
    rows[1]["LA (code)"] = "846"
    rows[2]["EstablishmentStatus (code)"] = "2"
    rows[3]["NumberOfPupils"] = "12"
    figures = inbox.bring(SECOND, [*rows, row(120000, "New School", **{"EstablishmentStatus (code)": "4"})])
    counted = {
        name: figures[name] for name in ("new", "changed", "unchanged", "renamed", "authority_changed", "closed")
    }
    assert counted == {"new": 1, "changed": 4, "unchanged": 36, "renamed": 1, "authority_changed": 1, "closed": 1}
    assert School.objects.get(urn=110001).name == "SCHOOL 1"
    rows[2]["EstablishmentStatus (code)"] = "1"
    again = inbox.bring(THIRD, [*rows, row(120000, "New School", **{"EstablishmentStatus (code)": "4"})])
    assert (again["reopened"], again["status_changed"], again["changed"]) == (1, 1, 1)


def test_a_column_that_is_missing_leaves_what_is_stored(inbox: Inbox) -> None:
    full = [found | {"HeadFirstName": "Ada", "HeadLastName": "Byron", "SchoolCapacity": "90"} for found in MANY]
    inbox.bring(FIRST, full)
    gone = {"HeadFirstName", "SchoolCapacity", "Postcode", "Trusts (code)", "Trusts (name)"}
    fewer = tuple(name for name in COLUMNS if name not in gone)
    figures = inbox.bring(SECOND, [full[0] | {"EstablishmentName": "Renamed"}, *full[1:]], fewer)
    school = School.objects.get(urn=110001)
    assert (school.name, school.head_name, school.capacity, school.postcode) == (
        "Renamed",
        "Ada Byron",
        90,
        "BN7 1AB",
    )
    assert (figures["changed"], set(figures["missing_columns"]) >= gone) == (1, True)
    assert School.objects.matching("renamed bn7 1ab").get() == school


def test_an_unknown_column_is_kept_and_listed(inbox: Inbox) -> None:
    figures = inbox.bring(FIRST, [MANY[0] | {"MusicMark": "yes"}], (*COLUMNS, "MusicMark"))
    assert figures["unknown_columns"] == ["MusicMark"]
    assert RegisterRow.objects.get().text.text.endswith('"yes"')


def test_a_value_that_cannot_be_read_keeps_the_last_good_one(inbox: Inbox) -> None:
    inbox.bring(FIRST, [MANY[0] | {"OpenDate": "01-09-1990", "Town": "Lewes"}, *MANY[1:]])
    spoilt = {"OpenDate": "31-02-1990", "NumberOfPupils": "50", "Town": "L" * 90}
    figures = inbox.bring(SECOND, [MANY[0] | spoilt, *MANY[1:]])
    school = School.objects.get(urn=110001)
    assert (school.open_date, school.pupils, school.town) == (date(1990, 9, 1), 50, "Lewes")
    assert figures["warned"] == 1
    assert (
        "OpenDate: “31-02-1990” is no day of the calendar."
        in RegisterRow.objects.get(file__as_at="2023-04-07", line=2).warned
    )
    assert School.objects.matching("school 1 lewes").filter(urn=110001).exists()


def test_a_bad_row_is_kept_with_its_reason_and_the_rest_goes_on(inbox: Inbox) -> None:
    inbox.bring(FIRST, MANY)
    bad = [
        MANY[0] | {"EstablishmentStatus (code)": "Open", "NumberOfPupils": "7"},
        MANY[1] | {"EstablishmentName": "  "},
        MANY[2] | {"LA (code)": "12345"},
        row("ABC", "No number"),
        row(7, "Too short"),
        row(700500, "Demonstration"),
    ]
    figures = inbox.bring(SECOND, [*bad, MANY[3] | {"NumberOfPupils": "8"}, *MANY[4:]], accepted_by=make_user())
    assert (figures["rejected"], figures["changed"], figures["vanished"]) == (6, 1, 0)
    kept = list(RegisterRow.objects.exclude(rejected="").order_by("line").values_list("line", "urn", "rejected"))
    assert kept == [
        (2, 110001, "The status code “Open” has not one to three characters."),
        (3, 110002, "It has no name."),
        (4, 110003, "The authority code “12345” has not one to three characters."),
        (5, None, "The URN “ABC” is no number."),
        (6, 7, "The URN 7 has not five to seven digits."),
        (7, 700500, "URNs from 700001 to 700999 belong to the demonstration."),
    ]
    assert School.objects.with_facts_date().get(urn=110001).facts_as_at == date(2022, 4, 7)
    assert School.objects.get(urn=110004).pupils == 8


def test_codes_that_nobody_described_are_taken_and_marked(inbox: Inbox) -> None:
    inbox.bring(FIRST, [MANY[0] | {"LA (code)": "999", "LA (name)": "Avalon", "TypeOfEstablishment (code)": "099"}])
    assert LocalAuthority.objects.get(needs_review=True).name == "Avalon"
    assert EstablishmentType.objects.get(needs_review=True).is_state_funded is False


def test_vanished_and_reappeared(inbox: Inbox) -> None:
    inbox.bring(FIRST, MANY)
    with pytest.raises(Held):
        inbox.bring(SECOND, MANY[1:])
    figures = inbox.bring(SECOND, MANY[1:], accepted_by=make_user())
    assert (figures["vanished"], School.objects.get(urn=110001).not_in_register_since) == (1, date(2023, 4, 7))
    again = inbox.bring(THIRD, MANY, end="\n")
    assert (again["reappeared"], School.objects.get(urn=110001).not_in_register_since) == (1, None)
    assert (again["new"], again["unchanged"], School.objects.count()) == (0, 40, 40)


def test_each_school_has_the_date_of_the_last_file_that_confirmed_it(inbox: Inbox) -> None:
    def dates() -> list[str]:
        schools = School.objects.with_facts_date().order_by("urn")
        return [str(day) for day in schools.values_list("facts_as_at", flat=True)[:3]]

    inbox.bring(FIRST, MANY)
    rejected = MANY[1] | {"EstablishmentName": "  "}
    inbox.bring(SECOND, [rejected, *MANY[2:]], accepted_by=make_user())  # the first is gone
    assert dates() == ["2022-04-07", "2022-04-07", "2023-04-07"]
    inbox.bring(THIRD, MANY, end="\n")
    assert dates() == ["2024-04-07"] * 3


def test_schools_from_elsewhere_are_outside_the_gate(inbox: Inbox) -> None:
    demo = make_school(urn=700001, source=School.Source.DEMO, as_at=date(2026, 9, 1))
    own = make_school(urn=110001, source=School.Source.MANUAL)
    before = list(School.objects.filter(pk__in=[demo.pk, own.pk]).values())
    figures = inbox.bring(FIRST, MANY)
    inbox.bring(SECOND, MANY, end="\n")
    assert list(School.objects.filter(pk__in=[demo.pk, own.pk]).values()) == before
    assert (figures["new"], figures["rejected"], figures["vanished"], figures["held"]) == (39, 1, 0, [])


def test_trusts_are_joined_and_left(inbox: Inbox) -> None:
    def rows(uid: str, name: str) -> list[dict[str, str]]:
        return [MANY[0] | {"Trusts (code)": uid, "Trusts (name)": name}, *MANY[1:]]

    inbox.bring(FIRST, rows("", "OAK TRUST"))
    inbox.bring(SECOND, rows("3104", "Oak Trust"))
    trust = Trust.objects.get()
    assert (trust.group_uid, trust.name, trust.name_key) == ("3104", "Oak Trust", "oak trust")
    inbox.bring(THIRD, rows("4000", "Ash Trust"))
    inbox.bring("edubasealldata20250407.csv", MANY)
    times = TrustSchool.objects.order_by("joined_on").values_list("trust__group_uid", "joined_on", "left_on")
    assert list(times) == [
        ("3104", date(2022, 4, 7), date(2024, 4, 7)),
        ("4000", date(2024, 4, 7), date(2025, 4, 7)),
    ]


def test_a_row_that_comes_twice_is_kept_twice(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "BATCH", 3)
    figures = inbox.bring(FIRST, [*MANY[:10], MANY[0]], accepted_by=make_user())
    assert (figures["rows"], figures["rejected"], figures["new"]) == (11, 2, 9)
    assert (RegisterRow.objects.count(), RegisterText.objects.count()) == (11, 10)
    assert inbox.bring(SECOND, [MANY[0], *MANY[:10], MANY[10]], accepted_by=make_user())["new"] == 1


def test_held_files_wait_for_a_person(inbox: Inbox) -> None:
    inbox.bring(FIRST, MANY)
    before = list(School.objects.order_by("pk").values())
    odd = [*MANY[:39], MANY[0], MANY[1] | {"URN": "120001"}, MANY[2] | {"URN": "120002"}, MANY[3] | {"URN": "120003"}]
    with pytest.raises(Held) as held:
        inbox.bring(SECOND, odd)
    assert held.value.reasons == [
        "URN 110001 stands in lines 2, 41: none of them would be applied.",
        f"It has 43 rows where the last file ({FIRST}) had 40.",
        "1 of 40 schools of the register is missing from it: URN 110040.",
    ]
    assert list(School.objects.order_by("pk").values()) == before
    kept = RegisterFile.objects.get(as_at="2023-04-07")
    assert (kept.applied_at, kept.held_for, kept.kept_rows.count()) == (None, held.value.reasons, 43)
    person = make_user()
    figures = inbox.bring(SECOND, odd, accepted_by=person)
    kept.refresh_from_db()
    assert (kept.accepted_by, kept.kept_rows.count(), figures["rejected"], figures["new"]) == (person, 43, 2, 3)
    assert School.objects.with_facts_date().get(urn=110001).facts_as_at == date(2022, 4, 7)


def test_ragged_rows_hold_the_file_and_are_rejected(inbox: Inbox, tmp_path: Path) -> None:
    content = text(MANY)
    path = write(tmp_path, FIRST, content[: content.rindex('"",')])  # the last row is cut short
    said = "Line 41 does not have as many values as the header has columns. It is the last line: the download may have"
    with pytest.raises(Held, match=said):
        import_establishments(path)
    figures = import_establishments(path, accepted_by=make_user())
    assert (figures["new"], figures["rejected"]) == (39, 1)


def test_older_and_future_files_are_refused(inbox: Inbox) -> None:
    inbox.bring(SECOND, MANY)
    before = everything()
    with pytest.raises(Refused, match=r"is of 7 April 2022, older than the last one applied \(edubasealldata20230407"):
        inbox.bring(FIRST, MANY[1:])
    with pytest.raises(Refused, match="1 January 2090, lies in the future"):
        inbox.bring("edubasealldata20900101.csv", MANY[1:])
    assert everything() == before


def test_a_dry_run_counts_the_same_and_changes_nothing(inbox: Inbox) -> None:
    inbox.bring(FIRST, MANY)
    before = everything()
    rows = [MANY[0] | {"EstablishmentName": "Renamed", "LA (code)": "997"}, *MANY[1:], row(120000, "New")]
    dry = inbox.bring(SECOND, rows, dry_run=True)
    assert everything() == before
    wet = inbox.bring(SECOND, rows)
    own = ("seconds", "peak_mb", "dry_run", "applied")
    assert {name: dry[name] for name in dry if name not in own} == {name: wet[name] for name in wet if name not in own}


@pytest.mark.parametrize("step", ["_meet_codes", "_update", "_insert", "_refresh_search_text", "_trusts"])
def test_an_import_that_dies_leaves_all_of_the_old(inbox: Inbox, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    inbox.bring(FIRST, MANY)
    before = list(School.objects.order_by("pk").values())
    rows = [MANY[0] | {"EstablishmentName": "Renamed"}, *MANY[1:], row(120000, "New")]

    def die(*args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(applying, step, die)
        with pytest.raises(KeyboardInterrupt):
            inbox.bring(SECOND, rows)
    assert list(School.objects.order_by("pk").values()) == before
    figures = inbox.bring(SECOND, rows)
    assert (figures["new"], figures["renamed"], figures["unchanged"]) == (1, 1, 39)


def test_statements_do_not_grow_with_the_rows(inbox: Inbox, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(60):
        inbox.bring(FIRST, [row(110000 + number, f"School {number}") for number in range(1500)])


def test_date_in_name() -> None:
    names = ["joined_edubasealldata20220407.csv.gz", "20249999_edubasealldata20240617.zip", "REAL_rows_2026_135col.csv"]
    assert [date_in_name(name) for name in names] == [date(2022, 4, 7), date(2024, 6, 17), None]


def test_an_archive_without_a_date_takes_that_of_the_file_inside(inbox: Inbox) -> None:
    path = inbox.folder / "extract.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"results/{FIRST}", text(MANY).encode("cp1252"))
        archive.writestr("notes20230101.csv", "something else")
    figures = import_establishments(path)
    assert (figures["as_at"], figures["undated"], figures["new"]) == ("2022-04-07", False, 40)
    assert RegisterFile.objects.get().as_at == date(2022, 4, 7)


def test_reference_leaves_a_persons_edits(django_assert_num_queries: Any) -> None:
    from django.apps import apps

    assert EstablishmentType.objects.get(code="6").is_state_funded
    assert not EstablishmentType.objects.get(code="10").is_state_funded
    EstablishmentType.objects.filter(code="34").update(is_state_funded=False, name="Ours")
    LocalAuthority.objects.filter(code="845").delete()
    load_reference(apps.get_app_config("schools"))
    kept = EstablishmentType.objects.get(code="34")
    assert (kept.is_state_funded, kept.name) == (False, "Ours")
    assert LocalAuthority.objects.get(code="845").name == "East Sussex"
    with django_assert_num_queries(4):  # one for each of the four lists
        load_reference(apps.get_app_config("schools"))
