"""An officer records an award and a Lead School; the school says who teaches music; the hub sees what is missing."""

import re
from datetime import date, timedelta

import pytest

from schools.access import today
from schools.roles import Role
from tests import factories as make
from tests.journeys.conftest import Town
from tests.journeys.visitor import DESK, PHONE, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def fill_date(there: Visitor, name: str, day: date) -> None:
    group = there.page.get_by_role("group", name=re.compile(f"^{re.escape(name)}"))
    for box, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(box).fill(str(value))


@pytest.mark.parametrize(("size", "scripts"), [(DESK, True), (PHONE, True), (PHONE, False)])
def test_facts_are_recorded_mended_and_found(town: Town, visitor, size: dict, scripts: bool) -> None:
    manager = make.make_person(Role.HUB_MANAGER, town.hub, "Jo Marsh", password=make.PASSWORD)
    school = town.school
    officer = visitor(town.officer, size=size, scripts=scripts)
    officer.go(school.get_absolute_url())
    officer.look(school.name)
    officer.way("Record Artsmark").click()
    officer.look("Artsmark")
    officer.button("Record it").click()
    officer.look("Artsmark")
    officer.sees("Enter the date it was awarded or begun")
    officer.page.get_by_label("Gold").check()
    fill_date(officer, "Date it was awarded or begun", today() + timedelta(days=1))
    officer.box("How do you know?").fill("The certificate hangs in the hall")
    officer.button("Record it").click()
    officer.look("Artsmark")
    officer.sees("The date it began must be today or in the past")
    fill_date(officer, "Date it was awarded or begun", today() - timedelta(days=700))
    fill_date(officer, "Date it expires", today() + timedelta(days=20))
    officer.button("Record it").click()
    officer.look(f"Music at {school.name}")
    officer.sees("It expires in 20 days.")
    officer.sees("The certificate hangs in the hall; recorded by Amira Okafor")

    officer.way("Record it Lead School").click()
    officer.look("Lead School")
    officer.page.get_by_label("Secondary").check()
    fill_date(officer, "Date it was appointed", today())
    officer.box("How do you know?").fill("We appointed it")
    officer.button("Record it").click()
    officer.look(f"Music at {school.name}")
    officer.way("It was a mistake Lead School: Secondary").click()
    officer.look("It was a mistake")
    officer.box("What was wrong?").fill("It leads for primary schools")
    officer.button("Strike it out").click()
    officer.look(f"Music at {school.name}")
    officer.way("Record it Lead School").click()
    officer.page.get_by_label("Primary").check()
    fill_date(officer, "Date it was appointed", today())
    officer.box("How do you know?").fill("We appointed it")
    officer.button("Record it").click()
    officer.look(f"Music at {school.name}")
    officer.page.get_by_text("What was before").click()
    officer.sees("Struck out by Amira Okafor")
    officer.look(f"Music at {school.name}")

    head = visitor(town.head, size=size, scripts=scripts)
    head.go(school.get_absolute_url())
    head.look(school.name)
    head.sees("Gold")
    head.way("Record Who teaches music").click()
    head.look("Who teaches music")
    head.page.get_by_label("Class teacher").check()
    head.page.get_by_label("Bought in").check()
    fill_date(head, "Since when?", date(2024, 9, 1))
    head.button("Record it").click()
    head.look(f"Music at {school.name}")
    head.sees("Class teacher, since 1 September 2024")
    head.sees("The school said so; recorded by Ruth Pell")

    boss = visitor(manager, size=size, scripts=scripts)
    boss.go(town.hub.get_area_url())
    boss.look("2 open schools in 1 authority")
    boss.sees("In 1 of 1 authority a Lead School is missing.")
    boss.sees("None yet")
    boss.way(school.name).click()
    boss.look(f"Music at {school.name}")
    boss.go("/schools/?music=teaching:bought-in")
    boss.look("1 of 2 schools matches")
    boss.sees(school.name)
