"""The pages by which a file is brought in, as a manager goes through them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from engagement.models import Conversation, PastImport
from engagement.past import reading
from tests.engagement.past.files import csv_of, with_macros, worked, xlsx_of

HEADER = ["URN", "Date", "Type", "Officer", "Comments"]


@pytest.fixture
def browse(manager) -> Client:
    client = Client()
    client.force_login(manager)
    return client


def upload(browse: Client, data: bytes, name: str = "visits.xlsx"):
    return browse.post(reverse("engagement:past-import-create"), {"file": SimpleUploadedFile(name, data)})


def problem(browse: Client, data: bytes, name: str = "visits.xlsx") -> str:
    response = upload(browse, data, name)
    assert response.status_code == 200
    assert f"You chose {name}" in response.content.decode()
    return " ".join(response.context["form"].errors["file"])


def test_a_manager_brings_a_file_in_and_takes_it_out(browse, manager, millbrook):
    rows = [[millbrook.urn, "03/04/2024", "Pop-in", "", "=cmd"], ["999999", "2024-05-01", "Visit", "", "=cmd()"]]
    data = csv_of(HEADER, *rows)
    response = upload(browse, data, "visits.csv")
    imported = PastImport.objects.get()
    assert response["Location"] == imported.get_absolute_url()
    columns = browse.get(imported.get_absolute_url(), follow=True)
    form = columns.context["form"]
    assert [form[f"column_{at}"].value() for at in range(5)] == ["urn", "date", "how", "officer", "notes"]
    said = {name: form[name].value() or "" for name in form.fields} | {"save_as": "Visits log"}
    browse.post(reverse("engagement:past-import-columns", args=[imported.uuid]), said)
    worked(imported)
    asked = browse.get(imported.get_absolute_url(), follow=True)
    names = list(asked.context["form"].fields)
    assert names == ["word_how_0", "column_1_order"]
    answers = {"word_how_0": "visit", "column_1_order": "day"}
    browse.post(reverse("engagement:past-import-questions", args=[imported.uuid]), answers)
    worked(imported)
    shown = browse.get(imported.get_absolute_url())
    assert "Nothing is written yet" in shown.content.decode()
    rejected = browse.get(reverse("engagement:past-import-rejected", args=[imported.uuid, "csv"])).content.decode()
    assert "URN 999999 is not one of your schools." in rejected
    assert "\n999999,2024-05-01,Visit,,'=cmd()," in rejected.replace("\r", "")
    browse.post(reverse("engagement:past-import-bring", args=[imported.uuid]))
    browse.post(reverse("engagement:past-import-bring", args=[imported.uuid]))
    worked(imported)
    conversation = Conversation.objects.get()
    page = browse.get(conversation.get_absolute_url()).content.decode()
    assert "Imported from visits.csv, row 2, on" in page
    assert f"by {manager}" in page
    assert browse.get(reverse("engagement:past-import-undo", args=[imported.uuid])).status_code == 200
    browse.post(reverse("engagement:past-import-undo", args=[imported.uuid]))
    worked(imported)
    assert "taken out again on" in browse.get(imported.get_absolute_url()).content.decode()
    assert not Conversation.objects.exists()
    upload(browse, data, "visits.csv")
    again = browse.get(PastImport.objects.latest("pk").get_absolute_url(), follow=True)
    assert "Read as “Visits log”" in again.content.decode()


def test_of_two_sheets_one_is_chosen(browse, millbrook):
    upload(browse, xlsx_of(Visits=[HEADER, [millbrook.urn, "2024-05-01", "Visit"]], Calls=[HEADER, [1, 2]], Blank=[]))
    imported = PastImport.objects.get()
    page = browse.get(imported.get_absolute_url(), follow=True)
    assert [label for _, label in page.context["form"].fields["sheet"].choices] == [
        "Visits: URN, Date, Type, Officer, Comments",
        "Calls: URN, Date, Type, Officer, Comments",
    ]
    browse.post(reverse("engagement:past-import-sheet", args=[imported.uuid]), {"sheet": "1"})
    assert PastImport.objects.get().sheet == 1


def test_a_file_that_is_no_list_is_refused_in_words(browse, monkeypatch):
    locked = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")
    assert problem(browse, locked) == reading.LOCKED
    assert problem(browse, b"\xd0\xcf\x11\xe0 older") == reading.OLDER
    assert problem(browse, with_macros(xlsx_of(HEADER, [1, 2, 3])), "visits.xlsm") == reading.MACROS
    assert problem(browse, b"PK nonsense") == "The Excel file is damaged. Save it again, or as CSV."
    assert problem(browse, xlsx_of(Blank=[])) == "Nothing stands in the file: it has no row with two cells filled."
    assert problem(browse, csv_of(HEADER)) == "The file has headings and nothing below them."
    assert problem(browse, b"URN,Date\n1,\x81\n") == (
        "Line 2 holds bytes that are no text we can read. Save the file as CSV UTF-8."
    )
    monkeypatch.setattr("engagement.forms.past.MOST_BYTES", 10)
    assert problem(browse, csv_of(HEADER)) == "The file is larger than 20 MB. Cut it into several"
    assert not PastImport.objects.exists()


def test_a_formula_that_nobody_worked_out_is_told(manager, hub, millbrook, browse):
    upload(browse, xlsx_of(HEADER, [millbrook.urn, "=DATE(2024,5,1)", "Visit"]))
    imported = PastImport.objects.get()
    form = browse.get(imported.get_absolute_url(), follow=True).context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    browse.post(reverse("engagement:past-import-columns", args=[imported.uuid]), said)
    assert [row.reason for row in worked(imported).rows.all()] == [f"Cell B2 {reading.UNSAVED}."]


def test_templates_are_files_to_fill_in(browse):
    response = browse.get(reverse("engagement:past-import-template", args=["contact", "csv"]))
    assert response.content.decode("utf-8-sig").startswith("URN,School,Date,How,Kind of conversation,Whom we met")
    assert browse.get(reverse("engagement:past-import-template", args=["gig", "csv"])).status_code == 404
