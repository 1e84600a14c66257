"""A meeting in the diary: set, agreed to, moved, cancelled, refused, and written up; each with who and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement.actions import conversations, tenancy
from engagement.meetings import invitations, words
from engagement.meetings.guests import Guest, once
from engagement.models import Conversation, ConversationPart, Meeting, MeetingChange, MeetingGuest
from hubportal.accounts.models import User
from hubportal.kit import letters
from schools import timeline
from schools.access import access_of
from schools.models import School, TimelineEntry
from schools.standing import owner_of

Values = Mapping[str, str | list[str]]
PeopleMet = Callable[[ConversationPart], Values]
FURTHEST = timedelta(days=366)
State = Meeting.State
THEIRS = "Somebody has changed this meeting meanwhile: {what} Look at it again, then do what is still needed."


@dataclass(frozen=True)
class Terms:
    """When, how, where, and who goes for the hub."""

    officer: User
    starts_at: datetime
    minutes: int = 60
    how: str = Conversation.How.VISIT
    place: str = ""
    video_link: str = ""

    def fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def are_those_of(self, meeting: Meeting) -> bool:
        return all(getattr(meeting, name) == value for name, value in self.fields().items())


@transaction.atomic
def set_meeting(
    *,
    school: School,
    terms: Terms,
    guests: Sequence[Guest],
    by: User,
    message: str = "",
    at: datetime | None = None,
) -> Meeting:
    """Put a meeting with a school into an officer's diary, and invite the guests by email. The same officer, school and
    time once more is the same meeting, and nothing is sent. Some twenty statements.

    Raises ValidationError for a school that is not this person's to write about, for an officer who does no work there,
    and for a time that is past or too far off."""
    at = at or timezone.now()
    place = tenancy.place_of([school], by=by)
    School.objects.select_for_update(of=("self",)).get(pk=school.pk)  # two presses come one after the other
    same = Meeting.objects.in_diary().filter(
        hub=place.hub, school=school, officer=terms.officer, starts_at=terms.starts_at
    )
    if found := same.first():
        return found
    meeting = Meeting(hub=place.hub, school=school, made_by=by, made_at=at, message=message.strip())
    _agree(meeting, terms, at)
    _invite(meeting, guests)
    _note(meeting, f"Set for {words.moment(terms.starts_at)}", by, at)
    _tell(meeting, by, is_new=True)
    return meeting


@transaction.atomic
def accept(
    *, meeting: Meeting, terms: Terms, guests: Sequence[Guest], by: User, note: str = "", at: datetime | None = None
) -> Meeting:
    """Agree to meet a school that asked: with its time it stands in the officer's diary, and the asker and the guests
    are invited. The same press twice agrees once. Raises ValidationError as `set_meeting`, where nobody has said which
    school it is, and where a colleague has answered meanwhile."""
    at, row = at or timezone.now(), _locked(meeting)
    if terms.are_those_of(row) and row.is_in_diary:
        return row
    _check_asked(row)
    if row.school is None:
        raise ValidationError("Say first which school it is.")
    tenancy.place_of([row.school], by=by)
    _agree(row, terms, at)
    asker = [Guest(row.name, row.job_title, row.email)] if row.name else []
    _invite(row, [*asker, *guests])
    _note(row, f"Agreed for {words.moment(terms.starts_at)}", by, at, note)
    _tell(row, by, is_new=True, reason=note)
    return row


@transaction.atomic
def decline(*, meeting: Meeting, reason: str, by: User, at: datetime | None = None) -> Meeting:
    """Answer a school that it is not possible, and why: the asker is told by email. The same press twice answers once.
    Raises ValidationError where a colleague has answered otherwise meanwhile."""
    at, row = at or timezone.now(), _locked(meeting)
    if row.state == State.DECLINED and row.reason == reason:
        return row
    _check_asked(row)
    _settle(row, State.DECLINED, reason, by, at)
    _note(row, "Said that it is not possible", by, at, reason)
    transaction.on_commit(partial(_email_declined, row.pk, by.email))
    return row


@transaction.atomic
def move(*, meeting: Meeting, terms: Terms, reason: str, seen: int, by: User, at: datetime | None = None) -> Meeting:
    """Give a meeting another time or place, or to a colleague; everybody invited gets it with the reason. `seen` is the
    number of the invitation that the person looked at. The same press twice moves it once.

    Raises ValidationError where somebody changed it meanwhile, where nothing is different, and as `set_meeting`."""
    at, row = at or timezone.now(), _locked(meeting)
    if not row.is_in_diary:
        raise ValidationError(f"This meeting is no longer in the diary: {row.get_state_display().lower()}.")
    if row.is_logged:
        raise ValidationError("This meeting has been written up, so it cannot be moved.")
    if row.sequence != seen:
        if terms.are_those_of(row):
            return row
        last = row.changes.last()
        raise ValidationError(THEIRS.format(what=f"{last.by_name}: {last.what}." if last else ""))
    if terms.are_those_of(row):
        raise ValidationError("Nothing is different. Change the time, the place or who goes.")
    before, was = row.officer, row.starts_at
    _agree(row, terms, at, state=State.MOVED)
    what = f"Moved to {words.moment(terms.starts_at)}" if was != terms.starts_at else "Changed"
    if before != terms.officer:
        what += f", with {terms.officer}"
    _note(row, what, by, at, reason)
    _tell(row, by, before=before, reason=reason)
    return row


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, by: User, at: datetime | None = None) -> Meeting:
    """Call a meeting off, or take a wish to meet back: everybody invited gets the end of the invitation with the
    reason, and the officer is told where it was not the officer. By the hub's people, or by the school's leaders and
    editors. Cancelled already: nothing more happens. Raises ValidationError for one that was held and written up."""
    at, row = at or timezone.now(), _locked(meeting)
    if row.is_settled:
        return row
    if row.is_logged:
        raise ValidationError("This meeting has been written up, so it cannot be cancelled.")
    was_asked = row.is_asked
    row.sequence += 1
    _settle(row, State.CANCELLED, reason, by, at)
    _note(row, "Taken back" if was_asked else "Cancelled", by, at, reason)
    if not was_asked:
        transaction.on_commit(partial(invitations.send, row.pk, reason=reason))
    _tell_officers(row, by, row.officer)
    return row


@transaction.atomic
def match(*, meeting: Meeting, school: School, by: User, at: datetime | None = None) -> Meeting:
    """Say which school it is that asked on the public page. Raises ValidationError for a school that is not this
    person's or another hub's, and where it was answered meanwhile."""
    at, row = at or timezone.now(), _locked(meeting)
    if row.school_id == school.pk:
        return row
    _check_asked(row)
    if tenancy.place_of([school], by=by).hub != row.hub:
        raise ValidationError(f"{school.name} is in another hub’s area.")
    if row.school is not None:
        timeline.remove(hub=row.hub, school=row.school, source=row.timeline_source)
    row.school = school
    row.save(update_fields=["school"])
    _note(row, f"Said that it is {school.name}", by, at)
    return row


@transaction.atomic
def write_up(*, meeting: Meeting, values: Values, people: PeopleMet, by: User) -> Conversation:
    """Begin the conversation that was had, with these first words of its draft; `people` gives those of the part. The
    same press twice begins one. Raises ValidationError as `conversations.start`."""
    row = _locked(meeting)
    if row.conversation is not None:
        return row.conversation
    if not row.is_in_diary or row.school is None:
        raise ValidationError("This meeting is not in the diary, so there is nothing to write up.")
    row.conversation = conversations.start(
        schools=[row.school], by=by, form=Conversation.Form.FULL, values=values, more=people
    )
    row.save(update_fields=["conversation"])
    return row.conversation


def _locked(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",))
    return rows.select_related("hub", "school__authority", "officer", "conversation").get(pk=meeting.pk)


def _check_asked(row: Meeting) -> None:
    if not row.is_asked:
        last = row.changes.last()
        raise ValidationError(THEIRS.format(what=f"{last.by_name}: {last.what}." if last else ""))


def _agree(row: Meeting, terms: Terms, at: datetime, state: str = State.AGREED) -> None:
    """Write the terms into it, one invitation on. Raises ValidationError by field."""
    if row.starts_at != terms.starts_at:
        if terms.starts_at <= at:
            raise ValidationError({"date": "The day and time must be to come. Log a conversation that was held"})
        if terms.starts_at > at + FURTHEST:
            raise ValidationError({"date": "The day must be within a year"})
    if row.school is None or not School.objects.writable_by(terms.officer).filter(pk=row.school.pk).exists():
        raise ValidationError({"officer": f"{terms.officer} does no officer’s work for this school"})
    row.partner = tenancy.place_of([row.school], by=terms.officer).partner
    for name, value in terms.fields().items():
        setattr(row, name, value)
    row.state = state
    row.sequence += 1
    row.save()


def _settle(row: Meeting, state: str, reason: str, by: User, at: datetime) -> None:
    row.state, row.reason, row.settled_by, row.settled_at = state, reason, by, at
    row.save()


def _invite(meeting: Meeting, guests: Sequence[Guest]) -> None:
    MeetingGuest.objects.bulk_create(
        MeetingGuest(meeting=meeting, contact=each.contact, name=each.name, job_title=each.job_title, email=each.email)
        for each in once(guests)
    )


def note_asked(meeting: Meeting, by: User | None, at: datetime) -> None:
    """The first step of a wish to meet, and its entry in the timeline. Four statements."""
    _note(meeting, "Asked to meet", by, at)


def _note(meeting: Meeting, what: str, by: User | None, at: datetime, reason: str = "") -> None:
    name = str(by) if by else meeting.asker
    MeetingChange.objects.create(meeting=meeting, at=at, by=by, by_name=name, what=what, reason=reason)
    write_timeline(meeting, at)


def write_timeline(meeting: Meeting, at: datetime) -> None:
    """Its one entry in the timeline, which the school sees. Nothing while nobody knows which school it is."""
    if meeting.school is None:
        return
    when = words.short_moment(meeting.starts_at) if meeting.starts_at else ""
    headings = {
        State.ASKED: "Asked to meet",
        State.AGREED: f"Meeting agreed for {when}",
        State.MOVED: f"Meeting moved to {when}",
        State.CANCELLED: f"Meeting of {when} cancelled" if when else "Asked to meet, and took it back",
        State.DECLINED: "Asked to meet: not possible",
    }
    asked = "\n".join(filter(None, [meeting.wanted, meeting.message]))
    timeline.write(
        hub=meeting.hub,
        school=meeting.school,
        source=meeting.timeline_source,
        kind=TimelineEntry.Kind.RESPONSE,
        audience=TimelineEntry.Audience.SCHOOL,
        at=at,
        heading=headings[State(meeting.state)],
        detail=meeting.asker or str(meeting.made_by or "") if meeting.is_asked else str(meeting.officer or ""),
        text=asked if meeting.is_asked else meeting.reason,
        url=meeting.get_absolute_url(),
    )


def _tell(meeting: Meeting, by: User, *, before: User | None = None, is_new: bool = False, reason: str = "") -> None:
    transaction.on_commit(partial(invitations.send, meeting.pk, is_new=is_new, reason=reason))
    _tell_officers(meeting, by, before, meeting.officer)


def _tell_officers(meeting: Meeting, by: User, *people: User | None) -> None:
    """Email those whose diary has changed, where somebody else did it; of a wish that the school takes back, whoever
    looks after the school."""
    if not any(people) and meeting.school and by.pk not in _hub_people(by, meeting):
        people = (owner_of(meeting.hub, meeting.school),)
    to = {each.email for each in people if each is not None and each.pk != by.pk and each.is_active}
    if to:
        transaction.on_commit(partial(_email_officers, meeting.pk, sorted(to), str(by)))


def _hub_people(by: User, meeting: Meeting) -> set[int]:
    return {by.pk} if meeting.hub_id in access_of(by).worked_hub_ids else set()


def _email_officers(meeting_id: int, to: Sequence[str], by: str) -> None:
    meeting = Meeting.objects.select_related("hub", "school", "officer").get(pk=meeting_id)
    context = {
        "meeting": meeting,
        "by": by,
        "when": words.moment(meeting.starts_at) if meeting.starts_at else "",
        "place": invitations.place_of(meeting),
        "url": settings.BASE_URL + meeting.get_absolute_url(),
    }
    letters.send("engagement/email/meeting_diary.txt", to=to, context=context)


def _email_declined(meeting_id: int, reply_to: str) -> None:
    meeting = Meeting.objects.select_related("hub", "school").get(pk=meeting_id)
    context = {"meeting": meeting}
    letters.send(
        "engagement/email/meeting_declined.txt", to=filter(None, [meeting.email]), context=context, reply_to=reply_to
    )
