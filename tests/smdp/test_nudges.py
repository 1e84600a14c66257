"""Once a term a school is told that nothing was noted of its priorities; and, of a plan kept elsewhere, that its review
has come."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engagement.desk import groups_for
from engagement.worklist import things_for
from schools.models import School
from schools.roles import Role
from smdp import priorities
from smdp.actions import elsewhere, plans, reminders
from smdp.actions import notes as actions
from smdp.actions.notes import Said
from smdp.models import Plan, PlanVersion, Reminder
from tests import factories as make
from tests.smdp.factories import fill, keep_elsewhere, make_plan, write

pytestmark = pytest.mark.django_db

OCTOBER = date(2026, 10, 20)  # half of the autumn term
NOVEMBER = date(2026, 11, 9)
FEBRUARY = date(2027, 2, 19)  # half of the spring term
TWO = "Your plan for 2026 to 2027 has 2 priorities of which nothing was noted in the autumn term 2026."
ONE = "Your plan for 2026 to 2027 has 1 priority of which nothing was noted in the autumn term 2026."


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 10))


def adopted(school, head, on: date = date(2026, 8, 28)) -> PlanVersion:
    """A plan for 2026 to 2027, adopted on a day, with two priorities to do and one that is done."""
    plan = fill(make_plan(school, by=head, year=2026, at=moment(on)), by=head)
    rows = [{"what": "A choir", "rag": "amber"}, {"what": "A band"}, {"what": "Ten ukuleles", "rag": "done"}]
    write(plan, "priorities", by=head, **priorities.values_of(rows))
    return plans.adopt(plan=plan, presented_on=on, by=head, at=moment(on))


@pytest.fixture
def version(school, head) -> PlanVersion:
    return adopted(school, head)


def to_do(user, school, on) -> list[tuple[str, str]]:
    return [(each.reason, each.action_href) for each in things_for(user, school, on)]


def test_leaders_get_one_email_a_term_and_find_it_under_today(school, version, head, lead, officer):
    before = OCTOBER - timedelta(days=1)
    assert to_do(head, school, before) == [] and reminders.send_due(on=before) == 0
    assert to_do(head, school, OCTOBER) == to_do(lead, school, OCTOBER) == [(TWO, version.check_in_url)]
    assert reminders.send_due(on=OCTOBER) == 1
    assert reminders.send_due(on=OCTOBER) == reminders.send_due(on=date(2026, 12, 31)) == 0
    (letter,) = mail.outbox
    assert letter.to == [head.email], "editors find it on their page"
    assert letter.subject == "Check in on the music development plan of Millbrook Junior School"
    assert TWO in letter.body and version.check_in_url in letter.body
    assert "A choir" not in letter.body
    assert [group for group in groups_for(officer, OCTOBER) if "noted" in str(group)] == []
    assert reminders.send_due(on=FEBRUARY) == 1
    assert "nothing was noted in the spring term 2027." in mail.outbox[1].body


def test_what_was_noted_this_term_is_not_asked_for(school, version, head):
    actions.note(version=version, said=Said(0, "green", "Thirty came."), by=head, at=moment(date(2026, 9, 20)))
    assert to_do(head, school, OCTOBER) == [(ONE, version.check_in_url)]
    actions.check_in(version=version, said=[Said(1, "red")], by=head, at=moment(OCTOBER))
    assert to_do(head, school, NOVEMBER) == [] and reminders.send_due(on=NOVEMBER) == 0
    assert len(to_do(head, school, FEBRUARY)) == reminders.send_due(on=FEBRUARY) == 1


def test_priority_that_was_noted_as_done_is_not_asked_for_again(school, version, head):
    done = [Said(0, "done"), Said(1, "done")]
    actions.check_in(version=version, said=done, by=head, at=moment(OCTOBER))
    assert to_do(head, school, FEBRUARY) == [] and reminders.send_due(on=FEBRUARY) == 0


def test_note_on_an_earlier_version_counts(school, version, head):
    actions.check_in(version=version, said=[Said(0, "red"), Said(1, "red")], by=head, at=moment(OCTOBER))
    plans.adopt(plan=version.plan, presented_on=OCTOBER, by=head, at=moment(OCTOBER))
    assert to_do(head, school, NOVEMBER) == []


def test_plan_is_left_alone_for_half_a_term_after_it_was_adopted(school, head):
    adopted(school, head, on=date(2026, 10, 5))
    assert to_do(head, school, date(2026, 11, 22)) == []
    assert len(to_do(head, school, date(2026, 11, 23))) == reminders.send_due(on=date(2026, 11, 23)) == 1


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (School, {"status": School.Status.CLOSED}),
        (Plan, {"superseded_at": moment(OCTOBER)}),
        (Plan, {"year": 2025}),
        (Plan, {"state": Plan.State.DRAFT}),
    ],
    ids=["the school has closed", "a later plan has followed", "its years are over", "it was never shared"],
)
def test_nobody_hears_of_a_plan_that_is_not_in_force(school, version, head, model, change):
    model.objects.update(**change)
    school.refresh_from_db()
    assert to_do(head, school, NOVEMBER) == [] and reminders.send_due(on=NOVEMBER) == 0 and mail.outbox == []


def test_day_on_which_the_plan_is_reviewed_leads_to_a_check_in(school, head, client):
    plan = fill(make_plan(school, by=head, year=2026, at=moment(date(2026, 9, 1))), by=head)
    write(plan, "leadership", by=head, review_on_0="8", review_on_1="1", review_on_2="2027")
    version = plans.adopt(plan=plan, presented_on=date(2026, 9, 1), by=head, at=moment(date(2026, 9, 1)))
    assert "The plan is to be reviewed by 8 January 2027." in client.get(plan.get_absolute_url()).text
    day = date(2027, 1, 8)
    assert to_do(head, school, day - timedelta(days=1)) == [] and reminders.send_due(on=day - timedelta(days=1)) == 0
    words = "Your plan for 2026 to 2027 was to be reviewed by 8 January 2027."
    assert to_do(head, school, day) == [(words, version.check_in_url)]
    assert reminders.send_due(on=day) == 1 and words in mail.outbox[0].body
    assert reminders.send_due(on=FEBRUARY) == 0, "one email a term"
    actions.check_in(version=version, said=[], changed="A new music lead.", by=head, at=moment(day))
    assert to_do(head, school, FEBRUARY) == []


def test_school_whose_leader_joins_later_is_told_then(school, version, head):
    head.memberships.all().delete()
    assert reminders.send_due(on=NOVEMBER) == 0 and not Reminder.objects.exists()
    new = make.make_person(Role.SCHOOL_LEADER, school, "New Head")
    assert reminders.send_due(on=NOVEMBER) == 1 and mail.outbox[0].to == [new.email]


def test_asking_costs_the_same_for_one_school_and_for_three(hub, version):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            reminders.send_due(on=date(2026, 10, 1))  # nothing is due: the asking alone
            reminders.send_due(on=NOVEMBER)
        return len(found)

    Reminder.objects.all().delete()
    queries()
    told = queries()
    for name in ("Ashby Primary School", "Borough Primary School"):
        other = make.make_school(name, hub=hub)
        adopted(other, make.make_person(Role.SCHOOL_LEADER, other, f"Head of {name}"))
    queries()
    assert queries() == told


# --- A plan kept elsewhere -----------------------------------------------------------------------------------------


def test_review_of_a_plan_kept_elsewhere_is_told_once(school, head, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    plan = keep_elsewhere(school, "Agrimony", by=head)
    mail.outbox.clear()
    before = plan.review_on - timedelta(days=1)
    assert reminders.send_due(on=before) == 0
    assert plan.is_over(plan.review_on) is False
    assert reminders.send_due(on=plan.review_on) == 1
    assert reminders.send_due(on=plan.review_on) == 0
    (letter,) = mail.outbox
    assert letter.to == [head.email]
    assert letter.subject == "Go through the music development plan of Millbrook Junior School"
    assert "kept elsewhere, was to be reviewed by" in letter.body and plan.get_absolute_url() in letter.body
    again = plan.review_on + timedelta(days=30)
    plan.review_on = again
    plan.save()
    assert reminders.send_due(on=again) == 1


def test_plan_kept_elsewhere_that_is_over_taken_out_or_unconfirmed_is_let_be(
    school, head, officer, hub, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    plan = keep_elsewhere(school, "Agrimony", by=officer)
    mail.outbox.clear()
    assert reminders.send_due(on=plan.review_on) == 0, "first a leader says whether it is right"
    elsewhere.confirm(plan=plan, by=head)
    assert reminders.send_due(on=date(plan.year + plan.years, 9, 1)) == 0
    elsewhere.remove(plan=plan, by=head)
    assert reminders.send_due(on=plan.review_on) == 0
