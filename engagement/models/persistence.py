"""What a hub does where a school does not answer: its ladder, pauses and declines, and a manager's approval."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from engagement.models.attempts import Attempt
from engagement.querysets import HoldQuerySet, HubRulesQuerySet, StepApprovalQuerySet
from schools.models import Hub, School


@pghistory.track()
class LadderStep(models.Model):
    """One step of a hub's ladder, or of the one for every hub that has none of its own: what to try next, and how many
    school weeks after the last try."""

    hub = models.ForeignKey(
        Hub,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ladder",
        help_text="None: for every hub without its own.",
    )
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    how = models.CharField("taken by", max_length=8, choices=Attempt.How)
    school_weeks = models.PositiveSmallIntegerField("school weeks after the last try", default=1)
    needs_approval = models.BooleanField("only with a manager’s approval", default=False)

    objects = HubRulesQuerySet.as_manager()

    class Meta:
        ordering = ["hub", "position"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "position"], nulls_distinct=False, name="ladderstep_position_once"),
            models.CheckConstraint(
                condition=~Q(how="trust") | Q(needs_approval=True), name="ladderstep_trust_approved"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Hold(models.Model):
    """A school that is left in peace until a day: paused by the hub, or because it declined. It is never dropped."""

    class Kind(models.TextChoices):
        PAUSED = "paused", "Paused"
        DECLINED = "declined", "Declined"

    class Reason(models.TextChoices):
        INSPECTION = "inspection", "Inspection"
        EXAMS = "exams", "Exams"
        INCIDENT = "incident", "Serious incident"
        STAFF = "staff", "New head, or nobody in post"
        TIME = "time", "No time this year"
        ELSEWHERE = "elsewhere", "Has what it needs from elsewhere"
        OTHER = "other", "Something else"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="holds")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="holds")
    kind = models.CharField(max_length=8, choices=Kind)
    reason = models.CharField(max_length=12, choices=Reason)
    note = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField("who decided", max_length=120)
    decided_on = models.DateField()
    until = models.DateField(help_text="The first day on which we talk again, or ask again.")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-pk"]
        indexes = [models.Index(fields=["hub", "school"])]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "school", "kind"], condition=Q(ended_at=None), name="hold_one_of_a_kind_stands"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("decided_on")), name="hold_until_is_later"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="hold_ended_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}: {self.get_kind_display().lower()}"

    @property
    def timeline_source(self) -> str:
        return f"hold:{self.uuid}"


@pghistory.track()
class StepApproval(models.Model):
    """A manager's word on the step that is not taken without one: asked for, then given or refused, and kept."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="approvals")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="approvals")
    how = models.CharField("step taken by", max_length=8, choices=Attempt.How)
    step = models.CharField(max_length=80, help_text="Its name at the time.")
    why = models.CharField("why it is time for it", max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    is_approved = models.BooleanField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = StepApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["hub", "school"])]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "school", "how"], condition=Q(is_approved=None), name="stepapproval_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(is_approved=None, decided_by=None, decided_at=None)
                | Q(is_approved__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="stepapproval_decided_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}: {self.step}"

    @property
    def timeline_source(self) -> str:
        return f"approval:{self.uuid}"
