"""The conversation: one record per contact that happened, a common part and a part for each school."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from engagement.models.reference import Criterion, Framework, Strand
from engagement.querysets import ConversationPartQuerySet, ConversationQuerySet
from schools.models import Contact, Hub, Partner, Received, School, Trust


@pghistory.track()
class Conversation(Received):
    """A contact that happened.

    What is typed into a draft lives in a kit `Draft` whose target is this row's uuid until it is saved to the record;
    the columns here hold what was saved last.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        LOGGED = "logged", "Logged"

    class How(models.TextChoices):
        VISIT = "visit", "Visit"
        CALL = "call", "Call"
        VIDEO = "video", "Video call"
        EMAIL = "email", "Email"
        EVENT = "event", "Event"

    class Kind(models.TextChoices):
        FIRST_MEETING = "first_meeting", "First meeting"
        CHALLENGING = "challenging", "Challenging conversation"
        CATCH_UP = "catch_up", "Catch-up"
        PLAN_REVIEW = "plan_review", "Plan review"
        TRUST_MEETING = "trust_meeting", "Trust meeting"
        STRATEGIC = "strategic", "Strategic meeting"
        DELIVERY_REVIEW = "delivery_review", "Review of provision"
        OTHER = "other", "Other"

    class Form(models.TextChoices):
        QUICK = "quick", "Quick"
        FULL = "full", "Full"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="conversations")
    partner = models.ForeignKey(
        Partner,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="conversations",
        help_text="The partner whose officer made this record; its private notes stay with that partner and the hub.",
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conversations")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    form = models.CharField(max_length=8, choices=Form, default=Form.QUICK)
    date = models.DateField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    how = models.CharField(max_length=8, choices=How, default=How.CALL)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.CATCH_UP)
    trust = models.ForeignKey(
        Trust,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="conversations",
    )
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="conversations")
    strands = models.ManyToManyField(Strand, blank=True, related_name="conversations")
    common_summary = models.TextField(
        "what was said, for every school at the meeting",
        blank=True,
        help_text="Every school at the meeting reads this.",
    )
    private_notes = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    logged_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-created_at"]
        indexes = [models.Index(fields=["hub", "state", "-date"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(date__isnull=False, logged_at__isnull=False),
                name="conversation_logged_has_a_date",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def get_absolute_url(self) -> str:
        return reverse("engagement:conversation-detail", args=[self.uuid])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


@pghistory.track()
class ConversationPart(models.Model):
    """One school's part of a conversation. Only this and the common part are ever read by that school."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="parts")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="conversation_parts")
    summary = models.TextField("what was said", blank=True, help_text="Shared with the school.")
    challenge = models.TextField("the question we put", blank=True)
    answer = models.TextField("the school's answer", blank=True)
    help_offered = models.TextField("the help we offered", blank=True)
    could_offer = models.TextField("what the school could offer others", blank=True)
    next_on = models.DateField("next conversation", null=True, blank=True)
    next_note = models.CharField(max_length=200, blank=True)
    is_filled = models.BooleanField(
        default=False,
        help_text="Something was written for this school; a meeting counts for a school only then.",
    )
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_reason = models.TextField(blank=True)
    given_to_trust = models.ForeignKey(
        Trust,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The trust whose leaders read this although it is from before the school joined: while the school "
        "stays in it, and while it is released.",
    )
    given_to_trust_at = models.DateTimeField(null=True, blank=True)
    given_to_trust_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ConversationPartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "school"], name="part_one_a_school"),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="part_released_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="part_withdrawn_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(given_to_trust=None, given_to_trust_at=None, given_to_trust_by=None)
                | Q(
                    given_to_trust__isnull=False,
                    given_to_trust_at__isnull=False,
                    given_to_trust_by__isnull=False,
                    released_at__isnull=False,
                ),
                name="part_given_to_a_trust_is_released",
            ),
        ]

    @property
    def has_words(self) -> bool:
        """There is something for the school to read: in its own part, or in the common one. What was brought in from a
        spreadsheet counts, and has no words for the school. One query, where neither holds a text."""
        texts = (self.summary, self.challenge, self.answer, self.help_offered, self.could_offer)
        if any(texts) or self.conversation.common_summary:
            return True
        return self.is_filled and not hasattr(self.conversation, "past_row")

    def __str__(self) -> str:
        return f"{self.conversation} with {self.school}"

    def get_absolute_url(self) -> str:
        """Where the school reads it."""
        return reverse("engagement:part-detail", args=[self.uuid])

    @property
    def timeline_source(self) -> str:
        """The name under which it stands in the timeline."""
        return f"conversation:{self.uuid}"


class Participant(models.Model):
    """Somebody who was there, with the role they had at the time."""

    class Side(models.TextChoices):
        HUB = "hub", "Hub"
        PARTNER = "partner", "Partner"
        SCHOOL = "school", "School"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    part = models.ForeignKey(
        ConversationPart,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="participants",
        help_text="The school's part for somebody on the school's side.",
    )
    side = models.CharField(max_length=8, choices=Side)
    name = models.CharField(max_length=120)
    job_title = models.CharField("role at the time", max_length=120, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="participations",
    )
    contact = models.ForeignKey(
        Contact,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="participations",
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["side", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(side="school") & Q(part__isnull=False)) | (~Q(side="school") & Q(part=None)),
                name="participant_of_a_school_has_a_part",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.job_title}" if self.job_title else self.name


class Judgement(models.Model):
    """Where one criterion stands: the school's own level, the hub's, and the agreed one; any may be empty."""

    part = models.ForeignKey(ConversationPart, on_delete=models.CASCADE, related_name="judgements")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="judgements")
    school_level = models.PositiveSmallIntegerField(null=True, blank=True)
    hub_level = models.PositiveSmallIntegerField(null=True, blank=True)
    agreed_level = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    next_step = models.TextField(blank=True)

    class Meta:
        ordering = ["criterion__area__position", "criterion__position"]
        constraints = [models.UniqueConstraint(fields=["part", "criterion"], name="judgement_once_a_criterion")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.agreed_level or self.hub_level or self.school_level}"


class Finding(models.Model):
    """An area the school is covering well, or an area for development."""

    class Kind(models.TextChoices):
        COVERED = "covered", "Covering well"
        DEVELOP = "develop", "To develop"

    part = models.ForeignKey(ConversationPart, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=8, choices=Kind)
    criterion = models.ForeignKey(
        Criterion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="findings",
    )
    heading = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["kind", "position", "pk"]

    def __str__(self) -> str:
        return self.heading
