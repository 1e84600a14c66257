"""A SMART target of a hub, the schools it is about, and what was changed of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from engagement.targets.querysets import TargetQuerySet
from schools.models import Hub, SavedView, School


class Target(models.Model):
    """So many of the schools that a saved filter found on the day of the baseline. The schools are fixed by name: a
    filter that is asked again empties itself as schools engage."""

    class Unit(models.TextChoices):
        SHARE = "share", "Per cent of the schools"
        NUMBER = "number", "Number of schools"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="targets")
    name = models.CharField(max_length=120)
    measure = models.CharField(max_length=40)
    segment = models.ForeignKey(SavedView, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    segment_query = models.JSONField(default=dict)
    segment_words = models.TextField()
    baseline_on = models.DateField()
    unit = models.CharField(max_length=6, choices=Unit)
    goal = models.PositiveIntegerField()
    due_on = models.DateField("by when")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="targets")
    actions = models.TextField("what we do for it", blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.TextField("how it ended", blank=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gt=F("baseline_on")), name="target_due_after_its_baseline"),
            models.CheckConstraint(
                condition=Q(goal__gt=0) & (Q(unit="number") | Q(goal__lte=100)), name="target_goal_can_be_reached"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="target_ended_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("engagement:target-detail", args=[self.uuid])


class TargetSchool(models.Model):
    """A school of a target, and whether it met the measure on the day of the baseline."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="rows")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+", db_index=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    met_at_baseline = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "school"], name="targetschool_once")]

    def __str__(self) -> str:
        return f"{self.school}: {self.target}"


class TargetNote(models.Model):
    """What somebody changed of a target, and when."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="notes")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.words
