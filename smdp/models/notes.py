"""How the priorities of a plan go: what the school notes of them while the plan is in force."""

import uuid

import pghistory
from django.db import models
from django.urls import reverse

from smdp.models.plans import PlanVersion, person
from smdp.querysets.notes import PlanCheckInQuerySet, PriorityNoteQuerySet
from smdp.sections import RAG


@pghistory.track()
class PlanCheckIn(models.Model):
    """The school went through the priorities of its plan, on one page. Never changed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="check_ins")
    changed = models.TextField(blank=True, help_text="What has changed since the plan was written.")
    help = models.TextField(blank=True, help_text="What help the school needs from its hub.")
    by = person()
    at = models.DateTimeField()

    objects = PlanCheckInQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "check-in"

    def __str__(self) -> str:
        return "Check-in"

    def get_absolute_url(self) -> str:
        return reverse("smdp:check-in-detail", args=[self.uuid])

    @property
    def timeline_source(self) -> str:
        return f"plan-check-in:{self.uuid}"


@pghistory.track()
class PriorityNote(models.Model):
    """How one priority went on one day. Never changed; `smdp.noting` follows the priority into later versions."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="notes")
    row = models.PositiveSmallIntegerField(help_text="The number of the priority in that version.")
    check_in = models.ForeignKey(PlanCheckIn, null=True, blank=True, on_delete=models.PROTECT, related_name="notes")
    rag = models.CharField("how it goes", max_length=5, choices=RAG)
    text = models.TextField(blank=True)
    by = person()
    at = models.DateTimeField()

    objects = PriorityNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["check_in", "row"], name="prioritynote_once_a_check_in"),
        ]

    def __str__(self) -> str:
        return self.get_rag_display()
