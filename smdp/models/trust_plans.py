"""The plan of a trust: what it wants of music in all its schools, and who of them confirmed it."""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from hubportal.kit.models import Draft
from schools.models import Trust
from smdp.models.elsewhere import PlanElsewhere
from smdp.models.plans import OfYears, Plan, PlanVersion, person
from smdp.querysets.trust_plans import (
    LiftedPriorityQuerySet,
    TrustConfirmationQuerySet,
    TrustPlanQuerySet,
    TrustPlanSectionQuerySet,
    TrustPlanVersionQuerySet,
)


@pghistory.track()
class TrustPlan(OfYears, models.Model):
    """A trust's plan for one academic year or several. It answers the questions of its schools' plans, and is written
    as they are: in the kit drafts of its sections, until that of a later year is shared.

    It is a record of its own and no `Plan`: no hub reviews it, nobody adopts it, and a plan always has a school."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    trust = models.ForeignKey(Trust, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField(help_text="The year in which its first academic year begins.")
    years = models.PositiveSmallIntegerField(default=1, help_text="How many academic years it covers.")
    specification = models.PositiveSmallIntegerField(help_text="The version of the questions that it answers.")
    begun_by = person()
    begun_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True, help_text="When that of a later year was shared.")

    objects = TrustPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-begun_at"]
        constraints = [
            models.UniqueConstraint(fields=["trust", "year"], name="trustplan_one_a_year"),
            models.CheckConstraint(condition=Q(years__gte=1, years__lte=5), name="trustplan_years_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"Music plan of the trust {self.when}"

    def get_absolute_url(self) -> str:
        return reverse("smdp:trust-plan-detail", args=[self.uuid])

    def section_url(self, key: str) -> str:
        return reverse("smdp:trust-section-edit", args=[self.uuid, key])


class TrustPlanSection(models.Model):
    """A section of a trust's plan, and the draft in which it is written."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(TrustPlan, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=30)
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="+")

    objects = TrustPlanSectionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="trustplansection_once_a_plan")]

    def __str__(self) -> str:
        return self.key


@pghistory.track()
class TrustPlanVersion(models.Model):
    """What a trust shared with its schools at one moment. Never changed: a school's version that carries it keeps it,
    whatever the trust writes later and whether or not the school is still in it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(TrustPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    trust_name = models.CharField(max_length=200, help_text="The trust's name then.")
    specification = models.PositiveSmallIntegerField()
    settings = ArrayField(models.CharField(max_length=10), help_text="The kinds of its schools then.")
    answers = models.JSONField(help_text="{section: {field: value}}, as the drafts held them.")
    asks = models.BooleanField("the schools are asked to confirm it", default=False)
    with_hubs = models.BooleanField("the hubs of its schools read it too", default=False)
    made_by = person()
    made_at = models.DateTimeField()

    objects = TrustPlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="trustplanversion_number_unique")]

    def __str__(self) -> str:
        return f"Version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("smdp:trust-version-detail", args=[self.plan.uuid, self.number])


@pghistory.track()
class TrustConfirmation(models.Model):
    """A school says that what its trust wrote in a section holds for it. It stands until the trust says something else
    there."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="trust_confirmations")
    version = models.ForeignKey(TrustPlanVersion, on_delete=models.PROTECT, related_name="confirmations")
    key = models.SlugField(max_length=30, help_text="The section.")
    by = person()
    at = models.DateTimeField()

    objects = TrustConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "version", "key"], name="trustconfirmation_once")]

    def __str__(self) -> str:
        return f"{self.key}, confirmed"


@pghistory.track()
class LiftedPriority(models.Model):
    """Where a priority of the trust's plan came from: a row of what a school adopted, in a version that was frozen here
    or in a plan that it keeps elsewhere."""

    plan = models.ForeignKey(TrustPlan, on_delete=models.PROTECT, related_name="lifted")
    version = models.ForeignKey(PlanVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="lifted")
    kept = models.ForeignKey(PlanElsewhere, null=True, blank=True, on_delete=models.PROTECT, related_name="lifted")
    row = models.PositiveSmallIntegerField(help_text="Its place among the priorities there when it was lifted, from 0.")
    words = models.TextField(help_text="What the school wrote.")
    by = person()
    at = models.DateTimeField()

    objects = LiftedPriorityQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "version", "row"], name="liftedpriority_once"),
            models.CheckConstraint(
                condition=Q(version=None, kept__isnull=False) | Q(version__isnull=False, kept=None),
                name="liftedpriority_of_one_plan",
            ),
        ]
        verbose_name_plural = "lifted priorities"

    def __str__(self) -> str:
        return self.words

    @property
    def source(self) -> PlanVersion | PlanElsewhere:
        """Where the school's words stand."""
        found = self.version or self.kept
        assert found is not None  # a constraint says so
        return found

    @property
    def source_words(self) -> str:
        """ "Millbrook Junior School, version 2"."""
        found = self.source
        if isinstance(found, PlanVersion):
            return f"{found.plan.school}, version {found.number}"
        return f"{found.school}, plan kept elsewhere"
