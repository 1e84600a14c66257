"""Emails that say what is due, one a day at the most to a person: who wants them how often, and what became of each."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from engagement.digests.querysets import DigestQuerySet, DigestWishQuerySet


class DigestWish(models.Model):
    """How often a person wants to hear what is due. Who has said nothing gets it weekly."""

    class How(models.TextChoices):
        DAILY = "daily", "Every working day"
        WEEKLY = "weekly", "Once a week, on Monday"
        NEVER = "never", "Never"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_wish")
    how = models.CharField(max_length=6, choices=How, default=How.WEEKLY)
    at = models.DateTimeField(default=timezone.now)

    objects = DigestWishQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user}: {self.get_how_display()}"


class Digest(models.Model):
    """One person's email of one day. Written down before it is worked out, so that nobody gets two."""

    class State(models.TextChoices):
        WAITING = "waiting", "On its way"
        SENT = "sent", "Sent"
        NOTHING = "nothing", "Nothing was due, so nothing was sent"
        REFUSED = "refused", "Refused by the mail server"
        BOUNCED = "bounced", "Came back"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(help_text="The day it is of; of a weekly one the Monday.")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    words = models.CharField("what the mail server said", max_length=500, blank=True)
    things = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | ~Q(state__in=["sent", "bounced"]), name="digest_sent_has_a_time"
            ),
        ]
        indexes = [models.Index(fields=["tries", "id"], condition=Q(state="waiting"), name="digest_waiting")]

    def __str__(self) -> str:
        return f"What is due, {self.day}"
