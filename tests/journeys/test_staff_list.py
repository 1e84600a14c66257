"""A hub's officer brings its schools' staff from a spreadsheet, mends what could not be taken, and brings it again."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from schools.models import Contact, School
from tests.journeys.conftest import Town
from tests.journeys.visitor import DESK, PHONE, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Lines = list[list[str]]


def read_csv(path: Path) -> Lines:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def write_csv(path: Path, lines: Lines) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(lines)


def read_xlsx(path: Path) -> Lines:
    sheet = openpyxl.load_workbook(path).active
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def write_xlsx(path: Path, lines: Lines) -> None:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)


FILES: dict[str, tuple[str, Callable, Callable]] = {
    "csv": ("CSV", read_csv, write_csv),
    "xlsx": ("Excel (XLSX)", read_xlsx, write_xlsx),
}


def downloads(officer: Visitor, link: str, path: Path) -> Path:
    with officer.page.expect_download() as download:
        officer.link(link).click()
    download.value.save_as(path)
    return path


def brings(officer: Visitor, path: Path) -> None:
    officer.go("/contacts/import/")
    officer.look("Import contacts")
    officer.page.get_by_label("Your list").set_input_files(path)
    officer.button("Check the list").click()
    officer.look(path.name)


def shows(officer: Visitor, rows: str) -> None:
    """Turn to the rows of one kind: "1 new"."""
    officer.link(rows, exact=True).click()
    expect(officer.link(rows, exact=True)).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize(("size", "kind"), [(DESK, "csv"), (PHONE, "xlsx")])
def test_staff_come_from_a_spreadsheet(town: Town, visitor, tmp_path: Path, size: dict, kind: str) -> None:
    words, read, write = FILES[kind]
    ashby = School.objects.get(urn=700002)
    officer = visitor(town.officer, size=size)
    officer.go("/people/")
    officer.link("import contacts from a spreadsheet").click()
    officer.look("Import contacts")
    (header,) = read(downloads(officer, words, tmp_path / f"template.{kind}"))

    def line(**cells: str) -> list[str]:
        return [cells.get(name.split(" (")[0].replace(" ", "_"), "") for name in header]

    ruth = {"URN": "700001", "Name": "Ruth Pell", "Email": town.head.email}
    staff = tmp_path / f"staff.{kind}"
    write(
        staff,
        [
            header,
            line(**ruth, Role="Headteacher"),
            line(URN="700001", Name="Ines Clerk", Email="clerk@millbrook.example"),
            line(School="Ashby High School", Postcode=ashby.postcode, Name="Zoë O’Neill", Music_lead="yes"),
            line(URN="700002", Name="Kit Barrow", Email="kit at ashby", Music_lead="no"),
            line(URN="799999", Name="Nobody Known"),
        ],
    )
    brings(officer, staff)
    officer.sees("Nothing is changed yet.")
    officer.sees("2 rows cannot be imported and are left out.")
    officer.sees("“kit at ashby” is no email address in the right form, like name@example.com.")
    officer.sees("No school of yours has the URN 799999.")
    shows(officer, "1 new")
    officer.look(staff.name)
    officer.sees("Zoë O’Neill")
    officer.sees("leads music")
    shows(officer, "1 changed")
    officer.look(staff.name)
    officer.sees("Role: Head → Headteacher")
    shows(officer, "1 the same")
    officer.look(staff.name)
    officer.sees("Ines Clerk")
    assert Contact.objects.count() == 2
    officer.button("Import the new and changed contacts").click()
    officer.look(staff.name)
    officer.sees("Imported: 1 new contact, 1 contact changed.")
    officer.sees("2 rows could not be imported")
    officer.sees("Ashby High School")  # where the row was to go

    failed = downloads(officer, "2 rows with the reasons", tmp_path / f"failed.{kind}")
    top, kit, nobody = read(failed)
    assert top == [*header, "Why it could not be imported"]
    assert kit == [
        *line(URN="700002", Name="Kit Barrow", Email="kit at ashby", Music_lead="no"),
        "“kit at ashby” is no email address in the right form, like name@example.com.",
    ]
    assert nobody[-1] == "No school of yours has the URN 799999."
    kit[header.index("Email")] = "kit@ashby.example"
    nobody[header.index("URN")] = "700002"
    write(failed, [top, kit, nobody])
    officer.link("Import the mended file").click()
    brings(officer, failed)
    officer.sees("2 new")
    officer.does_not_see("left out")
    officer.button("Import the new and changed contacts").click()
    officer.look(failed.name)
    officer.sees("Imported: 2 new contacts, 0 contacts changed.")
    officer.does_not_see("could not be imported")

    for again in (failed, staff):  # nobody comes twice
        brings(officer, again)
        officer.sees("0 new")
    officer.sees("3 the same")
    people = sorted(Contact.objects.values_list("name", "school__urn", "job_title", "is_music_lead"))
    assert people == [
        ("Ines Clerk", 700001, "", False),
        ("Kit Barrow", 700002, "", False),
        ("Nobody Known", 700002, "", False),
        ("Ruth Pell", 700001, "Headteacher", False),
        ("Zoë O’Neill", 700002, "", True),
    ]
    officer.button("Discard this list").click()
    officer.look("Import contacts")
    officer.sees(f"{staff.name} is discarded. Nothing was changed by it.")
    officer.go("/schools/700002/")
    officer.look("Ashby High School")
    officer.sees("kit@ashby.example")


def test_a_file_that_is_no_list_is_refused_in_words_without_javascript(town: Town, visitor, tmp_path: Path) -> None:
    officer = visitor(town.officer, size=PHONE, scripts=False)
    for content, words in (
        ("<html><body>Sign in</body></html>", "This is a web page, not a list. Save it as CSV"),
        ("Instrument,Number\nCello,4\n", "name no columns that we know."),
        ("URN,Name\n", "The file has a header and nobody below it."),
    ):
        path = tmp_path / "staff.csv"
        path.write_text(content)
        officer.go("/contacts/import/")
        officer.page.get_by_label("Your list").set_input_files(path)
        officer.button("Check the list").click()
        officer.look("Import contacts")
        officer.sees(words)
