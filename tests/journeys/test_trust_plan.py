"""A trust writes its plan and shares it; three of its schools see it above their own words, and answer."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from schools.access import today
from schools.roles import Role
from smdp.actions import plans
from smdp.models import TrustConfirmation, TrustPlan
from tests import factories as make
from tests.journeys.visitor import NARROW, PHONE
from tests.smdp.factories import fill, make_plan, priority, write

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

VISION = "What do you want for every pupil?"
PLAN = re.compile("^Music plan of the trust 20")
OWN_PLAN = re.compile("^Music development plan 20")


@pytest.fixture
def schools(town):
    return [town.school, *(make.make_school(f"{name} Primary School", hub=town.hub) for name in ("Cole", "Dene"))]


@pytest.fixture
def marcus(schools):
    trust = make.make_trust("Larkrise Trust", schools=tuple(schools), joined_on=today() - timedelta(days=30))
    return make.make_person(Role.TRUST_LEADER, trust, "Marcus Thwaite", password=make.PASSWORD)


@pytest.fixture
def leads(schools):
    return [
        make.make_person(Role.SCHOOL_EDITOR, school, name, password=make.PASSWORD)
        for school, name in zip(schools, ("Tom Adeyemi", "Cora Cole", "Dan Dene"), strict=True)
    ]


def test_trusts_section_appears_in_its_three_schools(town, visitor, schools, marcus, leads):
    own = [
        fill(make_plan(school, by=lead), by=lead, word=school.name) for school, lead in zip(schools, leads, strict=True)
    ]
    write(own[1], "priorities", by=leads[1], **priority("A choir in every school"))
    plans.adopt(plan=own[1], presented_on=today(), by=leads[1])
    leader = visitor(marcus)
    tom, cora, dan = visitor(leads[0]), visitor(leads[1], size=PHONE), visitor(leads[2], size=NARROW)

    # The trust's leader begins and writes; three schools have the section open, and see nothing of it.
    leader.go(marcus.memberships.get().trust.get_absolute_url())
    leader.link("Begin the trust’s plan").click()
    leader.look("Begin the trust’s plan")
    leader.button("Begin", exact=True).click()
    leader.look(PLAN)
    leader.link("Vision", exact=True).click()
    leader.look("Vision")
    leader.box(VISION).press_sequentially("Every child of Larkrise sings")
    leader.saved()
    for who, plan in zip((tom, cora, dan), own, strict=True):
        who.go(plan.section_url("vision"))
        who.look("Vision")
        who.does_not_see("Every child of Larkrise sings")

    # It carries over a priority that one school adopted, and shares.
    leader.way("Save and return").click()
    leader.look(PLAN)
    leader.link("Side by side").click()
    leader.look("1 priority of your schools")
    leader.button("Carry into the trust’s plan").click()
    leader.look("Priorities")
    leader.sees("Cole Primary School, version 1")
    leader.go(TrustPlan.objects.get().get_absolute_url())
    leader.way("Share with your schools").click()
    leader.look("Share the plan with your schools?")
    leader.page.get_by_label("Ask each school to confirm it").check()
    leader.button("Share it").click()
    leader.look(PLAN)
    leader.sees("0 of 2 sections confirmed")

    # All three see it, read-only, above their own words.
    for who in (tom, cora, dan):
        who.page.reload()
        who.look("Vision")
        who.sees("From Larkrise Trust, version 1")
        who.sees("Every child of Larkrise sings")

    # One confirms, while something of its own is typed; one adds its own words.
    tom.box("Where are you now?").fill("Typed before the press")
    tom.way("Confirm what the trust says").click()
    tom.look("Vision")
    tom.sees("Confirmed for the school by Tom Adeyemi")
    expect(tom.typed("Where are you now?")).to_have_value("Typed before the press")
    cora.box("Where are you now?").press_sequentially("Here we also drum")
    cora.saved()
    cora.way("Save and return").click()
    cora.look(OWN_PLAN)
    cora.sees("It asks you to confirm what it says in 2 sections")
    leader.page.reload()
    leader.look(PLAN)
    leader.sees("1 of 2 sections confirmed")
    leader.sees("Tom Adeyemi")

    # The hub meets it in what a school shares, and nowhere else.
    plans.share(plan=own[0], by=town.head)
    officer = visitor(town.officer)
    officer.go(f"{own[0].get_absolute_url()}versions/1/")
    officer.look(OWN_PLAN)
    officer.sees("From Larkrise Trust, version 1")
    assert officer.go(TrustPlan.objects.get().get_absolute_url()) == 404

    # A newer version asks again where it says something else.
    leader.go(TrustPlan.objects.get().section_url("vision"))
    leader.look("Vision")
    leader.box(VISION).fill("Every child of Larkrise sings and plays")
    leader.saved()
    leader.way("Save and return").click()
    leader.look(PLAN)
    leader.way("Share with your schools").click()
    leader.button("Share it").click()
    leader.look(PLAN)
    tom.page.reload()
    tom.look("Vision")
    tom.sees("From Larkrise Trust, version 2")
    tom.sees("Your trust asks you to confirm this")
    leader.link("What changed between versions").click()
    leader.look("1 change from version 1 to version 2")


def test_confirming_without_scripts_on_a_narrow_screen(visitor, schools, marcus, leads):
    leader = visitor(marcus, size=NARROW, scripts=False)
    leader.go(f"/trusts/{marcus.memberships.get().trust.group_uid}/plan/begin/")
    leader.button("Begin", exact=True).press("Enter")
    leader.link("Vision", exact=True).press("Enter")
    leader.box(VISION).fill("Every child of Larkrise sings")
    leader.button("Save and return").press("Enter")
    leader.look(PLAN)
    leader.way("Share with your schools").press("Enter")
    leader.button("Share it").press("Enter")
    leader.look(PLAN)
    plan = make_plan(schools[2], by=leads[2])
    dan = visitor(leads[2], size=NARROW, scripts=False)
    dan.go(plan.section_url("vision"))
    dan.box("Where are you now?").fill("Typed without scripts")
    dan.button("Confirm what the trust says").press("Enter")
    dan.look("Vision")
    dan.sees("Confirmed for the school by Dan Dene")
    expect(dan.typed("Where are you now?")).to_have_value("Typed without scripts")
    assert TrustConfirmation.objects.get().by == leads[2]
