"""Two schools write one plan: offered by one, accepted by the other, written by both, shared and adopted by each."""

import re

import pytest
from playwright.sync_api import expect

from schools.access import today
from schools.roles import Role
from smdp.models import Plan
from tests import factories as make
from tests.journeys.visitor import PHONE
from tests.smdp.factories import FEATURES, fill, make_plan, write

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PLAN = re.compile("^Music development plan 20")
VISION = "What do you want for every pupil?"
NOW = "Where are you now?"


@pytest.fixture
def infants(town):
    return make.make_school("Millbrook Infant School", hub=town.hub)


@pytest.fixture
def dora(infants):
    return make.make_person(Role.SCHOOL_LEADER, infants, "Dora Finch", password=make.PASSWORD)


def shares(head) -> None:
    head.way("Share with the hub").click()
    head.look("Share the plan with your hub?")
    head.button("Share it").click()
    head.look(PLAN)


def test_two_schools_write_one_plan(town, visitor, server, infants, dora):
    plan = fill(make_plan(town.school, by=town.head), by=town.head)
    head, doras = visitor(town.head), visitor(dora, size=PHONE)

    # One offers; the other's leader learns of it, and reads nothing of the plan before she accepts.
    head.go(plan.get_absolute_url())
    head.link("Write it with another school").click()
    head.look("Write it with another school")
    head.box("URN of the other school").fill(str(infants.urn))
    head.button("Offer to write together").click()
    head.look("Write it with another school")
    head.sees("Offered. The leaders of Millbrook Infant School have an email")
    assert "Millbrook Junior School" in server.letters_to(dora.email, least=1)[-1]
    doras.go("/")
    doras.way("Accept or decline it").click()
    doras.look("Music development plan")
    doras.does_not_see("Every child sings")
    doras.button("Accept the offer of Millbrook Junior School").click()
    doras.look(PLAN)
    doras.sees("You write one plan with Millbrook Junior School from now on")
    twin = Plan.objects.get(school=infants)

    # Both write in one section at once; each has the other's words without asking for them.
    for who, written in ((head, plan), (doras, twin)):
        who.go(written.section_url("vision"))
        who.look("Vision")
    expect(doras.typed(VISION)).to_have_value("Every child sings vision")
    head.box(NOW).press_sequentially("Strong in assembly")
    head.saved()
    doras.box(VISION).press("Control+End")
    doras.box(VISION).press_sequentially(" and plays")
    doras.saved()
    expect(doras.typed(NOW)).to_have_value("Strong in assembly")
    head.sees("Also here now: Dora Finch")
    expect(head.typed(VISION)).to_have_value("Every child sings vision and plays")
    head.way("Save and return").click()
    head.look(PLAN)
    head.sees("Written together with Millbrook Infant School")

    # Each shares and adopts for itself: what is one school's own, it fills in itself.
    shares(head)
    doras.way("Save and return").click()
    doras.look(PLAN)
    doras.sees("Being written")
    doras.way("Share with the hub").click()
    doras.look("Not ready to share yet")
    write(twin, "overview", by=dora, music_lead="Nell Finch")
    write(twin, "features", by=dora, **dict.fromkeys(FEATURES, "yes"))
    doras.go(twin.get_absolute_url())
    doras.way("Adopt").click()
    doras.look("Adopt the plan")
    for box, value in zip(("Day", "Month", "Year"), (today().day, today().month, today().year), strict=True):
        doras.box(box).fill(str(value))
    doras.page.get_by_label("The head approves this plan").check()
    doras.button("Adopt it").click()
    doras.look(PLAN)
    states = {each.school.name: each.state for each in Plan.objects.select_related("school")}
    assert states == {"Millbrook Junior School": "shared", "Millbrook Infant School": "adopted"}

    # The hub reads the same words in both.
    officer = visitor(town.officer)
    for each in (plan, twin):
        officer.go(f"{each.get_absolute_url()}versions/1/")
        officer.look(PLAN)
        officer.sees("Every child sings vision and plays")

    # Apart again, neither sees what the other goes on to write.
    head.link("Who writes it, or write apart").click()
    head.look("Write it with another school")
    head.button("Write ours apart from now on").click()
    head.look(PLAN)
    head.go(plan.section_url("vision"))
    head.box(VISION).fill("Juniors alone")
    head.saved()
    doras.go(twin.section_url("vision"))
    doras.look("Vision")
    expect(doras.typed(VISION)).to_have_value("Every child sings vision and plays")
