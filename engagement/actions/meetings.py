"""A school asks to meet: signed in, or on the hub's public page. Whoever looks after it is told, and it stands on their
worklist until it is answered."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement.actions import diary
from engagement.homes import HubContact, hub_contact_of
from engagement.models import Meeting
from hubportal.accounts.models import User
from hubportal.kit import letters
from schools.access import access_of, today
from schools.models import Hub, School
from schools.roles import Role
from schools.standing import owner_of


@dataclass(frozen=True)
class Asker:
    """Who asks on the public page, as they typed it."""

    name: str
    job_title: str
    email: str
    phone: str = ""


@transaction.atomic
def ask(*, school: School, by: User, when: str, message: str = "") -> HubContact:
    """Write down that one of the school wishes to meet, and email the hub contact. The same wish pressed twice on one
    day is one. Returns whom it went to. Raises ValidationError where no hub covers the school, or nothing says when."""
    when, message = when.strip(), message.strip()
    contact = hub_contact_of(school)
    if contact is None:
        raise ValidationError("No music hub covers this school’s area at the moment, so there is nobody to ask.")
    if not when:
        raise ValidationError({"when": "Say when would suit you."})
    held = [each for each in access_of(by).memberships if each.school_id == school.pk]
    meeting = Meeting(
        hub=contact.hub,
        school=school,
        via=Meeting.Via.HOME,
        made_by=by,
        name=str(by),
        job_title=Role(held[0].role).label if held else "",
        email=by.email,
        wanted=when,
        message=message,
    )
    _keep(meeting, contact.to)
    return contact


@transaction.atomic
def ask_publicly(
    *, hub: Hub, school: School | None, school_words: str, asker: Asker, wanted: str, message: str = ""
) -> Meeting:
    """The same by somebody who is not signed in. `school` is the one that the words name without doubt; else somebody
    of the hub finds it. Nothing is emailed to the address that was typed before somebody of the hub has answered."""
    meeting = Meeting(
        hub=hub,
        school=school,
        school_words=school_words,
        via=Meeting.Via.PUBLIC,
        name=asker.name,
        job_title=asker.job_title,
        email=asker.email,
        phone=asker.phone,
        wanted=wanted,
        message=message,
    )
    owner = owner_of(hub, school) if school else None
    return _keep(meeting, [owner.email] if owner else [hub.email] if hub.email else [])


def _keep(meeting: Meeting, to: list[str]) -> Meeting:
    """Write it down and tell the hub, once: the same wish of the same day is there already."""
    now: datetime = timezone.now()
    Hub.objects.select_for_update(of=("self",)).get(pk=meeting.hub_id)  # two presses come one after the other
    same = Meeting.objects.asked().filter(hub=meeting.hub, school=meeting.school, school_words=meeting.school_words)
    same = same.filter(email__iexact=meeting.email, wanted=meeting.wanted, message=meeting.message)
    if found := same.filter(made_at__date=today()).first():
        return found
    meeting.made_at = now
    meeting.save()
    diary.note_asked(meeting, meeting.made_by, now)
    transaction.on_commit(partial(_email, meeting.pk, to))
    return meeting


def _email(meeting_id: int, to: list[str]) -> None:
    meeting = Meeting.objects.select_related("hub", "school").get(pk=meeting_id)
    context = {"meeting": meeting, "url": settings.BASE_URL + meeting.get_absolute_url()}
    letters.send("engagement/email/meeting_asked.txt", to=to, context=context, reply_to=meeting.email)
