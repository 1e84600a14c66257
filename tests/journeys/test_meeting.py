"""A meeting from the wish to the record: asked for without an account, accepted, moved, held and written up; another
called off; and the officer's own calendar, which follows."""

import re
import urllib.error
import urllib.request
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar, Event
from playwright.sync_api import expect

from engagement.models import Conversation, Meeting
from schools.access import today
from tests.journeys.conftest import Town
from tests.journeys.serving import Server
from tests.journeys.visitor import DESK, PHONE, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
GREETING = re.compile("Good (morning|afternoon|evening)")
ASKER = "nia@millbrook.example"
LEAST = 3_500  # milliseconds after which the public page believes that somebody typed


def enter_day(visitor: Visitor, on: date) -> None:
    day = visitor.page.get_by_role("group", name="Which day?")
    for name, number in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        day.get_by_label(name, exact=True).fill(str(number))


def invitations(server: Server, address: str) -> list[tuple[str, Event]]:
    """What a calendar reads in the emails to an address, the oldest first: each with its method."""
    read = [Calendar.from_ical(each) for each in server.invitations_to(address)]
    return [(str(each["METHOD"]), each.walk("VEVENT")[0]) for each in read]


def begins(event: Event) -> str:
    """As a calendar has it, in London."""
    return f"{event['DTSTART'].dt:%Y-%m-%d %H:%M}"


def read_feed(server: Server, address: str) -> list[Event]:
    """What a calendar programme reads at the secret address, by the way the server is reached here."""
    with urllib.request.urlopen(server.url + re.search(r"/calendar/.*", address)[0], timeout=20) as answer:
        return Calendar.from_ical(answer.read()).walk("VEVENT")


@pytest.mark.parametrize(("size", "scripts"), [(DESK, True), (PHONE, False)])
def test_meeting_from_the_wish_to_the_record(town: Town, visitor, server: Server, size: dict, scripts: bool) -> None:
    first, second = today() + timedelta(days=7), today() + timedelta(days=9)

    # Somebody at the school asks on the hub's public page, once with a mistake: what was typed stays.
    asker = visitor(size=size, scripts=scripts)
    asker.go(f"/hubs/{town.hub.slug}/meet/")
    asker.look("Ask Exampleshire Music Hub to meet")
    asker.box("Your name").fill("Nia Parry")
    asker.box("Your role at the school").fill("Music lead")
    asker.box("Your school").fill("Millbrook Junior School")
    asker.box("When would suit you?").fill("Any day after 3.30")
    asker.box("What would you like to talk about?").fill("Beginning a choir")
    asker.page.wait_for_timeout(LEAST)
    asker.button("Ask to meet").click()
    asker.look("Ask Exampleshire Music Hub to meet")
    expect(asker.page.locator(".govuk-error-summary")).to_contain_text("email")
    expect(asker.box("When would suit you?")).to_have_value("Any day after 3.30")
    asker.box("Your work email address").fill(ASKER)
    asker.button("Ask to meet").click()
    asker.look("Exampleshire Music Hub has your wish to meet")
    assert server.letters_to(ASKER) == []  # nobody is written to whose address somebody else typed
    (told,) = server.letters_to(town.officer.email, least=1)
    assert told.startswith("Millbrook Junior School asks to meet\n")

    # The officer finds it on Today, and accepts it into the diary.
    officer = visitor(town.officer, size=size, scripts=scripts)
    officer.look(GREETING)
    officer.sees("Nia Parry asks to meet: “Any day after 3.30”")
    officer.way("Answer Millbrook Junior School").click()
    officer.look("Millbrook Junior School asks to meet")
    officer.sees("make sure that they are who they say")
    officer.way("Agree to a time").click()
    officer.look("Agree to meet Millbrook Junior School")
    enter_day(officer, first)
    officer.box("At what time?").fill("3:30")
    officer.box("Where?").fill("The music room")
    officer.button("Agree").click()
    officer.look("Agree to meet Millbrook Junior School")
    expect(officer.page.locator(".govuk-error-summary")).to_contain_text("morning or the afternoon")
    expect(officer.box("Where?")).to_have_value("The music room")
    officer.box("At what time?").fill("3:30pm")
    officer.button("Agree").click()
    officer.look("Meeting with Millbrook Junior School")
    officer.sees("It stands in the diary of Amira Okafor. Nia Parry gets the invitation by email.")
    officer.go("/diary/")
    officer.look("Diary")
    officer.sees("3:30pm: Millbrook Junior School")

    # The invitation reaches the school, for its calendar.
    ((method, event),) = invitations(server, ASKER)
    assert (method, event["SEQUENCE"], begins(event)) == ("REQUEST", 1, f"{first} 15:30")
    assert str(event["LOCATION"]) == "The music room" and "choir" not in event.to_ical().decode()

    # The officer's own calendar reads the diary at a secret address.
    officer.link("read your diary").click()
    officer.look("Your diary in your own calendar")
    officer.button("Make the address").click()
    officer.look("Your diary in your own calendar")
    feed = officer.page.get_by_label("It is shown this once: we keep no copy of it.").input_value()
    (read,) = read_feed(server, feed)
    assert (read["UID"], begins(read)) == (event["UID"], f"{first} 15:30")

    # It is moved: the same meeting in every calendar, at another time.
    meeting = Meeting.objects.get()
    officer.go(meeting.get_absolute_url())
    officer.way("Move it").click()
    officer.look("Move the meeting with Millbrook Junior School")
    enter_day(officer, second)
    officer.box("Why?").fill("I am on a course that day.")
    officer.button("Move it").click()
    officer.look("Meeting with Millbrook Junior School")
    officer.sees("Changed. Everybody invited gets it by email, with your reason.")
    officer.sees("I am on a course that day.")
    method, moved = invitations(server, ASKER)[-1]
    assert (method, moved["SEQUENCE"], begins(moved)) == ("REQUEST", 2, f"{second} 15:30")
    assert moved["UID"] == event["UID"] and "I am on a course that day." in server.letters_to(ASKER, least=1)[-1]
    assert [begins(each) for each in read_feed(server, feed)] == [f"{second} 15:30"]

    # Another, set by the officer, is called off: it leaves the calendars.
    officer.go("/schools/700001/")
    officer.link("Set a meeting").click()
    officer.look("Set a meeting with Millbrook Junior School")
    enter_day(officer, first)
    officer.box("At what time?").fill("9.15am")
    officer.page.get_by_label("Ines Clerk").check()
    officer.button("Set the meeting").click()
    officer.look("Meeting with Millbrook Junior School")
    assert len(read_feed(server, feed)) == 2
    officer.way("Cancel it").click()
    officer.look("Cancel the meeting with Millbrook Junior School")
    officer.box("Why?").fill("The hall is let that day.")
    officer.button("Cancel the meeting").click()
    officer.look("Meeting with Millbrook Junior School")
    officer.sees("Cancelled. Everybody concerned is told by email.")
    assert [each[0] for each in invitations(server, town.clerk.email)] == ["REQUEST", "CANCEL"]
    assert "The hall is let that day." in server.letters_to(town.clerk.email, least=1)[-1]
    assert [each["UID"] for each in read_feed(server, feed)] == [event["UID"]]

    # Held yesterday, it is written up: the day, how long and who was there stand in the form already.
    held = timezone.make_aware(datetime.combine(today() - timedelta(days=1), datetime.min.time().replace(hour=9)))
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=held)
    officer.go("/diary/")
    officer.look("Diary")
    officer.button("Write it up Millbrook Junior School").click()
    officer.look("Millbrook Junior School")
    expect(officer.page.get_by_label("Day", exact=True).first).to_have_value(str(held.astimezone().day))
    expect(officer.page.get_by_label(re.compile("^Minutes")).first).to_have_value("60")
    expect(officer.page.get_by_label("Name", exact=True).first).to_have_value("Nia Parry")
    officer.box("What was said").fill("They begin a choir after the holidays.")
    officer.button("Log it").click()
    officer.look(re.compile("with Millbrook Junior School"))
    officer.sees("They begin a choir after the holidays.")
    conversation = Conversation.objects.get()
    assert (conversation.date, conversation.minutes, conversation.how) == (today() - timedelta(days=1), 60, "visit")
    assert [each.name for each in conversation.participants.filter(side="school")] == ["Nia Parry"]
    officer.go(meeting.get_absolute_url())
    officer.look("Meeting with Millbrook Junior School")
    officer.sees("Written up")

    # The address opens nothing once it is stopped.
    officer.go("/diary/calendar/")
    officer.look("Your diary in your own calendar")
    officer.button("Stop it").click()
    officer.look("Your diary in your own calendar")
    officer.sees("You have no address yet.")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        read_feed(server, feed)
