"""A school and its hub are reminded of the public summary: in the portal until it is done, by email once."""

from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from engagement.desk import groups_for
from engagement.worklist import things_for
from schools.roles import Role
from smdp import tasks
from smdp.actions import reminders
from smdp.actions import summaries as actions
from smdp.models import Reminder, Summary, SummaryVersion
from tests import factories as make
from tests.smdp.factories import make_plan, make_summary

pytestmark = pytest.mark.django_db

JUNE = date(2027, 6, 1)
NOVEMBER = date(2026, 11, 26)
BEGINS = "public summary is not for the academic year that begins in September 2027 yet."
BEGAN = "public summary is not for the academic year that began in September 2027 yet."


@pytest.fixture
def hub():
    return make.make_hub("Exampleshire Music Hub", email="hub@exampleshire.example")


@pytest.fixture
def summary(school, head) -> Summary:
    """Published for 2026 to 2027, to be reviewed on 1 July 2027."""
    found = make_summary(make_plan(school, by=head, year=2026), by=head)
    dates = {"published_on": date(2026, 10, 1), "review_on": date(2027, 7, 1), "ends_year": 2027}
    SummaryVersion.objects.update(**dates)
    return found


def to_do(user, school, on) -> list[str]:
    return [each.reason for each in things_for(user, school, on)]


def waiting(user, on) -> list[tuple[str, str]]:
    return [
        (each.title, each.reason) for group in groups_for(user, on) for each in group.items if "summary" in each.reason
    ]


def reviewed(on: date, ends_year: int) -> None:
    SummaryVersion.objects.update(review_on=on, ends_year=ends_year)


@pytest.mark.parametrize(
    ("review_on", "ends_year", "on", "words"),
    [
        (date(2027, 7, 1), 2027, date(2027, 5, 31), None),
        (date(2027, 7, 1), 2027, JUNE, BEGINS),
        (date(2027, 7, 1), 2027, date(2027, 9, 1), BEGAN),
        (date(2027, 7, 1), 2028, date(2027, 5, 31), None),
        (date(2027, 7, 1), 2028, JUNE, "public summary is to be reviewed by 1 July 2027."),
        (date(2027, 7, 1), 2028, date(2027, 7, 1), "public summary was to be reviewed by 1 July 2027."),
    ],
)  # fmt: skip
def test_school_and_hub_have_it_among_what_is_to_do(summary, head, officer, review_on, ends_year, on, words):
    reviewed(review_on, ends_year)
    assert to_do(head, summary.school, on) == ([f"Your {words}"] if words else [])
    assert waiting(officer, on) == ([("Millbrook Junior School", f"Its {words}")] if words else [])


def test_one_email_each_and_no_second_one(summary, head, officer):
    assert reminders.send_due(on=date(2027, 5, 31)) == 0
    assert reminders.send_due(on=JUNE) == 2
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {head.email, "hub@exampleshire.example"}
    assert letters[head.email].subject == "Look at the public summary of Millbrook Junior School"
    assert (
        "Your public summary is not for the academic year that begins in September 2027 yet."
        in letters[head.email].body
    )
    assert letters["hub@exampleshire.example"].subject == "1 public summary of schools to renew"
    assert reverse("smdp:summary-detail", args=[summary.school.urn]) in letters["hub@exampleshire.example"].body
    assert reminders.send_due(on=JUNE) == reminders.send_due(on=date(2027, 12, 1)) == 0
    assert reminders.send_due(on=date(2028, 6, 1)) == 2  # and once for the next year
    assert len(mail.outbox) == 4


def test_hub_gets_one_email_for_all_its_schools(summary, hub, officer):
    for name in ("Ashby Primary School", "Borough Primary School"):
        school = make.make_school(name, hub=hub)
        by = make.make_person(Role.SCHOOL_LEADER, school, f"Head of {name}")
        make_summary(make_plan(school, by=by), by=by)
    SummaryVersion.objects.update(review_on=date(2027, 7, 1), ends_year=2027)
    assert reminders.send_due(on=JUNE) == 4
    (letter,) = (each for each in mail.outbox if each.to == ["hub@exampleshire.example"])
    assert letter.subject == "3 public summaries of schools to renew"
    names = ["Ashby Primary School", "Borough Primary School", "Millbrook Junior School"]
    assert sorted(names, key=letter.body.index) == names


def test_whoever_looks_after_the_school_gets_it(summary, hub, officer):
    make.make_relationship(hub=hub, school=summary.school, owner=officer)
    other = make.make_person(Role.HUB_OFFICER, hub, "Ben Other")
    reminders.send_due(on=JUNE)
    assert officer.email in {each.to[0] for each in mail.outbox}
    assert len(waiting(officer, JUNE)) == 1 and waiting(other, JUNE) == []


def test_closed_school_is_left_alone(summary, head, officer):
    summary.school.status = summary.school.Status.CLOSED
    summary.school.save()
    assert reminders.send_due(on=JUNE) == 0 and mail.outbox == []
    assert waiting(officer, JUNE) == []


def test_what_stands_elsewhere_is_for_one_year(school, head, officer, summary):
    actions.withdraw(summary=summary, by=head)
    summary.refresh_from_db()
    assert to_do(head, school, JUNE) == []
    actions.record_elsewhere(school=school, url="https://school.example/music", on=date(2026, 9, 10), now=NOVEMBER)
    assert to_do(head, school, NOVEMBER) == []
    assert to_do(head, school, JUNE) == [
        "Your public summary is not for the academic year that begins in September 2027 yet."
    ]
    actions.record_elsewhere(school=school, url="https://school.example/music", on=JUNE, now=JUNE)
    assert to_do(head, school, JUNE) == []


def test_leader_who_joins_later_is_reminded_then(hub, officer, summary, head):
    head.memberships.all().delete()
    assert reminders.send_due(on=JUNE) == 1
    new = make.make_person(Role.SCHOOL_LEADER, summary.school, "New Head")
    assert reminders.send_due(on=JUNE) == 1
    assert mail.outbox[-1].to == [new.email]


def test_another_hub_hears_nothing(summary):
    other = make.make_person(Role.HUB_OFFICER, make.make_hub("Samplefolk Music Hub", email="s@s.example"), "Olga Other")
    reminders.send_due(on=JUNE)
    assert "s@s.example" not in {each.to[0] for each in mail.outbox}
    assert waiting(other, JUNE) == []


def test_task_sends_what_is_due_today(summary, head, officer):
    SummaryVersion.objects.update(published_on=date(2020, 1, 1), review_on=date(2020, 6, 1))
    tasks.remind()
    tasks.remind()
    assert Reminder.objects.count() == 2 and len(mail.outbox) == 2


def test_home_of_the_school_leads_to_it(summary, head):
    SummaryVersion.objects.update(published_on=date(2020, 1, 1), review_on=date(2020, 6, 1), ends_year=2090)
    client = Client()
    client.force_login(head)
    page = client.get(reverse("engagement:school-home")).content.decode()
    assert "your public summary was to be reviewed by 1 June 2020." in page
    assert f'href="{summary.get_absolute_url()}"' in page
    assert "nothing waits for you" not in page
