"""Reminders that somebody at the hub sends to schools about their plan: one row an email to one school."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from schools.models import Hub, School
from smdp.models.plans import person
from smdp.querysets.plan_reminders import PlanReminderQuerySet


class PlanReminder(models.Model):
    """What one school was sent, and to whom. A batch is what was sent with one press.

    Written down before the worker sends it: a worker that is killed sends none twice."""

    class About(models.TextChoices):
        PLAN = "plan", "Their music development plan"
        SUMMARY = "summary", "Their public summary"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    batch = models.UUIDField(db_index=True, help_text="Sent with one press.")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=7, choices=About)
    said = models.TextField(help_text="Where the school's plan or summary stood.")
    words = models.TextField(blank=True, help_text="Of the sender, to every school of the batch.")
    to = ArrayField(models.EmailField())
    names = models.TextField(help_text="Of those who get it.")
    has_account = models.BooleanField(help_text="They can sign in.")
    by = person()
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True, help_text="When the worker took it up.")
    has_failed = models.BooleanField(default=False, help_text="The mail server did not take every one.")

    objects = PlanReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "school"], name="planreminder_once_a_batch")]
        indexes = [models.Index(fields=["school", "about", "-at"])]

    def __str__(self) -> str:
        return f"Reminder: {self.get_about_display().lower()}"

    @property
    def timeline_source(self) -> str:
        return f"plan-reminder:{self.uuid}"
