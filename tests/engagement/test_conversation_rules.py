"""What is refused, each with its sentence at its field; nothing that was typed is lost."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from engagement.actions import conversations as actions
from engagement.actions.entries import ActionChange, ActionEntry, Entry, PartEntry
from engagement.forms.conversations import first_values
from engagement.models import AgreedAction
from hubportal.kit.wording import long_date
from schools.access import today
from tests.engagement.factories import make_conversation, make_draft, make_officer, part_of
from tests.factories import make_area, make_authority, make_hub, make_school

pytestmark = pytest.mark.django_db

TODAY = today()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def hub():
    return make_hub("Exampleshire Music Hub")


@pytest.fixture
def school(hub):
    return make_school("Millbrook Junior School", hub=hub)


@pytest.fixture
def officer(hub):
    return make_officer(hub)


@pytest.fixture(params=["quick", "full"])
def form(request):
    """Each of the two forms: what holds for a call holds for a challenging conversation."""
    return request.param


def boxes(name, on):
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


def log_by_form(client, school, officer, form="quick", **values):
    """Press "Log it" in a new draft; gives the response, the draft's own values and the part's prefix."""
    conversation = make_draft(school, by=officer, form=form, values=first_values(by=officer, form=form))
    prefix = f"part-{part_of(conversation).uuid}"
    typed = {"how": "call", "kind": "catch_up", f"{prefix}-summary": "They sing.", **boxes("date", TODAY)}
    typed |= {name.replace("PART", prefix): value for name, value in values.items()}
    client.force_login(officer)
    response = client.post(
        reverse("engagement:conversation-edit", args=[conversation.uuid]),
        {"draft_revision": "0", "draft_person": officer.pk, "draft_writer": "tab", "log": "1", **typed},
    )
    conversation.refresh_from_db()
    return response, conversation, prefix, typed


def assert_refused(client, school, officer, sentence, at, **values):
    response, conversation, prefix, typed = log_by_form(client, school, officer, **values)
    assert response.status_code == 400
    assert response.context["sentences"] == [(sentence, f"id_{at.replace('PART', prefix)}")]
    assert conversation.state == "draft"
    kept = actions.draft_of(conversation).values
    assert {name: kept.get(name, "") for name in typed} == typed
    assert response.content.decode().count("<h1") == 1


def test_date_in_the_future(client, school, officer, form):
    tomorrow = TODAY + timedelta(days=1)
    assert_refused(
        client,
        school,
        officer,
        f"The date is in the future. Today is {long_date(TODAY)}: a conversation is logged after it has happened",
        "date_0",
        form=form,
        **boxes("date", tomorrow),
    )


def test_date_that_is_none(client, school, officer, form):
    assert_refused(
        client,
        school,
        officer,
        "The date must be a real date, for example 12 11 2026",
        "date_0",
        form=form,
        date_0="31",
        date_1="2",
        date_2="2026",
    )


def test_date_before_the_school_opened(client, hub, officer, form):
    school = make_school("New Road School", hub=hub, open_date=YESTERDAY)
    assert_refused(
        client,
        school,
        officer,
        f"New Road School opened on {long_date(YESTERDAY)}, so the date must be on or after that",
        "date_0",
        form=form,
        **boxes("date", YESTERDAY - timedelta(days=1)),
    )


def test_date_of_a_school_whose_opening_the_register_does_not_know(client, hub, officer):
    school = make_school(hub=hub, open_date=date(1900, 1, 1))
    response, conversation, _, _ = log_by_form(client, school, officer)
    assert (response.status_code, conversation.state) == (302, "logged")


def test_date_after_the_school_closed(client, hub, officer, form):
    school = make_school("Old Road School", hub=hub, status="2", close_date=YESTERDAY)
    sentence = f"Old Road School closed on {long_date(YESTERDAY)}, so the date must be on or before that"
    assert_refused(client, school, officer, sentence, "date_0", form=form)


def test_call_of_last_week_can_be_logged_after_a_conversion(client, hub, officer, form):
    school = make_school(hub=hub, status="2", close_date=YESTERDAY)
    response, conversation, _, _ = log_by_form(client, school, officer, form=form, **boxes("date", YESTERDAY))
    assert (response.status_code, conversation.state, conversation.date) == (302, "logged", YESTERDAY)


def test_school_that_only_plans_to_close_can_be_talked_to(client, hub, officer):
    school = make_school(hub=hub, status="3", close_date=YESTERDAY)
    response, _, _, _ = log_by_form(client, school, officer)
    assert response.status_code == 302


def test_due_date_before_the_conversation(client, school, officer, form):
    assert_refused(
        client,
        school,
        officer,
        f"The action must be due on or after {long_date(TODAY)}, the date of the conversation",
        "PART-actions-0-due_on_0",
        form=form,
        **{"PART-actions-TOTAL_FORMS": "1", "PART-actions-0-what": "Ring", "PART-actions-0-side": "hub"},
        **boxes("PART-actions-0-due_on", YESTERDAY),
    )


def test_date_that_cannot_be_hides_no_other_problem(client, school, officer):
    later = TODAY + timedelta(days=9)
    response, conversation, _, _ = log_by_form(
        client,
        school,
        officer,
        **{"PART-actions-TOTAL_FORMS": "1", "PART-actions-0-what": "Ring", "PART-actions-0-side": "hub"},
        **boxes("date", later),
        **boxes("next_on", TODAY),
        **boxes("PART-actions-0-due_on", TODAY),
    )
    said = " ".join(sentence for sentence, _ in response.context["sentences"])
    assert f"The date is in the future. Today is {long_date(TODAY)}" in said
    assert f"The action must be due on or after {long_date(later)}, the date of the conversation" in said
    assert conversation.state == "draft"


def test_next_conversation_before_this_one(client, school, officer, form):
    assert_refused(
        client,
        school,
        officer,
        f"The next conversation must be on or after {long_date(TODAY)}, the date of this one",
        "PART-next_on_0",
        form=form,
        **boxes("PART-next_on", YESTERDAY),
    )


@pytest.mark.parametrize("minutes", ["0", "601", "an hour"])
def test_minutes(client, school, officer, minutes):
    assert_refused(
        client, school, officer, "Enter the minutes as a whole number from 1 to 600", "minutes", minutes=minutes
    )


def test_nothing_said(client, school, officer):
    assert_refused(
        client, school, officer, "Write what was said. One sentence is enough", "PART-summary", **{"PART-summary": ""}
    )


def test_action_without_its_words(client, school, officer):
    assert_refused(
        client,
        school,
        officer,
        "Say what was agreed, or clear the rest of this action",
        "PART-actions-0-what",
        **{"PART-actions-TOTAL_FORMS": "1", "PART-actions-0-owner_name": "Ruth", "PART-actions-0-side": "school"},
    )


def test_dropping_an_open_action_needs_a_reason(client, school, officer):
    earlier = make_conversation(
        school, by=officer, parts={school: PartEntry(summary="x", actions=[ActionEntry("Ring")])}
    )
    action = AgreedAction.objects.get(part__conversation=earlier)
    name = f"PART-open-{action.uuid}"
    values = {f"{name}-state": "dropped", "PART-actions-TOTAL_FORMS": "1"}
    assert_refused(client, school, officer, "Say why the action was dropped", f"{name}-reason", form="full", **values)
    action.refresh_from_db()
    assert action.state == "to_do"


def test_every_problem_is_named_at_once(client, school, officer):
    response, _, prefix, _ = log_by_form(
        client, school, officer, minutes="0", **{"PART-summary": ""}, **boxes("date", TODAY + timedelta(days=1))
    )
    assert [at for _, at in response.context["sentences"]] == ["id_date_0", "id_minutes", f"id_{prefix}-summary"]


def test_school_outside_the_hub_cannot_be_started(client, hub, officer):
    elsewhere = make_school("Far School", hub=make_hub("Samplefolk Music Hub"))
    with pytest.raises(ValidationError, match="Far School is not in your hub’s area, or not one of your schools."):
        actions.start(schools=[elsewhere], by=officer)
    client.force_login(officer)
    url = reverse("engagement:conversation-create", query={"school": elsewhere.urn})
    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


def test_school_whose_area_the_hub_has_lost_cannot_be_logged(hub, school, officer):
    authority = make_authority()
    make_area(hub=hub, authority=authority)
    conversation = make_draft(school, by=officer)
    hub.areas.filter(authority=school.authority).update(ends_on=YESTERDAY - timedelta(days=400))
    part = part_of(conversation)
    with pytest.raises(ValidationError) as error:
        actions.log(
            conversation=conversation, entry=Entry(TODAY, parts={part.uuid: PartEntry(summary="x")}), by=officer
        )
    assert error.value.messages == ["Millbrook Junior School is not in the area of Exampleshire Music Hub"]


def test_school_whose_area_the_hub_has_lost_is_said_in_the_form(client, hub, school, officer, form):
    make_area(hub=hub, authority=make_authority())
    conversation = make_draft(school, by=officer, form=form, values=first_values(by=officer, form=form))
    hub.areas.filter(authority=school.authority).update(ends_on=YESTERDAY - timedelta(days=400))
    prefix = f"part-{part_of(conversation).uuid}"
    client.force_login(officer)
    response = client.post(
        reverse("engagement:conversation-edit", args=[conversation.uuid]),
        {
            "draft_revision": "0",
            "draft_person": officer.pk,
            "draft_writer": "tab",
            "log": "1",
            "how": "call",
            "kind": "catch_up",
            f"{prefix}-summary": "They sing.",
            **boxes("date", TODAY),
        },
    )
    assert response.status_code == 400
    sentence = "Millbrook Junior School is not in the area of Exampleshire Music Hub"
    assert response.context["sentences"] == [(sentence, "id_date_0")]
    conversation.refresh_from_db()
    assert conversation.state == "draft"
    assert actions.draft_of(conversation).values[f"{prefix}-summary"] == "They sing."


def test_action_holds_the_rules_without_a_form(hub, school, officer):
    conversation = make_draft(school, by=officer)
    part = part_of(conversation)
    entry = Entry(
        TODAY + timedelta(days=1),
        minutes=0,
        parts={part.uuid: PartEntry(next_on=TODAY, actions=[ActionEntry("x", due_on=YESTERDAY)])},
    )
    with pytest.raises(ValidationError) as error:
        actions.log(conversation=conversation, entry=entry, by=officer)
    assert len(error.value.messages) == 4
    conversation.refresh_from_db()
    assert conversation.state == "draft"


def test_action_of_another_school_cannot_be_carried_on(hub, school, officer):
    other = make_school(hub=hub)
    make_conversation(other, by=officer, parts={other: PartEntry(summary="x", actions=[ActionEntry("Ring")])})
    action = AgreedAction.objects.get()
    conversation = make_draft(school, by=officer)
    part = part_of(conversation)
    entry = Entry(TODAY, parts={part.uuid: PartEntry(summary="x", changes=[ActionChange(action, "done")])})
    with pytest.raises(ValidationError, match="This action belongs to another school."):
        actions.log(conversation=conversation, entry=entry, by=officer)
