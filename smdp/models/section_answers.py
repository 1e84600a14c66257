"""What somebody without an account answers in a section of a plan."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from hubportal.kit.drafts.merge import Values
from hubportal.kit.models import Draft, SignedLink
from smdp.models.plans import PlanSection, person
from smdp.querysets.section_answers import SectionAnswerQuerySet


@pghistory.track()
class SectionAnswer(models.Model):
    """A leader of the school asked somebody by an emailed link to answer a section. What they write stands in a draft
    of its own, beside the section's: the school takes it over, or lays it aside."""

    KIND = "section-answer"  # of those drafts
    WHO = "who"  # what the names of those values begin with that say who answers

    class Outcome(models.TextChoices):
        TAKEN = "taken", "Taken over"
        ASIDE = "aside", "Laid aside"
        ENDED = "ended", "Link ended"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    section = models.ForeignKey(PlanSection, on_delete=models.PROTECT, related_name="answers_by_link")
    link = models.OneToOneField(SignedLink, on_delete=models.PROTECT, related_name="+")
    draft = models.OneToOneField(
        Draft, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="In which they write."
    )
    given = models.JSONField(default=dict, blank=True, help_text="Those that the school reads, once they were sent.")
    base_revision = models.PositiveIntegerField(
        null=True, blank=True, help_text="The state of the section that they had before them when they began."
    )
    name = models.CharField(max_length=120, blank=True)
    job_title = models.CharField("role", max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True, help_text="When they gave it to the school.")
    outcome = models.CharField(max_length=5, choices=Outcome, blank=True)
    settled_by = person(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = SectionAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["link__created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None, settled_by=None)
                | ~Q(outcome="") & Q(settled_at__isnull=False, settled_by__isnull=False),
                name="sectionanswer_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["taken", "aside"]) | Q(sent_at__isnull=False),
                name="sectionanswer_taken_was_sent",
            ),
            models.CheckConstraint(condition=Q(sent_at=None) | ~Q(name=""), name="sectionanswer_sent_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"Answers of {self.writer}"

    def get_absolute_url(self) -> str:
        return reverse("smdp:section-answer", args=[self.uuid])

    @property
    def writer(self) -> str:
        """Who answers: as they signed, else as they were asked."""
        return self.name or self.link.name or self.link.email

    @property
    def values(self) -> Values:
        """What they have answered so far, as the section's draft holds it."""
        kept = self.draft.values if self.draft else {}
        return {name: value for name, value in kept.items() if not name.startswith(f"{self.WHO}-")}

    @property
    def is_open(self) -> bool:
        """Whoever was asked can still come in by the link, and read what stands in the section."""
        return not self.outcome and self.link.expires_at > timezone.now()

    @property
    def is_waiting(self) -> bool:
        """It was given to the school, which has not said yet what becomes of it."""
        return self.sent_at is not None and not self.outcome
