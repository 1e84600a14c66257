"""The hub reminds several schools at once: it sees who gets what first, and nobody gets it twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from schools.models import Membership, School, TimelineEntry
from schools.roles import Role
from smdp import tasks
from smdp.actions import plan_reminders, plans, sending
from smdp.models import PlanReminder, Reminder
from tests import factories as make
from tests.smdp.factories import fill, keep_elsewhere, make_plan

pytestmark = pytest.mark.django_db

REMIND = reverse("smdp:plan-remind")


@pytest.fixture
def schools(hub, school, head):
    """One with a head who signs in, one with a contact, one whom nobody can be reached at."""
    known = make.make_school("Ashby Primary School", hub=hub)
    make.make_contact("Ines Leader", hub=hub, school=known, email="ines@ashby.example", is_leader=True)
    make.make_contact("Una Lead", hub=hub, school=known, email="una@ashby.example", is_music_lead=True)
    return [school, known, make.make_school("Nobody Primary School", hub=hub)]


def post(client, schools, **more):
    said = {"about": "plan", "words": "We are here to help.", "schools": [each.urn for each in schools]}
    return client.post(REMIND, said | more)


def send(client, schools, batch=None, **more):
    return post(client, schools, send="1", batch=batch or uuid4(), **more)


def deliver() -> None:
    """As the worker does."""
    for pk in PlanReminder.objects.values_list("pk", flat=True):
        tasks.send_plan_reminder(reminder_id=pk)


def test_preview_says_who_gets_what_and_sends_nothing(schools, head, officer, client_of):
    browser = client_of(officer)
    choose = browser.get(REMIND, {"plan": "none"}).text
    assert all(f'value="{each.urn}"' in choose for each in schools)
    page = post(browser, schools).text
    assert "2 schools will be reminded" in page
    assert f"Ruth Pell, {head.email}" in page and "Ines Leader, ines@ashby.example" in page
    assert "una@ashby.example" not in page, "a leader is written to first"
    assert "Nobody to write to: 1 school" in page and "Nobody Primary School" in page
    assert "has no music development plan in the portal yet." in page and "We are here to help." in page
    assert not PlanReminder.objects.exists() and not mail.outbox


def test_no_summary_is_asked_of_a_college(schools, hub, officer, client_of):
    kind = make.make_type("18", "Further education", is_state_funded=False, is_college=True)
    college = make.make_school("Millbrook College", hub=hub, type=kind)
    make.make_contact("Cy Principal", hub=hub, school=college, email="cy@college.example", is_leader=True)
    browser = client_of(officer)
    page = browser.get(reverse("smdp:plan-list"), {"summary": "not expected"}).text
    assert "Millbrook College" in page and "Not expected" in page
    assert "Millbrook College" not in browser.get(reverse("smdp:plan-list"), {"summary": "none"}).text
    assert "cy@college.example" in post(browser, [*schools, college]).text
    page = post(browser, [*schools, college], about="summary").text
    assert "cy@college.example" not in page
    assert "1 college among those you chose: no public summary is expected of a college" in page
    send(browser, [*schools, college], about="summary")
    assert not PlanReminder.objects.filter(school=college).exists()


def test_each_gets_one_email_and_its_timeline_says_so(schools, head, officer, client_of):
    batch = uuid4()
    browser = client_of(officer)
    for _ in range(2):
        answer = send(browser, schools, batch)
        assert answer.url == reverse("smdp:plan-reminders", args=[batch])
    assert "On its way" in browser.get(answer.url).text
    deliver()
    deliver()
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert len(mail.outbox) == 2 and set(letters) == {head.email, "ines@ashby.example"}
    assert letters[head.email].subject == "The music development plan of Millbrook Junior School"
    assert "We are here to help." in letters[head.email].body and "Sign in" in letters[head.email].body
    assert "You have no account" in letters["ines@ashby.example"].body
    assert letters[head.email].reply_to == [officer.email]
    entries = TimelineEntry.objects.filter(source__startswith="plan-reminder:")
    assert {each.school.name for each in entries} == {"Millbrook Junior School", "Ashby Primary School"}
    assert entries[0].heading == "Reminded of its music development plan by email"
    page = browser.get(answer.url).text
    assert "2 schools reminded" in page and "On its way" not in page


def test_reminded_lately_is_said_and_left_out(schools, officer, client_of):
    browser = client_of(officer)
    send(browser, schools[:1])
    page = post(browser, schools).text
    assert "1 school will be reminded" in page and "Reminded within the last 30 days: 1 school" in page
    assert f"by {officer}" in page
    send(browser, schools)
    assert PlanReminder.objects.filter(school=schools[0]).count() == 1
    send(browser, schools[:1], again="on")
    assert PlanReminder.objects.filter(school=schools[0]).count() == 2
    PlanReminder.objects.update(at=timezone.now() - timedelta(days=31))
    assert "Reminded within" not in post(browser, schools).text


def test_all_reminded_lately_sends_nothing_and_says_so(schools, officer, client_of):
    browser = client_of(officer)
    send(browser, schools[:1])
    answer = send(browser, schools[:1])
    assert answer.status_code == 200 and "nothing was sent" in answer.text
    assert PlanReminder.objects.count() == 1


def test_summary_counts_what_the_portal_itself_sent(schools, school, officer, client_of):
    Reminder.objects.create(school=school, to="school", about="summary: year 2026", sent_at=timezone.now())
    assert "by the portal on" in post(client_of(officer), schools, about="summary").text
    assert "by the portal" not in post(client_of(officer), schools).text


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("draft", "has begun its music development plan and not shared it yet."),
        ("shared", "has shared its music development plan, and not adopted it yet."),
        ("elsewhere", "keeps its music development plan elsewhere."),
    ],
)
def test_what_is_said_is_true_of_each(school, head, officer, client_of, place, words, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    if place == "elsewhere":
        keep_elsewhere(school, "Ours", by=head)
    else:
        plan = fill(make_plan(school, by=head), by=head)
        if place == "shared":
            plans.share(plan=plan, by=head)
    assert words in post(client_of(officer), [school]).text
    assert str(school.urn) in client_of(officer).get(REMIND, {"plan": place}).text


def test_change_brings_everything_back(schools, officer, client_of):
    page = post(client_of(officer), schools[:1], change="1").text
    assert "We are here to help." in page and f'value="{schools[0].urn}"' in page
    assert "There is a problem" not in page


def test_nothing_chosen_and_too_long_are_said(schools, officer, client_of):
    answer = post(client_of(officer), [])
    assert answer.status_code == 400 and "Choose at least one school" in answer.text
    assert "We are here to help." in answer.text
    assert post(client_of(officer), schools, words="x" * 1001).status_code == 400


def test_only_ones_own_schools(schools, officer, client_of, head):
    theirs = make.make_school("Theirs Primary School", hub=make.make_hub("Samplefolk Music Hub"))
    make.make_person(Role.SCHOOL_LEADER, theirs, "Their Head")
    assert "Theirs Primary School" not in client_of(officer).get(REMIND).text
    send(client_of(officer), [*schools, theirs])
    assert not PlanReminder.objects.filter(school=theirs).exists()
    assert client_of(head).get(REMIND).status_code == 403


def test_closed_school_and_leaver_get_nothing(schools, officer, head, client_of):
    Membership.objects.filter(user=head).delete()
    School.objects.filter(pk=schools[1].pk).update(status=School.Status.CLOSED)
    answer = post(client_of(officer), schools)
    assert answer.status_code == 400 and "has closed, or is not yours any more" in answer.text
    page = post(client_of(officer), [schools[0], schools[2]]).text
    assert "No school will be reminded yet" in page and "Nobody to write to: 2 schools" in page


def test_mail_server_that_is_away_is_said(schools, officer, client_of, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        1,
    )
    batch = uuid4()
    rows = plan_reminders.remind(schools=schools[:1], about="plan", batch=batch, by=officer)
    assert sending.deliver(reminder_id=rows[0].pk)
    page = client_of(officer).get(reverse("smdp:plan-reminders", args=[batch])).text
    assert "Not taken by the mail server" in page
    assert not TimelineEntry.objects.filter(source__startswith="plan-reminder:").exists()
    assert "1 school will be reminded" in post(client_of(officer), schools[:1]).text


def test_preview_costs_the_same_for_few_and_many(schools, officer, hub, client_of, django_assert_max_num_queries):
    for at in range(6):
        make.make_person(Role.SCHOOL_LEADER, make.make_school(f"School {at}", hub=hub), f"Head {at}")
    browser = client_of(officer)
    with django_assert_max_num_queries(16):
        post(browser, list(School.objects.filter(name__startswith="School")))
