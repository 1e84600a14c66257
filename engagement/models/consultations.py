"""Consultations: what a hub asks many schools, which schools, what each answered, and what the hub did about it."""

import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from engagement.consultations.querysets import ConsultationQuerySet, ConsultationSchoolQuerySet
from engagement.models.mailings import LONGEST_SUBJECT, Mailing
from hubportal.kit.models import Draft, SignedLink
from hubportal.kit.wording import long_date
from schools.access import today
from schools.models import Hub, School

LONGEST_INTRODUCTION = 4000
LINK_LASTS_AFTER = timedelta(days=90)  # after the closing day a link still says what was sent, and what came of it


def _person(**more) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


class Consultation(models.Model):
    """A short survey of schools' needs. Questions and schools are fixed when it is sent; `questions` is as
    `engagement.consultations.questions` makes it, `outcome` a list of {"said": …, "did": …}."""

    class State(models.TextChoices):
        DRAFT = "draft", "Being written"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="consultations")
    title = models.CharField(max_length=LONGEST_SUBJECT)
    introduction = models.TextField(max_length=LONGEST_INTRODUCTION)
    questions = models.JSONField(default=list)
    closes_on = models.DateField("the last day on which schools answer")
    whom = models.CharField(max_length=10, choices=Mailing.Whom, default=Mailing.Whom.MUSIC_LEAD)
    query = models.TextField(blank=True, help_text="The list of schools, as its address says it.")
    words = models.TextField(blank=True, help_text="The same in words.")
    made_by = _person()
    made_at = models.DateTimeField(default=timezone.now)
    sent_by = _person(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    found = models.PositiveIntegerField(default=0, help_text="How many schools the list found when it was sent.")
    closed_by = _person(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Empty where it closes by itself on its day.")
    outcome = models.JSONField("you said, we did", default=list, blank=True)
    published_by = _person(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["hub", "-made_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None) | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="consultation_sent_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False, sent_at__isnull=False),
                name="consultation_closed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False, sent_at__isnull=False),
                name="consultation_published_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("engagement:consultation-detail", args=[self.uuid])

    def get_public_url(self) -> str:
        """Where everybody reads what came of it. One query where the hub is not at hand."""
        return reverse("engagement:consultation-outcome", args=[self.hub.slug, self.uuid])

    @property
    def is_draft(self) -> bool:
        return self.sent_at is None

    @property
    def may_change_day(self) -> bool:
        """It was sent, and nobody has ended it: its closing day can be another, also once it has passed."""
        return self.sent_at is not None and self.closed_at is None and self.published_at is None

    @property
    def is_open(self) -> bool:
        """Schools can still answer, and change what they answered."""
        return self.sent_at is not None and self.closed_at is None and self.closes_on >= today()

    @property
    def state(self) -> State:
        if self.is_draft:
            return self.State.DRAFT
        return self.State.OPEN if self.is_open else self.State.CLOSED

    @property
    def closed_on(self) -> date:
        """The last day on which it was, or will be, open."""
        return min(self.closes_on, timezone.localtime(self.closed_at).date()) if self.closed_at else self.closes_on

    @property
    def links_end_at(self) -> datetime:
        end = datetime.combine(self.closes_on + LINK_LASTS_AFTER, datetime.min.time())
        return timezone.make_aware(end)


class ClosingDayChange(models.Model):
    """The closing day of a consultation was another: from which to which, by whom. Append-only."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="day_changes")
    was = models.DateField("the day before")
    now = models.DateField("the day since")
    by = _person()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{long_date(self.was)} to {long_date(self.now)}"


class ConsultationSchool(models.Model):
    """A school that was asked, with the answer that stands. Each contact there has a link of their own to it, and all
    of them, signed in or not, write in one draft: it stays open until the closing day, also once answers were sent."""

    KIND = "consultation"  # of those drafts
    PURPOSE = "consultation"  # of the signed links; their target is the uuid

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="schools")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+", db_index=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="consultations")
    answer = models.OneToOneField(
        "ConsultationAnswer", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    draft = models.OneToOneField(
        Draft,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Where the school writes.",
    )

    objects = ConsultationSchoolQuerySet.as_manager()

    class Meta:
        ordering = ["school__name_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["consultation", "school"], name="consultationschool_once")]
        indexes = [models.Index(fields=["hub", "school"])]

    def __str__(self) -> str:
        return f"{self.school}: {self.consultation}"

    def get_absolute_url(self) -> str:
        return reverse("engagement:consultation-answer", args=[self.uuid])

    def get_answer_url(self) -> str:
        """Where somebody of the school who is signed in answers."""
        return reverse("engagement:consultation-answer-edit", args=[self.uuid])

    @property
    def timeline_source(self) -> str:
        return f"consultation:{self.uuid}"


class ConsultationAnswer(models.Model):
    """What somebody at a school sent, signed in (`user`) or by link. Append-only: a later one takes its place, and it
    stays as history."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked = models.ForeignKey(ConsultationSchool, on_delete=models.CASCADE, related_name="answers")
    values = models.JSONField(help_text="By the keys of the questions: words, a value, or a list of values.")
    name = models.CharField(max_length=120)
    job_title = models.CharField("role", max_length=120)
    at = models.DateTimeField(default=timezone.now)
    user = _person(null=True, blank=True)
    link = models.ForeignKey(SignedLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="consultationanswer_of_somebody"),
            models.CheckConstraint(
                condition=Q(user=None, link__isnull=False) | Q(user__isnull=False, link=None),
                name="consultationanswer_by_link_or_signed_in",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.job_title}"
