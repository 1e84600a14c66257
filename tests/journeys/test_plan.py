"""A plan is written by two people at once, shared, read by the hub, adopted, and read by a governor."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import expect

from schools.access import today
from schools.models import Membership
from schools.roles import Role
from smdp import writing
from smdp.models import Plan
from smdp.reckoning import against_the_hour
from tests import factories as make
from tests.journeys.visitor import PHONE
from tests.smdp.factories import fill, make_plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

VISION = "What do you want for every pupil?"


@pytest.fixture
def lead(town):
    return make.make_person(Role.SCHOOL_EDITOR, town.school, "Tom Adeyemi", password=make.PASSWORD)


@pytest.fixture
def governor(town):
    return make.make_person(Role.SCHOOL_VIEWER, town.school, "Sheila Okonjo", password=make.PASSWORD)


def test_plan_written_by_two_shared_and_adopted(town, visitor, lead, governor):
    head, tom = visitor(town.head), visitor(lead, size=PHONE)

    # The head begins it.
    head.link("Plan", exact=True).click()
    head.look("Music development plan")
    head.way("Begin your plan").click()
    head.look("Begin a plan")
    head.button("Begin", exact=True).click()
    head.look(re.compile("^Music development plan 20"))
    head.sees("0 of 12 sections complete")
    plan = Plan.objects.get()

    # Both write in one section, in different answers, and then in the same one.
    for who in (head, tom):
        who.go(plan.section_url("vision"))
        who.look("Vision")
    head.box(VISION).press_sequentially("Every child sings")
    head.saved()
    tom.box("Where are you now?").press_sequentially("Strong in assembly")
    tom.saved()
    expect(tom.typed(VISION)).to_have_value("Every child sings")
    tom.sees("Also here now: Ruth Pell")
    tom.context.set_offline(True)
    tom.box(VISION).press("Control+End")
    tom.box(VISION).press_sequentially(" and plays")
    tom.sees("You are offline: your words are kept in this browser")
    head.box(VISION).press_sequentially(" every day")
    head.saved()
    tom.context.set_offline(False)
    clash = tom.page.locator("[data-draft-conflict]")
    expect(clash).to_be_visible()
    tom.look("Vision")
    clash.get_by_role("button", name="Keep both").click()
    expect(clash).to_have_count(0)
    both = {"Every child sings every day", "Every child sings and plays"}
    expect(tom.typed(VISION)).to_have_value(re.compile("\n\n"))
    assert set(tom.typed(VISION).input_value().split("\n\n")) == both  # whoever came second stands second
    tom.way("Save and return").click()
    tom.look(re.compile("^Music development plan 20"))
    tom.sees("Last written by Tom Adeyemi today")

    # What is missing is named, and leads to its question.
    head.go(plan.get_absolute_url())
    head.way("Share with the hub").click()
    head.look("Not ready to share yet")
    head.link("Staff and training: Who teaches music, and with what training?").click()
    head.look("Staff and training")
    expect(head.box("Who teaches music, and with what training?")).to_be_in_viewport()

    # Until it is shared, the hub sees how far it is and no word.
    officer = visitor(town.officer)
    officer.link("Plans", exact=True).click()
    officer.look("2 schools")
    officer.link("Millbrook Junior School").click()
    officer.look(re.compile("^Music development plan 20"))
    officer.sees("The school has not shared it yet")
    officer.does_not_see("sings")
    assert officer.go(plan.section_url("vision")) == 403

    fill(plan, by=town.head)
    head.go(plan.get_absolute_url())
    head.way("Share with the hub").click()
    head.look("Share the plan with your hub?")
    head.button("Share it").click()
    head.look(re.compile("^Music development plan 20"))
    head.sees("Your hub and your trust read version 1 from now on")

    officer.go(plan.get_absolute_url())
    officer.link("Version 1").click()
    officer.look(re.compile("^Music development plan 20"))
    officer.sees("Every child sings vision")
    officer.go(town.school.get_absolute_url())
    officer.sees("Shared with the hub")

    # Adopted, without waiting for the hub; the governor reads it, and another hub finds nothing.
    head.way("Adopt").click()
    head.look("Adopt the plan")
    head.button("Adopt it").click()
    head.look("Adopt the plan")
    head.sees("Tick that the head approves this plan")
    for box, value in zip(("Day", "Month", "Year"), (today().day, today().month, today().year), strict=True):
        head.box(box).fill(str(value))
    head.page.get_by_label("The head approves this plan").check()
    head.button("Adopt it").click()
    head.look(re.compile("^Music development plan 20"))
    sheila = visitor(governor, size=PHONE)
    sheila.go("/plans/")
    sheila.look("Music development plan")
    sheila.link(plan.when).click()
    sheila.link("Version 2").click()
    sheila.look(re.compile("^Music development plan 20"))
    sheila.sees("Every child sings vision")
    stranger = visitor(town.other_manager)
    assert stranger.go(plan.get_absolute_url()) == 404
    assert stranger.go(f"{plan.get_absolute_url()}versions/2/") == 404


def test_plan_by_keyboard_and_without_scripts(town, visitor, lead):
    plan = make_plan(town.school, by=town.head)
    tom = visitor(lead, size={"width": 320, "height": 640}, scripts=False)
    tom.go(plan.section_url("priorities"))
    tom.look("Priorities")
    tom.box("What will be different").fill("A band by the summer")
    tom.button("Add another priority").press("Enter")
    tom.look("Priorities")
    expect(tom.page.get_by_role("textbox", name="What will be different")).to_have_count(2)
    tom.page.get_by_role("textbox", name="What will be different").nth(1).fill("A choir")
    tom.button("Save and return").press("Enter")
    tom.look(re.compile("^Music development plan 20"))
    tom.link("Priorities").press("Enter")
    expect(tom.page.get_by_role("textbox", name="What will be different").first).to_have_value("A band by the summer")
    tom.link("Earlier states of this section").press("Enter")
    tom.look("Earlier states of Priorities")
    tom.link("See it").press("Enter")
    tom.sees("A band by the summer")


def test_plan_words_survive_a_killed_server(town, visitor, lead, server):
    plan = make_plan(town.school, by=town.head)
    tom = visitor(lead)
    tom.go(plan.section_url("vision"))
    tom.box(VISION).press_sequentially("Before the power cut")
    tom.saved()
    server.kill()
    tom.box(VISION).press_sequentially(", and during it")
    tom.sees("The portal does not answer: your words are kept in this browser")
    server.start()
    tom.saved()
    tom.page.reload()
    expect(tom.typed(VISION)).to_have_value("Before the power cut, and during it")
    Membership.objects.filter(user=lead).update(ends_on=today())
    tom.box(VISION).press_sequentially("!")
    tom.sees("Your words are still in this browser")


def test_plan_words_survive_a_cut_connection_and_a_closed_tab(town, visitor, lead):
    plan = make_plan(town.school, by=town.head)
    tom = visitor(lead, size=PHONE)
    tom.go(plan.section_url("vision"))
    tom.box(VISION).press_sequentially("On the train")
    tom.saved()
    tom.context.set_offline(True)
    tom.box(VISION).press_sequentially(", and ")
    tom.page.keyboard.press("Control+b")
    tom.box(VISION).press_sequentially("in the tunnel")
    tom.sees("You are offline: your words are kept in this browser")
    tom.page.close()
    tom.context.set_offline(False)
    tom.page = tom.context.new_page()
    tom.go(plan.section_url("vision"))
    tom.look("Vision")
    offered = tom.page.locator("[data-draft-copy]")
    expect(offered).to_contain_text("On the train, and in the tunnel")  # as it reads, without the marks of bold
    tom.button("Put my words back").click()
    tom.saved()
    tom.page.reload()
    expect(tom.typed(VISION)).to_have_value("On the train, and **in the tunnel**")


def test_plan_words_survive_a_sign_in_that_ends_mid_sentence(town, visitor, lead):
    plan = make_plan(town.school, by=town.head)
    tom = visitor(lead)
    tom.go(plan.section_url("vision"))
    tom.box(VISION).press_sequentially("Every child")
    tom.saved()
    Session.objects.all().delete()
    cache.clear()
    tom.box(VISION).press_sequentially(" sings")
    tom.sees("Your sign-in has ended: your words are kept in this browser.")
    tom.look("Vision")
    tom.sign_in_again(lead)
    tom.saved()
    assert writing.drafts_of(plan)["vision"].values["vision"] == "Every child sings"


def test_plan_row_that_is_taken_out_counts_for_nothing(town, visitor, lead):
    plan = make_plan(town.school, by=town.head)
    tom = visitor(lead)
    tom.go(plan.section_url("curriculum"))
    tom.box("Year group").fill("Year 4")
    tom.page.get_by_label("No", exact=True).first.check()
    tom.button("Add another year group").click()
    tom.page.get_by_role("textbox", name="Year group").nth(1).fill("Year 5")
    tom.saved()
    tom.button("Take out year group 1").click()
    tom.look("Curriculum music")
    tom.way("Save and return").click()
    tom.look(re.compile("^Music development plan 20"))
    values = writing.drafts_of(plan)["curriculum"].values
    assert (values["time-0-year_group"], values["time-0-carousel"], values["time-1-year_group"]) == ("", "", "Year 5")


def test_plan_budget_and_minutes_are_reckoned_while_they_are_typed_as_they_are_saved(town, visitor, lead):
    plan = make_plan(town.school, by=town.head)
    tom = visitor(lead)
    tom.go(plan.section_url("funding"))
    tom.sees("Nothing to count yet.")
    tom.box("What it is for").fill("A specialist")
    tom.page.get_by_label("Spent").check()
    tom.box("Pounds a year").fill("7,800")
    lines = tom.page.locator("[data-reckoned-lines] li")
    typed = ["Received: £0", "Spent: £7,800", "Balance: £7,800 more spent than received"]
    expect(lines).to_have_text(typed)
    tom.button("Add another line").click()
    tom.page.get_by_role("textbox", name="Pounds a year").nth(1).fill("£9000")
    tom.sees("1 line counts in neither, until it says how much, and whether it is in or out.")
    tom.page.get_by_label("Received").nth(1).check()
    expect(lines).to_have_text(["Received: £9,000", "Spent: £7,800", "Balance: £1,200 left"])
    tom.saved()
    tom.go(plan.section_url("curriculum"))
    groups = {"Year 4": "45", "KS2": "60", "Reception": "30", "Years 7 and 8": "1,075", "Year 10": "1", "All": "75"}
    for at, (group, minutes) in enumerate(groups.items()):
        if at:
            tom.button("Add another year group").click()
        tom.page.get_by_role("textbox", name="Year group").nth(at).fill(group)
        tom.page.get_by_role("textbox", name="Minutes a week, averaged over the year").nth(at).fill(minutes)
    said = [f"{group}: {against_the_hour(group, int(typed.replace(',', '')))[0]}" for group, typed in groups.items()]
    expect(lines).to_have_text(said)
    tom.saved()
    help_with = tom.page.get_by_text("Help with this question: Minutes of music by year group")
    help_with.focus()
    tom.page.keyboard.press("Enter")
    tom.sees("A day of music twice a year, of 5 hours each, is about 15.")
