"""A manager asks many schools what they need: filter, questions, preview, send; a school without an account answers
from the link and thinks again; the response rate; and "You said, we did" closes it."""

import re

import pytest
from playwright.sync_api import expect

from engagement.mailings import sending
from schools.models import School
from schools.roles import Role
from tests import factories as make
from tests.journeys.visitor import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def post_office(server, settings):
    """What the worker does each minute, here and now."""
    server.mail.mkdir(exist_ok=True)
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = server.mail
    settings.BASE_URL = server.url
    return sending.send_some


def test_consultation_from_questions_to_what_came_of_it(town, visitor, server, post_office):
    ashby = School.objects.get(urn=700002)
    make.make_contact("Ada Ashby", hub=town.hub, school=ashby, email="ada@ashby.example", is_music_lead=True)
    make.make_contact("Tom Reed", hub=town.hub, school=town.school, email="tom@millbrook.example", is_music_lead=True)
    manager = visitor(make.make_person(Role.HUB_MANAGER, town.hub, "Mo Manager", password=make.PASSWORD))
    page = manager.page

    # From the list of schools, all that match; a choice without choices is refused, and nothing typed is lost.
    manager.link("Schools", exact=True).click()
    page.get_by_label("all 2 that match").check()
    page.locator("#bulk-kind").select_option("consultation")
    manager.button("Continue").click()
    manager.look("Write a consultation")
    manager.box("Title").fill("What would help you?")
    manager.box("What do you say to the schools?").fill("We plan next year, and would like to hear from you.")
    for box, words in (("Day", "31"), ("Month", "12"), ("Year", "2099")):
        manager.box(box).fill(words)
    manager.box("What do you ask?").fill("When would training suit you?")
    page.get_by_label("They answer by").first.select_option("one")
    manager.button("See it as they do").click()
    manager.look("Write a consultation")
    manager.sees("Enter from two to 12 choices, one a line")
    expect(manager.typed("Title")).to_have_value("What would help you?")
    manager.box("The choices").fill("Mornings\nAfternoons")
    manager.button("Add another question").click()
    page.get_by_label("What do you ask?").nth(1).fill("What else?")
    manager.button("See it as they do").click()

    # As each gets it, and the questions as they see them.
    manager.look("What would help you?")
    manager.sees("To 2 people at 2 schools. The list finds 2 schools. Nothing has been sent.")
    manager.sees("Dear Ada,")
    manager.sees("Afternoons")
    manager.button("Test to me").click()
    manager.look("What would help you?")
    manager.sees("as Ada Ashby would get it")
    manager.button("Send to 2 people").click()
    manager.look("What would help you?")
    manager.sees("0 of 2 schools answered")
    manager.link("Change the closing day").click()
    manager.look("Change the closing day")
    manager.box("Day").fill("30")
    manager.button("Change the day").click()
    manager.look("What would help you?")
    manager.sees("Schools can answer until 30 December 2099.")
    post_office()
    (letter,) = server.letters_to("ada@ashby.example", least=1)
    link = re.search(r"https?://\S+?(/answer/\S+/)", letter)[1]

    # Ashby has no account. Opening the link spends nothing; what is typed saves itself, and an error keeps it; she
    # thinks again.
    clerk = visitor(size=PHONE)
    clerk.go(link)
    clerk.go(link)
    clerk.look("What would help you?")
    clerk.sees("Exampleshire Music Hub asks Ashby High School")
    clerk.page.get_by_label("Mornings").check()
    clerk.box("What else?").fill("=A choir")
    clerk.saved()
    clerk.go(link)
    clerk.look("What would help you?")
    expect(clerk.page.get_by_label("Mornings")).to_be_checked()
    expect(clerk.typed("What else?")).to_have_value("=A choir")
    clerk.box("Your name").fill("")
    clerk.button("Send to the hub").click()
    clerk.look("What would help you?")
    clerk.sees("Enter your name")
    expect(clerk.typed("What else?")).to_have_value("=A choir")
    clerk.box("Your name").fill("Bo Clerk")
    clerk.box("Your role at the school").fill("Office")
    clerk.button("Send to the hub").click()
    clerk.look("Exampleshire Music Hub has your answers")
    clerk.sees("Bo Clerk, Office, sent them on")
    clerk.link("Change the answers").click()
    clerk.look("What would help you?")
    clerk.page.get_by_label("Afternoons").check()
    clerk.box("Your name").fill("Ada Ashby")
    clerk.box("Your role at the school").fill("Music lead")
    clerk.button("Send to the hub").click()
    clerk.look("Exampleshire Music Hub has your answers")
    clerk.sees("Ada Ashby, Music lead, sent them on")

    # What came back, with the schools behind the figures, and dated and sourced on the school's page.
    page.reload()
    manager.sees("1 of 2 schools answered: 50%")
    page.get_by_role("link", name="1 said: Afternoons").click()
    manager.look("1 of 2 schools matches")
    manager.sees("Ashby High School")
    with page.expect_download() as download:
        manager.link("CSV").click()
    assert "'=A choir" in download.value.path().read_text(encoding="utf-8-sig")
    manager.go(ashby.get_absolute_url())
    manager.look("Ashby High School")
    manager.sees("by Ada Ashby, Music lead,")

    # "You said, we did" closes it, and everybody reads it.
    manager.link("What would help you?", exact=True).click()
    manager.look("What would help you?")
    manager.sees("Before that: Bo Clerk, Office")
    manager.go("/consultations/")
    manager.look("1 consultation")
    manager.link("What would help you?").click()
    manager.button("Write “You said, we did”").click()
    manager.look("You said, we did")
    manager.box("You said").fill("Afternoons suit you best.")
    manager.box("We did").fill("All training is in the afternoon from January.")
    manager.button("Publish", exact=True).click()
    manager.look("What would help you?")
    manager.sees("Published by Mo Manager")
    manager.link("the page that everybody reads").click()
    address = page.url
    clerk.go(link)
    clerk.look("Exampleshire Music Hub has your answers")
    clerk.does_not_see("Change the answers")
    clerk.link("You said, we did").click()
    clerk.look("You said, we did: What would help you?")
    assert clerk.page.url == address
    clerk.sees("All training is in the afternoon from January.")
    clerk.sees("1 answered")
    clerk.does_not_see("Ashby High School")
