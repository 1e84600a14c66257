"""A hub's plan of how to engage one school, how it was reviewed, and the templates from which plans are started."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from engagement.engagement_plans.querysets import EngagementPlanQuerySet, OfPlanQuerySet, TemplateQuerySet
from engagement.models.conversations import Conversation
from schools.models import Hub, School

OWN_MEASURE = "own"  # what is measured is said in words; every other key is of `engagement.targets.measures`


def _person(**more) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


class _Aimed(models.Model):
    """What a plan and a template both say."""

    aim = models.CharField("what we want with this school", max_length=300)
    measure = models.CharField("how it is measured", max_length=40)
    measure_words = models.CharField("what is measured, in words", max_length=200, blank=True)
    target = models.CharField(max_length=300)
    due_on = models.DateField("by when")
    next_step = models.CharField(max_length=300)

    class Meta:
        abstract = True


class EngagementPlanTemplate(_Aimed):
    """What the plans of several schools have in common: each is then made the school's own."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="engagement_plan_templates")
    name = models.CharField(max_length=80)
    step_weeks = models.PositiveSmallIntegerField("weeks until the first step", default=2)
    made_by = _person()
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "name"], condition=Q(retired_at=None), name="engagementplantemplate_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("engagement:plan-template-edit", args=[self.uuid])


class EngagementPlan(_Aimed):
    """How the hub engages one school: aim, measure, baseline, target, by when, whose, and the next step. The funder
    asks hubs for "SMART plans to engage with every school". One stands at a time; what it was before stays in its
    notes."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="engagement_plans")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="engagement_plans")
    template = models.ForeignKey(EngagementPlanTemplate, null=True, blank=True, on_delete=models.SET_NULL)
    baseline = models.CharField(max_length=300)
    owner = _person()
    next_step_on = models.DateField("when we take the next step")
    made_by = _person()
    made_at = models.DateTimeField(default=timezone.now)
    reviewed_at = models.DateTimeField(default=timezone.now, help_text="When somebody last looked at it, or made it.")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = _person(null=True, blank=True)
    is_reached = models.BooleanField(null=True, blank=True)
    outcome = models.CharField("how it ended", max_length=500, blank=True)

    objects = EngagementPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "school"], condition=Q(ended_at=None), name="engagementplan_one_stands"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, is_reached=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False, is_reached__isnull=False),
                name="engagementplan_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Engagement plan for {self.school}"

    def get_absolute_url(self) -> str:
        return reverse("engagement:plan-detail", args=[self.uuid])

    @property
    def stands(self) -> bool:
        return self.ended_at is None


class EngagementPlanNote(models.Model):
    """A review of a plan, or what was changed of it: who, when, and in what words. Append-only."""

    class What(models.TextChoices):
        REVIEW = "review", "Reviewed"
        CHANGE = "change", "Changed"

    plan = models.ForeignKey(EngagementPlan, on_delete=models.CASCADE, related_name="notes")
    what = models.CharField(max_length=6, choices=What)
    at = models.DateTimeField(default=timezone.now)
    by = _person()
    words = models.TextField()
    conversation = models.ForeignKey(
        Conversation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="After which it was.",
    )

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.words
