"""Engagement plans: started one by one and in bulk, reviewed after a conversation, ended; what waits, and for whom."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from engagement.actions import engagement_plans as actions
from engagement.engagement_plans.today import plans_to_look_at
from engagement.models import EngagementPlan, EngagementPlanTemplate
from schools.access import today
from schools.actions import bulk
from schools.actions.relationships import lock
from schools.bulk.kinds import kind_of
from schools.models import EngagementYear, Membership, Relationship, School
from schools.roles import Role
from tests import factories as make
from tests.engagement.factories import make_conversation, make_engagement_plan, make_past, make_plan_template

pytestmark = pytest.mark.django_db
LIST = reverse("engagement:plan-list")


@pytest.fixture
def hub():
    return make.make_hub("Exampleshire Music Hub")


@pytest.fixture
def officer(hub):
    return make.make_person(Role.HUB_OFFICER, hub, "Amira Okafor")


@pytest.fixture
def manager(hub):
    return make.make_person(Role.HUB_MANAGER, hub, "Priya Shah")


@pytest.fixture
def school(hub):
    return make.make_school("Millbrook Junior School", hub=hub)


@pytest.fixture
def client(client, officer):
    client.force_login(officer)
    return client


def boxes(name: str, on: date) -> dict[str, int]:
    return {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}


def typed(by, **other) -> dict:
    return {
        "aim": "A first conversation with the new head",
        "measure": "engaged",
        "target": "Engaged by the summer",
        "owner": Membership.objects.get(user=by).uuid,
        "next_step": "Ring the head",
        **boxes("due_on", today() + timedelta(days=200)),
        **boxes("next_step_on", today() + timedelta(days=7)),
    } | other


def test_a_plan_is_started_with_the_schools_own_baseline(client, hub, school, officer) -> None:
    page = client.get(school.get_absolute_url()).content.decode()
    create = reverse("engagement:plan-create", args=[school.urn])
    assert create in page
    response = client.post(create, typed(officer))
    plan = EngagementPlan.objects.get()
    assert response["Location"] == plan.get_absolute_url()
    assert plan.baseline.startswith("Not engaged yet, ")
    assert "A first conversation with the new head" in client.get(school.get_absolute_url()).content.decode()
    assert client.post(create, typed(officer))["Location"] == plan.get_absolute_url(), "sent twice, it is one plan"
    assert EngagementPlan.objects.count() == 1
    EngagementYear.objects.create(hub=hub, school=school, year=2026, ways=["conversation"], engaged_on=today())
    assert "The measure is met" in client.get(plan.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("other", "field", "words"),
    [
        ({"aim": ""}, "aim", "Answer"),
        ({"measure": "own"}, "measure_words", "Say what you measure"),
        ({"measure": "own", "measure_words": "Choirs"}, "baseline", "how the school stands by it today"),
        (boxes("due_on", date(2020, 1, 1)), "due_on", "must be after today"),
        (boxes("due_on", date(2099, 1, 1)), "due_on", "within 3 years"),
        (boxes("next_step_on", date(2020, 1, 1)), "next_step_on", "or later"),
        (boxes("next_step_on", today() + timedelta(days=300)), "next_step_on", "comes after the plan’s day"),
        ({"owner": "somebody"}, "owner", "Select a valid choice"),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(client, school, officer, other, field, words) -> None:
    response = client.post(reverse("engagement:plan-create", args=[school.urn]), typed(officer, **other))
    assert response.status_code == 400
    form = response.context["form"]
    assert words in " ".join(form.errors[field])
    assert form["next_step"].value() == "Ring the head"
    assert not EngagementPlan.objects.exists()


def test_a_conversation_asks_for_a_review_which_moves_the_next_step(client, hub, school, officer) -> None:
    plan = make_engagement_plan(school, hub=hub, by=officer)
    assert list(plans_to_look_at(officer, today())) == []
    conversation = make_conversation(school, by=officer)
    (item,) = plans_to_look_at(officer, today())
    review = reverse("engagement:plan-review", args=[plan.uuid])
    assert (item.action_href, item.owner_id) == (review, officer.pk)
    assert review in client.get(conversation.get_absolute_url()).content.decode()
    assert "To review" in client.get(LIST).content.decode()
    said = {"words": "The head wants a choir", "next_step": "Send the offers"}
    client.post(review, said | boxes("next_step_on", today() + timedelta(days=5)))
    assert list(plans_to_look_at(officer, today())) == []
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "The head wants a choir" in page and "The step before was: Sing: ring the head." in page
    assert conversation.get_absolute_url() in page
    (due,) = plans_to_look_at(officer, today() + timedelta(days=5))
    assert "Send the offers" in due.reason
    (over,) = plans_to_look_at(officer, today() + timedelta(days=201))
    assert over.action_href == reverse("engagement:plan-end", args=[plan.uuid])


def test_what_was_brought_in_from_before_asks_for_no_review(hub, school, manager) -> None:
    make_engagement_plan(school, hub=hub, by=manager)
    make_past(school, hub=hub, by=manager, word="Burdock", state="brought")
    assert list(plans_to_look_at(manager, today())) == []


def test_a_change_stays_as_a_note_and_an_ended_plan_stays_as_it_is(client, hub, school, officer) -> None:
    plan = make_engagement_plan(school, hub=hub, by=officer)
    edit, end = (reverse(f"engagement:plan-{name}", args=[plan.uuid]) for name in ("edit", "end"))
    now = client.get(edit).context["form"]
    assert now["aim"].value() == "Sing together"
    client.post(edit, typed(officer, baseline="Silent"))
    notes = client.get(plan.get_absolute_url()).content.decode()
    assert "The aim was: Sing together." in notes and "The target was: Sing is heard." in notes
    client.post(end, {"is_reached": "no", "outcome": "The head left"})
    assert "The head left" in client.get(plan.get_absolute_url()).content.decode()
    answer = client.post(end, {"is_reached": "yes", "outcome": "Once more"})
    assert answer.status_code == 400 and "ended already" in answer.content.decode()
    assert client.get(reverse("engagement:plan-create", args=[school.urn])).status_code == 200, "it needs another now"


def test_the_list_has_every_school_with_its_plan_or_without(client, hub, school, officer) -> None:
    make.make_school("Ashby High School", hub=hub)
    make.make_school("Closed School", hub=hub, status=School.Status.CLOSED)
    make_engagement_plan(school, hub=hub, by=officer)
    page = client.get(LIST)
    figures = {"schools": 2, "without": 1, "waiting": 0, "having": 1}
    assert page.context["figures"] == figures
    for state, names in (
        ("none", ["Ashby High School"]),
        ("any", [school.name]),
        ("going", [school.name]),
        ("over", []),
    ):
        rows = client.get(LIST, {"plan": state}).context["table"].page.object_list
        assert [row.record.name for row in rows] == names
    lines = client.get(reverse("engagement:plan-export", args=["csv"])).content.decode().splitlines()
    assert len(lines) == 3 and "Engaged in the academic year" in "".join(lines)


@pytest.mark.parametrize("schools", [3, 12])
def test_the_list_costs_the_same_for_few_and_for_many(
    schools, client, hub, officer, django_assert_max_num_queries
) -> None:
    for _ in range(schools):
        make_engagement_plan(make.make_school(hub=hub), hub=hub, by=officer)
    with django_assert_max_num_queries(14):
        assert client.get(LIST).status_code == 200


def started(hub, template, schools, by):
    kind = kind_of("engagement-plan")
    details = {"template": str(template.uuid), "name": template.name}
    planned = bulk.work_out(kind=kind, hub=hub, schools=schools, details=details, by=by)
    change, _ = bulk.carry_out(
        kind=kind,
        hub=hub,
        details=details,
        seen={each.school.pk: each.now.value for each in planned if not each.why_not},
        left={each.school.pk: each.why_not for each in planned if each.why_not},
        batch=uuid4(),
        filters="",
        by=by,
    )
    return kind, planned, change


def test_plans_start_in_bulk_and_undoing_takes_back_those_that_nobody_touched(hub, manager, officer) -> None:
    schools = [make.make_school(f"School {number}", hub=hub) for number in range(4)]
    make_engagement_plan(schools[0], hub=hub, by=officer)
    lock(hub=hub, schools=schools)
    Relationship.objects.filter(hub=hub, school=schools[1]).update(owner=officer)
    template = make_plan_template(hub, by=manager)
    kind, planned, change = started(hub, template, schools, manager)
    assert [each.why_not for each in planned] == ["Has a plan already", "", "", ""]
    assert EngagementPlan.objects.filter(template=template).count() == 3
    owners = dict(EngagementPlan.objects.filter(template=template).values_list("school", "owner"))
    assert owners == {schools[1].pk: officer.pk, schools[2].pk: manager.pk, schools[3].pk: manager.pk}
    assert EngagementPlan.objects.get(school=schools[1]).baseline.startswith("Not engaged yet")
    touched = EngagementPlan.objects.get(school=schools[2])
    actions.review(plan=touched, words="Well", next_step="Ring", next_step_on=today(), by=officer)
    undone, kept = bulk.undo(change=change, kind=kind, by=manager)
    assert undone == 2 and [row.school.name for row in kept] == ["School 2"]
    left = EngagementPlan.objects.order_by("school__name").values_list("school__name", flat=True)
    assert list(left) == ["School 0", "School 2"]


def test_a_template_whose_day_has_passed_starts_nothing(hub, manager, school) -> None:
    template = make_plan_template(hub, by=manager, due_on=today() - timedelta(days=1))
    _, planned, _ = started(hub, template, [school], manager)
    assert planned[0].why_not == "The template’s day has passed"
    assert not EngagementPlan.objects.exists()


def test_a_manager_makes_changes_and_retires_templates(client, hub, manager) -> None:
    client.force_login(manager)
    said = {
        "name": "Silent schools",
        "aim": "A first conversation",
        "measure": "engaged",
        "target": "Engaged",
        "next_step": "Write to the head",
        "step_weeks": "3",
        **boxes("due_on", today() + timedelta(days=100)),
    }
    create = reverse("engagement:plan-template-create")
    client.post(create, said)
    template = EngagementPlanTemplate.objects.get()
    again = client.post(create, said)
    assert again.status_code == 400 and "of this name is there already" in again.content.decode()
    client.post(template.get_absolute_url(), said | {"target": "Engaged twice"})
    assert "Engaged twice" in client.get(reverse("engagement:plan-template-list")).content.decode()
    client.post(reverse("engagement:plan-template-retire", args=[template.uuid]))
    assert client.get(template.get_absolute_url()).status_code == 404


def test_one_plan_stands_at_a_time(hub, school, officer) -> None:
    plan = make_engagement_plan(school, hub=hub, by=officer)
    with pytest.raises(ValidationError, match="has an engagement plan already"):
        make_engagement_plan(school, hub=hub, by=officer)
    actions.end(plan=plan, is_reached=True, outcome="They sing", by=officer)
    assert make_engagement_plan(school, hub=hub, by=officer).made_at <= timezone.now()
