"""Register files brought by the browser: read, shown, held, applied, refused; killed half-way."""

import csv
import io
import os
import signal
import time
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hubportal.kit import uploads
from hubportal.kit.work import WorkState
from schools.models import RegisterFile, RegisterImport, School
from schools.register import browser
from schools.register.group_links import import_group_links
from schools.register.groups import import_groups
from schools.register.links import import_links
from tests.factories import make_user
from tests.schools.register.files import COLUMNS, row, text
from tests.schools.register.inbox import FIRST, MANY, SECOND, Inbox
from tests.schools.register.sheets import GROUP_LINKS, GROUPS, LINKS, group, in_group, link, save
from tests.worker import worker

pytestmark = pytest.mark.django_db
Phase = RegisterImport.Phase
CHANGED = [
    {**MANY[0], "EstablishmentName": "School One"},
    {**MANY[1], "EstablishmentStatus (code)": "2", "CloseDate": "31-08-2022"},
    *MANY[2:],
    row(110099, "New School"),
]


@pytest.fixture(autouse=True)
def folder_of_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def nobody_looks_on(monkeypatch):
    """These tests stand in one transaction: the thread that tells how far it is would find no row in its own, and take
    the work for lost after half a second. The real worker, below, tells it."""
    monkeypatch.setattr(browser, "REPORTS_EVERY", timedelta(minutes=5))


@pytest.fixture
def admin(db):
    return make_user("Nadia Farouk", is_superuser=True)


@pytest.fixture
def browse(admin) -> Client:
    client = Client()
    client.force_login(admin)
    return client


def upload(client: Client, content: str | bytes, name: str = SECOND, **more):
    body = content if isinstance(content, bytes) else content.encode("cp1252")
    data = {"establishments": SimpleUploadedFile(name, body), **more}
    return client.post(reverse("schools:register-import-create"), data)


def brought(client: Client, content: str | bytes, name: str = SECOND, **more) -> RegisterImport:
    """Bring files, and let them be read."""
    response = upload(client, content, name, **more)
    assert response.status_code == 302, response.context["form"].errors
    imported = RegisterImport.objects.get()
    browser.work(import_id=imported.pk)
    return RegisterImport.objects.get()


def press(client: Client, imported: RegisterImport, what: str, **data):
    return client.post(reverse(f"schools:register-import-{what}", args=[imported.uuid]), data)


def page(client: Client, imported: RegisterImport) -> str:
    return " ".join(client.get(imported.get_absolute_url()).content.decode().split())


def rows_of(client: Client, imported: RegisterImport, name: str, kind: str = "establishments") -> list[list[str]]:
    response = client.get(reverse("schools:register-import-csv", args=[imported.uuid, kind, name]))
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))


def schools() -> list[tuple]:
    return sorted(School.objects.values_list("urn", "name", "status", "not_in_register_since"))


def test_difference_is_shown_and_nothing_changed(browse, inbox: Inbox):
    inbox.bring(FIRST, MANY)
    before = schools(), RegisterFile.objects.count()
    imported = brought(browse, text(CHANGED))
    assert (schools(), RegisterFile.objects.count()) == before
    assert imported.phase == Phase.SHOWN
    said = page(browse, imported)
    assert "41 rows: 1 new, 2 changed, 1 renamed, 1 closed and 38 unchanged." in said
    assert rows_of(browse, imported, "new") == [
        ["URN", "School", "Authority", "Status"],
        ["110099", "New School", "East Sussex", "Open"],
    ]
    assert rows_of(browse, imported, "renamed")[1:] == [["110001", "School One", "School 1", "School One", ""]]
    assert rows_of(browse, imported, "closed")[1:] == [["110002", "School 2", "Open", "Closed", "2022-08-31"]]
    assert [line[0] for line in rows_of(browse, imported, "changed")[1:]] == ["110002", "110002", "110001"]
    assert ["110001", "School One", "EstablishmentName", "School 1", "School One"] in rows_of(
        browse, imported, "changed"
    )


def test_rows_of_any_length_are_listed_and_blank_ones_said(browse):
    imported = brought(browse, text([*MANY, row(110099, "Elm", Street="x" * 140_000)]) + "\r\n,,,\r\n")
    (line,) = rows_of(browse, imported, "rejected")[1:]
    assert (line[:3], line[3][:14]) == (
        ["42", "", "A value in it is longer than 131,072 characters."],
        '"110099","845"',
    )
    assert "41 rows: 40 new, 1 rejected and 1 blank." in page(browse, imported)
    address = reverse("schools:register-import-rows", args=[imported.uuid, "establishments", "rejected"])
    assert "Line 42" in browse.get(address).content.decode()


def test_it_is_applied_when_asked_by_the_same_code(browse, admin, inbox: Inbox):
    inbox.bring(FIRST, MANY)
    imported = brought(browse, text(CHANGED))
    shown = imported.files.get().figures
    assert press(browse, imported, "apply").status_code == 302
    assert RegisterImport.objects.get().phase == Phase.APPLYING
    browser.work(import_id=imported.pk)
    imported = RegisterImport.objects.get()
    assert (imported.phase, imported.apply_asked_by) == (Phase.APPLIED, admin)
    assert School.objects.get(urn=110001).name == "School One"
    assert School.objects.count() == 41
    other = {"seconds": 0, "peak_mb": 0, "dry_run": 0, "applied": 0}
    assert {**imported.files.get().figures, **other} == {**shown, **other}
    assert "The files are applied" in page(browse, imported)
    assert rows_of(browse, imported, "renamed")[1:] == [["110001", "School One", "School 1", "School One", ""]]
    assert not Path(imported.files.get().file.name).exists()


def test_working_twice_changes_nothing(browse, inbox: Inbox):
    inbox.bring(FIRST, MANY)
    imported = brought(browse, text(CHANGED))
    press(browse, imported, "apply")
    browser.work(import_id=imported.pk)
    before = schools(), RegisterImport.objects.values().get()
    browser.work(import_id=imported.pk)
    assert (schools(), RegisterImport.objects.values().get()) == before


def test_same_file_again_says_so_and_changes_nothing(browse, inbox: Inbox):
    inbox.bring(FIRST, MANY)
    imported = brought(browse, text(MANY), FIRST)
    assert imported.phase == Phase.SAME
    assert "40 rows. The same file has been applied before: it changes nothing." in page(browse, imported)
    press(browse, imported, "apply")
    assert RegisterImport.objects.get().phase == Phase.SAME


def test_page_of_the_web_is_refused(browse, inbox: Inbox):
    inbox.bring(FIRST, MANY)
    imported = brought(browse, "<!DOCTYPE html><html><body>Sign in</body></html>")
    assert imported.phase == Phase.REFUSED
    assert "this is a web page, not the register. Download the file again." in page(browse, imported)
    press(browse, imported, "apply", has_looked="on")
    assert RegisterImport.objects.get().phase == Phase.REFUSED
    assert RegisterFile.objects.count() == 1


def test_page_of_the_web_among_several_is_named_once(browse):
    more = {"links": SimpleUploadedFile("links_edubasealldata20230407.csv", b"<html>")}
    imported = brought(browse, text(MANY), **more)
    said = page(browse, imported)
    assert said.count("this is a web page, not the register. Download the file again.") == 1
    assert "<b>links_edubasealldata20230407.csv:</b> Line 1 begins" in said
    assert "No school has been changed." in said


@pytest.mark.parametrize(
    ("kind", "header", "sentence"),
    [
        ("links", GROUPS, "This looks like the file of groups, not the file of links between schools."),
        ("groups", LINKS, "This looks like the file of links between schools, not the file of groups."),
        ("groups", COLUMNS, "This looks like the establishments file, not the file of groups."),
        ("group_links", GROUPS, "This looks like the file of groups, not the file of schools in groups."),
        ("links", GROUP_LINKS, "This looks like the file of schools in groups, not the file of links between schools."),
        ("establishments", LINKS, "This looks like the file of links between schools, not the establishments file."),
    ],
)
def test_file_in_the_wrong_box_says_what_it_is(browse, kind, header, sentence):
    wrong = SimpleUploadedFile("file20230407.csv", text([dict.fromkeys(header, "1")], header).encode())
    if kind == "establishments":
        browse.post(reverse("schools:register-import-create"), {kind: wrong})
        browser.work(import_id=RegisterImport.objects.get().pk)
        imported = RegisterImport.objects.get()
    else:
        imported = brought(browse, text(MANY), **{kind: wrong})
    assert imported.phase == Phase.REFUSED
    assert f"{sentence} Give each file in its own place." in page(browse, imported)


def test_same_file_in_two_boxes_says_so(browse):
    same = SimpleUploadedFile("edubaseallchildrencentre20230407.csv", text(MANY).encode("cp1252"))
    imported = brought(browse, text(MANY), childrens_centres=same)
    assert "has been applied as establishments: it is not the file of children&#x27;s centres." in page(
        browse, imported
    )


def test_future_file_is_refused_in_the_words_of_the_page(browse):
    imported = brought(browse, text(MANY), "edubasealldata20991231.csv")
    said = "31 December 2099, lies in the future. Check it, or enter the right one when you upload it."
    assert said in page(browse, imported)


def test_history_that_is_none_is_refused_in_the_words_of_the_page(browse, inbox: Inbox):
    inbox.bring(FIRST, MANY)
    imported = brought(browse, text(CHANGED), as_history="on")
    assert "Upload it without “Keep as history”." in page(browse, imported)


def test_bomb_is_refused(browse, inbox: Inbox):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(SECOND, "w") as member:
        for _ in range(520):
            member.write(b"1" * 1023 * 1024 + b"\n" * 1024)
    imported = brought(browse, packed.getvalue(), "edubasealldata20230407.zip")
    assert imported.phase == Phase.REFUSED
    assert RegisterFile.objects.count() == 0


def test_file_larger_than_allowed_is_refused_with_a_sentence(browse, monkeypatch):
    for module in ("hubportal.kit.uploads", "schools.forms.register_imports"):
        monkeypatch.setattr(f"{module}.MOST_BYTES", 3 * 1024 * 1024)
    response = upload(browse, b"1" * (uploads.MOST_BYTES + 1))
    assert response.status_code == 200
    assert "The file is larger than 100 MB" in response.content.decode()
    assert RegisterImport.objects.count() == 0


def test_archive_without_a_date_takes_that_of_the_file_inside(browse):
    imported = brought(browse, zipped(SECOND, text(MANY).encode("cp1252")), "extract.zip")
    assert (imported.phase, imported.as_at) == (Phase.SHOWN, date(2023, 4, 7))
    assert "7 April 2023" in page(browse, imported)


def test_archive_without_any_date_asks_for_one(browse):
    response = upload(browse, zipped("schools.csv", text(MANY).encode("cp1252")), "extract.zip")
    assert "Enter the day of the register" in response.content.decode()


def zipped(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def test_file_without_a_date_asks_for_one(browse):
    response = upload(browse, text(MANY), "schools.csv")
    assert "Enter the day of the register: the file’s name has no date" in response.content.decode()
    given = {"as_at_0": "7", "as_at_1": "4", "as_at_2": "2023"}
    imported = brought(browse, text(MANY), "schools.csv", **given)
    assert imported.files.get().figures["as_at"] == "2023-04-07"


def test_form_that_comes_back_keeps_what_was_typed_and_names_what_was_chosen(browse):
    more = {
        "links": SimpleUploadedFile("links.csv", b"URN,LinkURN"),
        "as_at_0": "7",
        "as_at_1": "13",
        "as_at_2": "2023",
        "as_history": "on",
    }
    said = " ".join(upload(browse, text(MANY), "schools.csv", **more).content.decode().split())
    assert "You chose schools.csv. Choose it again, or another" in said
    assert "You chose links.csv. Choose it again, or another" in said
    assert 'value="13"' in said and 'value="2023"' in said and "checked" in said
    assert "Trusts and other groups: allgroupsdata" in said


def test_older_file_is_refused_in_the_words_of_the_page(browse, inbox: Inbox):
    inbox.bring(SECOND, MANY)
    imported = brought(browse, text(MANY[1:]), FIRST)
    assert "tick “Keep as history” when you upload it" in page(browse, imported)
    assert "--" not in imported.refused


def test_held_file_waits_for_a_person_who_looked(browse, admin, inbox: Inbox):
    inbox.bring(FIRST, MANY)
    imported = brought(browse, text([*MANY, {**MANY[3], "EstablishmentName": "Twice"}]))
    assert imported.phase == Phase.HELD
    said = page(browse, imported)
    assert "URN 110004 stands in lines 5, 42: none of them would be applied." in said
    assert [line[0] for line in rows_of(browse, imported, "twice")[1:]] == ["5", "42"]
    response = press(browse, imported, "apply")
    assert response.status_code == 409
    assert "Tick that you have looked at what holds these files" in response.content.decode()
    press(browse, imported, "apply", has_looked="on")
    browser.work(import_id=imported.pk)
    imported = RegisterImport.objects.get()
    assert (imported.phase, imported.accepted_by) == (Phase.APPLIED, admin)
    assert RegisterFile.objects.get(name=SECOND).accepted_by == admin
    assert School.objects.get(urn=110004).name == "School 4"


def test_held_file_names_what_it_lacks_and_says_what_to_do(browse, inbox: Inbox):
    inbox.bring(FIRST, MANY)
    imported = brought(browse, text(MANY[1:]))
    said = page(browse, imported)
    assert "1 of 40 schools of the register is missing from it: URN 110001." in said
    assert "If the files are right, tick the box at the end of this page and apply them." in said
    assert "If not, discard them, and upload the right ones." in said


def test_page_has_days_in_words_and_the_file_as_digits(browse, inbox: Inbox):
    inbox.bring(FIRST, MANY)
    imported = brought(browse, text(CHANGED))
    assert ", as at 7 April 2023. 41 rows:" in page(browse, imported)
    address = reverse("schools:register-import-rows", args=[imported.uuid, "establishments", "closed"])
    assert "31 August 2022" in browse.get(address).content.decode()
    assert rows_of(browse, imported, "closed")[1][4] == "2022-08-31"


def test_history_says_that_it_changes_no_school(browse, inbox: Inbox):
    inbox.bring(SECOND, MANY)
    imported = brought(browse, text(MANY[1:]), FIRST, as_history="on")
    assert "39 rows: 39 unchanged. Kept as history, it changes no school." in page(browse, imported)
    press(browse, imported, "apply")
    browser.work(import_id=imported.pk)
    assert RegisterFile.objects.get(name=FIRST).is_history
    assert "Kept as history, it changes no school." in page(browse, RegisterImport.objects.get())


def test_names_that_differ_in_spelling_alone_are_counted_and_said(browse, inbox: Inbox):
    inbox.bring(FIRST, MANY)
    respelt = {**MANY[5], "EstablishmentName": "SCHOOL-6"}
    imported = brought(browse, text([*CHANGED[:5], respelt, *CHANGED[6:]]))
    said = page(browse, imported)
    assert "2 renamed" in said
    assert "Renamed</a>: 1 row (1 more only in capitals, spaces or punctuation)" in said


def test_links_come_with_the_schools(browse, inbox: Inbox):
    inbox.bring(FIRST, MANY)
    links = '"URN","LinkURN","LinkName","LinkType","LinkEstablishedDate"\r\n"110001","110099","New","Successor",""'
    more = {"links": SimpleUploadedFile("links_edubasealldata20230407.csv", links.encode())}
    imported = brought(browse, text(CHANGED), **more)
    assert imported.files.get(kind="links").figures["new"] == 1
    press(browse, imported, "apply")
    browser.work(import_id=imported.pk)
    applied = RegisterFile.objects.filter(applied_at__isnull=False)
    assert sorted(applied.values_list("kind", flat=True)) == ["establishments", "establishments", "links"]


def test_difference_of_the_smaller_files_says_what_is_new_what_changed_and_what_is_gone(browse, inbox: Inbox, tmp_path):
    inbox.bring(FIRST, MANY)
    old_links = [link(110001, "Successor", 110099), link(110002, "Other", 110098), link(110003, "Merged", 110097)]
    new_links = [old_links[0] | {"LinkEstablishedDate": "01-09-2021"}, link(110004, "Merged", 110096), old_links[2]]
    oak, elm = group(2044, "Oak Trust"), group(2045, "Elm Trust")
    joined = in_group(110001, 2044, "01/09/2020", EstablishmentName="School 1")
    older = {
        "links": (import_links, save(tmp_path, "links_edubasealldata20220407.csv", old_links, LINKS)),
        "groups": (import_groups, save(tmp_path, "allgroupsdata20220407.csv", [oak, elm], GROUPS)),
        "group_links": (import_group_links, save(tmp_path, "alllinksdata20220407.csv", [joined], GROUP_LINKS)),
    }
    for read, path in older.values():
        read(path, accepted_by=make_user())
    renamed = oak | {"Group Name": "Oak Learning Trust", "Group Status": "Closed"}
    newer = {
        "links": text(new_links, LINKS),
        "groups": text([renamed, elm], GROUPS),
        "group_links": text([joined | {"Joined date": "01/09/2019", "Group Name": "Oak Learning Trust"}], GROUP_LINKS),
    }
    names = {"links": "links_edubasealldata", "groups": "allgroupsdata", "group_links": "alllinksdata"}
    more = {
        kind: SimpleUploadedFile(f"{names[kind]}20230407.csv", body.encode("cp1252")) for kind, body in newer.items()
    }
    in_oak = CHANGED[0] | {"Trusts (code)": "2044", "Trusts (name)": "Oak Trust"}
    imported = brought(browse, text([in_oak, *CHANGED[1:]]), **more)
    assert rows_of(browse, imported, "changed", "links") == [
        ["URN", "LinkURN", "LinkType", "Column", "Before", "After"],
        ["110001", "110099", "Successor", "LinkEstablishedDate", "01-09-2020", "01-09-2021"],
    ]
    new, gone = (rows_of(browse, imported, name, "links")[1:] for name in ("rows-new", "rows-gone"))
    assert [row[0] for row in new] == ["3"] and "110096" in new[0][1]
    assert [row[0] for row in gone] == ["3"] and "110098" in gone[0][1]
    assert rows_of(browse, imported, "changed", "groups") == [
        ["Group UID", "Group Name", "Column", "Before", "After"],
        ["2044", "Oak Learning Trust", "Group Name", "Oak Trust", "Oak Learning Trust"],
        ["2044", "Oak Learning Trust", "Group Status", "Open", "Closed"],
    ]
    assert rows_of(browse, imported, "changed", "group_links")[1:] == [
        ["110001", "2044", "School 1", "Oak Learning Trust", "Group Name", "Oak Trust", "Oak Learning Trust"],
        ["110001", "2044", "School 1", "Oak Learning Trust", "Joined date", "01/09/2020", "01/09/2019"],
    ]
    said = rows_of(browse, imported, "trust-renamed", "groups")
    assert said == [
        ["URN", "School", "Before", "After", "On"],
        ["110001", "School One", "Oak Trust", "Oak Learning Trust", ""],
    ]
    shown = page(browse, imported)
    assert "Trust renamed</a>: 1 row" in shown and "New rows</a>: 1 row" in shown
    listed = browse.get(reverse("schools:register-import-rows", args=[imported.uuid, "groups", "changed"]))
    assert "Changed, column by column" in listed.content.decode()


def test_discarding_leaves_nothing(browse, inbox: Inbox, django_capture_on_commit_callbacks):
    inbox.bring(FIRST, MANY)
    imported = brought(browse, text(CHANGED))
    with django_capture_on_commit_callbacks(execute=True):
        assert press(browse, imported, "discard").status_code == 302
    assert RegisterImport.objects.get().phase == Phase.DISCARDED
    assert not imported.folder.exists()
    said = page(browse, RegisterImport.objects.get())
    assert "New schools: 1 row" in said
    assert reverse("schools:register-import-rows", args=[imported.uuid, "establishments", "new"]) not in said
    assert School.objects.count() == 40


def test_list_has_pages(browse):
    imported = brought(browse, text([row(110000 + number, f"School {number}") for number in range(1, 121)]))
    address = reverse("schools:register-import-rows", args=[imported.uuid, "establishments", "new"])
    found = browse.get(address, {"page": 3}).context["rows"]
    assert len(found) == 20
    assert len(browse.get(address).context["rows"]) == 50
    assert browse.get(address.replace("new", "closed")).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_any_number(admin, browse, django_assert_num_queries, number):
    for _ in range(number):
        imported = RegisterImport.objects.create(by=admin)
        imported.files.create(kind="establishments", name=FIRST, size=3)
    browse.get(reverse("schools:register-import-list"))
    with django_assert_num_queries(7):  # one of them: whether the scheduler and a worker were seen
        browse.get(reverse("schools:register-import-list"))


def test_status_asks_the_page_to_come_anew_once_it_is_over(browse, admin):
    imported = RegisterImport.objects.create(by=admin, progress_done=10, progress_total=40, progress_words="10 of 40")
    status = reverse("schools:register-import-status", args=[imported.uuid])
    assert "HX-Refresh" not in browse.get(status, headers={"hx-request": "true"})
    RegisterImport.objects.update(state=WorkState.READY)
    assert browse.get(status, headers={"hx-request": "true"})["HX-Refresh"] == "true"


def test_status_speaks_of_files_before_the_worker_has_said_a_word(browse, admin):
    imported = RegisterImport.objects.create(by=admin)
    RegisterImport.objects.claim(imported.pk, lease=timedelta(minutes=1))
    shown = browse.get(reverse("schools:register-import-status", args=[imported.uuid])).content.decode()
    assert "Reading the files:</b> opening the files." in shown and "being made" not in shown


def test_files_are_opened_in_view_before_their_rows_are_known(browse, monkeypatch):
    upload(browse, text(MANY))
    seen = []

    def count(imported):
        seen.append(RegisterImport.objects.values_list("state", "progress_words").get())
        return 41

    monkeypatch.setattr(browser, "_count", count)
    browser.work(import_id=RegisterImport.objects.get().pk)
    assert seen == [(WorkState.BUILDING, "opening the files.")]


def test_progress_in_words():
    progress = browser.Progress(40_000)
    progress.begin("edubase.csv")
    progress.began -= 10
    progress.rows = 10_000
    assert progress.told()["words"] == "10,000 of 40,000 rows, edubase.csv: about 30 seconds left."


def until(condition, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return bool(condition())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["read", "apply"])
def test_killed_worker_is_taken_up_again(browse, settings, step, tmp_path):
    settings.MEDIA_ROOT = django_settings.LOCAL_DIR / "files"  # where the workers, other processes, keep theirs
    rows = [row(100000 + number, f"School {number}") for number in range(30_000)]
    upload(browse, text(rows))
    imported = RegisterImport.objects.get()

    def state() -> str:
        return RegisterImport.objects.get().state

    def step_is_over() -> bool:
        return RegisterImport.objects.get().phase == (Phase.SHOWN if step == "read" else Phase.APPLIED)

    if step == "apply":
        browser.work(import_id=imported.pk)
        press(browse, imported, "apply")
    with worker() as process:
        assert until(lambda: RegisterImport.objects.get().progress_done > 0, 60)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert state() == WorkState.BUILDING
    assert School.objects.count() == 0
    with worker():
        assert until(step_is_over, 90)
    assert School.objects.count() == (30_000 if step == "apply" else 0)
    RegisterImport.objects.get().remove_files(details=True)
