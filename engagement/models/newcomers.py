"""Somebody new leads a school, or its music: the handover that the hub makes ready, checks and sends."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from engagement.newcomers.querysets import NewcomerQuerySet
from schools.models import Contact, Hub, RegisterChange, School


@pghistory.track()
class Newcomer(models.Model):
    """One person new in a post, as the hub's contacts or the register say. Sent once, or dismissed with a reason."""

    class Post(models.TextChoices):
        HEAD = "head", "New head"
        MUSIC_LEAD = "music-lead", "New music lead"

    class State(models.TextChoices):
        WAITING = "waiting", "To check and send"
        SENT = "sent", "Sent"
        DISMISSED = "dismissed", "Not sent"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="newcomers")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="newcomers")
    post = models.CharField(max_length=10, choices=Post)
    name = models.CharField(max_length=160)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    change = models.ForeignKey(RegisterChange, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    noticed_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    greeting = models.TextField(max_length=1000, blank=True)
    sent_name = models.CharField(max_length=160, blank=True)
    sent_email = models.EmailField(blank=True)
    emailed_at = models.DateTimeField(null=True, blank=True)
    email_failed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField("why it is not sent", max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = NewcomerQuerySet.as_manager()

    class Meta:
        ordering = ["-noticed_at", "-pk"]
        indexes = [models.Index(fields=["hub", "school"])]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "school", "post"], condition=Q(state="waiting"), name="newcomer_one_waits_a_post"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") ^ Q(decided_at__isnull=False), name="newcomer_decided_once_not_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_post_display()} at {self.school}: {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("engagement:newcomer-detail", args=[self.uuid])

    @property
    def post_words(self) -> str:
        """ "new head", "new music lead"."""
        return self.get_post_display().lower()

    @property
    def timeline_source(self) -> str:
        return f"newcomer:{self.uuid}"
