"""A plan of two schools is written apart at the very moment in which somebody saves: the save waits, and goes to the
plan that it was meant for."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from hubportal.kit import drafts
from schools.roles import Role
from smdp import writing
from smdp.actions import joint, section_answers
from smdp.models import Plan
from tests import factories as make
from tests.smdp.at_once import meanwhile
from tests.smdp.factories import write

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = "Every child sings vision"


@pytest.fixture
def twin(plan, hub, head) -> Plan:
    """The infants' plan."""
    infants = make.make_school("Millbrook Infant School", hub=hub)
    dora = make.make_person(Role.SCHOOL_LEADER, infants, "Dora Finch")
    return joint.accept(offer=joint.offer(plan=plan, school=infants, by=head), by=dora)


def while_written_apart(plan: Plan, act: Callable[[], object]) -> None:
    """Begun before the plan is apart, and done afterwards."""
    meanwhile(lambda: joint.write_apart(plan=plan), act)


def vision(plan: Plan) -> str:
    return writing.drafts_of(plan)["vision"].values["vision"]


@pytest.mark.parametrize("where", ["section-draft", "section-edit"])
def test_what_is_saved_meanwhile_goes_to_its_own_plan(where, plan, twin, client):
    typed = {"draft_revision": "1", "draft_writer": "tab", "vision": "Only ours", "draft_save": "1"}
    answered = []

    def save() -> None:
        answered.append(client.post(reverse(f"smdp:{where}", args=[plan.uuid, "vision"]), typed).status_code)

    while_written_apart(plan, save)
    assert answered == [200 if where == "section-draft" else 302]
    assert (vision(plan), vision(twin)) == ("Only ours", BEFORE)


def test_what_is_brought_back_meanwhile_comes_back_in_its_own_plan(plan, twin, head, client):
    write(plan, "vision", by=head, vision="Later words")
    address = reverse("smdp:section-restore", args=[plan.uuid, "vision"])
    while_written_apart(plan, lambda: client.post(address, {"state": "1"}))
    assert (vision(plan), vision(twin)) == (BEFORE, "Later words")


def test_what_is_taken_over_meanwhile_goes_to_its_own_plan(plan, twin, head, client):
    section = plan.sections.get(key="vision")
    answer, _token = section_answers.ask(section=section, name="Ann Sparrow", email="ann@choirs.example", by=head)
    draft = section_answers.begin_writing(answer=answer, base_revision=1)
    drafts.save(draft=draft, base_revision=0, values={"vision": "Ann’s words"}, by=head)
    section_answers.give(answer=answer, name="Ann Sparrow", job_title="Choir leader")
    while_written_apart(plan, lambda: client.post(answer.get_absolute_url(), {"take_over": "1"}))
    assert (vision(plan), vision(twin)) == ("Ann’s words", BEFORE)


def test_who_joins_meanwhile_writes_with_the_school_that_offered(plan, twin, hub, head):
    third = make.make_school("Millbrook Nursery School", hub=hub)
    leader = make.make_person(Role.SCHOOL_LEADER, third, "Nell Third")
    offer = joint.offer(plan=plan, school=third, by=head)
    while_written_apart(plan, lambda: joint.accept(offer=offer, by=leader))
    write(third.plans.get(), "vision", by=leader, vision="The nursery’s")
    assert (vision(plan), vision(twin)) == ("The nursery’s", BEFORE)
