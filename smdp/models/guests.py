"""Who besides the school reads a section of its plan before it is shared."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q

from smdp.models.plans import PlanSection, person
from smdp.querysets.guests import SectionGuestQuerySet


class Side(models.TextChoices):
    """For whom somebody speaks or reads where a school's plan is written."""

    SCHOOL = "school", "School"
    HUB = "hub", "Hub"
    TRUST = "trust", "Trust"


@pghistory.track()
class SectionGuest(models.Model):
    """The school's hub, or its trust, reads a section as it is written, and writes in it where it was asked to: from
    when a leader of the school invites it until one ends that. It is whichever hub or trust has the school then."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    section = models.ForeignKey(PlanSection, on_delete=models.PROTECT, related_name="guests")
    side = models.CharField(max_length=6, choices=[(side.value, side.label) for side in (Side.HUB, Side.TRUST)])
    may_write = models.BooleanField(default=False, help_text="What it writes is marked until the school confirms it.")
    invited_by = person()
    invited_at = models.DateTimeField()
    ended_by = person(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SectionGuestQuerySet.as_manager()

    class Meta:
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "side"], condition=Q(ended_at=None), name="sectionguest_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="sectionguest_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()} as a guest of a section"
