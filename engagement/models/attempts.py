"""Attempts that got no answer: giving up is what Ofsted found, so silence is a record too."""

import uuid

from django.conf import settings
from django.db import models

from engagement.querysets import AttemptQuerySet
from schools.models import Contact, Hub, Partner, Received, School


class Attempt(Received):
    class How(models.TextChoices):
        CALL = "call", "Call, no answer"
        EMAIL = "email", "Email, no reply"
        VISIT = "visit", "Visit, nobody free"
        LETTER = "letter", "Letter, no reply"
        INTRODUCTION = "intro", "Introduction by another school, no reply"
        TRUST = "trust", "Trust or chair of governors, no reply"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="attempts")
    partner = models.ForeignKey(
        Partner,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attempts",
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="attempts")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    how = models.CharField(max_length=8, choices=How)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts")
    note = models.CharField(max_length=300, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["hub", "school", "-at"])]

    def __str__(self) -> str:
        return self.get_how_display()

    @property
    def timeline_source(self) -> str:
        """The name under which it stands in the timeline."""
        return f"attempt:{self.uuid}"
