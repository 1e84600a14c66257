"""The register says that a school became an academy: the officer moves what the hub holds, undoes it, does it again;
its head comes along."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from engagement.actions import sharing
from engagement.addressees import addressees_at
from hubportal.accounts.models import User
from schools.models import School
from schools.register.importing import import_establishments
from schools.roles import Role
from tests import factories as make
from tests.engagement.factories import full_part, make_conversation, part_of
from tests.journeys.administrator import brings, sign_in_to_the_register, waits_for
from tests.journeys.conftest import Town
from tests.journeys.visitor import DESK, PHONE
from tests.schools.register.files import row, text, write
from tests.schools.register.inbox import FIRST, MANY, SECOND
from tests.schools.register.sheets import LINKS, link

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OLD, NEW = "Fernhill Junior School", "Fernhill Academy"
OLD_URN, NEW_URN = 120001, 150001


@dataclass
class Register:
    """The files that say it, and who leads the school of which they say it."""

    files: dict[str, Path]
    head: User


@pytest.fixture
def register(town: Town, tmp_path: Path) -> Register:
    """The first file has come, and the hub knows the school: its head, a clerk, a conversation that was shared. In the
    second file the school has closed, and an academy follows."""
    place = {"LA (code)": town.hub.authority.code, "LA (name)": town.hub.authority.name}
    old, new = row(OLD_URN, OLD, **place), row(NEW_URN, NEW, **place)
    import_establishments(write(tmp_path, FIRST, text([*MANY, old])))
    school = School.objects.get(urn=OLD_URN)
    head = make.make_person(Role.SCHOOL_LEADER, school, "Ruth Pell", password=make.PASSWORD)
    known = {"hub": town.hub, "school": school}
    make.make_contact("Ruth Pell", **known, user=head, email=head.email, job_title="Head", is_leader=True)
    make.make_contact("Ines Clerk", **known)
    make.make_relationship(**known, owner=town.officer)
    conversation = make_conversation(school, by=town.officer, on=date(2026, 6, 12), parts={school: full_part(town.hub)})
    recipients = addressees_at(school=school, hub=town.hub)
    sharing.share(part=part_of(conversation), recipients=recipients, by=town.officer)
    closed = {"EstablishmentStatus (code)": "2", "CloseDate": "31-08-2022"}
    opened = {"OpenDate": "01-09-2022", "TypeOfEstablishment (code)": "34"}
    links = [link(OLD_URN, "Successor", NEW_URN, "01-09-2022"), link(NEW_URN, "Predecessor", OLD_URN, "01-09-2022")]
    return Register(
        {
            "Establishments": write(tmp_path, SECOND, text([*MANY, old | closed, new | opened])),
            "Links between schools": write(tmp_path, "links_edubasealldata20230407.csv", text(links, LINKS)),
        },
        head,
    )


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_conversion_goes_from_the_register_to_the_officer(town, register, visitor, real_worker, size):
    nadia = visitor(size=size)
    sign_in_to_the_register(nadia)
    brings(nadia, register.files)
    waits_for(nadia, "What the files would change")
    nadia.sees("42 rows: 1 new")
    nadia.button("Apply these files").click()
    waits_for(nadia, "The files are applied")

    officer = visitor(town.officer, size=size)
    officer.go("/")
    officer.sees("See what the register changed")
    officer.go("/schools/")
    officer.link("what the register changed").click()
    officer.look("1 register change")
    officer.sees(f"{OLD} became an academy, {NEW} on 1 September 2022.")
    officer.way("Move its records").click()
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

    officer.go(f"/schools/{OLD_URN}/")  # an old link
    officer.look(NEW)
    officer.sees(f"Our records came over from {OLD}")
    officer.link(OLD, exact=True).click()
    officer.look(OLD)
    officer.sees(f"Now known as {NEW}, URN {NEW_URN}.")
    officer.link(f"Our records went over to {NEW}").click()
    officer.way("Undo this").click()
    officer.look(f"Bring the records back to {OLD}?")
    officer.button("Yes, undo it").click()
    officer.look(f"Did {OLD} become {NEW}?")
    officer.sees(f"Undone. The records are at {OLD} again.")
    officer.go(f"/schools/{OLD_URN}/")
    officer.look(OLD)

    officer.link(f"Our records came back from {NEW}").click()
    officer.look(f"Did {OLD} become {NEW}?")
    officer.page.get_by_role("radio", name=f"Move everything to {NEW}").check()
    officer.button("Save the decision").click()
    officer.look(f"{OLD} is now {NEW}")
    officer.go(f"/schools/?q={OLD_URN}")
    officer.look("2 of 4 schools match")
    officer.sees(OLD)
    officer.sees(NEW)
    officer.go("/schools/changes/")
    expect(officer.way("Move its records")).to_have_count(0)

    head = visitor(register.head)
    head.go("/")
    head.look(f"Music at {NEW}")
    head.sees("12 June")


def test_officer_says_which_school_it_became_without_javascript(town, visitor):
    academy = make.make_school("Ashby Academy", hub=town.hub, urn=700003, open_date=date(2026, 9, 1))
    officer = visitor(town.officer, scripts=False)
    officer.go("/schools/700002/")
    officer.link("This school became another school").click()
    officer.look("Which school did Ashby High School become?")
    officer.page.get_by_role("searchbox", name="Name, URN, postcode or town").fill("ashby academy")
    officer.button("Search").click()
    officer.page.get_by_role("radio", name=academy.name).check()
    officer.button("Compare the two schools").click()
    officer.look(f"Did Ashby High School become {academy.name}?")
    officer.sees("One of your hub’s people said that Ashby High School became Ashby Academy.")
    officer.page.get_by_role("radio", name="Leave things as they are").check()
    officer.button("Save the decision").click()
    officer.sees("Nothing has gone over.")
