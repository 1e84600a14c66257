"""One plan for two schools, or more: offered by one, accepted by the other."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q

from schools.models import School
from smdp.models.plans import Plan, person
from smdp.querysets.joint import JointOfferQuerySet


@pghistory.track()
class JointOffer(models.Model):
    """A school offers another to write its plan together. Accepted, both have a plan of their own whose sections are
    the same drafts; each shares and adopts for itself."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="joint_offers")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="joint_offers", help_text="Who is asked.")
    offered_by = person()
    offered_at = models.DateTimeField()
    answer = models.CharField(max_length=9, choices=Answer, blank=True)
    answered_by = person(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = JointOfferQuerySet.as_manager()

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "school"], condition=Q(answer=""), name="jointoffer_one_open_for_a_school"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="jointoffer_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"One plan of {self.plan.school} and {self.school}"
