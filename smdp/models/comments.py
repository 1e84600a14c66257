"""What the people who write a plan say to each other about a section of it."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from smdp.models.plans import PlanSection, person
from smdp.querysets.comments import SectionCommentQuerySet


@pghistory.track()
class SectionComment(models.Model):
    """One comment on a section. Its words never change: whoever wrote it can withdraw it, and anybody who reads it
    marks it as dealt with, or opens it again."""

    LONGEST = 4000

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    section = models.ForeignKey(PlanSection, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    by = person()
    at = models.DateTimeField()
    resolved_by = person(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True, help_text="When it was marked as dealt with.")
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="When its writer took it back.")

    objects = SectionCommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="sectioncomment_resolved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Comment by {self.by}"

    def get_absolute_url(self) -> str:
        return f"{reverse('smdp:comment-list', args=[self.section.plan.uuid, self.section.key])}#comment-{self.uuid}"
