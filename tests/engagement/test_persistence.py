"""Where a school does not answer: the ladder, a manager's word, pauses, declines; never dropped."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from engagement import desk
from engagement.actions import attempts, persistence
from engagement.actions.persistence import Step
from engagement.models import Attempt, Hold, LadderStep, StepApproval
from hubportal.kit.terms import SchoolTime
from hubportal.kit.wording import long_date, short_date
from schools.access import today
from schools.models import Relationship, School, TimelineEntry
from schools.roles import Role
from tests.engagement.factories import make_conversation, make_officer
from tests.factories import make_commission, make_hub, make_partner, make_person, make_school

pytestmark = pytest.mark.django_db

TIME = SchoolTime()
SHORT = (Step("Email", "email"), Step("Call", "call", 2), Step("Governors", "trust", 1))


@pytest.fixture
def hub():
    return make_hub("Exampleshire Music Hub")


@pytest.fixture
def school(hub):
    return make_school("Fenwick Road Primary School", hub=hub)


@pytest.fixture
def officer(hub):
    return make_officer(hub)


@pytest.fixture
def manager(hub):
    return make_person(Role.HUB_MANAGER, hub, "Mo Manager")


def kept(school) -> Relationship:
    return Relationship.objects.get(school=school)


def tried(school, how: str, by, days: int = 0) -> Attempt:
    """An attempt at noon, some days ago."""
    noon = timezone.make_aware(datetime.combine(today(), datetime.min.time())) + timedelta(hours=12)
    at = min(timezone.now(), noon) if days == 0 else noon - timedelta(days=days)
    return attempts.log(school=school, how=how, by=by, at=at)


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


# --- the ladder ----------------------------------------------------------------------------------------------------


def test_an_attempt_in_two_clicks_says_the_next_step_and_its_day(client, school, officer):
    client.force_login(officer)
    assert "No answer" in client.get(school.get_absolute_url()).content.decode()
    address = reverse("engagement:attempt-create", args=[school.urn])
    page = client.post(address, {"how": "email"}, follow=True)
    row, due = kept(school), TIME.weeks_after(today(), 1)
    assert (row.due_because, row.next_step, row.next_how, row.due_on) == ("step", "Call", "call", due)
    (said,) = (str(each) for each in page.context["messages"])
    assert said.endswith(f"Next: Call, by {short_date(due, today())}.")
    text = page.content.decode()
    assert f"call, by {short_date(due, today())}. You have not spoken yet." in text
    assert (
        f"No answer to 1 attempt, the last on {long_date(today())}. The next step is due 1 school week later." in text
    )
    assert text.index("I called") < text.index("I emailed"), "the next step stands first"


def test_the_next_step_is_never_due_in_a_holiday(school, officer):
    tried(school, "email", officer)
    assert TIME.is_school_day(kept(school).due_on)
    Attempt.objects.update(at=timezone.make_aware(datetime(2025, 12, 17, 12)))
    persistence.contact_dates.refresh(hub=kept(school).hub, school=school)
    assert kept(school).due_on == date(2026, 1, 7), "Christmas does not count as silence"


def test_a_try_by_another_way_takes_no_step_but_moves_the_day(school, officer):
    tried(school, "email", officer, days=30)
    before = kept(school)
    tried(school, "visit", officer)
    after = kept(school)
    assert (before.next_step, after.next_step) == ("Call", "Call")
    assert after.due_on == TIME.weeks_after(today(), 1) > before.due_on


def test_an_answer_ends_the_ladder_and_taking_back_goes_a_step_back(client, school, officer):
    tried(school, "email", officer, days=20)
    call = tried(school, "call", officer)
    assert kept(school).next_step == "Letter to the head"
    attempts.take_back(attempt=call, by=officer)
    assert kept(school).next_step == "Call"
    make_conversation(school, by=officer, on=today() - timedelta(days=1))
    assert (kept(school).due_because, kept(school).next_step) == ("cadence", "")


def test_a_manager_changes_the_ladder_and_every_next_step_follows(client, hub, school, officer, manager):
    tried(school, "email", officer)
    client.force_login(manager)
    address = reverse("engagement:ladder-edit", args=[hub.slug])
    assert 'value="Introduction by a partner school"' in client.get(address).content.decode()
    typed = {"step-TOTAL_FORMS": "3", "step-INITIAL_FORMS": "0"}
    for row, (name, how, weeks) in enumerate((("Email", "email", 1), ("", "", ""), ("Ask the governors", "trust", 3))):
        typed |= {f"step-{row}-name": name, f"step-{row}-how": how, f"step-{row}-school_weeks": weeks}
    page = client.post(address, typed, follow=True)
    assert "Ask the governors, 3 school weeks after the last try, with a manager’s approval" in page.content.decode()
    assert list(LadderStep.objects.filter(hub=hub).values_list("name", "needs_approval")) == [
        ("Email", False),
        ("Ask the governors", True),
    ]
    assert (kept(school).next_step, kept(school).due_on) == ("Ask the governors", TIME.weeks_after(today(), 3))


def test_a_ladder_without_a_step_or_with_half_of_one_is_refused(client, hub, manager):
    client.force_login(manager)
    address = reverse("engagement:ladder-edit", args=[hub.slug])
    one = {"step-TOTAL_FORMS": "1", "step-INITIAL_FORMS": "0"}
    page = client.post(address, one)
    assert (page.status_code, page.context["rows"].non_form_errors()) == (
        400,
        ["A ladder has at least one step: a school is never dropped"],
    )
    page = client.post(address, {**one, "step-0-name": "Call"})
    assert page.context["rows"].errors == [{"how": ["Choose how this step is taken"]}]
    assert not LadderStep.objects.filter(hub=hub).exists()
    page = client.post(address, {**one, "add_row": "step"})
    assert page.context["rows"].total_form_count() == 2


def test_after_the_last_step_the_ladder_begins_again_as_late_as_the_cadence(hub, school, officer, manager):
    persistence.set_ladder(hub=hub, steps=SHORT[:2], by=manager)
    tried(school, "email", officer, days=20)
    tried(school, "call", officer)
    assert (kept(school).next_step, kept(school).due_on) == ("Email", TIME.weeks_after(today(), 13))
    assert "Every step was taken: we begin again 13 school weeks later." in kept(school).due_reason


# --- a manager's word ----------------------------------------------------------------------------------------------


def test_the_last_step_is_taken_only_with_a_managers_recorded_approval(client, hub, school, officer, manager):
    persistence.set_ladder(hub=hub, steps=SHORT, by=manager)
    for how, days in (("email", 30), ("call", 9)):
        tried(school, how, officer, days=days)
    assert kept(school).next_step == "Governors"
    client.force_login(officer)
    page = client.get(school.get_absolute_url()).content.decode()
    assert "I wrote to the trust" not in page and "Ask for approval" in page
    refused = client.post(reverse("engagement:attempt-create", args=[school.urn]), {"how": "trust"}, follow=True)
    assert "this step is taken only with a manager’s approval" in refused.content.decode()
    ask = reverse("engagement:approval-ask", args=[school.urn])
    assert client.post(ask, {"why": ""}).context["form"].errors == {"why": ["Say why it is time for it"]}
    client.post(ask, {"why": "Two terms of silence."})
    client.post(ask, {"why": "Again."})
    approval = StepApproval.objects.get()
    assert (approval.why, approval.step, approval.how) == ("Two terms of silence.", "Governors", "trust")
    address = reverse("engagement:approval-decide", args=[approval.uuid])
    assert client.post(address, {"is_approved": "yes"}).status_code == 403
    (item,) = [each for group in desk.groups_for(manager, today()) for each in group.items if each.href == address]
    assert "asks for your approval. Governors: “Two terms of silence.”" in item.reason
    client.force_login(manager)
    client.post(address, {"is_approved": "yes", "answer": "Copy me in."})
    approval.refresh_from_db()
    assert (approval.is_approved, approval.decided_by) == (True, manager)
    again = client.post(address, {"is_approved": "no"})
    assert "Approved" in again.content.decode()
    approval.refresh_from_db()
    assert approval.is_approved is True
    client.force_login(officer)
    assert "I wrote to the trust or the governors" in client.get(school.get_absolute_url()).content.decode()
    client.post(reverse("engagement:attempt-create", args=[school.urn]), {"how": "trust"})
    assert Attempt.objects.filter(how="trust").count() == 1
    headings = list(TimelineEntry.objects.filter(kind="hold").values_list("heading", flat=True))
    assert headings == ["Approved: Governors"]


def test_an_approval_ends_with_the_next_conversation(hub, school, officer, manager):
    persistence.set_ladder(hub=hub, steps=SHORT, by=manager)
    for how, days in (("email", 30), ("call", 9)):
        tried(school, how, officer, days=days)
    approval = persistence.ask_approval(school=school, why="Silence", by=officer)
    persistence.decide(approval=approval, is_approved=True, answer="", by=manager)
    StepApproval.objects.update(decided_at=timezone.now() - timedelta(days=3))
    assert persistence.approved(hub, school, "trust") == approval
    make_conversation(school, by=officer, on=today() - timedelta(days=1))
    assert persistence.approved(hub, school, "trust") is None


def test_approval_is_asked_only_for_a_step_that_needs_it(school, officer):
    tried(school, "email", officer)
    with pytest.raises(ValidationError, match="The next step needs no manager’s approval"):
        persistence.ask_approval(school=school, why="Silence", by=officer)


# --- left in peace until a day -------------------------------------------------------------------------------------


def typed(until: date, **fields) -> dict:
    day = {"until_0": until.day, "until_1": until.month, "until_2": until.year}
    return {**day, "reason": "inspection", "decided_by": "The head", **fields}


def test_a_pause_moves_what_would_fall_into_it_to_its_end(client, school, officer):
    tried(school, "email", officer, days=20)
    until = in_days(60)
    client.force_login(officer)
    page = client.post(reverse("engagement:pause-create", args=[school.urn]), typed(until), follow=True)
    row = kept(school)
    assert (row.due_because, row.due_on, row.next_step) == ("paused", TIME.school_day_from(until), "Call")
    assert row.due_reason.startswith(f"Paused until {long_date(until)}: inspection. No answer to 1 attempt")
    assert "End it" in page.content.decode()
    client.post(reverse("engagement:hold-end", args=[Hold.objects.get().uuid]))
    assert (kept(school).due_because, kept(school).paused_until) == ("step", None)
    assert Hold.objects.get().ended_by == officer


def test_a_pause_that_is_over_before_the_day_moves_nothing(school, officer):
    make_conversation(school, by=officer, on=today())
    before = kept(school)
    persistence.hold(
        school=school, kind="paused", reason="exams", until=in_days(2), decided_by="Our manager", by=officer
    )
    after = kept(school)
    assert (after.due_on, after.due_because, after.paused_until) == (before.due_on, "cadence", in_days(2))


def test_a_school_that_declines_is_asked_again_on_the_day(client, hub, school, officer):
    tried(school, "email", officer)
    until = in_days(200)
    client.force_login(officer)
    client.post(reverse("engagement:decline-create", args=[school.urn]), typed(until, reason="time"))
    row = kept(school)
    assert (row.due_because, row.due_on) == ("declined", TIME.school_day_from(until))
    assert row.due_reason == (
        f"Declined until {long_date(until)}: no time this year. Decided on {long_date(today())} by: The head."
    )
    seen = School.objects.with_engagement(officer).get(pk=school.pk)
    assert seen.engagement == "declined"
    listed = client.get(reverse("schools:school-list"), {"engagement": "declined"})
    assert school.name in listed.content.decode()
    assert desk.groups_for(officer, today()) == []
    (group,) = desk.groups_for(officer, row.due_on)
    assert "Declined until" in group.items[0].reason
    seen = School.objects.with_engagement(officer, until).get(pk=school.pk)
    assert seen.engagement == "attempted", "on the day it is asked again"


def test_a_conversation_after_the_decline_ends_it(school, officer):
    persistence.hold(
        school=school, kind="declined", reason="time", until=in_days(200), decided_by="The head", by=officer,
        decided_on=today() - timedelta(days=5),
    )  # fmt: skip
    make_conversation(school, by=officer, on=today() - timedelta(days=5))
    assert kept(school).due_because == "declined", "it declined at this conversation"
    make_conversation(school, by=officer, on=today())
    assert (kept(school).due_because, kept(school).declined_until) == ("cadence", None)


def test_after_the_day_the_ladder_begins_from_its_first_step(school, officer):
    tried(school, "email", officer, days=90)
    persistence.hold(school=school, kind="declined", reason="time", until=in_days(5), decided_by="The head", by=officer)
    Hold.objects.update(until=today() - timedelta(days=4), decided_on=today() - timedelta(days=80))
    tried(school, "email", officer)
    row = kept(school)
    assert (row.due_because, row.next_step, row.attempts_since) == ("step", "Call", 2)
    assert row.due_reason.startswith("No answer to 1 attempt")


def test_a_new_pause_takes_the_place_of_the_one_that_stands(school, officer):
    for days in (20, 40):
        persistence.hold(
            school=school, kind="paused", reason="exams", until=in_days(days), decided_by="The head", by=officer
        )
    assert kept(school).paused_until == in_days(40)
    assert [each.until for each in Hold.objects.standing()] == [in_days(40)]
    assert Hold.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"until_2": "2020"}, {"until": [f"The day must be after today, {long_date(today())}"]}),
        ({"reason": ""}, {"reason": ["Choose the reason"]}),
        ({"decided_by": ""}, {"decided_by": ["Enter who decided it"]}),
        ({"until_0": "", "until_1": "", "until_2": ""}, {"until": ["Enter the day on which we ask again"]}),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(client, school, officer, fields, errors):
    client.force_login(officer)
    sent = {**typed(in_days(30), reason="time"), **fields}
    page = client.post(reverse("engagement:decline-create", args=[school.urn]), sent)
    assert page.context["form"].errors == errors
    assert not Hold.objects.exists()


def test_a_partners_officer_pauses_the_schools_entrusted_to_it_alone(client, hub, school):
    partner = make_partner("Exampleshire Brass", hub=hub)
    make_commission(partner=partner, school=school)
    client.force_login(make_person(Role.PARTNER_OFFICER, partner))
    other = make_school("Other School", hub=hub)
    assert client.get(reverse("engagement:pause-create", args=[school.urn])).status_code == 200
    assert client.get(reverse("engagement:pause-create", args=[other.urn])).status_code == 404


def test_another_hubs_holds_and_approvals_are_not_there(client, school, officer):
    held = persistence.hold(
        school=school, kind="paused", reason="exams", until=in_days(20), decided_by="The head", by=officer
    )
    client.force_login(make_person(Role.HUB_MANAGER, make_hub("Samplefolk Music Hub")))
    assert client.post(reverse("engagement:hold-end", args=[held.uuid])).status_code == 404
    assert Hold.objects.standing().count() == 1
