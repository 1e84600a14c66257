"""The self-evaluation: how a school judges itself on its hub's framework, a year at a time."""

import uuid

import pghistory
from django.db import models
from django.urls import reverse

from engagement.models import Framework, PartVersion
from schools.models import School
from smdp.models.plans import person
from smdp.querysets.evaluations import SelfEvaluationQuerySet, SelfEvaluationVersionQuerySet


@pghistory.track()
class SelfEvaluation(models.Model):
    """A school's own judgement of one academic year, criterion by criterion. What is written lives in a kit draft whose
    target is this row; submitting freezes a version of it, and the writing goes on."""

    class State(models.TextChoices):
        DRAFT = "draft", "Being written"
        SUBMITTED = "submitted", "Submitted"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="evaluations")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="evaluations")
    year = models.PositiveSmallIntegerField(help_text="The year in which its academic year begins.")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    seeded_from = models.ForeignKey(
        PartVersion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="What the school was given to read of a conversation, whose levels are suggested.",
    )
    begun_by = person()
    begun_at = models.DateTimeField()
    superseded_at = models.DateTimeField(
        null=True, blank=True, help_text="When that of a later year was submitted: nothing is written in this one then."
    )

    objects = SelfEvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-begun_at"]
        constraints = [models.UniqueConstraint(fields=["school", "year"], name="selfevaluation_one_a_year")]

    def __str__(self) -> str:
        return f"Self-evaluation {self.when}"

    def get_absolute_url(self) -> str:
        return reverse("smdp:evaluation-detail", args=[self.uuid])

    @property
    def write_url(self) -> str:
        return reverse("smdp:evaluation-edit", args=[self.uuid])

    @property
    def when(self) -> str:
        """ "2026 to 2027": the academic year that it judges."""
        return f"{self.year} to {self.year + 1}"

    @property
    def is_standing(self) -> bool:
        return self.superseded_at is None


@pghistory.track()
class SelfEvaluationVersion(models.Model):
    """What the school submitted at one moment. Never changed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    evaluation = models.ForeignKey(SelfEvaluation, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField(help_text="{code of a criterion: {level: number or null, evidence: text}}")
    made_by = person()
    made_at = models.DateTimeField()

    objects = SelfEvaluationVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "number"], name="selfevaluationversion_number_unique")
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("smdp:evaluation-version", args=[self.evaluation.uuid, self.number])

    @property
    def timeline_source(self) -> str:
        return f"self-evaluation-version:{self.uuid}"
