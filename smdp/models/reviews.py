"""What the hub says about a shared plan: advice, returned with comments."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from schools.models import Hub, Received
from smdp.models.plans import PlanVersion, person
from smdp.querysets.reviews import PlanReviewQuerySet


@pghistory.track()
class PlanReview(Received):
    """A hub's review of one version. It is written in a kit draft; returning it to the school freezes its words."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="reviews")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    begun_by = person()
    begun_at = models.DateTimeField()
    strengths = models.TextField(blank=True)
    suggestions = models.TextField(blank=True)
    comments = models.JSONField(default=dict, blank=True, help_text="{section: words}; sections without are left out.")
    returned_by = person(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True, help_text="When the school was given it.")

    objects = PlanReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-returned_at", "-begun_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "hub"], condition=Q(received_from=None), name="planreview_one_a_version"
            ),
            models.UniqueConstraint(fields=["hub", "received_origin"], name="planreview_received_once"),
            models.CheckConstraint(
                condition=Q(returned_at=None, returned_by=None)
                | Q(returned_at__isnull=False, returned_by__isnull=False),
                name="planreview_returned_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Review of version {self.version.number}"

    def get_absolute_url(self) -> str:
        return reverse("smdp:review-edit", args=[self.version.plan.uuid, self.version.number])

    @property
    def said_by(self) -> Hub:
        """Whose words they are."""
        return self.received_from or self.hub

    @property
    def timeline_source(self) -> str:
        return f"plan-review:{self.uuid}"
