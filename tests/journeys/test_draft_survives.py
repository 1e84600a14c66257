"""What was typed is not lost: not by signing out, not by a sign-in that ends, not by a server that dies."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import expect

from engagement.actions import attempts
from hubportal.accounts.models import User
from hubportal.kit.models import Draft
from tests.factories import PASSWORD
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def begin(officer: Visitor) -> str:
    """Open a call with Millbrook; the address of its page."""
    officer.go("/schools/700001/")
    officer.button("Log a call").click()
    officer.look("Log a call")
    return officer.page.url


def kept() -> str:
    """What the portal has of the words."""
    draft = Draft.objects.get()
    return next((value for name, value in draft.values.items() if name.endswith("-summary")), "")


def test_draft_survives_signing_out(town, visitor):
    officer = visitor(town.officer)
    address = begin(officer)
    officer.box("What was said").press_sequentially("Typed, and signed out at once")
    officer.sign_out()
    assert kept() == "Typed, and signed out at once"
    assert officer.page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))") == []
    officer.sign_in(town.officer)
    officer.sees("Millbrook Junior School")  # Today knows of the draft
    officer.go(address)
    officer.look("Log a call")
    expect(officer.box("What was said")).to_have_value("Typed, and signed out at once")


@pytest.mark.parametrize("how", ["session", "cookies"])
def test_draft_survives_a_sign_in_that_ended(town, visitor, how):
    officer = visitor(town.officer)
    begin(officer)
    if how == "cookies":  # a browser that forgets them all, that of the form's token too
        officer.context.clear_cookies()
    Session.objects.all().delete()
    cache.clear()
    officer.box("What was said").press_sequentially("Typed after lunch")
    line = officer.page.locator("[data-draft-line]")
    expect(line).to_contain_text("Your sign-in has ended: your words are kept in this browser.")
    officer.look("Log a call")
    officer.sign_in_again(town.officer)
    officer.saved()
    assert kept() == "Typed after lunch"
    officer.button("Log it").click()
    officer.look("Catch-up with Millbrook Junior School")
    officer.sees("Typed after lunch")


def test_draft_survives_a_killed_server(town, visitor, server):
    officer = visitor(town.officer)
    address = begin(officer)
    officer.box("What was said").press_sequentially("Before the power cut")
    officer.saved()
    server.kill()
    officer.box("What was said").press_sequentially(", and during it")
    line = officer.page.locator("[data-draft-line]")
    expect(line).to_contain_text(re.compile("The portal does not answer|You are offline"))
    expect(line).to_contain_text("your words are kept in this browser")
    officer.page.close()  # the tab is gone, too
    assert kept() == "Before the power cut"
    server.start()
    officer.page = officer.context.new_page()
    officer.go(address)
    expect(officer.box("What was said")).to_have_value("Before the power cut")
    banner = officer.page.locator("[data-draft-copy]")
    expect(banner).to_contain_text("Before the power cut, and during it")
    officer.look("Log a call")
    officer.button("Put my words back").click()
    expect(banner).to_be_hidden()
    expect(officer.box("What was said")).to_have_value("Before the power cut, and during it")
    officer.saved()
    officer.page.reload()
    expect(officer.box("What was said")).to_have_value("Before the power cut, and during it")
    assert kept() == "Before the power cut, and during it"
    officer.button("Log it").click()
    officer.look("Catch-up with Millbrook Junior School")
    officer.sees("Before the power cut, and during it")


def sign_in_here(person: Visitor, user: User) -> None:
    """On the sign-in page that the portal led to."""
    person.look("Sign in")
    person.page.get_by_label("Email address").fill(user.email)
    person.page.get_by_label("Password", exact=True).fill(PASSWORD)
    person.button("Sign in").click()


def sent_too_late(person: Visitor, press: str) -> None:
    """The sign-in ends while the form stands open, and its button is pressed."""
    Session.objects.all().delete()
    cache.clear()
    person.button(press).click()
    person.sees("Your words are kept: sign in again")


def put_back(person: Visitor, user: User, words: str) -> None:
    sign_in_here(person, user)
    person.look("Your words are kept")
    person.sees(words)
    person.button("Put my words back").click()


def test_words_sent_without_scripts_after_the_sign_in_ended_come_back_into_a_call(town, visitor):
    officer = visitor(town.officer, scripts=False)
    begin(officer)
    officer.box("What was said").fill("Typed in the staff room.\nTwo lines of it")
    sent_too_late(officer, "Log it")
    put_back(officer, town.officer, "Typed in the staff room.")
    officer.look("Log a call")
    expect(officer.box("What was said")).to_have_value("Typed in the staff room.\nTwo lines of it")
    officer.button("Log it").click()
    officer.look("Catch-up with Millbrook Junior School")
    officer.sees("Two lines of it")
    officer.go("/words-kept/")
    officer.look(re.compile("^Good "))


def test_words_sent_without_scripts_come_back_into_a_full_conversation(town, visitor):
    officer = visitor(town.officer, scripts=False)
    begin(officer)
    officer.button("Open as full conversation").click()
    officer.look("Millbrook Junior School")
    officer.box("What was said").fill("A long talk about brass")
    sent_too_late(officer, "Log it")
    put_back(officer, town.officer, "A long talk about brass")
    officer.look("Millbrook Junior School")
    expect(officer.box("What was said")).to_have_value("A long talk about brass")
    assert kept() == "A long talk about brass"


def test_words_sent_without_scripts_come_back_into_a_form_and_are_sent_by_the_next_press(town, visitor):
    attempt = attempts.log(school=town.school, how="call", by=town.officer)
    officer = visitor(town.officer, scripts=False)
    officer.go(f"/attempts/{attempt.uuid}/")
    officer.box("Anything to remember").fill("Left word with the office")
    sent_too_late(officer, "Save")
    sign_in_here(officer, town.officer)
    officer.button("Put my words back").click()
    officer.sees("Your sign-in had ended, so this was not sent")
    expect(officer.box("Anything to remember")).to_have_value("Left word with the office")
    attempt.refresh_from_db()
    assert attempt.note == ""
    officer.button("Save").click()
    officer.look("Millbrook Junior School")
    attempt.refresh_from_db()
    assert attempt.note == "Left word with the office"


def test_words_sent_without_scripts_are_shown_to_nobody_else(town, visitor):
    officer = visitor(town.officer, scripts=False)
    address = begin(officer)
    officer.box("What was said").fill("Not for Olga")
    sent_too_late(officer, "Log it")
    sign_in_here(officer, town.other_manager)
    officer.look(re.compile("^Good "))
    officer.does_not_see("Not for Olga")
    officer.go("/words-kept/")
    officer.look(re.compile("^Good "))
    assert officer.go(address) == 404
    assert not any("forms_carried" in each.get_decoded() for each in Session.objects.all())


def test_draft_words_are_offered_to_nobody_else(town, visitor, server):
    """A staff-room computer: the next person to sign in finds nothing of it."""
    officer = visitor(town.officer)
    address = begin(officer)
    Session.objects.all().delete()
    cache.clear()
    officer.box("What was said").press_sequentially("Not for Olga")
    expect(officer.page.locator("[data-draft-line]")).to_contain_text("Your sign-in has ended")
    officer.page.close()
    officer.page = officer.context.new_page()
    officer.sign_in(town.other_manager)
    assert officer.go(address) == 404
    officer.does_not_see("Not for Olga")
