"""A self-evaluation is begun from a conversation, written by two people, submitted, and read by those who may."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from engagement.actions import sharing
from engagement.actions.entries import JudgementEntry, PartEntry
from engagement.addressees import addressees_at
from schools.access import today
from schools.roles import Role
from smdp.evaluations import evaluating
from smdp.models import SelfEvaluation
from tests import factories as make
from tests.engagement.factories import criterion, make_conversation, part_of
from tests.journeys.visitor import PHONE
from tests.smdp.factories import make_evaluation

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HEADING = re.compile("^Self-evaluation 20")


@pytest.fixture
def lead(town):
    return make.make_person(Role.SCHOOL_EDITOR, town.school, "Tom Adeyemi", password=make.PASSWORD)


@pytest.fixture
def trusts_leader(town):
    trust = make.make_trust("Larkrise", schools=(town.school,), joined_on=today() - timedelta(days=30))
    return make.make_person(Role.TRUST_LEADER, trust, "Marcus Thwaite", password=make.PASSWORD)


@pytest.fixture
def told(town):
    """A conversation, shared with the school, that came to a level."""
    judged = [JudgementEntry(criterion("singing"), 2, 3, 3)]
    spoken = make_conversation(
        town.school,
        by=town.officer,
        form="full",
        parts={town.school: PartEntry(summary="We spoke.", judgements=judged)},
    )
    chosen = addressees_at(school=town.school, hub=town.hub)
    sharing.share(part=part_of(spoken), recipients=chosen, by=town.officer)


def test_self_evaluation_from_conversation_to_trust(town, visitor, lead, told, trusts_leader):
    head, tom = visitor(town.head), visitor(lead, size=PHONE)
    head.link("Plan", exact=True).click()
    head.look("Music development plan")
    head.way("Begin a self-evaluation").click()
    head.look("Begin a self-evaluation")
    head.button("Begin", exact=True).click()
    head.look(HEADING)
    evaluation = SelfEvaluation.objects.get()

    # What the conversation came to is suggested, and is an answer once it is used.
    head.sees("It is not your answer until you say so")
    head.button("Use this level").click()
    head.look(HEADING)
    head.does_not_see("It is not your answer until you say so")
    assert evaluating.draft_of(evaluation).values["singing-level"] == "3"

    # The music lead writes at the same time, on a phone.
    tom.go(evaluation.write_url)
    tom.look(HEADING)
    tom.page.locator("#choir > summary").click()
    tom.page.locator("#choir").get_by_label("Your level").select_option("Emerging")
    tom.page.locator("#choir").get_by_label("Your evidence").press_sequentially("Forty sing on Mondays")
    expect(tom.page.locator("[data-draft-line]")).not_to_contain_text("Ruth Pell")  # who saved it before
    tom.saved()
    tom.page.reload()
    expect(tom.page.locator("#choir").get_by_label("Your evidence")).to_have_value("Forty sing on Mondays")

    # Until it is submitted nobody else knows of it.
    officer, marcus = visitor(town.officer), visitor(trusts_leader)
    for who in (officer, marcus):
        assert who.go(evaluation.get_absolute_url()) == 404
    tom.way("Save and return").click()
    tom.look(HEADING)
    tom.sees("2 of 24 criteria have a level")
    assert tom.go(f"{evaluation.get_absolute_url()}submit/") == 403

    head.go(evaluation.get_absolute_url())
    head.way("Submit it").click()
    head.look("Submit the self-evaluation?")
    head.button("Submit it").click()
    head.look(HEADING)
    head.sees("read version 1 now")
    for who in (officer, marcus):
        who.go(town.school.get_absolute_url())
        who.link(str(evaluation)).click()
        who.look(HEADING)
        who.sees("Forty sing on Mondays")
        assert who.go(evaluation.write_url) == 403
    funder = visitor(town.funder)
    assert funder.go(evaluation.get_absolute_url()) == 404

    # An earlier state is brought back.
    head.go(evaluation.write_url)
    head.link("Earlier states of this self-evaluation").click()
    head.look("Earlier states")
    head.sees("your evidence")


def test_self_evaluation_without_scripts_on_a_narrow_screen(town, visitor, told):
    evaluation = make_evaluation(town.school, by=town.head)
    head = visitor(town.head, size={"width": 320, "height": 640}, scripts=False)
    head.go(evaluation.write_url)
    head.look(HEADING)
    head.button("Use this level").press("Enter")
    head.look(HEADING)
    singing = head.page.locator("#singing")
    singing.locator("summary").first.press("Enter")
    expect(singing.get_by_label("Your level")).to_have_value("3")
    singing.get_by_label("Your evidence").fill("Heard in assembly")
    head.button("Save and return").press("Enter")
    head.look(HEADING)
    head.sees("1 of 24 criteria have a level")
    assert evaluating.draft_of(evaluation).values["singing-evidence"] == "Heard in assembly"
