"""A manager's planning afternoon: a figure, its schools, a shared view, several schools at once, undone; a target."""

import re

import pytest

from engagement.models import Target
from schools.models import BulkChange, Relationship, SavedView
from schools.roles import Role
from tests import factories as make
from tests.journeys.visitor import DESK, PHONE, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("size", "scripts"), [(DESK, True), (PHONE, False)], ids=["desk", "phone without scripts"])
def test_a_managers_planning_afternoon(town, visitor, size, scripts) -> None:
    for number in range(3):
        make.make_school(f"Never Reached Primary {number}", hub=town.hub)
    boss = make.make_person(Role.HUB_MANAGER, town.hub, "Marian Planner", password=make.PASSWORD)
    manager: Visitor = visitor(boss, size=size, scripts=scripts)
    page = manager.page
    # From the figure to its schools.
    manager.go("/coverage/")
    manager.look(re.compile("engaged this year"))
    page.locator("a[href*='engagement=disengaged']").first.click()
    manager.look(re.compile("match"))
    # Kept, and shared.
    page.locator("summary", has_text="Save this list as a view").click()
    page.get_by_label("What do you call it?").fill("Never reached")
    page.get_by_label("Share it in the hub").check()
    manager.button("Save the view").click()
    manager.look(re.compile("match"))
    manager.sees("Shared by Marian Planner")
    view = SavedView.objects.get()
    assert view.is_shared and view.query["engagement"] == "disengaged"
    # Several at once, looked at first.
    before = set(Relationship.objects.exclude(owner=None).values_list("school", "owner"))
    page.get_by_label(re.compile("that match")).check()
    page.locator("#bulk-kind").select_option("owner")
    manager.button("Continue").click()
    manager.look("Who looks after these schools?")
    page.get_by_label("Marian Planner").check()
    manager.button("See what would change").click()
    manager.look(re.compile("would change"))
    page.locator("button", has_text=re.compile(r"^Change \d+ schools?$")).click()
    manager.look("Our contact: Marian Planner")
    assert Relationship.objects.filter(owner=boss).count() >= 3
    # Undone, exactly.
    manager.button("Undo for all of these").click()
    manager.look("Our contact: Marian Planner")
    manager.sees("Undone by Marian Planner")
    assert set(Relationship.objects.exclude(owner=None).values_list("school", "owner")) == before
    assert BulkChange.objects.get().undone_by == boss
    # A target for the same schools.
    manager.go("/coverage/targets/")
    manager.look("Targets")
    manager.way("Set a target").click()
    manager.look("Set a target")
    manager.box("What do you want to reach?").fill("Half of them are engaged by the summer")
    page.get_by_label("Engaged in the academic year", exact=True).check()
    page.get_by_label("For which schools?").select_option(str(view.uuid))
    manager.box("Goal").fill("50")
    for part, value in zip(("Day", "Month", "Year"), ("20", "7", str(view.saved_at.year + 1)), strict=True):
        page.get_by_role("group", name="By when?").get_by_label(part).fill(value)
    page.get_by_label("Whose target is it?").select_option(label="Marian Planner")
    manager.button("Set the target").click()
    manager.look("Half of them are engaged by the summer")
    manager.sees("when they were fixed by name")
    assert Target.objects.get().rows.filter(met_at_baseline=False).count() >= 3
    manager.go("/coverage/")
    manager.look(re.compile("engaged this year"))
    manager.sees("Half of them are engaged by the summer")
