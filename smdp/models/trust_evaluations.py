"""On what a trust bases its own view of where music stands in its schools."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q

from engagement.models import Framework
from schools.models import Trust
from smdp.models.plans import person
from smdp.querysets.evaluations import TrustEvaluationQuerySet


@pghistory.track()
class TrustEvaluation(models.Model):
    """A trust's self-evaluation of one academic year: the levels that it expects of every school, written by its
    leaders, or the average or the lowest of what its schools submitted, worked out when it is read."""

    class Basis(models.TextChoices):
        EXPECTATION = "expectation", "What the trust expects of every school"
        AVERAGE = "average", "The average of its schools"
        MINIMUM = "minimum", "The lowest of its schools"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    trust = models.ForeignKey(Trust, on_delete=models.PROTECT, related_name="evaluations")
    year = models.PositiveSmallIntegerField(help_text="The year in which its academic year begins.")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=11, choices=Basis)
    levels = models.JSONField(default=dict, help_text="{code: level}, where the basis is what the trust expects.")
    set_by = person()
    set_at = models.DateTimeField()

    objects = TrustEvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["trust", "year"], name="trustevaluation_one_a_year"),
            models.CheckConstraint(
                condition=Q(basis="expectation") | Q(levels={}), name="trustevaluation_levels_are_expected"
            ),
        ]

    def __str__(self) -> str:
        return f"Self-evaluation of the trust {self.year} to {self.year + 1}"
