"""Two contacts turn out to be one person: the officer finds them, compares, merges, takes it back, and merges again."""

import re
from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import expect

from engagement.actions.entries import PartEntry, Person
from schools.models import Contact, School
from tests import factories as make
from tests.engagement.factories import make_conversation
from tests.journeys.conftest import Town
from tests.journeys.keyboard import Keyboard
from tests.journeys.visitor import DESK, PHONE, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ADDRESS = "tom.adeyemi@millbrook.example"


@dataclass
class Twice:
    """Tom stands at his school twice, and once more at another of the same name as that; two share the office's
    address."""

    other_school: School
    tom: Contact
    mr_adeyemi: Contact


@pytest.fixture
def twice(town: Town) -> Twice:
    here = {"hub": town.hub, "school": town.school}
    other = make.make_school(town.school.name, hub=town.hub, urn=700003, town="Ashby")
    tom = make.make_contact("Tom Adeyemi", **here, email=ADDRESS, job_title="Year 5 teacher")
    mister = make.make_contact("Mr T Adeyemi", **here, email=ADDRESS.upper(), phone="01632 960111", is_music_lead=True)
    make.make_contact("Tom Adeyemi", hub=town.hub, school=other, email=ADDRESS, job_title="Choir")
    for school in (town.school, other):
        make.make_contact("Zoe Office", hub=town.hub, school=school, email="office@millbrook.example")
    for contact, day, words in ((tom, 3, "Tom would like a choir."), (mister, 4, "Brass for Year 5.")):
        said = PartEntry(people=[Person(contact=contact)], summary=words)
        make_conversation(town.school, by=town.officer, on=date(2026, 6, day), parts={town.school: said})
    return Twice(other, tom, mister)


def opens(officer: Visitor, who: str) -> None:
    """From the list of likely duplicates to two of them side by side."""
    officer.go("/contacts/duplicates/")
    officer.look(re.compile("likely duplicate"))
    officer.page.get_by_role("button", name=f"Compare {who}").click()
    officer.look("Are they the same person?")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_two_contacts_become_one_and_two_again(town: Town, twice: Twice, visitor, size: dict) -> None:
    officer = visitor(town.officer, size=size)
    officer.go("/people/")
    officer.link("find those who are listed twice").click()
    officer.look("3 likely duplicates")
    officer.sees(f"Both have the email address {ADDRESS}. One is noted as Year 5 teacher, the other as nothing.")
    officer.sees("URN 700001 and Millbrook Junior School, Ashby, URN 700003")  # two schools of one name
    officer.does_not_see("Zoe Office")  # an office's address says nothing

    opens(officer, "Tom Adeyemi and Mr T Adeyemi, Millbrook")
    officer.sees(f"Both have the email address {ADDRESS}.")
    expect(officer.page.get_by_text("1 conversation", exact=True)).to_have_count(2)
    page = officer.page
    for question, answer in (("Name", "Tom Adeyemi"), ("Telephone", "01632 960111"), ("Leads music", "Yes")):
        assert page.get_by_role("group", name=question, exact=True).get_by_label(answer, exact=True).is_checked()
    officer.button("Merge into one contact").click()
    officer.look("Tom Adeyemi")
    officer.sees("Tom Adeyemi and Mr T Adeyemi are one contact at Millbrook Junior School now.")
    expect(page.get_by_label("Phone")).to_have_value("01632 960111")
    for line in (
        "Merged with Mr T Adeyemi",
        "Added (as Mr T Adeyemi, merged since)",
        "Telephone: nothing → 01632 960111",
    ):
        officer.sees(line)
    officer.go(twice.mr_adeyemi.get_absolute_url())  # an old link
    officer.look("Tom Adeyemi")

    officer.link("Undo the merge with Mr T Adeyemi").click()
    officer.look("Make Mr T Adeyemi a contact of their own again?")
    officer.button("Undo the merge").click()
    officer.look("Tom Adeyemi")
    officer.sees("Mr T Adeyemi is a contact of their own again.")
    officer.sees("Merge with Mr T Adeyemi undone")
    expect(page.get_by_label("Phone")).to_have_value("")
    officer.go(twice.mr_adeyemi.get_absolute_url())
    officer.look("Mr T Adeyemi")
    expect(page.get_by_label("Phone")).to_have_value("01632 960111")

    opens(officer, "Tom Adeyemi and Mr T Adeyemi, Millbrook")
    officer.sees("1 conversation")  # went back with him
    officer.button("Merge into one contact").click()
    officer.look("Tom Adeyemi")
    opens(officer, "Tom Adeyemi, Millbrook")
    officer.sees("2 conversations")
    officer.sees("Ashby, URN 700003")
    officer.button("Make them one person").click()
    officer.look("Tom Adeyemi")
    officer.sees("are posts of one person now.")
    officer.sees("Posts at other schools")
    officer.go("/contacts/duplicates/")
    officer.look("Likely duplicates")
    officer.sees("No duplicates that we can tell")
    officer.go("/schools/700001/")
    officer.look(town.school.name)
    officer.sees("Tom would like a choir.")
    officer.sees("Brass for Year 5.")
    expect(page.locator(".contact__name", has_text="Adeyemi")).to_have_count(1)


def test_two_people_of_one_name_are_told_apart_by_keyboard_alone(town: Town, visitor) -> None:
    for role in ("Cello", "Governor"):
        make.make_contact("Sam Hill", hub=town.hub, school=town.school, job_title=role)
    for _ in range(2):
        make.make_contact("Ann Lee", hub=town.hub, school=town.school, job_title="Head of Year 4")
    officer = visitor(town.officer)
    keys = Keyboard(officer)
    officer.go("/contacts/duplicates/")
    officer.look("2 likely duplicates")
    officer.sees("Both are called Sam Hill at the same school. One is noted as Cello, the other as Governor.")
    keys.press(officer.page.get_by_role("button", name="Not the same person Sam Hill"))
    officer.look("1 likely duplicate")
    officer.sees("are two people.")
    keys.press(officer.page.get_by_role("button", name="Compare Ann Lee"))
    officer.look("Are they the same person?")
    keys.to(officer.page.get_by_role("group", name="Email address").get_by_role("radio").first)
    officer.page.keyboard.press("ArrowDown")
    keys.press(officer.button("Merge into one contact"))
    officer.look("Ann Lee")
    officer.sees("The two called Ann Lee are one contact at Millbrook Junior School now.")
    keys.press(officer.link("Undo the merge with Ann Lee"))
    officer.look("Make Ann Lee a contact of their own again?")
    keys.press(officer.button("Undo the merge"))
    officer.look("Ann Lee")
    officer.sees("Ann Lee is a contact of their own again.")
