"""A county goes over to another hub: the administrator's pages, the offer of one manager, the answer of the other."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from schools.access import today
from schools.roles import Role
from tests import factories as make
from tests.engagement.factories import make_conversation
from tests.journeys.conftest import Town
from tests.journeys.visitor import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("size", "scripts"), [(DESK, True), (PHONE, True), (PHONE, False)])
def test_school_is_handed_over_by_both_sides_consent(town: Town, visitor, size: dict, scripts: bool) -> None:
    make.make_trust("Larkrise Trust", schools=(town.school,))
    make_conversation(town.school, by=town.officer, on=today() - timedelta(days=30), common_summary="Singing each day.")
    manager = make.make_person(Role.HUB_MANAGER, town.hub, "Jo Marsh", password=make.PASSWORD)
    other_hub = town.other_manager.memberships.get().hub
    area = town.hub.areas.get()
    area.ends_on = today()
    area.save()
    make.make_area(hub=other_hub, authority=area.authority, starts_on=today())

    giver = visitor(manager, size=size, scripts=scripts)
    giver.link("Our area").click()
    giver.look("0 open schools in 0 authorities")
    giver.link("Schools handed over").click()
    giver.look("Schools handed over")
    giver.page.get_by_label("Millbrook Junior School").check()
    giver.button("Choose what to offer").click()
    giver.look("Offer Millbrook Junior School to Samplefolk Music Hub")
    giver.sees("We hold: 2 contacts, 1 conversation")
    giver.page.get_by_label("The school with its history").check()
    giver.box("Note to the other hub").fill("Happy to talk.")
    giver.button("Offer", exact=True).click()
    giver.look("Schools handed over")
    giver.sees("No answer yet.")

    receiver = visitor(town.other_manager, size=size, scripts=scripts)
    receiver.sees("Exampleshire Music Hub offers you its history of this school: 2 contacts, 1 conversation")
    receiver.way("Answer").click()
    receiver.look("Exampleshire Music Hub offers you Millbrook Junior School")
    receiver.sees("Happy to talk.")
    receiver.does_not_see("Singing each day.")
    receiver.page.get_by_label("Accept").check()
    receiver.button("Send the answer").click()
    receiver.look("Millbrook Junior School")
    receiver.sees("Received from Exampleshire Music Hub")
    receiver.page.locator("main").get_by_role("link", name="Catch-up").click()
    receiver.look("Catch-up with Millbrook Junior School")
    receiver.sees("it cannot be changed or shared")
    receiver.go("/schools/trusts/")
    receiver.look("1 trust")
    receiver.link("Larkrise Trust").click()
    receiver.look("Larkrise Trust")


def test_administrator_looks_after_areas(town: Town, visitor) -> None:
    nadia = make.make_user("Nadia Farouk", is_superuser=True, password=make.PASSWORD)
    area = town.hub.areas.get()
    east = make.make_authority("East Exampleshire")
    make.make_school("Nobody's School", authority=make.make_authority("Nobody's"))
    there = visitor()
    there.go("/administration/schools/localauthority/")
    there.page.get_by_label("Email address").fill(nadia.email)
    there.page.get_by_label("Password", exact=True).fill(make.PASSWORD)
    there.button("Sign in").click()
    there.page.wait_for_url("**/localauthority/")
    there.link("An authority was replaced").click()
    there.look("An authority was replaced")
    there.page.get_by_label("Authority that ends").select_option(label=area.authority.name)
    there.page.get_by_label("First day of the new ones").fill("2030-04-01")
    there.page.get_by_label("New authority 1:", exact=True).select_option(label=east.name)
    there.page.get_by_label("Hub that covers new authority 1").select_option(label=town.hub.name)
    there.button("Show what would happen").click()
    there.look("An authority was replaced")
    there.sees("The register has 2 open schools there today")
    there.button("Replace it", exact=True).click()
    expect(there.page.locator(".messagelist")).to_contain_text("was replaced on 1 April 2030")
    there.link("Schools that no hub covers").click()
    there.look("Schools that no hub covers")
    there.sees("1 open school in 1 authority")
    there.go("/administration/schools/handover/")
    there.link("Schools of a hub that has ended").click()
    there.look(re.compile("Schools of a hub that has ended"))
    there.sees("No hub has ended.")
