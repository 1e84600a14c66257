"""A music lead leaves: a manager watches the school, a risk is raised and taken to her, somebody follows and gets the
handover once it was checked, and the risk is resolved."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import F
from playwright.sync_api import expect

from engagement.actions import sharing
from engagement.addressees import addressees_at
from engagement.models import Newcomer, Risk
from schools.access import today
from schools.models import Contact
from schools.roles import Role
from tests import factories as make
from tests.engagement.factories import full_part, make_conversation, part_of
from tests.journeys.conftest import Town
from tests.journeys.serving import Server
from tests.journeys.visitor import DESK, PHONE, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
GREETING = re.compile("Good (morning|afternoon|evening)")
SCHOOL = "Millbrook Junior School"
RISK = "The choir may end with its leader"
NEW = "rosa@millbrook.example"


def raise_and_escalate(officer: Visitor) -> None:
    officer.go("/schools/700001/")
    officer.link("Raise a risk").click()
    officer.look(f"Raise an engagement risk at {SCHOOL}")
    officer.page.get_by_label("The music lead is leaving").check()
    officer.box("What is the risk?").fill(RISK)
    officer.button("Raise the risk").click()
    officer.look(f"Raise an engagement risk at {SCHOOL}")
    expect(officer.page.locator(".govuk-error-summary")).to_contain_text("Say what shows it")
    expect(officer.box("What is the risk?")).to_have_value(RISK)
    officer.box("What shows it?").fill("His email of Monday.")
    officer.button("Raise the risk").click()
    officer.look(RISK)
    officer.way("Escalate").click()
    officer.look("Escalate this risk")
    officer.page.get_by_label("Jo Marsh").check()
    officer.box("Why now, and what do you need?").fill("You know the head: would you ring?")
    officer.button("Escalate").click()
    officer.look(RISK)
    officer.sees("Escalated")


def somebody_follows(officer: Visitor, old: Contact) -> None:
    """The music lead has left, and another is entered: ten days after the first."""
    events = apps.get_model("schools", "ContactEvent").objects
    events.update(pgh_created_at=F("pgh_created_at") - timedelta(days=10))
    officer.go(f"/contacts/{old.uuid}/end/")
    officer.look(f"Tom Adeyemi has left {SCHOOL}")
    for name, number in (("Day", today().day), ("Month", today().month), ("Year", today().year)):
        officer.page.get_by_label(name, exact=True).fill(str(number))
    officer.button("Save the date").click()
    officer.look(SCHOOL)
    officer.go("/schools/700001/contacts/new/")
    officer.look("Add a contact")
    officer.box("Full name").fill("Rosa Field")
    officer.box("Role at the school").fill("Music lead")
    officer.box("Email").fill(NEW)
    officer.page.get_by_label("Leads music").check()
    officer.button("Save", exact=True).click()
    officer.look(SCHOOL)


def check_and_send(officer: Visitor, server: Server) -> None:
    officer.go("/today/")
    officer.look(GREETING)
    officer.sees("Rosa Field: send the handover.")
    officer.way(f"Check and send {SCHOOL}").click()
    officer.look(f"New music lead at {SCHOOL}: Rosa Field")
    officer.does_not_see(RISK)
    officer.box("Your greeting").fill("Welcome! I am your contact at the hub.")
    officer.button("See it with these words").click()
    officer.look(f"New music lead at {SCHOOL}: Rosa Field")
    expect(officer.page.locator(".letter")).to_contain_text("Welcome! I am your contact at the hub.")
    assert server.letters_to(NEW) == []
    officer.button("Send the handover").click()
    officer.look(SCHOOL)
    officer.sees("Sent to Rosa Field")
    (letter,) = server.letters_to(NEW, least=1)
    assert "Welcome! I am your contact at the hub." in letter and "/r/" in letter
    assert RISK not in letter and "Not a word" not in letter


@pytest.mark.parametrize(("size", "scripts"), [(DESK, True), (PHONE, False)])
def test_music_lead_is_followed(town: Town, visitor, server: Server, size: dict, scripts: bool) -> None:
    jo = make.make_person(Role.HUB_MANAGER, town.hub, "Jo Marsh", password=make.PASSWORD)
    old = make.make_contact("Tom Adeyemi", hub=town.hub, school=town.school, is_music_lead=True)
    told = make_conversation(
        town.school, by=town.officer, form="full", parts={town.school: full_part(town.hub)}, private_notes="Not a word"
    )
    sharing.share(part=part_of(told), recipients=addressees_at(school=town.school, hub=town.hub), by=town.officer)
    manager, officer = (visitor(each, size=size, scripts=scripts) for each in (jo, town.officer))
    manager.go("/schools/700001/")
    manager.button("Watch").click()
    manager.look(SCHOOL)

    raise_and_escalate(officer)
    manager.go("/today/")
    manager.look(GREETING)
    manager.sees("The school you watch changed")
    manager.sees(f"takes a risk to Jo Marsh: {RISK}")
    manager.link("The school you watch changed").click()
    manager.look("The school you watch changed")
    manager.button("Mark all as seen").click()
    manager.look("Nothing new at the school you watch")

    somebody_follows(officer, old)
    check_and_send(officer, server)
    officer.go(Newcomer.objects.get().get_absolute_url())
    officer.look(f"New music lead at {SCHOOL}: Rosa Field")
    officer.sees("It is not sent twice.")

    manager.go(Risk.objects.get().get_absolute_url())
    manager.look(RISK)
    manager.way("Resolve").click()
    manager.look("Resolve this risk")
    manager.page.get_by_role("radio").first.check()
    manager.box("What was done, and how do you know?").fill("Rosa Field takes the choir on. She told me.")
    manager.button("Resolve").click()
    manager.look(RISK)
    manager.sees("Rosa Field takes the choir on.")
    manager.go("/risks/")
    manager.sees("No risk stands")
    manager.link("See resolved ones").click()
    manager.look("1 engagement risk")
    manager.sees(RISK)
