"""A school has a part of its plan written by others: its hub, as a guest of one section, and somebody without an
account by a link. Then it goes through its priorities on one page."""

import re

import pytest
from playwright.sync_api import expect

from smdp import writing
from smdp.actions import plans
from smdp.models import SectionAnswer
from tests.journeys.visitor import NARROW, PHONE, Visitor
from tests.smdp.factories import fill, make_plan, priority, write

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PLAN = re.compile("^Music development plan 20")
NOW = "Where are you now?"


@pytest.fixture
def plan(town):
    return fill(make_plan(town.school, by=town.head), by=town.head)


def vision(plan) -> dict:
    return writing.drafts_of(plan)["vision"].values


def test_hub_writes_in_a_section_and_talks_about_it(town, visitor, plan):
    head, officer = visitor(town.head), visitor(town.officer, size=PHONE)
    officer.go(plan.get_absolute_url())
    officer.sees("what it says is the school’s own")
    head.go(plan.section_url("vision"))
    head.link("Who reads this section").press("Enter")
    head.look("Who reads “Vision”")
    head.page.get_by_label(re.compile("Exampleshire Music Hub")).check()
    head.page.get_by_label("They may also write in it for us").check()
    head.button("Let them read it").press("Enter")
    head.look("Who reads “Vision”")
    head.sees("Your hub reads this section now")

    officer.go(plan.get_absolute_url())
    officer.look(PLAN)
    officer.way("Vision").click()
    officer.look("Vision")
    officer.sees("What you write is marked until the school confirms it")
    officer.box(NOW).click()
    officer.page.keyboard.type("Choirs in two of four years")
    officer.saved()
    officer.button("Save and return").click()
    officer.look(PLAN)
    assert vision(plan)["now"] == "Choirs in two of four years"

    officer.go(plan.section_url("vision"))
    officer.link("Comments on this section").click()
    officer.look("Comments on “Vision”")
    officer.box("Your comment").fill("Is it two or three?")
    officer.page.get_by_label("Ruth Pell").check()
    officer.button("Add the comment").click()
    officer.look("Comments on “Vision”")
    officer.sees("Is it two or three?")

    head.go("/")
    head.sees("open comment")
    head.go(plan.section_url("vision"))
    head.look("Vision")
    head.sees(f"Written for you by {town.officer}")
    head.sees("Is it two or three?")
    head.link("Comments on this section").press("Enter")
    head.look("Comments on “Vision”")
    head.button("Dealt with").press("Enter")
    head.sees("Dealt with: Ruth Pell")
    head.go(plan.section_url("vision"))
    head.button("Confirm and return").press("Enter")
    head.look(PLAN)
    head.go(plan.section_url("vision"))
    head.does_not_see("Written for you by")

    head.link("Who reads this section").press("Enter")
    head.button("Stop").press("Enter")
    head.sees("does not read what is written here any more")
    assert officer.go(plan.section_url("vision")) == 403


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_section_is_answered_by_link_on_a_narrow_phone(town, visitor, plan, server, scripts):
    head = visitor(town.head)
    head.go(plan.section_url("vision"))
    head.link("Who reads this section").click()
    head.way("Ask somebody without an account").click()
    head.look("Ask somebody without an account")
    head.box("Full name").fill("Ann Sparrow")
    head.box("Email address").fill("ann@choirs.example")
    head.button("Send the link").click()
    head.look("Who reads “Vision”")
    letter = server.letters_to("ann@choirs.example", least=1)[-1]
    assert "Every child sings" not in letter

    ann = visitor(size=NARROW, scripts=scripts)
    ann.go(re.search(r"(/s/\S+/)", letter)[1])
    ann.look("Millbrook Junior School asks for your part of its music development plan")
    ann.button("Send me a code").click()
    ann.look("Enter the code from our email")
    code = re.search(r"\b\d{3} ?\d{3}\b", server.letters_to("ann@choirs.example", least=1)[-1])[0]
    ann.box("Code").fill(code)
    ann.button("Open the section").click()
    ann.look("Vision")
    ann.box(NOW).click()
    ann.page.keyboard.type("A choir of forty")
    if scripts:
        goes_on_without_a_connection(ann)
    ann.button("Send to the school").click()
    expect(ann.page.locator(".govuk-error-summary")).to_contain_text("role")
    ann.look("Vision")
    expect(ann.typed(NOW)).to_have_value("A choir of forty")
    assert SectionAnswer.objects.get().values["now"] == "A choir of forty"
    ann.box("Your role").fill("Choir leader")
    ann.button("Send to the school").click()
    ann.look("Vision")
    ann.sees("has your answers, and was told")

    head.go("/")
    head.sees("nswers by Ann Sparrow in “Vision” wait for you")
    head.way("Read the answers").click()
    head.look("Ann Sparrow on “Vision”")
    head.sees("A choir of forty")
    head.button("Take these answers over").click()
    head.look("Vision")
    assert vision(plan)["now"] == "A choir of forty"
    assert SectionAnswer.objects.get().outcome == "taken"
    ann.page.reload()
    ann.look("Thank you: your answers stand in the plan")


def goes_on_without_a_connection(ann: Visitor) -> None:
    """What she typed is saved by itself. The connection is cut, she types on and closes the page: her words are offered
    back when she comes in again, and she keeps the first ones."""
    ann.saved()
    assert SectionAnswer.objects.get().values["now"] == "A choir of forty"
    address = ann.page.url
    ann.context.set_offline(True)
    ann.page.keyboard.type(", and a band")
    line = ann.page.locator("[data-draft-line]")
    expect(line).to_contain_text("You are offline: your words are kept in this browser")
    ann.page.close()
    ann.context.set_offline(False)
    ann.page = ann.context.new_page()
    ann.go(address)
    expect(ann.typed(NOW)).to_have_value("A choir of forty")
    expect(ann.page.locator("[data-draft-copy]")).to_contain_text("A choir of forty, and a band")
    ann.look("Vision")
    ann.button("Put my words back").click()
    ann.saved()
    expect(ann.typed(NOW)).to_have_value("A choir of forty, and a band")
    assert SectionAnswer.objects.get().values["now"] == "A choir of forty, and a band"
    ann.box(NOW).fill("A choir of forty")
    ann.saved()


def test_priorities_are_gone_through_on_one_page(town, visitor, plan):
    write(plan, "priorities", by=town.head, **priority("A choir all year"))
    plans.share(plan=plan, by=town.head)
    head, officer = visitor(town.head, size=PHONE), visitor(town.officer)
    head.go(plan.get_absolute_url())
    head.look(PLAN)
    head.way("Check in on all of them").click()
    head.look("Check in on the plan")
    head.page.get_by_label("On track").first.check()
    head.box("What has happened").fill("Thirty singers on Fridays")
    head.button("Keep this check-in").click()
    head.look(re.compile("^Check-in"))
    head.sees("Thirty singers on Fridays")
    officer.go(plan.get_absolute_url())
    officer.look(PLAN)
    officer.sees("Thirty singers on Fridays")
