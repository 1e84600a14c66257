"""What people and programs do to meetings, halves and links that nobody meant: each is told in a sentence, and no word
is lost."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from engagement.actions import diary, halves
from engagement.meetings import feed, invitations
from engagement.meetings.guests import Guest
from engagement.models import DiaryFeed, HalfAnswer, Meeting, SchoolHalf
from hubportal.kit.models import SignedLink
from schools.access import today
from schools.roles import Role
from tests import factories as make
from tests.engagement.factories import make_half
from tests.engagement.test_diary import terms, typed

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
WORDS = {"c-singing": "Every class sings.", "c-singing-level": "2", "wants": "A choir for juniors"}
SIGNED = {"who-name": "Ann Lee", "who-job_title": "Deputy head"}
SEND = {**WORDS, **SIGNED, "give": "1"}
FORMULA = '=HYPERLINK("https://elsewhere.example","Our choir")'


@pytest.fixture
def school(hub):
    return make.make_school("Millbrook Junior School", hub=hub)


@pytest.fixture
def half(school, officer):
    return make_half(school, by=officer)


def at(token: str) -> str:
    return reverse("engagement:half-link-open", args=[token])


def expire() -> None:
    then = timezone.now() - timedelta(days=9)
    SignedLink.objects.update(created_at=then, expires_at=then + timedelta(days=1))


# --- Links -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ends", ["expires", "is withdrawn"])
def test_words_sent_by_a_link_that_ended_meanwhile_are_handed_back(client, school, officer, half, ends):
    half, token = half
    if ends == "expires":
        expire()
    else:
        halves.withdraw(half=half, reason="Another school was meant", by=officer)
    page = client.post(at(token), SEND)
    assert page.status_code == 410
    assert "What you wrote was not saved" in page.content.decode()
    assert "A choir for juniors" in page.content.decode()
    assert not HalfAnswer.objects.exists()
    draft = client.post(reverse("engagement:half-link-draft", args=[token]), WORDS)
    assert draft.status_code == 410 and "Your words are still on this page" in draft.content.decode()


def test_answers_sent_twice_by_a_double_press_are_sent_once_and_thanked_for(
    client, half, django_capture_on_commit_callbacks
):
    half, token = half
    with django_capture_on_commit_callbacks(execute=True):
        answers = [client.post(at(token), SEND) for _ in range(2)]
    assert [each.status_code for each in answers] == [302, 302]
    assert HalfAnswer.objects.count() == 1 and len(mail.outbox) == 1
    assert "has your answers" in client.get(at(token)).content.decode()


def test_answers_sent_twice_signed_in_are_sent_once(client, school, half):
    half, _ = half
    client.force_login(make.make_person(Role.SCHOOL_LEADER, school, "Mary Head"))
    answers = [client.post(half.get_answer_url(), {**WORDS, "give": "1"}) for _ in range(2)]
    assert [each.status_code for each in answers] == [302, 302] and HalfAnswer.objects.count() == 1


def test_two_who_have_the_link_and_write_the_same_answer_choose_whose_words_stay(client, half):
    half, token = half
    client.post(at(token), {"wants": "A choir", "who-name": "Ines Clerk", "draft_save": "1", "draft_writer": "one"})
    late = {"wants": "A band instead", "who-name": "Rosa Field", "who-job_title": "Music lead", "draft_writer": "two"}
    page = client.post(at(token), {**late, "draft_revision": "0", "give": "1"})
    assert page.status_code in (400, 409)
    text = page.content.decode()
    assert "A choir" in text and "A band instead" in text and "Choose which words to keep" in text
    assert not HalfAnswer.objects.exists()


def test_link_that_was_cut_short_says_what_to_do(client, half):
    _, token = half
    page = client.get(at(token[:-3]))
    assert page.status_code == 404 and "Check that you copied the whole address" in page.content.decode()


def test_expired_questions_are_sent_again_and_go_on_where_they_stood(client, school, officer, half):
    half, token = half
    client.post(at(token), {"wants": "A choir", "draft_save": "1"})
    expire()
    SchoolHalf.objects.update(expires_at=timezone.now() - timedelta(days=8))
    make.make_contact("Rosa Field", hub=half.hub, school=school, email="rosa@millbrook.example")
    client.force_login(officer)
    assert "Send a new link" in client.get(half.get_absolute_url()).content.decode()
    page = client.get(reverse("engagement:half-remind", args=[half.uuid])).content.decode()
    assert "go on opening" not in page and "they go on with it" in page


def test_formula_in_an_answer_is_words(client, school, officer, half):
    half, token = half
    client.post(at(token), {**SEND, "wants": FORMULA})
    client.force_login(officer)
    page = client.get(half.get_absolute_url()).content.decode()
    assert "=HYPERLINK(&quot;https://elsewhere.example&quot;,&quot;Our choir&quot;)" in page
    assert 'href="https://elsewhere.example' not in page


# --- Calendars -------------------------------------------------------------------------------------------------------


def last_sunday_of_march() -> date:
    """The next one: its hour from one to two does not exist in England."""
    for year in (today().year, today().year + 1):
        day = date(year, 3, 31)
        day -= timedelta(days=(day.weekday() + 1) % 7)
        if day > today():
            return day
    raise AssertionError


def test_hour_that_the_clocks_leave_out_is_refused_and_what_was_typed_stays(client, school, officer):
    client.force_login(officer)
    day = last_sunday_of_march()
    post = typed(datetime(day.year, day.month, day.day, 9), officer, other_name="Sam", place="The small hall")
    page = client.post(reverse("engagement:meeting-create", args=[school.urn]), {**post, "time": "1:30am"})
    assert "The clocks change in this hour. Choose another time" in page.content.decode()
    assert "The small hall" in page.content.decode() and not Meeting.objects.exists()


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati", "UTC"])
def test_what_calendars_read_is_in_englands_time_whatever_zone_the_server_is_in(school, officer, zone):
    meeting = diary.set_meeting(
        school=school, terms=terms(officer), guests=[Guest("Rosa", "", "rosa@x.example")], by=officer
    )
    row = DiaryFeed.objects.create(user=officer, token_hash=feed.hash_of(feed.new_token()))
    with timezone.override(zone):
        texts = (invitations.invitation(meeting, meeting.guests.get())[0], feed.text_of(row))
    for text in texts:
        whole = Calendar.from_ical(text)
        ((event,), (told,)) = whole.walk("VEVENT"), whole.walk("VTIMEZONE")
        assert str(event["DTSTART"].params["TZID"]) == str(told["TZID"]) == "Europe/London"
        assert event["DTSTART"].to_ical() == f"{meeting.starts_at.astimezone(LONDON):%Y%m%dT%H%M%S}".encode()
        offsets = {each.name: each["TZOFFSETTO"].td for each in told.subcomponents}
        assert offsets == {"STANDARD": timedelta(0), "DAYLIGHT": timedelta(hours=1)}


def test_line_breaks_and_semicolons_in_a_place_stay_in_the_place(school, officer):
    place = "Hall; ask at the desk,\nEND:VEVENT"
    meeting = diary.set_meeting(
        school=school, terms=terms(officer, place=place), guests=[Guest("Rosa", "", "rosa@x.example")], by=officer
    )
    (event,) = Calendar.from_ical(invitations.invitation(meeting, meeting.guests.get())[0]).walk("VEVENT")
    assert str(event["LOCATION"]) == place


def test_secret_address_that_nobody_has_opens_nothing(client):
    for token in (feed.new_token(), "x"):
        assert client.get(f"/calendar/{token}.ics").status_code == 404
