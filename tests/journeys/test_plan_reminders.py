"""The hub reminds several schools at once: it sees who gets what first, and the school gets it."""

import pytest
from playwright.sync_api import expect

from schools.models import School
from tests import factories as make
from tests.smdp.factories import fill, make_plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_hub_reminds_the_schools_that_have_not_shared(town, visitor, server, real_worker):
    fill(make_plan(town.school, by=town.head), by=town.head)
    ashby = School.objects.get(urn=700002)
    make.make_contact("Ada Ashby", hub=town.hub, school=ashby, email="ada@ashby.example", is_leader=True)
    officer = visitor(town.officer)

    # From the list of plans, as it is filtered; one of the schools is taken out.
    officer.link("Plans", exact=True).click()
    officer.look("2 schools")
    officer.link("Remind these schools by email").click()
    officer.look("Remind schools")
    officer.box("A word from you").fill("We are glad to help with it.")
    officer.button("See who gets what").click()

    # Exactly who gets what, before anything goes.
    officer.look("2 schools will be reminded")
    for words in (town.head.email, "ada@ashby.example", "has begun its music development plan and not shared it yet"):
        officer.sees(words)
    officer.sees("We are glad to help with it.")
    assert server.letters_to("") == []
    officer.button("Change something").click()
    officer.look("Remind schools")
    expect(officer.typed("A word from you")).to_have_value("We are glad to help with it.")
    officer.page.get_by_label("Ashby High School").uncheck()
    officer.button("See who gets what").click()
    officer.look("1 school will be reminded")
    officer.button("Send the reminders").click()
    officer.look("1 school reminded")

    # The worker sends it, once; the school reads it there, and in its own timeline.
    sent = officer.page.get_by_text("Sent", exact=True)
    for _ in range(60):
        if sent.is_visible():
            break
        officer.page.wait_for_timeout(500)
        officer.page.reload()
    (letter,) = server.letters_to(town.head.email, least=1)
    assert letter.startswith("The music development plan of Millbrook Junior School\n")
    assert "We are glad to help with it." in letter and f"{server.url}/plans/" in letter
    assert server.letters_to("ada@ashby.example") == []
    head = visitor(town.head)
    head.go(town.school.get_absolute_url())
    head.sees("Reminded of its music development plan by email")

    # Whoever was reminded lately is left out next time.
    officer.go("/plans/remind/")
    officer.button("See who gets what").click()
    officer.look("1 school will be reminded")
    officer.sees("Reminded within the last 30 days: 1 school")
