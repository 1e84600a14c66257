"""A manager brings in what the hub had in a spreadsheet: dates in three ways, a word nobody knows, a school that is not
there; looks at it, brings it in, and takes it out again."""

import csv
import re
import time
from pathlib import Path

import pytest

from engagement.models import Conversation, PastMapping
from schools.roles import Role
from tests import factories as make
from tests.journeys.conftest import Town
from tests.journeys.visitor import DESK, PHONE, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("real_worker")]
FILE = "Visits 2024.csv"
LINES = [
    ["URN", "Date", "Type", "Whom we met", "Comments"],
    ["700001", "2024-11-12", "Visit", "Ruth Pell", "=1+1 choirs"],
    ["700001", "03/04/2024", "Pop-in", "Ruth Pell", "Cup of tea"],
    ["700002", "14 May 2024", "Visit", "", "Strings began"],
    ["999999", "2024-05-01", "Visit", "", "Nobody knows where"],
]
LONGEST_WORK = 60  # seconds


def comes_to(manager: Visitor, heading: str, words: str) -> None:
    """The page follows the worker by itself; where no script runs, the person loads it again."""
    deadline = time.monotonic() + LONGEST_WORK
    while words not in manager.page.locator("main").inner_text():
        assert time.monotonic() < deadline, manager.page.locator("main").inner_text()
        manager.page.wait_for_timeout(500)
        if not manager.scripts:
            manager.page.reload()
    manager.look(heading)


@pytest.mark.parametrize(("size", "scripts"), [(DESK, True), (PHONE, False)])
def test_what_was_is_brought_in(town: Town, visitor, tmp_path: Path, size: dict, scripts: bool) -> None:
    path = tmp_path / FILE
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(LINES)
    jo = make.make_person(Role.HUB_MANAGER, town.hub, "Jo Marsh", password=make.PASSWORD)
    manager = visitor(jo, size=size, scripts=scripts)
    manager.go("/conversations/")
    manager.link("Bring in what you have").click()
    manager.look("Bring in what you have")
    manager.button("Upload the file").click()
    manager.look("Bring in what you have")
    manager.sees("Choose a file")
    manager.page.get_by_label("Your file").set_input_files(path)
    manager.button("Upload the file").click()

    # Its columns are known by their headings; how they are read is kept for the next file.
    manager.look("What do the columns hold?")
    manager.box("Name under which to keep this way of reading (if you want to)").fill("Visits log")
    manager.button("Check the rows").click()
    comes_to(manager, "What is meant?", "We do not guess.")
    manager.button("Check the rows again").click()
    manager.look("What is meant?")
    manager.sees("Choose what “Pop-in” is")
    manager.page.get_by_label(re.compile("“Pop-in”")).select_option("visit")
    manager.page.get_by_label(re.compile("day first", re.I)).first.check()
    manager.button("Check the rows again").click()

    # What would come is looked at before anything is written, and what cannot is a file to mend.
    comes_to(manager, FILE, "Nothing is written yet.")
    assert not Conversation.objects.exists()
    manager.sees("1 row was rejected.")
    with manager.page.expect_download() as download:
        manager.link("rejected rows as CSV").click()
    assert "URN 999999 is not one of your schools." in Path(download.value.path()).read_text()
    manager.button("Bring in", exact=True).click()
    comes_to(manager, FILE, "Brought in on")
    assert PastMapping.objects.get().name == "Visits log"
    assert Conversation.objects.count() == 3
    manager.go("/schools/700001/")
    manager.look("Millbrook Junior School")
    manager.sees(f"imported from {FILE}")
    manager.go("/conversations/")
    manager.sees("Millbrook Junior School")

    # And all of it goes again.
    manager.go("/past/")
    manager.link(FILE).click()
    manager.look(FILE)
    manager.way("Take it out again").click()
    manager.look(f"Take out what {FILE} brought in?")
    manager.button("Take it out").click()
    comes_to(manager, FILE, "and taken out again on")
    assert not Conversation.objects.exists()
