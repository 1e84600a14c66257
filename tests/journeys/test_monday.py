"""An officer's Monday begins with the worklist: a call without an answer, one put off, one handed to a colleague."""

import re
from datetime import timedelta

import pytest

from engagement.models import Attempt
from schools.access import today
from schools.models import Relationship
from schools.roles import Role
from tests import factories as make
from tests.journeys.conftest import Town
from tests.journeys.visitor import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
GREETING = re.compile("Good (morning|afternoon|evening)")


@pytest.mark.parametrize(("size", "scripts"), [(DESK, True), (PHONE, True), (PHONE, False)])
def test_monday_by_the_worklist(town: Town, visitor, size: dict, scripts: bool) -> None:
    manager = make.make_person(Role.HUB_MANAGER, town.hub, "Jo Marsh", password=make.PASSWORD)
    colleague = make.make_person(Role.HUB_OFFICER, town.hub, "Cal Colleague", password=make.PASSWORD)
    late = {"due_because": "cadence", "due_reason": "Once a term."}
    Relationship.objects.update(due_on=today() - timedelta(days=90), **late)
    for name, days in (("Quiet School", 60), ("Far School", 30)):
        school = make.make_school(name, hub=town.hub)
        day = today() - timedelta(days=days)
        make.make_relationship(hub=town.hub, school=school, owner=town.officer, due_on=day, **late)

    officer = visitor(town.officer, size=size, scripts=scripts)
    officer.look(GREETING)
    officer.sees("Three things need you.")
    officer.way("Called, no answer Millbrook Junior School").click()
    officer.look(GREETING)
    officer.sees("Millbrook Junior School: call, no answer, noted. Next:")
    officer.sees("Two things need you.")
    assert Attempt.objects.get().school == town.school

    officer.way("Put off Quiet School").click()
    officer.look("Put off: Quiet School")
    officer.box("Why?").fill("The music lead is away.")
    officer.button("Put off").click()
    officer.look(GREETING)
    officer.sees("Off your list until")
    officer.sees("One thing needs you.")

    officer.way("Hand over Far School").click()
    officer.look("Hand over: Far School")
    officer.page.get_by_label("To whom?").select_option("Cal Colleague")
    officer.box("What should your colleague know?").fill("Ring before nine.")
    officer.button("Hand over").click()
    officer.look(GREETING)
    officer.sees("Nothing needs you today.")

    other = visitor(colleague, size=size, scripts=scripts)
    other.sees("From Amira Okafor")
    other.sees("Ring before nine.")

    leader = visitor(manager, size=size, scripts=scripts)
    leader.link("The team’s lists").click()
    leader.look("The team’s lists")
    leader.page.get_by_role("row", name=re.compile("Amira Okafor")).get_by_role("link").first.click()
    leader.look("Amira Okafor")
    leader.sees("Put off by Amira Okafor")
    leader.sees("The music lead is away.")
