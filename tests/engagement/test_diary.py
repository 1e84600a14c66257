"""Meetings: set, asked for and answered, moved, cancelled, written up; the diary, and the invitations as calendars read
them."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from engagement.actions import diary, meetings
from engagement.actions.diary import Terms
from engagement.desk import desk_of
from engagement.meetings.guests import Guest
from engagement.models import Conversation, Meeting, MeetingChange
from hubportal.kit import drafts
from schools.access import today
from schools.models import TimelineEntry
from schools.roles import Role
from tests import factories as make
from tests.engagement.factories import make_officer

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


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
def colleague(hub):
    return make_officer(hub, "Ben Hart")


@pytest.fixture
def rosa(hub, school):
    return make.make_contact("Rosa Field", hub=hub, school=school, email="rosa@millbrook.example")


@pytest.fixture
def head(school):
    return make.make_person(Role.SCHOOL_LEADER, school, "Ann Lee")


def in_days(days: int, hour: int = 14) -> datetime:
    """A moment on a day to come, by the clock in England."""
    day = today() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=LONDON)


def terms(officer, days: int = 7, **fields) -> Terms:
    return Terms(**{"officer": officer, "starts_at": in_days(days), **fields})


def typed(at: datetime, officer, **fields) -> dict[str, str]:
    """A form's post."""
    return {
        "date_0": str(at.day),
        "date_1": str(at.month),
        "date_2": str(at.year),
        "time": f"{at:%H:%M}",
        "minutes": "60",
        "how": "visit",
        "officer": str(officer.pk),
        **fields,
    }


def invited(message) -> tuple[str, dict]:
    """The method of the invitation in an email, and its event, as a calendar reads them."""
    part = next(each for each in message.message().walk() if each.get_content_type() == "text/calendar")
    read = Calendar.from_ical(part.get_payload(decode=True))
    (event,) = read.walk("VEVENT")
    assert part.get_param("method") == read["METHOD"]
    assert [str(each["TZID"]) for each in read.walk("VTIMEZONE")] == ["Europe/London"]
    return str(read["METHOD"]), event


def set_one(school, officer, on_commit, *guests: Guest, **fields) -> Meeting:
    with on_commit(execute=True):
        return diary.set_meeting(
            school=school,
            terms=terms(officer, **fields),
            guests=guests or [Guest("Rosa", "", "rosa@x.example")],
            by=officer,
        )


def test_meeting_is_set_from_the_schools_page(client, school, officer, rosa, django_capture_on_commit_callbacks):
    client.force_login(officer)
    address = reverse("engagement:meeting-create", args=[school.urn])
    assert address in client.get(school.get_absolute_url()).content.decode()
    at = in_days(7)
    post = typed(at, officer, guests=str(rosa.uuid), other_name="Sam Clerk", place="The hall", message="Choirs")
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):  # a double press
            response = client.post(address, post)
    meeting = Meeting.objects.get()
    assert response.url == meeting.get_absolute_url()
    assert (meeting.state, meeting.officer, meeting.starts_at, meeting.sequence) == ("agreed", officer, at, 1)
    assert [each.name for each in meeting.guests.all()] == ["Rosa Field", "Sam Clerk"]
    assert [each.to for each in mail.outbox] == [["rosa@millbrook.example"]]
    assert mail.outbox[0].reply_to == [officer.email] and "Choirs" in mail.outbox[0].body
    method, event = invited(mail.outbox[0])
    assert (method, event["SEQUENCE"], event["STATUS"]) == ("REQUEST", 1, "CONFIRMED")
    assert event["DTSTART"].dt == at and event["DTSTART"].params["TZID"] == "Europe/London"
    assert event["ATTENDEE"] == "mailto:rosa@millbrook.example" and event["ORGANIZER"] == f"mailto:{officer.email}"
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Sam Clerk" in page and "No email address: tell them" in page and "Set for" in page
    assert "Millbrook Junior School" in client.get(reverse("engagement:diary")).content.decode()
    assert TimelineEntry.objects.get(source=meeting.timeline_source).heading.startswith("Meeting agreed for")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"time": "half past"}, "Enter a time, for example 2:30pm or 14:30"),
        ({"time": "2.30"}, "Say whether 2.30 is in the morning or the afternoon"),
        ({"date_2": "2019"}, "The day and time must be to come"),
        ({"date_2": "2090"}, "The day must be within a year"),
        ({"other_name": ""}, "Say who is invited"),
        ({"video_link": "javascript:alert(1)"}, "Enter a link that begins with https://"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, school, officer, wrong, said):
    client.force_login(officer)
    post = typed(in_days(7), officer, other_name="Sam", place="The small hall") | wrong
    page = client.post(reverse("engagement:meeting-create", args=[school.urn]), post).content.decode()
    assert said in page and "The small hall" in page
    assert not Meeting.objects.exists() and not mail.outbox


def test_time_is_typed_as_people_write_it(client, school, officer):
    client.force_login(officer)
    for number, (words, hour) in enumerate((("2.30pm", 14), ("9:30 am", 9), ("14:30", 14), ("12.30 p.m.", 12))):
        post = typed(in_days(3 + number), officer, other_name="Sam") | {"time": words}
        client.post(reverse("engagement:meeting-create", args=[school.urn]), post)
        assert timezone.localtime(Meeting.objects.order_by("pk").last().starts_at).strftime("%H:%M") == f"{hour:02}:30"


def test_meeting_is_moved_once_and_everybody_is_told(
    client, school, officer, colleague, django_capture_on_commit_callbacks
):
    meeting = set_one(school, officer, django_capture_on_commit_callbacks)
    first = invited(mail.outbox[-1])[1]
    mail.outbox.clear()
    client.force_login(colleague)
    address = reverse("engagement:meeting-move", args=[meeting.uuid])
    assert 'value="14:30"' in client.get(address).content.decode()
    at = in_days(9, 10)
    post = typed(at, colleague, reason="The hall is taken", seen="1")
    with django_capture_on_commit_callbacks(execute=True):
        assert [client.post(address, post).status_code for _ in range(2)] == [302, 302]
    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at, meeting.officer, meeting.sequence) == ("moved", at, colleague, 2)
    to_guest, to_officer = mail.outbox
    assert "The hall is taken" in to_guest.body and to_guest.subject.startswith("Changed")
    method, event = invited(to_guest)
    assert (method, event["SEQUENCE"], event["UID"]) == ("REQUEST", 2, first["UID"]) and event["DTSTART"].dt == at
    assert to_officer.to == [officer.email]  # it left their diary
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Moved to" in page and "with Ben Hart" in page and "The hall is taken" in page
    stale = client.post(address, typed(in_days(12), officer, reason="Again", seen="1"))
    assert "Somebody has changed this meeting meanwhile: Ben Hart: Moved to" in stale.content.decode()
    assert "Nothing is different" in client.post(address, post | {"seen": "2"}).content.decode()
    assert MeetingChange.objects.count() == 2


def test_meeting_is_cancelled_once_and_leaves_the_calendars(
    client, school, officer, head, django_capture_on_commit_callbacks
):
    meeting = set_one(school, officer, django_capture_on_commit_callbacks)
    mail.outbox.clear()
    client.force_login(head)
    assert "You meet on" in client.get(reverse("engagement:school-home")).content.decode()
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Cancel it" in page and "Move it" not in page
    address = reverse("engagement:meeting-cancel", args=[meeting.uuid])
    assert "Answer “Why?”" in client.post(address, {}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            assert client.post(address, {"reason": "An inspection"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.settled_by, meeting.sequence) == ("cancelled", head, 2)
    to_guest, to_officer = mail.outbox
    method, event = invited(to_guest)
    assert (method, event["SEQUENCE"], event["STATUS"]) == ("CANCEL", 2, "CANCELLED")
    assert "An inspection" in to_guest.body and to_officer.to == [officer.email]
    client.force_login(officer)
    assert "No meeting is to come" in client.get(reverse("engagement:diary")).content.decode()
    moved = client.post(
        reverse("engagement:meeting-move", args=[meeting.uuid]), typed(in_days(9), officer, reason="x", seen="2")
    )
    assert "no longer in the diary" in moved.content.decode()


def test_held_meeting_is_written_up_once_with_its_day_and_people(
    client, school, officer, rosa, django_capture_on_commit_callbacks
):
    guests = [Guest("Rosa Field", "Music lead", rosa.email, rosa), Guest("Sam Clerk", "Clerk")]
    meeting = set_one(school, officer, django_capture_on_commit_callbacks, *guests, how="video", minutes=45)
    then = in_days(-2)
    Meeting.objects.update(starts_at=then)
    client.force_login(officer)
    page = client.get(reverse("engagement:diary")).content.decode()
    assert "To write up" in page and page.index("To write up") < page.index("No meeting is to come")
    (entry,) = [each for each in desk_of(officer, today()).entries if each.item.key.startswith("meeting-held")]
    assert "held" in entry.marks and entry.who_id == officer.pk
    address = reverse("engagement:meeting-write-up", args=[meeting.uuid])
    first, again = client.post(address), client.post(address)
    conversation = Conversation.objects.get()
    assert first.url == again.url == reverse("engagement:conversation-edit", args=[conversation.uuid])
    form = client.get(first.url).content.decode()
    assert f'value="{then.day}"' in form and 'value="45"' in form and "Sam Clerk" in form
    values = drafts.find(kind="conversation", target=conversation.uuid).values
    part = conversation.parts.get()
    assert values[f"part-{part.uuid}-contacts"] == str(rosa.uuid) and values["how"] == "video"
    assert re.search(rf'value="{rosa.uuid}"[^>]* checked', form)
    meeting.refresh_from_db()
    assert meeting.conversation == conversation and meeting.to_log
    client.post(reverse("engagement:conversation-discard", args=[conversation.uuid]))
    assert "Write it up" in client.get(meeting.get_absolute_url()).content.decode()


def test_school_asks_and_the_hub_agrees_to_a_time(
    client, school, officer, rosa, head, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            meetings.ask(school=school, by=head, when="Tuesday after 3.30", message="A choir")
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.via, meeting.email) == ("asked", "home", head.email) and len(mail.outbox) == 1
    (entry,) = [each for each in desk_of(officer, today()).entries if each.item.key == f"meeting:{meeting.uuid}"]
    assert "asked" in entry.marks and "Tuesday after 3.30" in entry.item.reason
    client.force_login(officer)
    address = reverse("engagement:meeting-accept", args=[meeting.uuid])
    assert "Tuesday after 3.30" in client.get(address).content.decode()
    mail.outbox.clear()
    post = typed(in_days(5), officer, guests=str(rosa.uuid), note="Gladly")
    with django_capture_on_commit_callbacks(execute=True):
        assert [client.post(address, post).status_code for _ in range(2)] == [302, 302]
    assert sorted(each.to[0] for each in mail.outbox) == sorted([head.email, rosa.email])
    assert all("Gladly" in each.body for each in mail.outbox)
    keys = {each.item.key: each.item for each in desk_of(officer, today()).entries}
    assert keys[f"meeting:{meeting.uuid}"].reason.startswith("You meet ")
    late = client.post(reverse("engagement:meeting-decline", args=[meeting.uuid]), {"reason": "No"})
    assert "Somebody has changed this meeting meanwhile" in late.content.decode()


def test_school_is_told_why_it_is_not_possible(client, school, officer, head, django_capture_on_commit_callbacks):
    meetings.ask(school=school, by=head, when="Sunday")
    meeting = Meeting.objects.get()
    client.force_login(officer)
    address = reverse("engagement:meeting-decline", args=[meeting.uuid])
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            assert client.post(address, {"reason": "Never on a Sunday: Monday?"}).status_code == 302
    (email,) = mail.outbox
    assert email.to == [head.email] and "Never on a Sunday" in email.body and email.reply_to == [officer.email]
    assert not [each for each in desk_of(officer, today()).entries if each.item.key.startswith("meeting:")]


def test_school_takes_its_wish_back(client, school, officer, head, django_capture_on_commit_callbacks):
    make.make_relationship(owner=officer, hub=school.authority.hub_areas.get().hub, school=school)
    meetings.ask(school=school, by=head, when="Sunday")
    meeting = Meeting.objects.get()
    client.force_login(head)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("engagement:meeting-cancel", args=[meeting.uuid]), {"reason": "Done by phone"})
    (email,) = mail.outbox
    assert email.to == [officer.email] and "taken back" in email.body
    assert client.get(reverse("engagement:meeting-accept", args=[meeting.uuid])).status_code == 403


def test_officer_is_warned_of_two_meetings_at_once(client, hub, school, officer, django_capture_on_commit_callbacks):
    set_one(school, officer, django_capture_on_commit_callbacks)
    other = make.make_school("Ashby Primary School", hub=hub)
    client.force_login(officer)
    post = typed(in_days(7), officer, other_name="Sam")
    page = client.post(reverse("engagement:meeting-create", args=[other.urn]), post, follow=True).content.decode()
    assert "also meets Millbrook Junior School then" in page


def test_who_does_no_work_for_the_school_is_not_sent_there(school, officer):
    stranger = make_officer(make.make_hub("Samplefolk Music Hub"), "Ike Solomon")
    with pytest.raises(ValidationError, match="does no officer’s work"):
        diary.set_meeting(school=school, terms=terms(stranger), guests=[Guest("Rosa")], by=officer)
    with pytest.raises(ValidationError, match="not in your hub’s area"):
        diary.set_meeting(school=school, terms=terms(stranger), guests=[Guest("Rosa")], by=stranger)


def test_diary_is_ones_own_a_colleagues_or_the_hubs(
    client, hub, school, officer, colleague, django_capture_on_commit_callbacks
):
    set_one(school, officer, django_capture_on_commit_callbacks)
    client.force_login(colleague)
    address = reverse("engagement:diary")
    assert "No meeting is to come" in client.get(address).content.decode()
    page = client.get(address, {"whose": "all"}).content.decode()
    assert "2:30pm: Millbrook Junior School" in page and officer.name in page
    assert "2:30pm: Millbrook" in client.get(address, {"whose": str(officer.pk)}).content.decode()
    assert "No meeting is to come" in client.get(address, {"whose": "99999"}).content.decode()


def test_meeting_soon_takes_the_place_of_what_is_due(school, officer, django_capture_on_commit_callbacks):
    hub = school.authority.hub_areas.get().hub
    relationship = make.make_relationship(owner=officer, hub=hub, school=school)
    type(relationship).objects.update(due_on=today(), due_because="cadence", due_reason="Once a term.")

    def talk() -> list[str]:
        return [each.item.key for each in desk_of(officer, today()).entries if each.item.group == "talk"]

    assert talk() == [f"talk:{school.urn}"]
    meeting = set_one(school, officer, django_capture_on_commit_callbacks, days=3)
    assert talk() == [f"meeting:{meeting.uuid}"]
