"""What people do with the things on their worklists: put one off until a day, hand one to a colleague."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from engagement.querysets import DeskQuerySet
from schools.models import Hub, School

LONGEST_REASON = 300


class OnAList(models.Model):
    """Something done to one thing on a worklist, which names itself by its `key` (`worklist.WorkItem`)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DeskQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


@pghistory.track()
class Snooze(OnAList):
    """Off one person's list until a day, with the reason. It hides nothing from anybody else, and changes nothing about
    the matter itself; once that moves on (`matter`), it is back at once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    matter = models.CharField(max_length=200, blank=True)
    until = models.DateField(help_text="The first day on which it is on the list again.")
    reason = models.CharField(max_length=LONGEST_REASON)

    class Meta:
        ordering = ["until", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "hub", "key"], condition=Q(ended_at=None), name="snooze_one_stands"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="snooze_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="snooze_ended_at_and_by",
            ),
        ]


@pghistory.track()
class WorkHandover(OnAList):
    """Given by one colleague to another, with a note, until it is given or taken back. Kept."""

    sender = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=LONGEST_REASON)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["receiver"], condition=Q(ended_at=None), name="workhandover_open")]
        constraints = [
            models.UniqueConstraint(fields=["hub", "key"], condition=Q(ended_at=None), name="workhandover_one_stands"),
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="workhandover_to_a_colleague"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="workhandover_ended_at_and_by",
            ),
        ]
