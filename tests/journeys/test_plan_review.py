"""A school shares its plan; the hub reviews it and returns comments; the school reads them there and adopts."""

import re

import pytest
from playwright.sync_api import expect

from schools.access import today
from smdp import writing
from smdp.models import Plan, PlanReview
from tests.journeys.visitor import PHONE
from tests.smdp.factories import fill, make_plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

COMMENT = "Your comment on Vision"
PLAN = re.compile("^Music development plan 20")
REVIEW = "Review the plan of Millbrook Junior School"


def test_plan_reviewed_and_adopted(town, visitor):
    plan = fill(make_plan(town.school, by=town.head), by=town.head)
    head, officer = visitor(town.head), visitor(town.officer)

    head.go(plan.get_absolute_url())
    head.way("Share with the hub").click()
    head.button("Share it").click()
    head.look(PLAN)

    # It waits on the officer's list of today, and is read with a place for a comment under each section.
    officer.go("/")
    officer.sees("Its music development plan waits for your review")
    officer.way("Read the plan").click()
    officer.look(PLAN)
    officer.link("Read and review it").click()
    officer.look(PLAN)
    officer.button("Review this version").click()
    officer.look(REVIEW)
    officer.sees("Every child sings vision")
    officer.box(COMMENT).press_sequentially("Say how you will know")
    officer.saved()
    expect(officer.page).to_have_url(re.compile("/review/$"))
    assert writing.review_draft_of(PlanReview.objects.get()).values["on_vision"] == "Say how you will know"

    # A colleague's page on a phone has the words, and the school does not.
    colleague = visitor(town.officer, size=PHONE)
    colleague.go(PlanReview.objects.get().get_absolute_url())
    colleague.look(REVIEW)
    expect(colleague.typed(COMMENT)).to_have_value("Say how you will know")
    head.go(plan.section_url("vision"))
    head.does_not_see("Say how you will know")

    officer.box("What is strong in this plan").fill("Singing every day")
    officer.button("Return to the school").click()
    officer.look(PLAN)
    officer.sees("Returned to the school")
    assert Plan.objects.get().state == "reviewed"

    # The school has it on its plan, beside the section, and adopts.
    head.go(plan.get_absolute_url())
    head.look(PLAN)
    head.sees("Reviewed by the hub")
    head.link("Read all of it beside the plan").click()
    head.look(PLAN)
    head.sees("Singing every day")
    head.go(plan.section_url("vision"))
    head.look("Vision")
    head.sees("Your hub says")
    head.sees("Say how you will know")
    head.go(plan.get_absolute_url())
    head.way("Adopt").click()
    for box, value in zip(("Day", "Month", "Year"), (today().day, today().month, today().year), strict=True):
        head.box(box).fill(str(value))
    head.page.get_by_label("The head approves this plan").check()
    head.button("Adopt it").click()
    head.look(PLAN)
    assert Plan.objects.get().state == "adopted"


def test_review_without_scripts(town, visitor):
    plan = fill(make_plan(town.school, by=town.head), by=town.head)
    head = visitor(town.head, scripts=False)
    head.go(plan.get_absolute_url())
    head.way("Share with the hub").click()
    head.button("Share it").click()
    officer = visitor(town.officer, size={"width": 320, "height": 640}, scripts=False)
    officer.go(f"{plan.get_absolute_url()}versions/1/")
    officer.button("Review this version").press("Enter")
    officer.look(REVIEW)
    officer.box(COMMENT).fill("Say how you will know")
    officer.button("Save", exact=True).press("Enter")
    officer.look(REVIEW)
    expect(officer.typed(COMMENT)).to_have_value("Say how you will know")
    officer.button("Return to the school").press("Enter")
    officer.look(PLAN)
    officer.sees("Returned to the school")
