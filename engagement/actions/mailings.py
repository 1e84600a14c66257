"""A mailing is written, tried on oneself, confirmed once, and can be stopped; an address says that it wants no more."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement import tasks
from engagement.mailings import merging
from engagement.mailings.letter import as_read_by, message
from engagement.mailings.whom import Person
from engagement.models import Mailing, MailingRecipient, MailingStop
from hubportal.accounts.models import User
from hubportal.kit import letters
from schools.models import Hub

NOT_DRAFT = "This mailing was sent already, so nothing was changed."
FACTS = ("subject", "text", "whom", "query", "words")


def begin(*, hub: Hub, by: User, **facts: str) -> Mailing:
    """A draft. Raises ValidationError for an unknown field in subject or text. One statement."""
    mailing = Mailing(hub=hub, by=by, **facts)
    _check(mailing)
    mailing.save()
    return mailing


@transaction.atomic
def edit(*, mailing: Mailing, by: User, **facts: str) -> None:
    """Change a draft; whoever did so last is its sender. Raises ValidationError as `begin`, and where it was sent
    meanwhile. Two statements."""
    kept = Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)
    if not kept.is_draft:
        raise ValidationError(NOT_DRAFT)
    for name in FACTS:
        setattr(mailing, name, facts[name])
    mailing.by = by
    _check(mailing)
    mailing.save(update_fields=[*FACTS, "by"])


def _check(mailing: Mailing) -> None:
    problems = {}
    for name in ("subject", "text"):
        try:
            merging.check(getattr(mailing, name))
        except ValidationError as problem:
            problems[name] = problem
    if problems:
        raise ValidationError(problems)


def discard(*, mailing: Mailing) -> bool:
    """Throw a draft away; False where it was sent meanwhile. Two statements."""
    return bool(Mailing.objects.filter(pk=mailing.pk, state=Mailing.State.DRAFT).delete()[0])


@transaction.atomic
def confirm(*, mailing: Mailing, people: Sequence[Person], by: User, at: datetime | None = None) -> bool:
    """Let it go to these people: a row each, then the worker. False where it was confirmed already, by another press:
    nothing goes twice. Raises ValidationError where there is nobody. Four statements, and one for each 500 people."""
    if not people:
        raise ValidationError("There is nobody to write to. Choose other schools, or somebody else at each.")
    at = at or timezone.now()
    drafts = Mailing.objects.filter(pk=mailing.pk, state=Mailing.State.DRAFT)
    if not drafts.update(state=Mailing.State.SENDING, confirmed_at=at, confirmed_by=by):
        return False
    rows = [
        MailingRecipient(
            mailing=mailing,
            school=each.school,
            contact=each.contact,
            name=each.contact.name,
            email=each.contact.email,
            subject=merging.merge(mailing.subject, each.values(mailing)),
            text=merging.merge(mailing.text, each.values(mailing)),
        )
        for each in people
    ]
    MailingRecipient.objects.bulk_create(rows, batch_size=500)
    also_at = MailingRecipient.also_at.through
    also_at.objects.bulk_create(
        also_at(mailingrecipient=row, school=school)
        for row, each in zip(rows, people, strict=True)
        for school in each.also_at
    )
    # Robust: while the queue is away the rows wait, and beat sends them later.
    transaction.on_commit(partial(tasks.send_mailings.delay), robust=True)
    return True


def stop(*, mailing: Mailing) -> bool:
    """What has not gone yet does not go. False where it is not on its way. One statement."""
    rows = Mailing.objects.filter(pk=mailing.pk, state=Mailing.State.SENDING)
    return bool(rows.update(state=Mailing.State.STOPPED))


def try_on(*, mailing: Mailing, person: Person, to: User) -> str:
    """Send it to oneself, as it would go to a recipient, but for the links that are made for each: "" or the mail
    server's refusal. No query."""
    subject, text = as_read_by(mailing, person)
    test = message(mailing.hub, mailing.by, subject=f"Test: {subject}", text=text, to=to.email)
    try:
        return letters.post(test)
    except letters.MailServerAway:
        return "The mail server could not be reached. Try again in a minute."


def unsubscribe(*, hub: Hub, email: str) -> None:
    """This address wants no mailings of this hub; those that wait do not go. Three statements."""
    with transaction.atomic():
        MailingStop.objects.get_or_create(hub=hub, email=email.lower(), ended_at=None)
        waiting = MailingRecipient.objects.filter(mailing__hub=hub, email__iexact=email)
        waiting.filter(state=MailingRecipient.State.WAITING).update(state=MailingRecipient.State.UNSUBSCRIBED)


def subscribe(*, hub: Hub, email: str) -> None:
    """It wants them again. One statement."""
    MailingStop.objects.filter(hub=hub, email=email.lower()).standing().update(ended_at=timezone.now())
