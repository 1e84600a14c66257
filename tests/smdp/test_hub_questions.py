"""A hub asks questions of its own in the plans of its schools, and reads what they shared."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hubportal.kit.wording import academic_year
from schools.access import today
from schools.roles import Role
from smdp import writing
from smdp.actions import hub_questions, plans
from smdp.models import HubQuestion
from smdp.sections import own
from tests import factories as make
from tests.smdp.factories import fill, make_plan, write

pytestmark = pytest.mark.django_db

LIST = "smdp:hub-question-list"


@pytest.fixture
def manager(hub):
    return make.make_person(Role.HUB_MANAGER, hub, "Jo Marsh")


def ask(manager, hub, label: str = "Who joins our groups?", **more) -> HubQuestion:
    said = {"hint": "", "kind": "text", "settings": [], **more}
    return hub_questions.ask(hub=hub, label=label, by=manager, **said)


def answered(plan, question: HubQuestion, words: str, *, by):
    write(plan, own.KEY, by=by, **{question.name: words})
    return plans.share(plan=fill(plan, by=by), by=by)


def test_a_manager_asks_and_the_next_plan_carries_it(hub, school, manager, head, client, client_of):
    staff = client_of(manager)
    page = staff.post(reverse("smdp:hub-question-create"), {"label": " Who  joins? ", "kind": "text"}, follow=True)
    assert "Plans that are begun from now on carry it" in page.content.decode()
    plan = make_plan(school, by=head)
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "Questions from Exampleshire Music Hub" in page and "0 of 13 sections complete" in page
    assert "Who joins?" in client.get(plan.section_url(own.KEY)).content.decode()
    assert "Who joins?" in client.get(reverse("smdp:plan-print", args=[plan.uuid])).content.decode()


def test_a_plan_that_was_begun_keeps_what_it_was_asked(hub, school, manager, head, client):
    question = ask(manager, hub)
    plan = make_plan(school, by=head)
    hub_questions.reword(
        question=question, label="Who joins on Saturdays?", hint="", kind="text", settings=[], by=manager
    )
    ask(manager, hub, "Another?")
    page = client.get(plan.section_url(own.KEY)).content.decode()
    assert "Who joins our groups?" in page and "Saturdays" not in page and "Another?" not in page


def test_the_answer_is_frozen_and_read_by_the_hub(hub, school, manager, head, client_of):
    question = ask(manager, hub)
    plan = make_plan(school, by=head)
    version = answered(plan, question, "Nine of ours", by=head)
    hub_questions.retire(question=question, by=manager)
    staff = client_of(manager)
    assert "Nine of ours" in staff.get(version.get_absolute_url()).content.decode()
    page = staff.get(reverse("smdp:hub-question-answers", args=[question.uuid])).content.decode()
    assert "Nine of ours" in page and "1 of 1 school answered" in page


def test_answers_wait_until_the_school_shares(hub, school, manager, head, client_of):
    question = ask(manager, hub)
    plan = make_plan(school, by=head)
    write(plan, own.KEY, by=head, **{question.name: "Nine of ours"})
    page = client_of(manager).get(reverse("smdp:hub-question-answers", args=[question.uuid])).content.decode()
    assert "Nine of ours" not in page and "No school has shared a plan that asks it yet" in page


def test_choices_are_counted_and_schools_that_left_it_open_are_named(hub, school, manager, head, client_of):
    question = ask(manager, hub, kind="choice")
    answered(make_plan(school, by=head), question, "partly", by=head)
    other = make.make_school("Quiet School", hub=hub)
    leader = make.make_person(Role.SCHOOL_LEADER, other, "Another Head")
    plans.share(plan=fill(make_plan(other, by=leader), by=leader), by=leader)
    page = client_of(manager).get(reverse("smdp:hub-question-answers", args=[question.uuid])).content.decode()
    assert "Partly: <b>1</b>" in page and "Yes: <b>0</b>" in page and "Quiet School" in page
    assert '<td class="govuk-table__cell" data-label="Answer">Partly</td>' in page


def test_only_schools_of_the_kind_are_asked(hub, school, manager, head):
    ask(manager, hub, settings=["secondary"])
    assert own.KEY not in writing.drafts_of(make_plan(school, by=head))


def test_nothing_of_it_is_required_or_public(hub, school, manager, head):
    ask(manager, hub)
    plan = fill(make_plan(school, by=head), by=head)
    assert plans.share(plan=plan, by=head).number == 1
    (section,) = own.section_of_hub(plan.own_questions, ["primary"])
    assert not any(field.is_public or field.is_required for field in section.fields())


def test_next_years_plan_starts_from_the_answer(hub, school, manager, head):
    question = ask(manager, hub)
    last = make_plan(school, by=head, year=academic_year(today()) - 1)
    answered(last, question, "Nine of ours", by=head)
    plan = plans.begin(school=school, year=academic_year(today()), carry=True, by=head)
    assert writing.drafts_of(plan)[own.KEY].values[question.name] == "Nine of ours"


def test_no_more_than_ten_and_none_twice(hub, manager):
    for number in range(HubQuestion.MOST):
        ask(manager, hub, f"Question {number}?")
    with pytest.raises(ValidationError, match="Retire one first"):
        ask(manager, hub, "One too many?")
    first = HubQuestion.objects.first()
    hub_questions.retire(question=first, by=manager)
    with pytest.raises(ValidationError, match="You ask this already"):
        ask(manager, hub, "QUESTION 1?")


def test_another_kind_of_answer_is_another_question(hub, manager):
    question = ask(manager, hub)
    said = {"label": question.label, "hint": "", "settings": []}
    new = hub_questions.reword(question=question, kind="choice", by=manager, **said)
    assert new.pk != question.pk and list(HubQuestion.objects.standing()) == [new]


def test_an_empty_question_is_refused_and_says_so(manager, client_of):
    page = client_of(manager).post(reverse("smdp:hub-question-create"), {"label": " ", "kind": "text", "hint": "Kept"})
    assert page.status_code == 400
    assert "Enter your question" in page.content.decode() and "Kept" in page.content.decode()


def test_officers_read_and_do_not_change_and_others_see_nothing(hub, manager, officer, head, client_of):
    question = ask(manager, hub)
    page = client_of(officer).get(reverse(LIST)).content.decode()
    assert question.label in page and "Add a question" not in page
    stranger = make.make_person(Role.HUB_MANAGER, make.make_hub("Other Hub"), "From Afar")
    assert question.label not in client_of(stranger).get(reverse(LIST)).content.decode()
    assert client_of(stranger).get(reverse("smdp:hub-question-edit", args=[question.uuid])).status_code == 404
    assert client_of(head).get(reverse(LIST)).status_code == 403
