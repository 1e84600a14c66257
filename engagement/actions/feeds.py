"""The secret address at which an officer's own calendar reads the diary: made, made anew, stopped."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement.meetings import feed
from engagement.models import DiaryFeed
from hubportal.accounts.models import User

NOTED_EVERY = timedelta(minutes=10)


@transaction.atomic
def make(*, user: User) -> str:
    """A new secret address for the person's diary; the one before it ends. Returns its secret, which is kept nowhere.
    Raises ValidationError for somebody who does no officer's work. Three statements."""
    if not feed.may_have(user):
        raise ValidationError("A diary is for officers of a hub or of a partner.")
    token = feed.new_token()
    values = {"token_hash": feed.hash_of(token), "made_at": timezone.now(), "read_at": None}
    DiaryFeed.objects.update_or_create(user=user, defaults=values)
    return token


@transaction.atomic
def stop(*, user: User) -> bool:
    """The address opens nothing any more. Says whether there was one. One statement."""
    number, _ = DiaryFeed.objects.filter(user=user).delete()
    return bool(number)


def note_read(*, row: DiaryFeed, at: datetime | None = None) -> None:
    """That a calendar has asked for it, so that its person sees whether it works. At most one statement."""
    at = at or timezone.now()
    if row.read_at is None or row.read_at < at - NOTED_EVERY:
        DiaryFeed.objects.filter(pk=row.pk).update(read_at=at)
