"""One timeline of everything that happened between a hub and a school, written here by the rooms above."""

from django.db import models
from django.db.models.functions import Now

from schools.models.handovers import Received
from schools.models.hubs import Hub
from schools.models.register import School
from schools.models.trusts import Trust
from schools.querysets import TimelineEntryQuerySet


class TimelineEntry(Received):
    """One thing that happened. `source` names the record it stands for, so that writing it again replaces it."""

    class Audience(models.TextChoices):
        HUB = "hub", "The hub and the partner entrusted with the school"
        SCHOOL = "school", "Also the school's leaders and editors"
        RELEASED = "released", "Also the school's viewers and its trust"

    class Kind(models.TextChoices):
        CONVERSATION = "conversation", "Conversation"
        ATTEMPT = "attempt", "Attempt without an answer"
        HOLD = "hold", "Paused, declined, or a step approved"
        RISK = "risk", "Engagement risk"
        REPORT = "report", "Report"
        RESPONSE = "response", "The school's response"
        ACTION = "action", "Agreed action"
        PLAN = "plan", "Development plan"
        MAILING = "mailing", "Mailing"
        SUPPORT = "support", "Support given"
        INTRODUCTION = "introduction", "Introduction to another school"
        PEOPLE = "people", "People"
        DATED_FACT = "dated-fact", "Music at the school"
        REGISTER = "register", "Register"

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="timeline")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="timeline")
    source = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=Kind)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.HUB)
    at = models.DateTimeField()
    is_whole_day = models.BooleanField(default=False, help_text="Only the date is known.")
    heading = models.CharField(max_length=200)
    detail = models.CharField(max_length=300, blank=True, help_text="How, how long and who, in a line.")
    text = models.TextField(blank=True)
    url = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField(auto_now=True, db_default=Now(), help_text="When this entry was written last.")
    given_to = models.ForeignKey(
        Trust,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # nothing asks for what a trust was given
        help_text="The trust that may see it although it is from before the school joined.",
    )
    given_on = models.DateField(null=True, blank=True, help_text="The school must have joined the trust by then.")

    objects = TimelineEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["hub", "school", "source"], name="timelineentry_once_a_source")]
        indexes = [models.Index(fields=["school", "hub", "-at"])]

    def __str__(self) -> str:
        return self.heading
