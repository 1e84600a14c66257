"""A school becomes an academy: the officer moves what the hub holds, undoes it, does it again; its head comes along."""

import re
from datetime import date

import pytest

from engagement.actions import sharing
from engagement.addressees import addressees_at
from schools.models import School, SchoolLink
from schools.register.proposals import propose
from tests import factories as make
from tests.engagement.factories import full_part, make_conversation, part_of
from tests.journeys.visitor import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OLD, NEW = "Millbrook Junior School", "Millbrook Academy"


@pytest.fixture
def academy(town) -> School:
    """The register says it: Millbrook has closed, one academy follows, and something had been shared with the head."""
    conversation = make_conversation(
        town.school, by=town.officer, on=date(2026, 6, 12), parts={town.school: full_part(town.hub)}
    )
    part = part_of(conversation)
    sharing.share(part=part, recipients=addressees_at(school=town.school, hub=town.hub), by=town.officer)
    town.school.status, town.school.close_date = School.Status.CLOSED, date(2026, 8, 31)
    town.school.save()
    academy = make.make_school(NEW, hub=town.hub, urn=700003, open_date=date(2026, 9, 1))
    file = make.make_register_file("links_edubasealldata20260901.csv", kind="links")
    seen = {"first_file": file, "last_file": file, "first_seen": file.as_at, "last_seen": file.as_at}
    SchoolLink.objects.create(urn=700001, link_urn=700003, kind="Successor", established_on=date(2026, 9, 1), **seen)
    SchoolLink.objects.create(urn=700003, link_urn=700001, kind="Predecessor", established_on=date(2026, 9, 1), **seen)
    propose()
    return academy


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_officer_moves_the_relationship_undoes_it_and_does_it_again(town, academy, visitor, size):
    officer = visitor(town.officer, **({"size": size} if size else {}))
    officer.go("/schools/")
    officer.look(re.compile("schools?$"))
    officer.link("schools that became others").click()
    officer.look("1 school that became another")
    officer.link(OLD).click()
    officer.look(f"Did {OLD} become {NEW}?")
    officer.sees(f"The national school register names {NEW} as the one successor of {OLD}, and it is open.")
    officer.sees("Ruth Pell, Ines Clerk")
    assert officer.page.get_by_role("radio", name=f"Move everything to {NEW}").is_checked()
    officer.box("Note").fill("Agreed with Ruth Pell.")
    officer.button("Save the decision").click()
    officer.look(f"{OLD} is now {NEW}")
    officer.sees("2 contacts")
    officer.sees("1 conversation")
    officer.sees("Agreed with Ruth Pell.")

    officer.go("/schools/700001/")  # an old link
    officer.look(NEW)
    officer.sees("Our records came over from Millbrook Junior School")
    officer.link(OLD, exact=True).click()
    officer.look(OLD)
    officer.sees(f"Now known as {NEW}, URN 700003.")
    officer.link("Our records went over to Millbrook Academy").click()
    officer.way("Undo this").click()
    officer.look(f"Bring the records back to {OLD}?")
    officer.button("Yes, undo it").click()
    officer.look(f"Did {OLD} become {NEW}?")
    officer.sees("Undone. The records are at Millbrook Junior School again.")
    officer.go("/schools/700001/")
    officer.look(OLD)

    officer.link("Our records came back from Millbrook Academy").click()
    officer.look(f"Did {OLD} become {NEW}?")
    officer.page.get_by_role("radio", name=f"Move everything to {NEW}").check()
    officer.button("Save the decision").click()
    officer.look(f"{OLD} is now {NEW}")
    officer.go("/schools/?q=700001")
    officer.look("2 of 3 schools match")
    officer.sees(OLD)
    officer.sees(NEW)

    head = visitor(town.head)
    head.go("/")
    head.look(f"Music at {NEW}")
    head.sees("12 June")


def test_officer_says_which_school_it_became_without_javascript(town, academy, visitor):
    officer = visitor(town.officer, scripts=False)
    officer.go("/schools/700002/")
    officer.link("This school became another school").click()
    officer.look("Which school did Ashby High School become?")
    officer.page.get_by_role("searchbox", name="Name, URN, postcode or town").fill("millbrook")
    officer.button("Search").click()
    officer.page.get_by_role("radio", name=NEW).check()
    officer.button("Compare the two schools").click()
    officer.look(f"Did Ashby High School become {NEW}?")
    officer.sees("One of your hub’s people said that Ashby High School became Millbrook Academy.")
    officer.page.get_by_role("radio", name="Leave things as they are").check()
    officer.button("Save the decision").click()
    officer.sees("Nothing has gone over.")
