"""The same by keyboard alone, and with JavaScript off."""

import re

import pytest
from playwright.sync_api import expect

from engagement.actions import sharing
from engagement.addressees import addressees_at
from engagement.models import Attempt, Conversation, Response
from tests.engagement.factories import full_part, make_conversation, part_of
from tests.factories import PASSWORD
from tests.journeys.keyboard import HAS_FOCUS, Keyboard
from tests.journeys.visitor import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_call_by_keyboard_alone(town, visitor):
    officer = visitor()
    keys, page = Keyboard(officer), officer.page
    officer.go("/")
    officer.look("Sign in")
    page.keyboard.press("Tab")
    assert officer.link("Skip to main content").evaluate(HAS_FOCUS)
    page.keyboard.press("Enter")
    keys.type(page.get_by_label("Email address"), town.officer.email)
    keys.type(page.get_by_label("Password", exact=True), PASSWORD)
    page.keyboard.press("Enter")
    officer.look(re.compile("Good (morning|afternoon|evening), Amira"))
    keys.press(officer.way("Log a conversation"))
    officer.look("Who was the conversation with?")
    keys.type(page.get_by_role("searchbox", name="Find a school or a trust"), "millbrook")
    tick = page.get_by_role("checkbox", name=re.compile("Millbrook Junior School"))
    expect(tick).to_be_visible()
    keys.press(tick, "Space")
    officer.look("Who was the conversation with?")
    keys.press(officer.button("Log a call (one school)"))
    officer.look("Log a call")
    keys.press(page.get_by_label("Ruth Pell"), "Space")
    keys.type(officer.box("What was said"), "They would like a choir.")
    keys.type(officer.box("What was agreed"), "Send the choir leaflet")
    officer.saved()
    keys.press(officer.button("Log it"))
    officer.look("Catch-up with Millbrook Junior School")
    officer.sees("They would like a choir.")
    officer.sees("Send the choir leaflet")
    assert Conversation.objects.get().participants.filter(name="Ruth Pell").exists()


def test_attempt_in_two_presses_of_a_thumb(town, visitor):
    officer = visitor(town.officer, size=PHONE)
    officer.go("/schools/700001/")
    officer.look("Millbrook Junior School")
    officer.page.get_by_text("No answer", exact=True).click()
    officer.way("I called").click()
    officer.look("Millbrook Junior School")
    officer.sees("Noted: call, no answer.")
    assert Attempt.objects.get().how == "call"


def test_without_javascript(town, visitor):
    officer = visitor(town.officer, scripts=False, size=PHONE)
    officer.go("/schools/")
    officer.look(re.compile("chool"))
    find = officer.page.get_by_label("Name, URN, postcode or town")
    find.fill("millbrook")
    find.press("Enter")
    officer.link("Millbrook Junior School").click()
    officer.look("Millbrook Junior School")
    officer.button("Log a call").click()
    officer.look("Log a call")
    officer.box("What was said").fill("Plain HTML is enough.")
    officer.button("Add another action").click()
    officer.look("Log a call")
    expect(officer.box("What was said")).to_have_value("Plain HTML is enough.")
    officer.button("Save draft").click()
    officer.look("Log a call")
    officer.sees("Saved")
    officer.button("Log it").click()
    officer.look("Catch-up with Millbrook Junior School")
    officer.way("Share with the school").click()
    officer.look("Share this with Millbrook Junior School")
    officer.button("Share with the school").click()
    officer.sees("Version 1 is shared with Millbrook Junior School")


def test_head_answers_without_javascript(town, visitor):
    part = part_of(
        make_conversation(town.school, by=town.officer, form="full", parts={town.school: full_part(town.hub)})
    )
    sharing.share(part=part, recipients=addressees_at(school=town.school, hub=town.hub), by=town.officer)
    head = visitor(town.head, scripts=False)
    head.look("Music at Millbrook Junior School")
    head.link("Catch-up").click()
    head.sees("Singing is a strength")
    head.button("Build the development report").click()
    head.sees("waiting its turn")
    expect(head.link("See how far it is")).to_be_visible()
    head.go(part.get_absolute_url())
    head.way("Answer").click()
    head.page.get_by_label("Accurate", exact=True).check()
    head.page.locator("main form button").last.click()
    head.sees("Your answer stands beside the report")
    assert Response.objects.get().kind == "accurate"
