"""What may go wrong between a hub and a school, who has it, and what came of it; and which schools a person watches."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from engagement.risks.querysets import RiskKindQuerySet, RiskQuerySet, RiskStepQuerySet, WatchQuerySet
from schools.models import Hub, School, Trust
from schools.models.handovers import Received


class RiskKind(models.Model):
    """What a risk can be about, as a list that the platform administrator keeps. None of them is about a pupil."""

    code = models.SlugField(max_length=24, unique=True)
    name = models.CharField(max_length=60)
    meaning = models.CharField(max_length=200, blank=True, help_text="A sentence below the choice.")
    position = models.PositiveSmallIntegerField(default=0)
    is_offered = models.BooleanField("can be chosen", default=True)

    objects = RiskKindQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Risk(Received):
    """A risk to the relationship with one school: said once, with what shows it. Where it stands follows from its
    steps."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ESCALATED = "escalated", "Escalated"
        RESOLVED = "resolved", "Resolved"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="risks")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="risks")
    kind = models.ForeignKey(RiskKind, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    evidence = models.CharField(max_length=500)
    record_source = models.CharField(max_length=80, blank=True, help_text="Of the timeline's entry that shows it.")
    record_words = models.CharField(max_length=260, blank=True, help_text="That entry in words, as it was then.")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    with_whom = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="risks")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)

    objects = RiskQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "-pk"]
        indexes = [models.Index(fields=["hub", "school", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "school", "kind", "what"],
                condition=~Q(state="resolved"),
                name="risk_once_while_it_stands",
            )
        ]

    def __str__(self) -> str:
        return f"{self.school}: {self.what}"

    def get_absolute_url(self) -> str:
        return reverse("engagement:risk-detail", args=[self.uuid])

    @property
    def stands(self) -> bool:
        return self.state != self.State.RESOLVED


class RiskStep(models.Model):
    """What somebody did about a risk, when and why. Written once, never changed."""

    class What(models.TextChoices):
        RAISED = "raised", "Raised"
        ESCALATED = "escalated", "Escalated"
        RESOLVED = "resolved", "Resolved"
        REOPENED = "reopened", "Opened again"

    class Outcome(models.TextChoices):
        PUT_RIGHT = "put-right", "It was put right"
        PASSED = "passed", "It did not come true"
        HAPPENED = "happened", "It came true, and we go on from there"
        MISTAKE = "mistake", "It was raised by mistake"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=10, choices=What)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=500)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_trust = models.ForeignKey(Trust, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    told = models.CharField("who at the trust", max_length=120, blank=True)

    objects = RiskStepQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(what="escalated") & (Q(to__isnull=False) ^ Q(to_trust__isnull=False)))
                | (~Q(what="escalated") & Q(to=None, to_trust=None)),
                name="riskstep_escalated_to_one",
            ),
            models.CheckConstraint(
                condition=Q(what="resolved") ^ Q(outcome=""), name="riskstep_resolved_with_an_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.risk}"

    @property
    def timeline_source(self) -> str:
        return f"risk-step:{self.uuid}"

    @property
    def whom(self) -> str:
        """To whom it was escalated: a person, or a trust and who was told there."""
        if self.to_trust:
            return f"{self.to_trust}{f' ({self.told})' if self.told else ''}"
        return str(self.to) if self.to else ""

    @property
    def words(self) -> str:
        """ "Escalated to Mo Manager", "Resolved: it was put right"."""
        if self.whom:
            return f"{self.get_what_display()} to {self.whom}"
        if self.outcome:
            outcome = self.get_outcome_display()
            return f"{self.get_what_display()}: {outcome[0].lower()}{outcome[1:]}"
        return self.get_what_display()


class Watch(models.Model):
    """A school that a person keeps an eye on: their own list, which nobody else sees."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="watches")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watches")
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, help_text="What is older, the person has seen.")

    objects = WatchQuerySet.as_manager()

    class Meta:
        ordering = ["school__name_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "hub", "school"], name="watch_once_a_person")]

    def __str__(self) -> str:
        return f"{self.user} watches {self.school}"
