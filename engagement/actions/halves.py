"""The school's half of a meeting: sent, reminded of, answered by the school or entered for it, read, withdrawn."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from engagement.actions import tenancy
from engagement.actions.signing import who_answers
from engagement.addressees import Addressee, addressees_at
from engagement.meetings import questions
from engagement.models import Conversation, Framework, HalfAnswer, HalfSend, Meeting, SchoolHalf
from hubportal.accounts.models import User
from hubportal.kit import drafts, letters, links
from hubportal.kit.models import Draft, SignedLink
from hubportal.kit.wording import long_date
from schools import timeline
from schools.access import today
from schools.models import Hub, School, TimelineEntry
from schools.standing import owner_of

LINK_LASTS = timedelta(days=60)
SAME_PRESS = timedelta(minutes=10)  # the same questions sent again within it are the same press
REMIND_AFTER = timedelta(hours=20)  # nobody is reminded twice a day
CLOSED = (
    "Your school’s answers cannot be changed any more. Your words are still on this page: copy them if you need them."
)


@transaction.atomic
def ask(
    *,
    school: School,
    codes: Sequence[str],
    recipients: Sequence[Addressee],
    by: User,
    note: str = "",
    meeting: Meeting | None = None,
    at: datetime | None = None,
) -> SchoolHalf:
    """Freeze the questions and send a link to each recipient. `codes` are criteria of the hub's framework in force.

    Pressing twice sends once. Raises ValidationError for a school that is not this person's to write about, nobody to
    send it to, somebody who is not of this school, too many criteria, a meeting that is not theirs or not to come, and
    questions for it that are out already. About 25 statements."""
    at = at or timezone.now()
    place = tenancy.place_of([school], by=by)
    _check_recipients(place.hub, school, recipients)
    if len(set(codes)) > questions.MOST_CRITERIA:
        raise ValidationError({"codes": f"Choose {questions.MOST_CRITERIA} criteria at most: a few get answered"})
    framework = Framework.objects.current_for_hub(place.hub.pk, today()).first()
    if framework is None:
        raise ValidationError("There is no framework of criteria yet. Ask the platform’s administrator to publish one.")
    School.objects.select_for_update(of=("self",)).get(pk=school.pk)  # two presses come one after the other
    frozen = questions.freeze(framework, codes)
    before = SchoolHalf.objects.open(at).filter(hub=place.hub, school=school, meeting=meeting).first()
    if before is not None:
        if before.asked_by_id == by.pk and before.asked_at > at - SAME_PRESS and before.questions == frozen:
            return before
        raise ValidationError(
            "Questions are with the school already. Remind it of them, or withdraw them first to send others."
        )
    if meeting is not None and (meeting.school_id, meeting.hub_id) != (school.pk, place.hub.pk):
        raise ValidationError("This meeting is with another school.")
    half = SchoolHalf.objects.create(
        hub=place.hub,
        partner=place.partner,
        school=school,
        meeting=meeting,
        framework=framework,
        questions=frozen,
        note=note.strip(),
        asked_by=by,
        asked_at=at,
        expires_at=at + LINK_LASTS,
    )
    for each in recipients:
        _send(half, each, by, at)
    write_timeline(half)
    return half


def _check_recipients(hub: Hub, school: School, recipients: Sequence[Addressee]) -> None:
    if not recipients:
        raise ValidationError({"recipients": "Choose who is asked"})
    known = {each.key for each in addressees_at(school=school, hub=hub)}
    if {each.key for each in recipients} - known:
        raise ValidationError("Somebody you chose is no longer at this school. Choose again.")


def _send(half: SchoolHalf, to: Addressee, by: User, at: datetime, *, is_reminder: bool = False) -> None:
    link, token = links.make(
        purpose=SchoolHalf.PURPOSE,
        target=half.uuid,
        email=to.email,
        name=to.name,
        by=by,
        expires_at=half.expires_at,
        at=at,
    )
    row = HalfSend.objects.create(
        half=half, link=link, contact=to.contact, name=to.name, email=to.email, is_reminder=is_reminder, at=at, by=by
    )
    transaction.on_commit(partial(_email_asked, row.pk, token))


def _email_asked(send_id: int, token: str) -> None:
    row = HalfSend.objects.select_related("half__school", "half__hub", "half__meeting", "by").get(pk=send_id)
    half = row.half
    context = {
        "send": row,
        "half": half,
        "school": half.school,
        "hub": half.hub,
        "meeting": half.meeting if half.meeting and half.meeting.is_in_diary else None,
        "number": len(half.questions),
        "sender": row.by,
        "url": settings.BASE_URL + reverse("engagement:half-link-open", args=[token]),
        "expires": long_date(half.expires_at),
    }
    if letters.send("engagement/email/half_asked.txt", to=[row.email], context=context, reply_to=row.by.email):
        HalfSend.objects.filter(pk=send_id).update(emailed_at=timezone.now())


@transaction.atomic
def remind(*, half: SchoolHalf, recipients: Sequence[Addressee], by: User, at: datetime | None = None) -> list[str]:
    """Send the link again, to the same people or to others at the school; links that were sent go on opening. The names
    of those it goes to: nobody whose email went less than `REMIND_AFTER` ago is written to again. Expired questions
    open again. Raises ValidationError once they are answered or withdrawn, and where nobody was chosen."""
    at = at or timezone.now()
    row = _locked(half)
    if row.withdrawn_at is not None:
        raise ValidationError("These questions were withdrawn. Send new ones.")
    if row.answered_at is not None:
        raise ValidationError("The school has answered, so there is nothing to remind it of.")
    _check_recipients(row.hub, row.school, recipients)
    if row.expires_at < at + LINK_LASTS / 2:
        row.expires_at = at + LINK_LASTS
        row.save(update_fields=["expires_at"])
    lately = HalfSend.objects.filter(half=row, at__gt=at - REMIND_AFTER, emailed_at__isnull=False)
    had = {email.lower() for email in lately.values_list("email", flat=True)}
    again = [each for each in recipients if each.email.lower() not in had]
    if not again:
        raise ValidationError("They had the email less than a day ago. Wait until tomorrow, or call.")
    earlier = {email.lower() for email in HalfSend.objects.filter(half=row).values_list("email", flat=True)}
    for each in again:
        _send(row, each, by, at, is_reminder=each.email.lower() in earlier)
    return [each.name for each in again]


@transaction.atomic
def withdraw(*, half: SchoolHalf, reason: str, by: User, at: datetime | None = None) -> None:
    """Take the questions back: every link ends, and what the school had begun stays in its draft. Raises
    ValidationError without a reason, and once they are answered or withdrawn."""
    at, row = at or timezone.now(), _locked(half)
    if row.withdrawn_at is not None:
        raise ValidationError("These questions have been withdrawn already.")
    if row.answered_at is not None:
        raise ValidationError("The school has answered these questions, so they stay in the record.")
    if not reason.strip():
        raise ValidationError({"reason": "Enter why they are withdrawn"})
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = at, by, reason.strip()[:300]
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    links.revoke_all(purpose=SchoolHalf.PURPOSE, target=row.uuid, by=by, reason="The hub withdrew its questions.")
    if row.draft:
        drafts.close(draft=row.draft, by=by, at=at)
    write_timeline(row)


@transaction.atomic
def begin_writing(*, half: SchoolHalf) -> Draft:
    """The draft in which the school writes, whoever of it comes. Raises DraftClosed once the answers were sent, or the
    questions withdrawn. No query where it is begun, some seven where not."""
    if half.draft and half.is_open:
        return half.draft
    row = _locked(half)
    if not row.is_open:
        raise drafts.DraftClosed(CLOSED)
    if row.draft is None:
        row.draft = drafts.begin(kind=SchoolHalf.KIND, target=row.uuid, by=row.asked_by)
        row.save(update_fields=["draft"])
    half.draft = row.draft
    return row.draft


@transaction.atomic
def give(
    *,
    half: SchoolHalf,
    by: User | None = None,
    link: SignedLink | None = None,
    name: str = "",
    job_title: str = "",
    at: datetime | None = None,
) -> HalfAnswer:
    """Send what is kept in the draft to the hub, once: by somebody of the school who is signed in (`by`), or by link
    with name and role. The hub's people are told by email, without its words. Raises ValidationError once it was sent
    or withdrawn, where nothing was written, while two windows' words wait for a choice, and for somebody else's."""
    at, row = at or timezone.now(), _locked(half)
    if row.answered_at is not None:
        raise ValidationError("Your school has sent its answers already, so nothing was changed.")
    if row.withdrawn_at is not None or row.expires_at <= at:
        raise ValidationError("These questions are not open any more, so nothing was sent.")
    name, job_title = who_answers(
        school=row.school, purpose=SchoolHalf.PURPOSE, target=row.uuid, by=by, link=link, name=name, job_title=job_title
    )
    draft = row.draft
    if draft is None or not any(each.is_answered for each in questions.read(row, draft.values)):
        raise ValidationError("Answer at least one of the questions.")
    if draft.conflicts_open:
        raise ValidationError("Two of you wrote the same answer. Choose which words to keep, then send them.")
    answer = HalfAnswer.objects.create(
        half=row, values=questions.filled(row, draft.values), name=name, job_title=job_title, at=at, user=by, link=link
    )
    row.answered_at, row.read_at, row.read_by = at, None, None
    row.save(update_fields=["answered_at", "read_at", "read_by"])
    drafts.close(draft=draft, by=by or row.asked_by, at=at)
    write_timeline(row)
    transaction.on_commit(partial(_email_answered, answer.pk))
    return answer


@transaction.atomic
def enter(
    *,
    half: SchoolHalf,
    values: Mapping[str, Any],
    name: str,
    job_title: str,
    said_on: date,
    by: User,
    at: datetime | None = None,
) -> HalfAnswer:
    """Write down for the school what somebody there said, with who said it and when. The school can still send its own
    answers, which then stand. The same entry pressed twice is one. Raises ValidationError where the school has answered
    itself, the questions were withdrawn, nothing was written, or the day is to come."""
    at, row = at or timezone.now(), _locked(half)
    if row.withdrawn_at is not None:
        raise ValidationError("These questions were withdrawn.")
    if row.answered_at is not None:
        raise ValidationError("The school has sent its own answers meanwhile: those stand.")
    if said_on > today():
        raise ValidationError({"said_on": "The day on which they said it must be today or in the past"})
    kept = questions.filled(row, values)
    if not kept:
        raise ValidationError("Write down the answer to at least one of the questions.")
    same = row.answers.filter(entered_by=by, values=kept, name=name, said_on=said_on).first()
    if same:
        return same
    answer = HalfAnswer.objects.create(
        half=row, values=kept, name=name, job_title=job_title, at=at, entered_by=by, said_on=said_on
    )
    row.read_at, row.read_by = at, by
    row.save(update_fields=["read_at", "read_by"])
    write_timeline(row)
    return answer


@transaction.atomic
def note_read(*, half: SchoolHalf, by: User, at: datetime | None = None) -> None:
    """Somebody at the hub has read the answers: they leave the worklist. Twice changes nothing."""
    SchoolHalf.objects.filter(pk=half.pk, read_at=None).update(read_at=at or timezone.now(), read_by=by)


def take_along(*, conversation: Conversation, by: User) -> None:
    """The halves of the schools at a conversation that was just begun or logged belong to it now: those of its meeting,
    and those without a meeting that stand answered. Two statements a school."""
    for part in conversation.parts.all():
        rows = (
            SchoolHalf.objects.standing()
            .own()
            .filter(hub=conversation.hub_id, school=part.school_id, conversation=None, answers__isnull=False)
        )
        meeting = getattr(conversation, "meeting", None)
        rows = rows.filter(meeting=meeting) | rows.filter(meeting=None) if meeting else rows.filter(meeting=None)
        for half in rows.distinct():
            half.conversation = conversation
            half.read_at, half.read_by = half.read_at or timezone.now(), half.read_by or by
            half.save(update_fields=["conversation", "read_at", "read_by"])


def _locked(half: SchoolHalf) -> SchoolHalf:
    rows = SchoolHalf.objects.select_for_update(of=("self",))
    return rows.select_related("hub", "school", "draft", "asked_by").get(pk=half.pk)


def write_timeline(half: SchoolHalf) -> None:
    """Write its one entry in the timeline, without a word of what was answered. Three statements."""
    answer = half.answer
    heading, at, detail = "Asked before a meeting", half.asked_at, str(half.asked_by)
    if half.withdrawn_at is not None:
        heading, at, detail = "Questions before a meeting, withdrawn", half.withdrawn_at, str(half.withdrawn_by)
    elif answer is not None:
        heading, at = "Answered the hub’s questions before a meeting", answer.at
        detail = f"{answer.name}, {answer.job_title}" + (
            f" · entered by {answer.entered_by} of {half.hub}" if answer.entered_by else ""
        )
    timeline.write(
        hub=half.hub,
        school=half.school,
        source=half.timeline_source,
        kind=TimelineEntry.Kind.RESPONSE,
        audience=TimelineEntry.Audience.SCHOOL,
        at=at,
        heading=heading,
        detail=detail,
        url=half.get_absolute_url(),
    )


def _email_answered(answer_id: int) -> None:
    answer = HalfAnswer.objects.select_related("half__school", "half__hub", "half__asked_by").get(pk=answer_id)
    half = answer.half
    owner = owner_of(half.hub, half.school)
    people = {each.pk: each for each in (half.asked_by, owner) if each is not None and each.is_active}
    seeing = [each for each in people.values() if SchoolHalf.objects.visible_to(each).filter(pk=half.pk).exists()]
    context = {
        "answer": answer,
        "school": half.school,
        "hub": half.hub,
        "url": settings.BASE_URL + half.get_absolute_url(),
    }
    to = [each.email for each in seeing] or [half.hub.email]
    letters.send("engagement/email/half_answered.txt", to=filter(None, to), context=context)
