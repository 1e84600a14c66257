"""A platform administrator brings the register's second file, watches it being read, reads what it would change, and
applies it; and a file that is held or refused says what to do."""

import csv
import gzip
import io
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from schools.models import School
from schools.register.importing import import_establishments
from tests.journeys.administrator import brings, sign_in_to_the_register, waits_for
from tests.journeys.visitor import DESK, PHONE
from tests.schools.register.files import MISSING, SHARED, row, text, write
from tests.schools.register.inbox import FIRST, SECOND

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TWO_AREAS = (
    SHARED / "establishments/joined_three_areas_20220407.csv.gz",
    SHARED / "establishments/joined_three_areas_20240617.csv.gz",
    SHARED / "links/links_edubasealldata20230421.csv.gz",
    SHARED / "links/links_edubasealldata20240524.csv.gz",
    SHARED / "groups/all-open-sats-and-mats-20161122.csv",
)
MANY, FEW = 60_000, 2_000  # rows: enough for the bar to be seen, and enough for everything else


def files_of(number: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The rows of a first and of a second file. Every row changes, so that none is told by its bytes alone."""
    first = [row(100000 + each, f"School {each}", NumberOfPupils="200") for each in range(number)]
    names = [each["EstablishmentName"].replace("School 7", "Academy 7") for each in first]
    changed = [
        {**each, "NumberOfPupils": "210", "EstablishmentName": name} for each, name in zip(first, names, strict=True)
    ]
    return first, [*changed[1:], row(200001, "Brand New School")]


@pytest.mark.parametrize(
    ("number", "size", "scripts"),
    [(MANY, DESK, True), (FEW, PHONE, True), (FEW, DESK, False)],
    ids=["desk", "phone", "plain"],
)
def test_administrator_brings_the_second_file(town, visitor, real_worker, tmp_path: Path, number, size, scripts):
    first, second = files_of(number)
    import_establishments(write(tmp_path, FIRST, text(first)))
    later = write(tmp_path, SECOND, text(second))
    nadia = visitor(size=size, scripts=scripts)
    page = nadia.page
    sign_in_to_the_register(nadia)
    nadia.look("National school register")
    nadia.way("Upload the register’s files").click()
    nadia.look("Upload the register’s files")
    picture(nadia, "create", size)
    nadia.button("Read the files").click()
    nadia.sees("Choose the establishments file")
    nadia.look("Upload the register’s files")
    page.get_by_label("Establishments").set_input_files(later)
    nadia.button("Read the files").click()

    if number == MANY:
        expect(page.locator(".work")).to_contain_text(re.compile("of 60,000 rows, .*(left|comparing)"))
        picture(nadia, "reading", size)
    waits_for(nadia, "What the files would change")
    nadia.sees(f"{number:,} rows: 1 new")
    nadia.sees("1 no longer in the register")
    picture(nadia, "difference", size)
    assert School.objects.get(urn=100007).name == "School 7"
    nadia.link("Renamed").click()
    nadia.look("Renamed")
    nadia.sees("Academy 7")
    picture(nadia, "renamed", size)
    page.go_back()
    nadia.look("What the files would change")
    nadia.link("Changed, column by column").click()
    nadia.look("Changed, column by column")
    page.go_back()
    nadia.button("Apply these files").click()
    waits_for(nadia, "The files are applied")
    picture(nadia, "applied", size)
    assert School.objects.get(urn=100007).name == "Academy 7"
    nadia.go("/register/")
    nadia.look("National school register")
    nadia.sees(f"1 new, {number - 1:,} changed, 1 no longer there")
    picture(nadia, "list", size)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_what_is_held_or_refused_says_what_to_do(town, visitor, real_worker, tmp_path: Path, size):
    rows = files_of(2000)[0]
    import_establishments(write(tmp_path, FIRST, text(rows)))
    nadia = visitor(size=size)
    sign_in_to_the_register(nadia)
    for name, content, heading in (
        (SECOND, text([*rows, {**rows[3], "EstablishmentName": "Twice"}]), "Look at these files first"),
        (SECOND, "<!DOCTYPE html><html>", "These files are refused"),
        (FIRST, text(rows), "There is nothing new in these files"),
    ):
        brings(nadia, {"Establishments": write(tmp_path, name, content)})
        waits_for(nadia, heading)
        picture(nadia, heading.lower().replace(" ", "-"), size)
        if "Look" in heading:
            nadia.button("Apply these files").click()
            nadia.sees("Tick that you have looked at what holds these files")
            nadia.look(heading)
            nadia.link("Standing there twice").click()
            nadia.look("Standing there twice")
            picture(nadia, "twice", size)


@pytest.mark.skipif(not all(each.exists() for each in TWO_AREAS), reason=MISSING)
def test_administrator_uploads_the_real_files_of_two_years(town, visitor, real_worker):
    before, after, links_before, links_after, groups = TWO_AREAS
    nadia = visitor()
    sign_in_to_the_register(nadia)
    brings(nadia, {"Establishments": before, "Links between schools": links_before, "Groups": groups})
    waits_for(nadia, "What the files would change")
    nadia.sees("as at 7 April 2022. 2,108 rows: 2,108 new.")
    nadia.sees("as at 21 April 2023. 31,274 rows: 31,274 new.")
    nadia.sees("as at 22 November 2016. 3,122 rows: 3,122 new.")
    nadia.button("Apply these files").click()
    waits_for(nadia, "The files are applied")

    brings(nadia, {"Establishments": after, "Links between schools": links_after, "Groups": groups})
    waits_for(nadia, "What the files would change")
    old, new = rows_of(before), rows_of(after)
    opened, both = new.keys() - old.keys(), new.keys() & old.keys()
    renamed = {urn for urn in both if old[urn]["EstablishmentName"] != new[urn]["EstablishmentName"]}
    moved = {urn for urn in both if old[urn]["LA (code)"] != new[urn]["LA (code)"]}
    closed = {
        urn for urn in both if "2" == new[urn]["EstablishmentStatus (code)"] != old[urn]["EstablishmentStatus (code)"]
    }
    assert (len(new), len(opened), len(renamed), len(moved), len(closed)) == (2180, 72, 20, 334, 68)
    said = f"{len(renamed)} renamed, {len(moved)} in another authority, {len(closed)} closed"
    nadia.sees(f"as at 17 June 2024. 2,180 rows: {len(opened)} new, 1,377 changed, {said}")
    nadia.sees("32,626 rows: 1,434 new, 165 changed, 82 no longer in the register")
    nadia.sees("3,122 rows. The same file has been applied before: it changes nothing.")
    nadia.sees("Renamed: 18 rows (2 more only in capitals, spaces or punctuation)")
    picture(nadia, "real-difference", DESK)
    assert listed(nadia, "New schools") == opened
    assert listed(nadia, "Changed authority") == moved
    assert listed(nadia, "Closed") == closed
    nadia.link("Closed").click()
    nadia.look("Closed")
    nadia.sees("31 January 2024")
    picture(nadia, "real-closed", DESK)
    nadia.page.go_back()
    nadia.button("Apply these files").click()
    waits_for(nadia, "The files are applied")
    in_portal = School.objects.filter(source=School.Source.REGISTER).values_list("urn", "name")
    assert dict(in_portal) == {int(urn): found["EstablishmentName"] for urn, found in new.items()}


def rows_of(path: Path) -> dict[str, dict[str, str]]:
    """A real file's rows by URN, as plain `csv` reads it."""
    with gzip.open(path, "rt", encoding="cp1252", newline="") as file:
        return {found["URN"]: found for found in csv.DictReader(file)}


def listed(nadia, title: str) -> set[str]:
    """The URNs of a list, from the file that the page offers."""
    address = nadia.link(title, exact=True).get_attribute("href")
    content = nadia.page.request.get(f"{address.rstrip('/')}.csv").text()
    return {found["URN"] for found in csv.DictReader(io.StringIO(content.removeprefix("\ufeff")))}


def picture(nadia, name: str, size: dict) -> None:
    """Where PICTURES names a folder: what the page looks like."""
    if folder := os.environ.get("PICTURES"):
        nadia.page.screenshot(path=f"{folder}/{name}-{size['width']}.png", full_page=True)
