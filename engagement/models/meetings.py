"""Meetings to come: asked for by a school or set by the hub, agreed, moved, cancelled, and logged as conversations."""

import uuid
from datetime import datetime, timedelta

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from engagement.meetings.querysets import MeetingQuerySet
from engagement.models.conversations import Conversation
from hubportal.kit.models import SignedLink
from schools.models import Contact, Hub, Partner, Received, School


def _person(**more) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


@pghistory.track()
class Meeting(Received):
    """A meeting of a hub with a school, from the wish to the day. Once it has been held, a conversation is logged for
    it; `conversation` is that one, its draft included. A wish from the public page whose school nobody could tell has
    none until somebody of the hub has found it: `school_words` is what was typed."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        AGREED = "agreed", "Agreed"
        MOVED = "moved", "Moved"
        CANCELLED = "cancelled", "Cancelled"
        DECLINED = "declined", "Not possible"

    class Via(models.TextChoices):
        HUB = "hub", "Set by the hub"
        HOME = "home", "Asked by somebody signed in"
        LINK = "link", "Asked by an emailed link"
        PUBLIC = "public", "Asked on the hub’s public page"

    IN_DIARY = (State.AGREED, State.MOVED)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="meetings")
    partner = models.ForeignKey(
        Partner,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meetings",
        help_text="Its officer goes.",
    )
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings")
    school_words = models.CharField("school, as it was typed", max_length=200, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)

    via = models.CharField(max_length=6, choices=Via, default=Via.HUB)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = _person(null=True, blank=True)
    link = models.ForeignKey(SignedLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("who asks", max_length=120, blank=True)
    job_title = models.CharField("role", max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    wanted = models.CharField("when would suit", max_length=300, blank=True)
    message = models.TextField("what about", blank=True)

    officer = _person(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    how = models.CharField(max_length=8, choices=Conversation.How, default=Conversation.How.VISIT)
    place = models.CharField(max_length=200, blank=True)
    video_link = models.URLField(max_length=500, blank=True)
    sequence = models.PositiveIntegerField(
        default=0, help_text="Of the invitation that was sent last: each change of it is a higher one."
    )
    settled_at = models.DateTimeField(null=True, blank=True, help_text="When it was cancelled, or refused.")
    settled_by = _person(null=True, blank=True)
    reason = models.CharField("why it was cancelled or refused", max_length=300, blank=True)
    conversation = models.OneToOneField(
        Conversation, null=True, blank=True, on_delete=models.SET_NULL, related_name="meeting"
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "made_at"]
        indexes = [
            models.Index(fields=["hub", "school"]),
            models.Index(fields=["officer", "starts_at"]),
            models.Index(fields=["hub", "state", "starts_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "moved"]) | Q(starts_at__isnull=False, officer__isnull=False),
                name="meeting_in_a_diary_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["cancelled", "declined"], settled_at__isnull=False, settled_by__isnull=False)
                | ~Q(state__in=["cancelled", "declined"]) & Q(settled_at=None, settled_by=None),
                name="meeting_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(school__isnull=False)
                | Q(state__in=["asked", "declined", "cancelled"]) & ~Q(school_words=""),
                name="meeting_in_a_diary_has_a_school",
            ),
            models.CheckConstraint(condition=Q(via="hub") | ~Q(name=""), name="meeting_asked_by_somebody_with_a_name"),
        ]

    def __str__(self) -> str:
        return f"Meeting with {self.school_name}"

    def get_absolute_url(self) -> str:
        return reverse("engagement:meeting-detail", args=[self.uuid])

    @property
    def school_name(self) -> str:
        """The school's name; what was typed, while nobody has told which it is."""
        return self.school.name if self.school else self.school_words

    @property
    def asker(self) -> str:
        """Who asks, with their role: "Ann Lee, music lead"."""
        return ", ".join(filter(None, [self.name, self.job_title]))

    @property
    def is_settled(self) -> bool:
        """Cancelled or refused."""
        return self.state in (self.State.CANCELLED, self.State.DECLINED)

    @property
    def timeline_source(self) -> str:
        """The name under which it stands in the timeline."""
        return f"meeting:{self.uuid}"

    @property
    def is_asked(self) -> bool:
        return self.state == self.State.ASKED

    @property
    def is_in_diary(self) -> bool:
        return self.state in self.IN_DIARY

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None

    @property
    def is_past(self) -> bool:
        """Its time has come and gone."""
        return self.ends_at is not None and self.ends_at < timezone.now()

    @property
    def is_logged(self) -> bool:
        """A conversation stands in the record for it."""
        return self.conversation is not None and self.conversation.state == Conversation.State.LOGGED

    @property
    def to_log(self) -> bool:
        return self.is_in_diary and self.is_past and not self.is_logged


class MeetingGuest(models.Model):
    """Somebody at the school who is invited. Those with an address get the invitation and every change of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=120)
    job_title = models.CharField("role", max_length=120, blank=True)
    email = models.EmailField(blank=True)
    emailed_at = models.DateTimeField(null=True, blank=True, help_text="When the newest invitation went.")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.job_title}" if self.job_title else self.name


class MeetingChange(models.Model):
    """What became of a meeting, one row a step: who, when, and in what words. Append-only."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(default=timezone.now)
    by = _person(null=True, blank=True)
    by_name = models.CharField(max_length=254)
    what = models.CharField(max_length=300)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.what


class DiaryFeed(models.Model):
    """The secret address at which an officer's own calendar reads the diary. Only the hash of the secret is kept;
    renewing it ends the address that went before."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True, help_text="When a calendar last asked for it.")

    def __str__(self) -> str:
        return f"Diary of {self.user}"
