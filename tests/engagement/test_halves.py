"""The school's half of a meeting: by link, signed in, and entered by the hub."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from engagement.actions import conversations, halves
from engagement.addressees import addressees_at
from engagement.forms.conversations import first_values
from engagement.meetings import questions
from engagement.meetings.panels import beside
from engagement.models import HalfSend, SchoolHalf
from hubportal.kit import drafts, links
from hubportal.kit.models import LinkOpening, SignedLink
from schools.access import today
from schools.models import TimelineEntry
from schools.roles import Role
from tests import factories as make
from tests.engagement.factories import framework, make_half, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    return make.make_hub("Exampleshire Music Hub")


@pytest.fixture
def school(hub):
    return make.make_school("Millbrook Junior School", hub=hub)


@pytest.fixture
def officer(hub):
    return make_officer(hub)


@pytest.fixture
def teacher(hub, school):
    return make.make_contact("Rosa Field", hub=hub, school=school, email="rosa@millbrook.example")


WORDS = {"c-singing": "Every class sings.", "c-singing-level": "2", "wants": "A choir"}
SIGNED = {"who-name": "Ann Lee", "who-job_title": "Deputy head"}


def ask(school, officer, on_commit):
    with on_commit(execute=True):
        half = halves.ask(
            school=school,
            codes=["singing"],
            recipients=addressees_at(school=school, hub=school.authority.hub_areas.get().hub),
            by=officer,
        )
    return half, re.search(r"/q/([\w-]+)/", mail.outbox[-1].body)[1]


def at(token: str) -> str:
    return reverse("engagement:half-link-open", args=[token])


def test_half_is_answered_by_a_link_that_was_passed_on(
    client, school, officer, teacher, django_capture_on_commit_callbacks
):
    half, token = ask(school, officer, django_capture_on_commit_callbacks)
    assert mail.outbox[-1].to == ["rosa@millbrook.example"]
    assert "sing" not in mail.outbox[-1].body.lower()
    for _ in range(3):  # mail filters open links: nothing is spent
        assert client.get(at(token)).status_code == 200
    assert LinkOpening.objects.count() == 3
    client.post(at(token), WORDS | {"draft_save": "1"})
    page = client.get(at(token)).content.decode()
    assert "Every class sings." in page and "What do you want from this meeting?" in page
    half.refresh_from_db()
    assert half.answer is None and half.is_open
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at(token), WORDS | SIGNED | {"give": "1", "draft_revision": str(half.draft.revision)})
    half = SchoolHalf.objects.get()
    assert half.answer is not None
    assert (half.answer.name, half.answer.job_title, half.answer.values) == ("Ann Lee", "Deputy head", WORDS)
    assert mail.outbox[-1].to == [officer.email]
    assert "choir" not in mail.outbox[-1].body.lower()
    entry = TimelineEntry.objects.get(source=half.timeline_source)
    assert (entry.audience, entry.text) == ("school", "")


def test_link_says_that_the_answers_were_sent_and_shows_them_no_more(client, school, officer):
    _, token = make_half(school, by=officer, word="Cowslip")
    page = client.get(at(token)).content.decode()
    assert "has your answers" in page and "Cowslip" not in page
    again = client.post(at(token), WORDS | SIGNED | {"give": "1"})
    assert again.status_code == 409
    assert "cannot be changed any more" in again.content.decode()
    assert "Every class sings." in again.content.decode()


def test_link_that_expired_or_was_withdrawn_says_so(client, school, officer):
    half, token = make_half(school, by=officer)
    then = timezone.now() - timedelta(days=9)
    SignedLink.objects.update(created_at=then, expires_at=then + timedelta(days=1))
    ended = client.get(at(token))
    assert ended.status_code == 410 and "This link has expired" in ended.content.decode()
    SignedLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    halves.withdraw(half=half, reason="Another school was meant", by=officer)
    ended = client.post(at(token), WORDS | SIGNED | {"give": "1"})
    assert ended.status_code == 410 and "This link has been withdrawn" in ended.content.decode()
    assert half.answers.count() == 0


def test_link_without_name_and_role_keeps_what_was_typed(client, school, officer):
    half, token = make_half(school, by=officer)
    page = client.post(at(token), WORDS | {"give": "1"})
    assert page.status_code == 400
    assert "Enter your name" in page.content.decode() and "Every class sings." in page.content.decode()
    half.refresh_from_db()
    assert half.answered_at is None and half.draft.values["wants"] == "A choir"


def test_a_link_to_something_else_opens_no_half(client, school, officer):
    half, _ = make_half(school, by=officer)
    expires = timezone.now() + timedelta(days=1)
    _, token = links.make(purpose="part", target=half.uuid, email="a@b.example", by=officer, expires_at=expires)
    assert client.get(at(token)).status_code == 404


def test_half_is_answered_signed_in_and_found_on_the_schools_home(client, school, officer):
    half, token = make_half(school, by=officer)
    leader = make.make_person(Role.SCHOOL_LEADER, school, "Mary Head")
    client.force_login(leader)
    assert half.get_answer_url() in client.get(reverse("engagement:school-home")).content.decode()
    assert client.get(at(token)).url == half.get_absolute_url()
    assert client.get(half.get_absolute_url()).url == half.get_answer_url()
    assert client.post(half.get_answer_url(), WORDS | {"give": "1"}).status_code == 302
    half = SchoolHalf.objects.get()
    assert half.answer is not None and half.answer.user == leader
    assert "Every class sings." in client.get(half.get_answer_url()).content.decode()
    assert client.post(half.get_answer_url(), {"wants": "More", "give": "1"}).status_code == 409
    assert half.answers.count() == 1


def test_the_hub_never_reads_what_was_not_sent(client, school, officer):
    half, token = make_half(school, by=officer)
    client.post(at(token), WORDS | {"draft_save": "1"})
    client.force_login(officer)
    page = client.get(half.get_absolute_url()).content.decode()
    assert "Every class sings." not in page and "Nothing has been sent yet" in page
    page = client.get(reverse("engagement:half-enter", args=[half.uuid])).content.decode()
    assert "Every class sings." not in page


def test_hub_enters_for_the_school_and_the_schools_own_words_stand_after(client, school, officer):
    half, token = make_half(school, by=officer)
    client.force_login(officer)
    day = today()
    said = {"who-said_on_0": day.day, "who-said_on_1": day.month, "who-said_on_2": day.year}
    address = reverse("engagement:half-enter", args=[half.uuid])
    for _ in range(2):
        client.post(address, {"wants": "Drums"} | SIGNED | said)
    page = client.get(half.get_absolute_url()).content.decode()
    assert f"Entered by {officer}" in page and "as said by Ann Lee, Deputy head" in page
    assert half.answers.count() == 1
    assert (
        "must be today or in the past"
        in client.post(address, {"wants": "Drums"} | SIGNED | said | {"who-said_on_2": day.year + 1}).content.decode()
    )
    client.logout()
    client.post(at(token), WORDS | SIGNED | {"give": "1"})
    half = SchoolHalf.objects.get()
    assert half.answer is not None and half.answer.is_schools_own and half.answers.count() == 2


def test_pressing_twice_asks_once_and_reminding_waits_a_day(
    school, officer, teacher, django_capture_on_commit_callbacks
):
    half, _ = ask(school, officer, django_capture_on_commit_callbacks)
    again, _ = ask(school, officer, django_capture_on_commit_callbacks)
    assert half == again and len(mail.outbox) == 1
    to = addressees_at(school=school, hub=half.hub)
    with pytest.raises(ValidationError, match="less than a day ago"):
        halves.remind(half=half, recipients=to, by=officer)
    HalfSend.objects.update(at=timezone.now() - timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):
        assert halves.remind(half=half, recipients=to, by=officer) == ["Rosa Field"]
    assert mail.outbox[-1].subject.startswith("Reminder")


def test_questions_are_frozen_and_the_lowest_are_suggested(school, officer):
    half, _ = make_half(school, by=officer)
    assert [each["key"] for each in half.questions] == ["c-singing", "changed", "wants"]
    choices = questions.choices_for(framework(), school, user=officer, on=today())
    assert [each.because for each in choices if each.because] == ["Not covered yet"] * questions.SUGGESTED


def test_the_half_stands_beside_the_form_and_goes_into_the_report(client, school, officer):
    half, _ = make_half(school, by=officer, word="Cowslip")
    values = first_values(by=officer, form="quick")
    conversation = conversations.start(schools=[school], by=officer, form="quick", values=values)
    part = conversation.parts.get()
    assert [each.half for each in beside(officer, conversation, part)] == [half]
    client.force_login(officer)
    address = reverse("engagement:conversation-edit", args=[conversation.uuid])
    assert "Cowslip choirs" in client.get(address).content.decode()
    draft = conversations.draft_of(conversation)
    assert draft is not None
    for _ in range(2):
        now = drafts.as_data(draft.values).dict() | {f"part-{part.uuid}-summary": "We met."}
        client.post(address, now | {"take_half": str(half.uuid)})
        draft.refresh_from_db()
    assert draft.values[f"part-{part.uuid}-answer"].count("In the school’s own words (Rosa Field, Music lead):") == 1
    assert draft.values[f"part-{part.uuid}-c-singing-school_level"] == "2"
    assert draft.values[f"part-{part.uuid}-summary"] == "We met."
    client.post(address, drafts.as_data(draft.values).dict() | {"log": "1"})
    half.refresh_from_db()
    conversation.refresh_from_db()
    assert (half.conversation, half.read_by) == (conversation, officer)
    assert "Cowslip choirs" in client.get(conversation.get_absolute_url()).content.decode()
