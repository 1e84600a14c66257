"""A consultation is written, sent once, reminded of, answered, moved to another closing day, and closes with "You said,
we did"."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement.actions import mailings
from engagement.actions.signing import who_answers
from engagement.consultations import questions as asking
from engagement.mailings.whom import TICKED, Person, Reach
from engagement.models import ClosingDayChange, Consultation, ConsultationAnswer, ConsultationSchool, Mailing
from engagement.models.mailings import LONGEST_SUBJECT
from hubportal.accounts.models import User
from hubportal.kit import drafts, links
from hubportal.kit.models import Draft, SignedLink
from schools import timeline
from schools.access import today
from schools.models import Hub, School, TimelineEntry

SENT = "This consultation was sent already, so nothing was changed."
CLOSED = (
    "This consultation has closed, so nothing was sent. Your words are still on this page: copy them if you need them."
)
REMIND_AFTER = timedelta(hours=20)  # nobody is reminded twice a day
FACTS = ("title", "introduction", "questions", "closes_on", "whom", "query", "words")


def begin(*, hub: Hub, by: User, **facts: Any) -> Consultation:
    """A draft. Raises ValidationError for what `_check` refuses. One statement."""
    consultation = Consultation(hub=hub, made_by=by, **facts)
    _check(consultation)
    consultation.save()
    return consultation


@transaction.atomic
def edit(*, consultation: Consultation, by: User, **facts: Any) -> None:
    """Change a draft. Raises ValidationError as `begin`, and where it was sent meanwhile. Two statements."""
    if not _locked(consultation).is_draft:
        raise ValidationError(SENT)
    for name in FACTS:
        setattr(consultation, name, facts[name])
    consultation.made_by = by
    _check(consultation)
    consultation.save(update_fields=[*FACTS, "made_by"])


def _check(consultation: Consultation) -> None:
    problems: dict[str, str] = {}
    for name in ("title", "introduction"):
        if set(getattr(consultation, name)) & set("{}"):
            problems[name] = "Leave out { and }. Each email greets its reader by name, and there are no other fields."
    if consultation.closes_on <= today():
        problems["closes_on"] = "The closing day must be in the future"
    if problems:
        raise ValidationError(problems)
    if not consultation.questions:
        raise ValidationError("Ask at least one question.")
    if len(consultation.questions) > asking.MOST:
        raise ValidationError(f"Ask {asking.MOST} questions at most: a few get answered.")


def discard(*, consultation: Consultation) -> bool:
    """Throw a draft away; False where it was sent meanwhile. Two statements."""
    return bool(Consultation.objects.filter(pk=consultation.pk, sent_at=None).delete()[0])


def invitation(consultation: Consultation, by: User) -> Mailing:
    """The mailing that brings the questions, not saved: each reader is greeted by name. No query."""
    return Mailing(
        hub=consultation.hub,
        by=by,
        subject=consultation.title,
        text=f"Dear {{first name}},\n\n{consultation.introduction}",
        whom=consultation.whom,
        query=consultation.query,
        words=consultation.words,
        consultation=consultation,
    )


def asked_by(people: Sequence[Person]) -> list[School]:
    """The schools that are asked by writing to these people: some of them work at several. No query."""
    return list({place.pk: place for each in people for place in (each.school, *each.also_at)}.values())


def reminder(consultation: Consultation, by: User) -> Mailing:
    """The same to the schools that have not answered, whatever the list of then finds today. One query."""
    mailing = invitation(consultation, by)
    silent = consultation.schools.unanswered().values_list("school__urn", flat=True)
    mailing.subject = f"Reminder: {consultation.title}"[:LONGEST_SUBJECT]
    mailing.query = urlencode([(TICKED, urn) for urn in silent]) or f"{TICKED}="
    mailing.words = "Schools that had not answered"
    return mailing


@transaction.atomic
def send(*, consultation: Consultation, reach: Reach, by: User, at: datetime | None = None) -> bool:
    """Let the questions go to these people: a row for each school, an email for each person. False where it was sent
    already, by another press: nothing goes twice. Raises ValidationError where there is nobody, or where the closing
    day has come. Some eight statements, and two for each 500 people."""
    at = at or timezone.now()
    row = _locked(consultation)
    if not row.is_draft:
        return False
    _check(row)
    if not reach.people:
        raise ValidationError("There is nobody to ask. Choose other schools, or somebody else at each.")
    row.sent_at, row.sent_by, row.found = at, by, reach.schools
    row.save(update_fields=["sent_at", "sent_by", "found"])
    rows = [ConsultationSchool(consultation=row, hub=row.hub, school=each) for each in asked_by(reach.people)]
    ConsultationSchool.objects.bulk_create(rows, batch_size=500)
    _post(invitation(row, by), reach.people, by, at)
    return True


@transaction.atomic
def remind(*, consultation: Consultation, people: Sequence[Person], by: User, at: datetime | None = None) -> int:
    """Write again to those of these people whose school was asked and has not answered; to how many. Links that were
    sent go on opening. Raises ValidationError once it is closed, less than a day after the last email, and where
    nobody is left. As many statements as `send`."""
    at, row = at or timezone.now(), _locked(consultation)
    if not row.is_open:
        raise ValidationError("This consultation is not open, so there is nothing to remind anybody of.")
    if row.mailings.filter(confirmed_at__gt=at - REMIND_AFTER).exists():
        raise ValidationError("The last email went less than a day ago. Wait until tomorrow.")
    silent = set(row.schools.unanswered().values_list("school", flat=True))
    again = [each for each in people if silent.intersection(place.pk for place in (each.school, *each.also_at))]
    if not again:
        raise ValidationError("There is nobody to remind: every school has answered, or has nobody to write to.")
    _post(reminder(row, by), again, by, at)
    return len(again)


def _post(mailing: Mailing, people: Sequence[Person], by: User, at: datetime) -> None:
    mailing.save()
    mailings.confirm(mailing=mailing, people=people, by=by, at=at)


@transaction.atomic
def begin_writing(*, asked: ConsultationSchool) -> Draft:
    """The draft in which the school writes, whoever of it comes; it begins with what was answered. Raises DraftClosed
    once the consultation is closed. No query where it is begun, some seven where not."""
    if asked.draft and asked.consultation.is_open:
        return asked.draft
    row = _locked_school(asked)
    sent_by = row.consultation.sent_by
    if not row.consultation.is_open or sent_by is None:
        raise drafts.DraftClosed(CLOSED)
    if row.draft is None:
        values = row.answer.values if row.answer else {}
        row.draft = drafts.begin(kind=ConsultationSchool.KIND, target=row.uuid, by=sent_by, values=values)
        row.save(update_fields=["draft"])
    asked.draft = row.draft
    return row.draft


@transaction.atomic
def answer(
    *,
    asked: ConsultationSchool,
    values: Mapping[str, Any],
    by: User | None = None,
    link: SignedLink | None = None,
    name: str = "",
    job_title: str = "",
    seen: str = "",
    at: datetime | None = None,
) -> ConsultationAnswer:
    """Keep what somebody at the school answers, signed in (`by`) or by link with name and role; what was answered
    before stays as history. `seen` is the uuid of the answer that stood when they began to write, "" for none.

    The same answers pressed twice are one. Raises ValidationError once it is closed, for an empty answer, for somebody
    who does not write for the school, without name and role, for a link of another school, while two windows' words
    wait for a choice, and where somebody else has answered meanwhile. Some nine statements."""
    at = at or timezone.now()
    row = _locked_school(asked)
    name, job_title = who_answers(
        school=row.school,
        purpose=ConsultationSchool.PURPOSE,
        target=row.uuid,
        by=by,
        link=link,
        name=name,
        job_title=job_title,
    )
    kept = asking.clean(row.consultation.questions, values)
    stands = row.answer
    if stands and (stands.values, stands.name, stands.job_title) == (kept, name, job_title):
        return stands
    _check_answer(row, kept, seen)
    made = ConsultationAnswer.objects.create(
        asked=row, values=kept, name=name, job_title=job_title, at=at, user=by, link=None if by else link
    )
    row.answer = made
    row.save(update_fields=["answer"])
    _write_timeline(row, made)
    return made


def _check_answer(asked: ConsultationSchool, kept: Mapping[str, Any], seen: str) -> None:
    if not kept:
        raise ValidationError("Answer at least one of the questions.")
    if not asked.consultation.is_open:
        raise ValidationError(CLOSED)
    if asked.draft and asked.draft.conflicts_open:
        raise ValidationError("Two of you wrote the same answer. Choose which words to keep, then send them.")
    stands = asked.answer
    if stands and str(stands.uuid) != seen:
        raise ValidationError(
            f"{stands.name}, {stands.job_title}, has sent answers meanwhile. Nothing of yours is lost: it stands "
            "below. Send it again, and it takes the place of theirs, which stay as history."
        )


def _write_timeline(asked: ConsultationSchool, made: ConsultationAnswer) -> None:
    """One entry a school, without a word of what was answered. Two statements."""
    timeline.write(
        hub=asked.hub,
        school=asked.school,
        source=asked.timeline_source,
        kind=TimelineEntry.Kind.RESPONSE,
        audience=TimelineEntry.Audience.SCHOOL,
        at=made.at,
        heading=f"Answered the consultation “{asked.consultation.title}”",
        detail=str(made),
        url=asked.get_absolute_url(),
    )


@transaction.atomic
def change_day(*, consultation: Consultation, closes_on: date, by: User, at: datetime | None = None) -> bool:
    """Let schools answer until another day, later or earlier; one whose day has passed opens again. Links that were
    sent last as long after it as before, and emails that go from now on name the new day. False where it is that day
    already. Raises ValidationError for a day that has passed, before it is sent, and once somebody has ended it. Four
    statements."""
    row = _locked(consultation)
    if row.is_draft:
        raise ValidationError("This consultation was not sent yet. Change it instead.")
    if not row.may_change_day:
        raise ValidationError("This consultation has been closed, so its closing day stays as it is.")
    if closes_on < today():
        raise ValidationError({"closes_on": "The closing day must be today or later. To end it now, close it"})
    if closes_on == row.closes_on:
        return False
    ClosingDayChange.objects.create(consultation=row, was=row.closes_on, now=closes_on, by=by, at=at or timezone.now())
    row.closes_on = closes_on
    row.save(update_fields=["closes_on"])
    asked = row.schools.values("uuid")
    links.move_end(purpose=ConsultationSchool.PURPOSE, targets=asked, expires_at=row.links_end_at)
    return True


@transaction.atomic
def close(*, consultation: Consultation, by: User, at: datetime | None = None) -> bool:
    """No more answers; emails that have not gone do not go. False where it is not open. Three statements."""
    row = _locked(consultation)
    if not row.is_open:
        return False
    row.closed_at, row.closed_by = at or timezone.now(), by
    row.save(update_fields=["closed_at", "closed_by"])
    for mailing in row.mailings.all():
        mailings.stop(mailing=mailing)
    return True


@transaction.atomic
def set_outcome(*, consultation: Consultation, pairs: Sequence[Mapping[str, str]]) -> None:
    """Write down what the schools said and what the hub did. Raises ValidationError for a draft, and for a text that
    names one of the schools; once it is published, also where nothing is left. Three statements."""
    row = _locked(consultation)
    if row.is_draft:
        raise ValidationError("This consultation was not sent yet.")
    if row.published_at and not pairs:
        raise ValidationError("Everybody reads this page. Take it down first, or leave something on it.")
    _check_names(row, pairs)
    row.outcome = [{"said": each["said"], "did": each["did"]} for each in pairs]
    row.save(update_fields=["outcome"])


def _check_names(consultation: Consultation, pairs: Sequence[Mapping[str, str]]) -> None:
    text = "\n".join(words for each in pairs for words in each.values()).casefold()
    names: Collection[str] = consultation.schools.values_list("school__name", flat=True)
    named = sorted({name for name in names if name.casefold() in text})
    if named:
        raise ValidationError(f"Everybody can read this page: leave out the name of {named[0]}.")


@transaction.atomic
def publish(*, consultation: Consultation, by: User, at: datetime | None = None) -> None:
    """Let everybody read what came of it; one that is still open closes. Twice changes nothing. Raises ValidationError
    where nothing is written. Some four statements."""
    at = at or timezone.now()
    row = _locked(consultation)
    if not row.outcome:
        raise ValidationError("Write what they said and what you did, then publish it.")
    close(consultation=row, by=by, at=at)
    Consultation.objects.filter(pk=row.pk, published_at=None).update(published_at=at, published_by=by)


def take_down(*, consultation: Consultation) -> bool:
    """Nobody else reads it any more. False where it is not published. One statement."""
    rows = Consultation.objects.filter(pk=consultation.pk, published_at__isnull=False)
    return bool(rows.update(published_at=None, published_by=None))


def _locked(consultation: Consultation) -> Consultation:
    return Consultation.objects.select_for_update(of=("self",)).select_related("hub").get(pk=consultation.pk)


def _locked_school(asked: ConsultationSchool) -> ConsultationSchool:
    rows = ConsultationSchool.objects.select_for_update(of=("self",))
    return rows.select_related("consultation__sent_by", "hub", "school", "answer", "draft").get(pk=asked.pk)
