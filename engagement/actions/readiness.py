"""What is recorded of our people's training, joint visits and moderated conversations, and what is asked of them."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement.colleagues import members_of
from engagement.models import ColleagueReview, Conversation, ReadinessRules, Training, TrainingTopic
from engagement.models.readiness import OfColleague
from hubportal.accounts.models import User
from schools.access import today
from schools.models import Hub

Record = TypeVar("Record", bound=OfColleague)


@transaction.atomic
def record_training(
    *,
    hub: Hub,
    person: User,
    topic: TrainingTopic,
    on: date,
    provider: str,
    expires_on: date | None = None,
    by: User,
    changing: Training | None = None,
) -> Training:
    """Training that somebody had; `changing` is the record that it puts right. Raises ValidationError for a person who
    does not work for the hub, a day to come, and an end before the day."""
    _check_person(hub, person)
    _check_day(on, "training")
    if expires_on and expires_on <= on:
        raise ValidationError("It must count until a day after the training.")
    row = changing or Training(hub=hub, person=person)
    row.topic, row.on, row.provider, row.expires_on = topic, on, provider, expires_on
    return _entered(row, by)


@transaction.atomic
def record_review(
    *,
    hub: Hub,
    person: User,
    kind: str,
    colleague: User,
    on: date,
    outcome: str,
    conversation: Conversation | None = None,
    note: str = "",
    by: User,
    changing: ColleagueReview | None = None,
) -> ColleagueReview:
    """A joint visit or a moderated conversation; `changing` is the record that it puts right. Raises ValidationError
    for people who do not work for the hub, somebody on their own, a day to come or before the conversation, another
    hub's conversation, and a moderated conversation that is not named."""
    _check_person(hub, person)
    if colleague == person:
        raise ValidationError("Choose a colleague: nobody moderates themselves.")
    if changing is None or changing.colleague_id != colleague.pk:
        _check_person(hub, colleague)
    _check_day(on, "visit" if kind == ColleagueReview.Kind.JOINT else "reading")
    if conversation is None and kind == ColleagueReview.Kind.MODERATED:
        raise ValidationError("Choose the conversation that was read again.")
    if conversation and (conversation.hub_id != hub.pk or conversation.state != Conversation.State.LOGGED):
        raise ValidationError(f"Choose a logged conversation of {hub}.")
    if conversation and conversation.date and on < conversation.date:
        raise ValidationError("The day must be on or after that of the conversation.")
    row = changing or ColleagueReview(hub=hub, person=person)
    row.kind, row.colleague, row.on, row.conversation = kind, colleague, on, conversation
    row.outcome, row.note = outcome, note
    return _entered(row, by)


@transaction.atomic
def strike(*, record: OfColleague, by: User) -> bool:
    """Take out what was entered by mistake; it is kept, and counts no more. False where somebody did before."""
    rows = type(record).objects.filter(pk=record.pk, struck_at=None)
    return bool(rows.update(struck_at=timezone.now(), struck_by=by))


@transaction.atomic
def set_readiness_rules(*, hub: Hub, topics: Sequence[str], months: int, by: User) -> ReadinessRules:
    """What the hub asks of its people. Raises ValidationError for months that cannot be."""
    if not 1 <= months <= 60:
        raise ValidationError("The months must be from 1 to 60.")
    known = list(TrainingTopic.objects.filter(code__in=topics).values_list("code", flat=True))
    return ReadinessRules.objects.update_or_create(hub=hub, defaults={"topics": known, "months": months})[0]


def _entered(row: Record, by: User) -> Record:
    row.entered_by, row.entered_at = by, timezone.now()
    row.save()
    return row


def _check_person(hub: Hub, person: User) -> None:
    if person.pk not in {held.user_id for held in members_of(hub)}:
        raise ValidationError(f"{person} does not work for {hub} or one of its partners today.")


def _check_day(on: date, what: str) -> None:
    if on > today():
        raise ValidationError(f"The day is to come: record the {what} once it was.")
