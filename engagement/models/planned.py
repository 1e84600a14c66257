"""The day on which a hub means to talk with a school next, where it set one itself."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from engagement.querysets import PlannedContactQuerySet
from schools.models import Hub, School


@pghistory.track()
class PlannedContact(models.Model):
    """A day with its reason. One stands at a time; a conversation that counts after it was set does away with it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="planned_contacts")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="planned_contacts")
    on = models.DateField()
    reason = models.CharField(max_length=200)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PlannedContactQuerySet.as_manager()

    class Meta:
        ordering = ["-set_at", "-pk"]
        indexes = [models.Index(fields=["hub", "school"])]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "school"], condition=Q(ended_at=None), name="plannedcontact_one_stands"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}: {self.on}"
