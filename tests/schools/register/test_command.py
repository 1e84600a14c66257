"""What `manage.py import_register` takes, says and writes."""

import json
import os
import re
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from schools.management.commands import import_register
from schools.models import RegisterFile, School
from schools.register import bundle
from schools.register.errors import Held, Refused
from schools.register.importing import blank_figures
from tests.factories import make_user
from tests.schools.register.files import row, text, write
from tests.schools.register.inbox import FIRST, MANY, SECOND, Inbox

pytestmark = pytest.mark.django_db
KEYS = {
    *("sha256", "encoding", "as_at", "rows", "new", "unchanged", "changed", "renamed", "authority_changed"),
    *("status_changed", "closed", "reopened", "vanished", "reappeared", "rejected", "held", "unknown_columns"),
    *("missing_columns", "links", "seconds", "peak_mb"),
}


def run(path: Path, **options: Any) -> tuple[dict, str, str]:
    """The report, what was said, and the error."""
    report, said, error = path.with_suffix(".json"), StringIO(), ""
    try:
        call_command("import_register", str(path), report=report, stdout=said, **options)
    except CommandError as failed:
        error = str(failed)
    return json.loads(report.read_text()), said.getvalue(), error


def test_the_command_reports(tmp_path: Path) -> None:
    figures, said, error = run(write(tmp_path, FIRST, text(MANY) + "\r\n,,\r\n\r\n"))
    assert set(figures) >= KEYS
    assert {name: figures[name] for name in ("rows", "new", "rejected", "links", "encoding", "as_at", "held")} == {
        "rows": 40,
        "new": 40,
        "rejected": 0,
        "links": 0,
        "encoding": "utf-8",
        "as_at": "2022-04-07",
        "held": [],
    }
    assert "40 rows, 40 new, 2 blank." in said
    assert error == ""


def test_the_command_reports_what_was_refused(tmp_path: Path) -> None:
    page, _, error = run(write(tmp_path, FIRST, "<html>"))
    assert set(page) >= KEYS
    assert (page["sha256"], page["rows"], page["rejected"], page["links"]) == (None, 0, 0, 0)
    assert page["refused"].startswith("Line 1 begins “<html>”")
    assert error == f"Refused, nothing was written. {page['refused']}"
    future, _, _ = run(write(tmp_path, "edubasealldata20900101.csv", text(MANY)))
    assert (len(future["sha256"]), future["encoding"], future["as_at"]) == (64, "utf-8", "2090-01-01")


def test_the_command_reports_what_was_held_and_shows_both_rows(tmp_path: Path) -> None:
    path = write(tmp_path, FIRST, text([*MANY, MANY[0] | {"EstablishmentName": "The other"}]))
    figures, _, error = run(path)
    assert set(figures) >= KEYS
    assert figures["held"] == ["URN 110001 stands in lines 2, 42: none of them would be applied."]
    assert (figures["rows"], figures["new"], figures["rejected"], figures["applied"]) == (41, 39, 2, False)
    assert [(row["line"], row["urn"]) for row in figures["duplicates"]] == [(2, 110001), (42, 110001)]
    assert "School 1" in figures["duplicates"][0]["text"]
    assert "The other" in figures["duplicates"][1]["text"]
    assert "line 2: " in error and "The other" in error
    assert not School.objects.exists()


def test_the_command_says_that_the_same_file_was_applied(tmp_path: Path) -> None:
    path = write(tmp_path, FIRST, text(MANY))
    assert "applied before" not in run(path)[1]
    again, said, _ = run(path)
    assert "The same file has been applied before: it changes nothing. Done, in" in said
    assert (again["unchanged"], again["new"], again["was_applied"]) == (40, 0, True)


def test_a_report_that_cannot_be_written_stops_before_anything_is_done(tmp_path: Path) -> None:
    path, nowhere = write(tmp_path, FIRST, text(MANY)), tmp_path / "nowhere" / "out.json"
    with pytest.raises(CommandError, match=f"--report {nowhere} cannot be written: No such file or directory."):
        call_command("import_register", str(path), report=nowhere)
    assert not School.objects.exists()


def test_accepting_is_no_error_where_nothing_is_held(tmp_path: Path) -> None:
    person = make_user(is_superuser=True)
    figures, said, error = run(write(tmp_path, FIRST, text(MANY)), accept_held=True, by=person.email.upper())
    assert (figures["new"], figures["held"], error) == (40, [], "")
    assert "Accepted" not in said


def test_the_command_says_what_is_odd(tmp_path: Path) -> None:
    odd = MANY[0] | {"CloseDate": "31-08-2020", "EstablishmentNumber": "2000"}
    path = write(tmp_path, FIRST, text([odd, MANY[1] | {"EstablishmentNumber": "2000"}, *MANY[2:]]))
    figures, said, _ = run(path)
    assert (figures["rejected"], figures["warned"], figures["new"]) == (0, 2, 40)
    assert "Odd: URN 110001 is open, and its closing date, 31 August 2020, has passed." in said
    assert "Odd: URNs 110001, 110002 are open and share the number 845/2000." in said


def test_a_dry_run_writes_the_same_report(tmp_path: Path) -> None:
    path = write(tmp_path, FIRST, text([*MANY, row(120000, "", **{"LA (code)": "997"}), MANY[0]]))
    dry, said, _ = run(path, dry_run=True)
    wet, _, _ = run(path, accept_held=True, by=make_user(is_superuser=True).email)
    own = ("seconds", "peak_mb", "dry_run", "applied")
    assert {name: dry[name] for name in dry if name not in own} == {name: wet[name] for name in wet if name not in own}
    assert "Would be held: URN 110001" in said


class TestCompanions:
    """Files that come with the establishments: read after them, each by its own function, in one report."""

    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[tuple]:
        asked: list[tuple] = []

        def read(path: Path, **options: Any) -> dict[str, Any]:
            asked.append((path.name, options["as_at"].isoformat(), options["dry_run"], School.objects.count()))
            if "held" in path.name:
                raise Held(["Line 3 is ragged."], blank_figures(path) | {"rows": 3, "held": ["Line 3 is ragged."]})
            if "refused" in path.name:
                raise Refused("Line 1: this is no links file.")
            return blank_figures(path) | {"rows": 7, "as_at": options["as_at"].isoformat()}

        known = {part.name: part for part in bundle.COMPANIONS}
        companions = tuple(replace(known[name], read=read) for name in ("links", "group_links"))
        for module in (bundle, import_register):
            monkeypatch.setattr(module, "COMPANIONS", companions)
        return asked

    def test_they_are_read_after_the_establishments(self, tmp_path: Path, asked: list[tuple]) -> None:
        others = {"links": tmp_path / "links_20220301.csv", "group_links": tmp_path / "alllinksdata.csv"}
        figures, _, _ = run(write(tmp_path, FIRST, text(MANY)), **others)
        assert asked == [("links_20220301.csv", "2022-03-01", False, 40), ("alllinksdata.csv", "2022-04-07", False, 40)]
        assert (figures["rows"], figures["links"], figures["files"]["group_links"]["rows"]) == (40, 7, 7)

    def test_what_became_of_each_is_reported(self, tmp_path: Path, asked: list[tuple]) -> None:
        path = write(tmp_path, FIRST, text(MANY))
        figures, _, error = run(path, links=tmp_path / "held.csv", group_links=tmp_path / "never.csv")
        assert (figures["applied"], figures["files"]["links"]["held"]) == (True, ["Line 3 is ragged."])
        assert error.startswith("Held: the file is kept, and no school was changed.\n- Line 3 is ragged.")
        figures, _, error = run(path, links=tmp_path / "refused.csv")
        assert error == "Refused, nothing of refused.csv was written. Line 1: this is no links file."
        assert (figures["unchanged"], figures["files"]["links"]["refused"]) == (40, "Line 1: this is no links file.")
        assert [name for name, *_ in asked] == ["held.csv", "refused.csv"]


@pytest.fixture
def third(inbox: Inbox) -> Inbox:
    """After a file of 2023."""
    inbox.bring(SECOND, MANY)
    return inbox


def test_an_older_file_is_kept_as_history(third: Inbox, tmp_path: Path) -> None:
    before = list(School.objects.order_by("pk").values())
    path = write(tmp_path, FIRST, text([MANY[0] | {"EstablishmentName": "Before"}, *MANY[2:], row(100000, "Gone")]))
    _, _, error = run(path)
    assert "to keep it and change no school, add --as-history" in error
    figures, said, error = run(path, as_history=True)
    assert error == ""
    assert (figures["rows"], figures["new"], figures["changed"], figures["as_history"]) == (40, 1, 1, True)
    assert "Kept as history, no school was changed" in said
    assert list(School.objects.order_by("pk").values()) == before
    kept = school_file(path)
    assert (kept.is_history, kept.kept_rows.count(), kept.kept_rows.get(urn=100000).text.text[:8]) == (
        *(True, 40),
        '"100000"',
    )
    again, _, _ = run(path)
    assert (again["unchanged"], again["as_history"]) == (40, True)


def test_history_is_not_what_later_files_are_compared_with(third: Inbox, tmp_path: Path) -> None:
    run(write(tmp_path, FIRST, text(MANY[:20])), as_history=True)
    figures, _, error = run(write(tmp_path, "edubasealldata20230501.csv", text(MANY, end="\n")))
    assert (error, figures["unchanged"], figures["new"], figures["vanished"]) == ("", 40, 0, 0)


def test_history_that_is_none_is_refused(third: Inbox, tmp_path: Path) -> None:
    _, _, error = run(write(tmp_path, "edubasealldata20230501.csv", text(MANY[1:])), as_history=True)
    assert "not older than the last one applied. Leave out --as-history." in error


def test_history_with_odd_rows_waits_for_a_person(third: Inbox, tmp_path: Path) -> None:
    path = write(tmp_path, FIRST, text([*MANY[:20], MANY[0]]))
    assert run(path, as_history=True)[2].startswith("Held: ")
    figures, _, error = run(path, as_history=True, accept_held=True, by=make_user(is_superuser=True).email)
    assert (error, figures["rejected"], school_file(path).is_history) == ("", 2, True)


def school_file(path: Path) -> RegisterFile:
    return RegisterFile.objects.get(name=path.name)


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        ("<html>", {}, "Refused, nothing was written. Line 1 begins “<html>”"),
        (text(MANY), {"as_at": "soon"}, "--as-at soon is no date"),
        (text(MANY), {"accept_held": True}, "--accept-held needs --by"),
        (
            text(MANY),
            {"accept_held": True, "by": "nobody@people.example"},
            "Nobody signs in here as nobody@people.example",
        ),
        (
            text([*MANY, MANY[0]]),
            {},
            "Held: the file is kept, and no school was changed.\n- URN 110001 stands in lines 2, 42",
        ),
    ],
)
def test_the_command_says_what_is_wrong(tmp_path: Path, content: str, options: dict, sentence: str) -> None:
    path = write(tmp_path, FIRST, content)
    arguments = [
        f"--{name.replace('_', '-')}" + ("" if value is True else f"={value}") for name, value in options.items()
    ]
    with pytest.raises(CommandError) as failed:
        call_command("import_register", str(path), *arguments)
    assert sentence in str(failed.value)
    assert not School.objects.exists()


def test_who_accepts_a_held_file_must_be_a_platform_administrator(tmp_path: Path) -> None:
    path = write(tmp_path, FIRST, text([*MANY, MANY[0]]))
    officer, gone = make_user(), make_user(is_superuser=True, is_active=False)
    for person, sentence in (
        (officer, f"{officer.email} is not a platform administrator. Only a platform administrator may accept"),
        (gone, f"Nobody signs in here as {gone.email}."),
    ):
        with pytest.raises(CommandError, match=re.escape(sentence)):
            call_command("import_register", str(path), accept_held=True, by=person.email)
    assert not RegisterFile.objects.exists()
    figures, _, error = run(path, accept_held=True, by=make_user(is_superuser=True).email)
    assert (error, figures["new"], figures["rejected"]) == ("", 39, 2)


def test_a_file_without_a_date_says_that_it_counts_as_todays(tmp_path: Path) -> None:
    said_so = "Nothing says of what day this file is, so it counts as today's."
    path = write(tmp_path, "schools.csv", text(MANY))
    figures, said, _ = run(path, dry_run=True)
    assert said_so in said and "give the right day with --as-at" in said
    assert (figures["undated"], figures["as_at"]) == (True, timezone.localdate().isoformat())
    figures, said, _ = run(path, as_at=date(2022, 4, 7))
    assert said_so not in said
    assert (figures["undated"], figures["as_at"]) == (False, "2022-04-07")
    assert run(write(tmp_path, SECOND, text(MANY, end="\n")))[0]["undated"] is False


@pytest.mark.parametrize("content", [text(MANY), "<html>", text([*MANY, MANY[0]])], ids=["good", "refused", "held"])
def test_a_file_whose_name_is_no_utf8_is_read_and_named(tmp_path: Path, content: str) -> None:
    path = write(tmp_path, os.fsdecode(b"coll\xe8ge20220407.csv"), content)
    figures, said, error = run(path)
    (said + error).encode()  # it can be printed
    assert figures["file"] == "coll?ge20220407.csv"
    assert figures["refused"] or figures["held"] or "coll?ge20220407.csv, the register as at 2022-04-07" in said
    assert RegisterFile.objects.filter(name="coll?ge20220407.csv").exists() is (content != "<html>")


def test_a_file_that_is_not_there_is_named_whatever_its_name(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"There is no file .*coll\?ge.csv\.") as failed:
        call_command("import_register", str(tmp_path / os.fsdecode(b"coll\xe8ge.csv")))
    str(failed.value).encode()


def test_what_a_file_lacks_is_named(tmp_path: Path) -> None:
    many = [row(120000 + number, f"School {number}") for number in range(400)]
    run(write(tmp_path, FIRST, text(many)))
    _, _, error = run(write(tmp_path, SECOND, text(many[12:])))
    named = ", ".join(str(120000 + number) for number in range(10))
    assert f"- 12 of 400 schools of the register are missing from it: URN {named} and 2 more." in error
