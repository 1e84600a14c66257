"""Invitations that calendars read (iCalendar, RFC 5545 and 5546), and the emails in which they go.

An invitation keeps its UID for ever; every change has a higher SEQUENCE, by which a calendar knows the newest. Each
guest's names nobody but the guest and the officer: addresses are not passed round."""

from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vText

from engagement.meetings import words
from engagement.models import Conversation, Meeting, MeetingGuest
from hubportal.kit import letters

LONDON = "Europe/London"
PRODUCT = "-//Hub portal//Meetings//EN"
REQUEST, CANCEL = "REQUEST", "CANCEL"
REMIND_BEFORE = timedelta(minutes=30)


def calendar(method: str = "", name: str = "") -> Calendar:
    """An empty calendar of this portal that says which zone its times are in."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    if method:
        found.add("method", method)
    if name:
        found.add("x-wr-calname", name)
    found.add_component(Timezone.from_tzid(LONDON, first_date=date(2020, 1, 1)))
    return found


def event(meeting: Meeting, summary: str) -> Event:
    """A meeting that has a time, with nothing of what is spoken about."""
    if meeting.starts_at is None or meeting.ends_at is None:
        raise ValueError("This meeting has no time yet.")
    found = Event()
    found.add("uid", f"{meeting.uuid}@{urlsplit(settings.BASE_URL).hostname}")
    found.add("dtstamp", timezone.now())
    found.add("sequence", meeting.sequence)
    found.add("summary", summary)
    found.add("dtstart", _in_london(meeting.starts_at))
    found.add("dtend", _in_london(meeting.ends_at))
    found.add("status", "CONFIRMED" if meeting.is_in_diary else "CANCELLED")
    if place := place_of(meeting):
        found.add("location", place)
    return found


def _in_london(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(LONDON))


def place_of(meeting: Meeting) -> str:
    """Where it is, as a calendar says it: the video call's link, what was typed, else the school on a visit."""
    if meeting.how == Conversation.How.VIDEO and meeting.video_link:
        return meeting.video_link
    if meeting.place or meeting.how != Conversation.How.VISIT:
        return meeting.place
    return meeting.school_name


def invitation(meeting: Meeting, guest: MeetingGuest) -> tuple[str, str]:
    """One guest's invitation, its change or its end: the text and its media type."""
    method = REQUEST if meeting.is_in_diary else CANCEL
    found = event(meeting, f"{meeting.hub.name} and {meeting.school_name}")
    if meeting.officer:
        found.add("organizer", _address(meeting.officer.email, str(meeting.officer)), encode=False)
    attendee = _address(guest.email, guest.name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("TRUE")
    found.add("attendee", attendee, encode=False)
    if method == REQUEST:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", "Reminder")
        alarm.add("trigger", -REMIND_BEFORE)
        found.add_component(alarm)
    whole = calendar(method)
    whole.add_component(found)
    return whole.to_ical().decode(), f"text/calendar; method={method}"


def _address(email: str, name: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{email}")
    found.params["CN"] = vText(name)
    return found


def send(meeting_id: int, *, is_new: bool = False, reason: str = "") -> None:
    """Email the invitation as it stands now to every guest who has an address; answers go to the officer. `reason` is
    the officer's word with it. Notes of each guest that it went."""
    meeting = Meeting.objects.select_related("hub", "school", "officer").get(pk=meeting_id)
    if meeting.starts_at is None:
        return
    invited, cancelled = "engagement/email/meeting_invited.txt", "engagement/email/meeting_cancelled.txt"
    letter = invited if meeting.is_in_diary else cancelled
    for guest in meeting.guests.exclude(email=""):
        context = {
            "meeting": meeting,
            "guest": guest,
            "when": words.moment(meeting.starts_at),
            "place": place_of(meeting),
            "is_new": is_new or guest.emailed_at is None,
            "reason": reason,
        }
        gone = letters.send(
            letter,
            to=[guest.email],
            context=context,
            reply_to=meeting.officer.email if meeting.officer else meeting.hub.email,
            alternative=invitation(meeting, guest),
        )
        MeetingGuest.objects.filter(pk=guest.pk).update(emailed_at=timezone.now() if gone else None)
