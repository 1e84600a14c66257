"""A report that the school says is not accurate: it comes back to the officer, is corrected, and nothing of it is
lost from the history."""

import re

import pytest

from engagement.models import PartVersion, Response
from tests.engagement.factories import full_part, make_conversation, part_of
from tests.journeys.conftest import Town
from tests.journeys.visitor import DESK, NARROW

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("real_worker")]
HEADING = re.compile("Challenging conversation with Millbrook Junior School")
SAID = "We have two choirs, not one."


@pytest.mark.parametrize(("size", "scripts"), [(DESK, True), (NARROW, False)])
def test_a_disputed_report_is_corrected(town: Town, visitor, size: dict, scripts: bool) -> None:
    entry = full_part(town.hub, summary="There is one choir.")
    conversation = make_conversation(
        town.school, by=town.officer, form="full", kind="challenging", parts={town.school: entry}
    )
    part = part_of(conversation)
    officer = visitor(town.officer, size=size, scripts=scripts)
    officer.go(f"/conversations/parts/{part.uuid}/share/")
    officer.look("Share this with Millbrook Junior School")
    officer.button("Share with the school").click()
    officer.look(HEADING)

    head = visitor(town.head, size=size, scripts=scripts)
    head.go(part.get_absolute_url())
    head.sees("There is one choir.")
    head.way("Answer").click()
    head.look(re.compile("."))
    head.page.get_by_label("Not accurate, because …").check()
    head.box("What you would add, or what is not accurate and why").fill(SAID)
    head.page.locator("main form button").last.click()
    head.look("Music at Millbrook Junior School")
    head.sees(SAID)

    officer.go("/today/")
    officer.sees("Millbrook Junior School")
    officer.sees("not accurate")
    officer.go(conversation.get_absolute_url())
    officer.look(HEADING)
    officer.sees(SAID)
    officer.way("Change this record").click()
    officer.look("Millbrook Junior School")
    officer.box("What was said").fill("There are two choirs.")
    officer.button("Log the changes").click()
    officer.look(HEADING)
    officer.sees("There are two choirs.")
    officer.go(f"/conversations/parts/{part.uuid}/share/")
    officer.look("Share version 2 with Millbrook Junior School")
    officer.button("Share with the school").click()
    officer.look(HEADING)

    head.go(part.get_absolute_url())
    head.look("Music at Millbrook Junior School")
    head.sees("There are two choirs.")
    officer.go(f"{part.get_absolute_url()}versions/1/")
    officer.sees("There is one choir.")
    assert PartVersion.objects.filter(part=part).count() == 2
    assert Response.objects.get().text == SAID
    officer.go(conversation.get_absolute_url())
    officer.sees(SAID)
