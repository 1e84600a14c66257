"""A whole plan, every section that its school is asked, on a narrow phone: by keyboard alone, and without scripts."""

import re
from typing import Any

import pytest

from schools.roles import Role
from smdp import writing
from smdp.actions import hub_questions
from smdp.asking import asked_in
from smdp.models import Plan
from smdp.sections import Section
from tests import factories as make
from tests.journeys.keyboard import SHOWS_FOCUS
from tests.journeys.plan_forms import Answer, add_row, answer, answers_to, control, values_of
from tests.journeys.visitor import NARROW, Visitor
from tests.smdp.factories import make_plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PLAN = re.compile("^Music development plan 20")
KNOWN = ("hub", "trust")  # what the portal fills in by itself
MOST_STOPS = 250  # of the Tab key on one page
# What has the focus: the box that an editor writes into names it. Whether it can be seen: no part of the page that
# stays where it is, such as the bar of buttons, lies over all of it.
ACTIVE = """() => {
  const here = document.activeElement, area = here.closest(".rich-text")?.parentElement.querySelector("[data-rich]");
  const { left, top, bottom } = here.getBoundingClientRect();
  const isCovered = (y) => {
    const above = y >= 0 && y < innerHeight && document.elementFromPoint(Math.max(left + 3, 0), y);
    for (let each = above; each && !each.contains(here); each = each.parentElement)
      if (["sticky", "fixed"].includes(getComputedStyle(each).position)) return true;
    return !above;
  };
  return {
    tag: here.tagName, type: here.type || "", value: here.value || "", words: here.innerText || "",
    name: here.getAttribute("role") === "textbox" ? area.name : here.name || "",
    isSeen: here.tagName === "BODY" || !(isCovered(top + 3) && isCovered(bottom - 3)),
    showsFocus: here.tagName === "BODY" || (%s)(here),
  };
}"""


@pytest.fixture
def lead(town):
    return make.make_person(Role.SCHOOL_EDITOR, town.school, "Tom Adeyemi", password=make.PASSWORD)


@pytest.fixture
def plan(town) -> Plan:
    """With a question of the hub's own, so that the school sees every section that there is."""
    hub_questions.ask(hub=town.hub, label="Who sings?", hint="", kind="text", settings=[], by=town.officer)
    return make_plan(town.school, by=town.head)


def to_write(section: Section) -> dict[str, Answer]:
    return {name: said for name, said in answers_to(section).items() if name not in KNOWN}


def all_is_kept(plan: Plan) -> None:
    """Every word stands where it was typed."""
    drafts = writing.drafts_of(plan)
    kept = {section.key: drafts[section.key].values for section in asked_in(plan)}
    typed = {section.key: values_of(to_write(section)) for section in asked_in(plan)}
    assert {key: {name: kept[key].get(name) for name in said} for key, said in typed.items()} == typed


class Hands:
    """Somebody who has a keyboard and nothing else: they act on what has the focus, and on nothing that has not."""

    def __init__(self, visitor: Visitor) -> None:
        self.page, self.press = visitor.page, visitor.page.keyboard.press

    def next(self, key: str = "Tab") -> dict[str, Any]:
        """Go on to the next thing, which must show that it has the focus and not lie under anything."""
        self.press(key)
        return self.here()

    def here(self) -> dict[str, Any]:
        found = self.page.evaluate(ACTIVE.replace("%s", SHOWS_FOCUS))
        assert found["showsFocus"], f"nobody can see the focus on {found}"
        assert found["isSeen"], f"{found} has the focus and lies under something"
        return found

    def to(self, words: str, key: str = "Tab") -> None:
        """Go on until something with these words has the focus."""
        for _ in range(MOST_STOPS):
            if self.next(key)["words"].strip() == words:
                return
        raise AssertionError(f"the keyboard does not reach “{words}”")

    def begin_with_the_second(self, said: dict[str, Answer]) -> None:
        """Forget the first question, and go back to it; what is answered is taken out of `said`."""
        first, second = list(said)[:2]
        for key, name in (("Tab", first), ("Tab", second), ("Shift+Tab", first)):
            while self.next(key)["name"] != name:
                pass
        self.page.keyboard.type(str(said.pop(first)))

    def answer(self, here: dict[str, Any], said: str) -> None:
        """Type, choose, or move to the choice."""
        if here["type"] == "radio":
            if here["value"] == said:
                self.press("Space")
            for _ in range(10):
                if self.here()["value"] == said:
                    return
                self.press("ArrowDown")
        elif here["tag"] == "SELECT":
            for _ in range(20):
                if self.here()["value"] == said:
                    return
                self.press("ArrowDown")
        else:
            self.page.keyboard.type(said)
            return
        raise AssertionError(f"the keyboard does not choose {said} in {here['name']}")

    def write(self, said: dict[str, Answer], save: str) -> None:
        """Answer everything that is asked, in the order in which the page asks it, and press the button."""
        left = values_of(said)
        for _ in range(MOST_STOPS):
            here = self.next()
            if here["name"] in left:
                self.answer(here, left.pop(here["name"]))
            elif here["name"] == "add_row" and any(name.startswith(f"{here['value']}-") for name in left):
                self.press("Enter")
            elif here["words"].strip() == save:
                assert not left, f"the keyboard did not reach {list(left)} before that button"
                self.press("Enter")
                return
        raise AssertionError(f"the keyboard does not reach “{save}”")


def test_whole_plan_by_keyboard_alone(town, visitor, lead, plan):
    tom = visitor(lead, size=NARROW)
    hands, sections = Hands(tom), asked_in(plan)
    tom.go(plan.get_absolute_url())
    tom.look(PLAN)
    tom.sees(f"0 of {len(sections)} sections complete")
    hands.to("Skip to main content")
    hands.press("Enter")
    hands.to(sections[0].title)
    hands.press("Enter")
    for at, section in enumerate(sections):
        tom.look(section.title)
        hands.to("Skip to main content")
        hands.press("Enter")
        said = to_write(section)
        if not at:
            hands.begin_with_the_second(said)
        hands.write(said, "Save and go on" if at + 1 < len(sections) else "Save and return")
    tom.look(PLAN)
    tom.sees(f"{len(sections)} of {len(sections)} sections complete")
    all_is_kept(plan)


def test_whole_plan_without_scripts(town, visitor, lead, plan):
    tom, sections = visitor(lead, size=NARROW, scripts=False), asked_in(plan)
    tom.go(plan.get_absolute_url())
    tom.look(PLAN)
    tom.link(sections[0].title, exact=True).press("Enter")
    for at, section in enumerate(sections):
        tom.look(section.title)
        for name, said in to_write(section).items():
            answer(tom, name, said)
            tom.look(section.title)
        if section.key == "curriculum":  # a row more, and that row taken out again
            add_row(tom, "time", 2)
            control(tom, "time-2-year_group").fill("Nobody’s year")
            tom.page.locator("[name=take_out][value='time-2']").press("Enter")
            tom.look(section.title)
        tom.button("Save and go on" if at + 1 < len(sections) else "Save and return").press("Enter")
    tom.look(PLAN)
    tom.sees(f"{len(sections)} of {len(sections)} sections complete")
    all_is_kept(plan)
    assert "Nobody" not in str(writing.drafts_of(plan)["curriculum"].values)
