"""A school without an account asks to meet; the officer agrees, moves it, and calls it off; calendars follow."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from engagement.models import Meeting
from schools.access import today
from tests.journeys.keyboard import Keyboard
from tests.journeys.visitor import NARROW, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ROSA = "rosa@millbrook.example"


def choose(officer: Visitor, day: date, time: str) -> None:
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        officer.box(label).fill(str(value))
    officer.box("At what time?").fill(time)


def read_last(server, address: str) -> tuple[str, dict]:
    """The method and the event of the newest invitation to an address, as a calendar reads them."""
    read = Calendar.from_ical(server.invitations_to(address)[-1])
    return str(read["METHOD"]), read.walk("VEVENT")[0]


def test_meeting_from_the_wish_to_its_end(town, visitor, server):
    asker = visitor(size=NARROW)
    asker.go(f"/hubs/{town.hub.slug}/meet/?school={town.school.urn}")
    asker.look("Ask Exampleshire Music Hub to meet")
    keys = Keyboard(asker)
    keys.type(asker.box("Your name"), "Rosa Field")
    keys.type(asker.box("Your role at the school"), "Music lead")
    expect(asker.box("Your school")).to_have_value(f"Millbrook Junior School, URN {town.school.urn}")
    keys.type(asker.box("Your work email address"), ROSA)
    keys.press(asker.button("Ask to meet"))
    expect(asker.page.locator(".govuk-error-summary")).to_contain_text("Say when would suit you")
    asker.look("Ask Exampleshire Music Hub to meet")
    keys.type(asker.box("When would suit you?"), "Tuesday after 3.30")
    asker.page.wait_for_function("performance.now() > 3500")  # what comes faster than a person types is not taken
    keys.press(asker.button("Ask to meet"))
    asker.look("Exampleshire Music Hub has your wish to meet")
    assert server.letters_to(ROSA) == []

    officer = visitor(town.officer)
    officer.sees("Rosa Field asks to meet: “Tuesday after 3.30”")
    officer.link("Diary").click()
    officer.look("Diary")
    officer.way("Answer").click()
    officer.look("Agree to meet Millbrook Junior School")
    first = today() + timedelta(days=8)
    choose(officer, first, "3:45pm")
    officer.page.get_by_label("Ines Clerk").check()
    officer.button("Agree").click()
    officer.look("Meeting with Millbrook Junior School")
    officer.sees("Agreed for")
    method, event = read_last(server, ROSA)
    then = datetime(first.year, first.month, first.day, 15, 45, tzinfo=ZoneInfo("Europe/London"))
    assert (method, event["SEQUENCE"], event["DTSTART"].dt) == ("REQUEST", 1, then)
    assert read_last(server, "clerk@millbrook.example")[1]["UID"] == event["UID"]

    officer.way("Move it").click()
    officer.look("Move the meeting with Millbrook Junior School")
    choose(officer, first + timedelta(days=1), "10am")
    officer.box("Why?").fill("The hall is taken")
    officer.button("Move it").click()
    officer.look("Meeting with Millbrook Junior School")
    method, moved = read_last(server, ROSA)
    assert (method, moved["SEQUENCE"], moved["UID"]) == ("REQUEST", 2, event["UID"])
    assert (moved["DTSTART"].dt.day, moved["DTSTART"].dt.hour) == ((first + timedelta(days=1)).day, 10)

    officer.link("Diary").click()
    officer.look("Diary")
    officer.sees("10am: Millbrook Junior School")
    officer.link("read your diary").click()
    officer.look("Your diary in your own calendar")
    officer.button("Make the address").click()
    officer.look("Your diary in your own calendar")
    address = officer.page.get_by_label(re.compile("shown this once")).input_value()
    feed = officer.context.request.get(address).text()
    assert Calendar.from_ical(feed).walk("VEVENT")[0]["UID"] == event["UID"]

    officer.go(Meeting.objects.get().get_absolute_url())
    officer.way("Cancel it").click()
    officer.look("Cancel the meeting with Millbrook Junior School")
    officer.box("Why?").fill("An inspection")
    officer.button("Cancel the meeting").click()
    officer.look("Meeting with Millbrook Junior School")
    method, ended = read_last(server, ROSA)
    assert (method, ended["SEQUENCE"], ended["STATUS"]) == ("CANCEL", 3, "CANCELLED")
    assert "VEVENT" not in officer.context.request.get(address).text()
