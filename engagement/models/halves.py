"""The school's half of a meeting: questions that it answers before, by a link, signed in, or through an officer."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from engagement.meetings.querysets import SchoolHalfQuerySet
from engagement.models.conversations import Conversation
from engagement.models.meetings import Meeting
from engagement.models.reference import Framework
from hubportal.kit.models import Draft, SignedLink
from schools.models import Contact, Hub, Partner, Received, School


def _person(**more) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


@pghistory.track()
class SchoolHalf(Received):
    """What a school is asked before a meeting. `questions` are frozen when it is sent, as `meetings.questions` makes
    them; what the school writes stands in a draft of its own until it is sent to the hub."""

    KIND = "school-half"  # of those drafts
    PURPOSE = "school-half"  # of the signed links; their target is the uuid

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="school_halves")
    partner = models.ForeignKey(
        Partner,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="school_halves",
        help_text="Whose officer.",
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="school_halves")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="halves")
    conversation = models.ForeignKey(
        Conversation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="school_halves",
        help_text="The one in which it was talked about.",
    )
    framework = models.ForeignKey(Framework, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    questions = models.JSONField(help_text="As they were sent: see engagement.meetings.questions.")
    note = models.TextField("what the hub writes with it", blank=True)
    asked_by = _person()
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(help_text="Until when a link opens.")
    draft = models.OneToOneField(
        Draft,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Where the school writes.",
    )
    answered_at = models.DateTimeField(null=True, blank=True, help_text="When the school itself sent its answers.")
    read_at = models.DateTimeField(null=True, blank=True, help_text="When somebody at the hub read the answers.")
    read_by = _person(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = _person(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = SchoolHalfQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["hub", "school", "-asked_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="schoolhalf_withdrawn_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
                name="schoolhalf_read_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"Questions for {self.school}"

    def get_absolute_url(self) -> str:
        """Where the hub reads it."""
        return reverse("engagement:half-detail", args=[self.uuid])

    def get_answer_url(self) -> str:
        """Where somebody of the school who is signed in answers it."""
        return reverse("engagement:half-answer", args=[self.uuid])

    @property
    def timeline_source(self) -> str:
        return f"half:{self.uuid}"

    @property
    def is_open(self) -> bool:
        """The school can still write in it and send it."""
        return self.answered_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()

    @property
    def is_expired(self) -> bool:
        return self.answered_at is None and self.withdrawn_at is None and self.expires_at <= timezone.now()

    @property
    def answer(self) -> "HalfAnswer | None":
        """What stands: the newest that the school itself sent, else the newest that the hub entered. One query, none
        where the answers were prefetched."""
        answers = list(self.answers.all())
        return next((each for each in answers if each.is_schools_own), answers[0] if answers else None)

    @property
    def state_words(self) -> str:
        """How it stands, in a word or two."""
        if self.withdrawn_at:
            return "Withdrawn"
        if self.answer:
            return "Answered" if self.answer.is_schools_own else "Entered by the hub"
        return "Expired" if self.is_expired else "Waiting for the school"


class HalfSend(models.Model):
    """One email with a link to it: the first, or a reminder. Every link that was sent opens the same answers."""

    half = models.ForeignKey(SchoolHalf, on_delete=models.CASCADE, related_name="sends")
    link = models.OneToOneField(SignedLink, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    is_reminder = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    by = _person()
    emailed_at = models.DateTimeField(null=True, blank=True, help_text="Empty where the email did not go.")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


class HalfAnswer(models.Model):
    """What was answered, and how we know: sent by the school itself (`user`, or `link` with name and role), or written
    down by the hub as somebody at the school said it (`entered_by`). Append-only; the newest of the school's own
    stands, else the newest that the hub entered."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    half = models.ForeignKey(SchoolHalf, on_delete=models.CASCADE, related_name="answers")
    values = models.JSONField(help_text="By the keys of the questions: see engagement.meetings.questions.")
    name = models.CharField(max_length=120)
    job_title = models.CharField("role", max_length=120)
    at = models.DateTimeField(default=timezone.now)
    user = _person(null=True, blank=True)
    link = models.ForeignKey(SignedLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entered_by = _person(null=True, blank=True)
    said_on = models.DateField(null=True, blank=True, help_text="When the school said it, where the hub entered it.")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entered_by=None, said_on=None) | Q(entered_by__isnull=False, said_on__isnull=False),
                name="halfanswer_entered_by_and_said_on",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="halfanswer_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.job_title}"

    @property
    def is_schools_own(self) -> bool:
        return self.entered_by_id is None
