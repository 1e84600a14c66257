"""What people of the school, its hub and its trust say to each other about a section of a plan."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from smdp.models.guests import Side
from smdp.models.plans import PlanSection, person
from smdp.querysets.comments import SectionCommentQuerySet


@pghistory.track()
class SectionComment(models.Model):
    """One comment on a section. Those who write the plan read it, and the hub or the trust where it was meant for them
    too. Its words never change: whoever wrote it can withdraw it, and anybody who reads it marks it as dealt with, or
    opens it again."""

    LONGEST = 4000

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    section = models.ForeignKey(PlanSection, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    side = models.CharField(max_length=6, choices=Side, default=Side.SCHOOL, help_text="For whom its writer spoke.")
    for_hub = models.BooleanField(default=False, help_text="The hub that has the school reads it.")
    for_trust = models.BooleanField(default=False, help_text="The trust that the school is in reads it.")
    told = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", help_text="Whom it names: they had an email."
    )
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
                condition=~Q(side=Side.HUB, for_hub=False) & ~Q(side=Side.TRUST, for_trust=False),
                name="sectioncomment_read_by_its_own_side",
            ),
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
