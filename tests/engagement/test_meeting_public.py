"""Asking to meet without an account: on the hub's public page; and the diary as calendars read it."""

import re
import time
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from engagement.actions import diary
from engagement.desk import desk_of
from engagement.meetings import public
from engagement.meetings.guests import Guest
from engagement.models import DiaryFeed, Meeting
from schools.access import today
from schools.models import Membership, TimelineEntry
from tests import factories as make
from tests.engagement.factories import make_officer
from tests.engagement.test_diary import in_days, terms, typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


@pytest.fixture
def hub():
    return make.make_hub("Exampleshire Music Hub", email="hello@hub.example", phone="01632960100")


@pytest.fixture
def school(hub):
    return make.make_school("Millbrook Junior School", hub=hub)


@pytest.fixture
def officer(hub):
    return make_officer(hub)


def wish(**fields) -> dict[str, str]:
    """What a person sends who had the page open for a minute."""
    return {
        "name": "Rosa Field",
        "job_title": "Music lead",
        "school": "Millbrook Junior School",
        "email": "rosa@millbrook.example",
        "when": "Tuesday after 3.30",
        "message": "A choir",
        "stamp": signing.dumps(time.time() - 60, salt=public.SALT),
        **fields,
    }


def page_of(hub) -> str:
    return reverse("engagement:meeting-public", args=[hub.slug])


def ask(client, hub, **fields):
    return client.post(page_of(hub), wish(**fields))


def test_school_asks_without_an_account(client, hub, school, officer, django_capture_on_commit_callbacks):
    page = client.get(page_of(hub)).content.decode()
    assert "You need no account" in page and "No pupil names" in page
    with django_capture_on_commit_callbacks(execute=True):
        sent = [ask(client, hub) for _ in range(2)]  # a double press
    assert "has your wish to meet" in client.get(sent[0].url).content.decode()
    meeting = Meeting.objects.get()
    assert (meeting.school, meeting.via, meeting.state) == (school, "public", "asked")
    (email,) = mail.outbox  # to the hub; nothing goes to an address that anybody may have typed
    assert email.to == ["hello@hub.example"] and email.reply_to == ["rosa@millbrook.example"]
    assert "choir" not in email.body.lower()
    assert TimelineEntry.objects.filter(source=meeting.timeline_source, school=school).exists()
    client.force_login(officer)
    assert "make sure that they are who they say" in client.get(meeting.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "words", ["{urn}", "Millbrook, URN {urn}", "Millbrook Junior School, Wexcombe", "  millbrook JUNIOR school "]
)
def test_school_is_known_by_its_urn_or_its_whole_name(client, hub, school, words):
    ask(client, hub, school=words.format(urn=school.urn))
    assert Meeting.objects.get().school == school


def test_officer_says_which_school_it_is(client, hub, school, officer):
    other = make.make_school("Millbrook Infant School", hub=hub)
    elsewhere = make.make_school("Millbrook Primary School", hub=make.make_hub("Samplefolk Music Hub"))
    ask(client, hub, school="Millbrook")
    meeting = Meeting.objects.get()
    assert meeting.school is None and not TimelineEntry.objects.exists()
    (entry,) = [each for each in desk_of(officer, today()).entries if each.item.key == f"meeting:{meeting.uuid}"]
    assert entry.item.title == "Millbrook" and "Nobody has told yet" in entry.item.reason
    client.force_login(officer)
    assert "Say which school it is" in client.get(meeting.get_absolute_url()).content.decode()
    choose = reverse("engagement:meeting-school", args=[meeting.uuid])
    assert client.get(reverse("engagement:meeting-accept", args=[meeting.uuid])).url == choose
    page = client.get(choose).content.decode()
    assert school.name in page and other.name in page and elsewhere.name not in page
    assert "No school of yours is found" in client.get(choose, {"q": "Nowhere"}).content.decode()
    assert "Choose the school" in client.post(choose, {}).content.decode()
    assert client.post(choose, {"school": str(elsewhere.urn)}).status_code == 200
    assert client.post(choose, {"school": str(school.urn)}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.school == school
    assert TimelineEntry.objects.get(source=meeting.timeline_source).school == school
    client.post(reverse("engagement:meeting-accept", args=[meeting.uuid]), typed(in_days(4), officer))
    meeting.refresh_from_db()
    assert meeting.state == "agreed" and [each.email for each in meeting.guests.all()] == ["rosa@millbrook.example"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"website": "https://spam.example"}, "Empty the last box"),
        ({"stamp": "nonsense"}, "This page had stood open for more than a day"),
        ({"stamp": ""}, "This page had stood open for more than a day"),
        ({"email": "rosa"}, "Enter a valid email address"),
        ({"when": ""}, "Say when would suit you"),
    ],
)
def test_programs_are_kept_out_and_people_are_told(client, hub, school, fields, said):
    page = ask(client, hub, **fields).content.decode()
    assert said in page and "A choir" in page
    assert not Meeting.objects.exists()


def test_what_comes_too_fast_may_be_sent_again(client, hub, school):
    stamp = re.search(r'name="stamp" value="([^"]+)"', client.get(page_of(hub)).content.decode())[1]
    assert "quicker than anybody types" in ask(client, hub, stamp=stamp).content.decode()
    again = ask(client, hub, stamp="old").content.decode()
    assert re.search(r'name="stamp" value="([^"]+)"', again)[1] != "old"
    assert not Meeting.objects.exists()


def test_one_address_asks_a_few_times_a_day_only(client, hub, school):
    for number in range(5):
        assert ask(client, hub, when=f"Day {number}").status_code == 302
    refused = ask(client, hub, when="Day 6")
    assert refused.status_code == 429 and "Wait an hour, or ring or write to us" in refused.content.decode()
    assert "Day 6" in refused.content.decode() and Meeting.objects.count() == 5
    assert ask(client, hub, email="ann@millbrook.example").status_code == 302


def test_link_from_an_email_fills_in_the_school(client, hub, school):
    elsewhere = make.make_school("Elsewhere Primary School", hub=make.make_hub("Samplefolk Music Hub"))
    assert f"{school.name}, URN {school.urn}" in client.get(page_of(hub), {"school": str(school.urn)}).content.decode()
    assert "Elsewhere" not in client.get(page_of(hub), {"school": str(elsewhere.urn)}).content.decode()


def feed_of(client, officer) -> str:
    client.force_login(officer)
    page = client.post(reverse("engagement:diary-calendar")).content.decode()
    client.logout()
    return re.search(r"/calendar/[\w-]+\.ics", page)[0]


def test_calendar_reads_the_diary_at_a_secret_address(client, hub, school, officer):
    colleague = make_officer(hub, "Ben Hart")
    mine = diary.set_meeting(
        school=school, terms=terms(officer, place="The hall"), guests=[Guest("Rosa")], message="Secret", by=officer
    )
    gone = diary.set_meeting(school=school, terms=terms(officer, days=9), guests=[Guest("Rosa")], by=officer)
    diary.cancel(meeting=gone, reason="x", by=officer)
    diary.set_meeting(school=school, terms=terms(colleague, days=8), guests=[Guest("Rosa")], by=officer)
    address = feed_of(client, officer)
    assert not DiaryFeed.objects.filter(token_hash__in=address.split("/")).exists()
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8" and "no-store" in response["Cache-Control"]
    assert b"Secret" not in response.content and b"Rosa" not in response.content
    read = Calendar.from_ical(response.content)
    (event,) = read.walk("VEVENT")
    assert str(event["SUMMARY"]) == "Millbrook Junior School (visit)" and str(event["LOCATION"]) == "The hall"
    assert event["DTSTART"].dt == mine.starts_at and str(event["DTSTART"].params["TZID"]) == "Europe/London"
    assert len(read.walk("VTIMEZONE")) == 1 and event["UID"].startswith(str(mine.uuid))
    client.force_login(officer)
    page = client.get(reverse("engagement:diary-calendar")).content.decode()
    assert "A calendar asked for it last today" in page and ".ics" not in page


def test_feed_ends_when_it_is_made_anew_stopped_or_the_person_leaves(client, hub, school, officer):
    diary.set_meeting(school=school, terms=terms(officer), guests=[Guest("Rosa")], by=officer)
    first = feed_of(client, officer)
    second = feed_of(client, officer)
    assert [client.get(each).status_code for each in (first, second)] == [404, 200]
    membership = Membership.objects.get(user=officer)
    Membership.objects.update(ends_on=today())
    assert client.get(second).status_code == 404
    Membership.objects.filter(pk=membership.pk).update(ends_on=None)
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)
    assert client.get(second).status_code == 404
    type(officer).objects.filter(pk=officer.pk).update(is_active=True)
    assert client.get(second).status_code == 200
    client.force_login(officer)
    client.post(reverse("engagement:diary-calendar"), {"stop": "1"})
    assert client.get(second).status_code == 404


def test_time_is_right_on_both_sides_of_the_clock_change(school, officer):
    """A meeting in summer and one in winter are read at the hour that was typed."""
    for month, zone in ((7, "BST"), (1, "GMT")):
        year = today().year + (0 if today().month < month else 1)
        at = in_days(0).replace(year=year, month=month, day=14, hour=9)
        if at <= timezone.now() or at > timezone.now() + timedelta(days=366):
            continue
        meeting = diary.set_meeting(
            school=school, terms=terms(officer).__class__(officer, at), guests=[Guest("Rosa")], by=officer
        )
        meeting.refresh_from_db()
        local = timezone.localtime(meeting.starts_at)
        assert (local.hour, local.tzname()) == (9, zone)


def test_namesakes_are_told_apart_by_their_town(client, hub, school):
    type(school).objects.update(town="Wexcombe")
    other = make.make_school("Millbrook Junior School", hub=hub, town="Ashby")
    ask(client, hub, school="Millbrook Junior School, Ashby")
    ask(client, hub, school="Millbrook Junior School")
    assert [each.school for each in Meeting.objects.order_by("pk")] == [other, None]
