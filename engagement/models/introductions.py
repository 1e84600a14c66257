"""Introducing a school to another that can help it, and what a school is happy to be named for."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from engagement.school_to_school.querysets import (
    IntroductionQuerySet,
    IntroductionSideQuerySet,
    IntroductionStepQuerySet,
    NamedForQuerySet,
)
from schools.models import Hub, School


def _person(**more) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


class NamedFor(models.Model):
    """One thing that a school is happy to be named for to another school: its own list, which its leaders and editors
    keep. `said_by` is who at the school said so, where the hub wrote it down with the school's answer."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="named_for")
    words = models.CharField(max_length=200)
    criterion_code = models.SlugField("what it is about", blank=True)
    added_by = _person()
    added_at = models.DateTimeField(default=timezone.now)
    said_by = models.CharField("who at the school said so", max_length=240, blank=True)
    taken_out_at = models.DateTimeField(null=True, blank=True)
    taken_out_by = _person(null=True, blank=True)

    objects = NamedForQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "words"], condition=Q(taken_out_at=None), name="namedfor_once"),
            models.CheckConstraint(
                condition=Q(taken_out_at=None, taken_out_by=None)
                | Q(taken_out_at__isnull=False, taken_out_by__isnull=False),
                name="namedfor_taken_out_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        return reverse("engagement:named-for-list", args=[self.school.urn])


class Introduction(models.Model):
    """A school that needs something and one that may help with it, within one hub. Neither is named to the other before
    both agree. It has two sides, and a step for whatever was done about it."""

    class State(models.TextChoices):
        SUGGESTED = "suggested", "Suggested"
        ASKED = "asked", "One school asked"
        AGREED = "agreed", "One school agreed"
        NAMED = "named", "Both agreed and named"
        OUTCOME = "outcome", "Outcome recorded"
        DECLINED = "declined", "Declined"

    class Outcome(models.TextChoices):
        MET = "met", "They met or spoke"
        VISITED = "visited", "One visited the other"
        TOGETHER = "together", "They work together"
        NOTHING = "nothing", "Nothing came of it"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="introductions")
    about = models.CharField("what it is about", max_length=120, help_text="Both schools read it.")
    criterion_code = models.SlugField(blank=True)
    why = models.TextField("why these two", blank=True, help_text="The hub’s own words; no school reads them.")
    state = models.CharField(max_length=9, choices=State, default=State.SUGGESTED)
    made_by = _person()
    made_at = models.DateTimeField(default=timezone.now)
    named_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    outcome_words = models.CharField(max_length=500, blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["hub", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="outcome", outcome_on__isnull=False) & ~Q(outcome="")
                | ~Q(state="outcome") & Q(outcome="", outcome_on=None),
                name="introduction_outcome_with_its_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["named", "outcome"], named_at__isnull=False)
                | ~Q(state__in=["named", "outcome"]) & Q(named_at=None),
                name="introduction_named_with_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.about

    def get_absolute_url(self) -> str:
        return reverse("engagement:introduction-detail", args=[self.uuid])

    @property
    def is_named(self) -> bool:
        """Both agreed: each school may see the other."""
        return self.named_at is not None

    @property
    def stands(self) -> bool:
        return self.state not in (self.State.OUTCOME, self.State.DECLINED)


class IntroductionSide(models.Model):
    """What one of the two schools was asked and said: signed in, or to an officer, who wrote down who said it and when
    (`said_by`, `said_on`). Whoever reads this as the school never reads the other side."""

    class Role(models.TextChoices):
        HELPED = "helped", "Would be helped"
        HELPER = "helper", "Could help"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="sides")
    role = models.CharField(max_length=6, choices=Role)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="introduction_sides")
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = _person(null=True, blank=True)
    note = models.CharField("what the hub wrote to the school", max_length=500, blank=True)
    is_agreed = models.BooleanField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = _person(null=True, blank=True)
    said_by = models.CharField("who at the school said it", max_length=240, blank=True)
    said_on = models.DateField(null=True, blank=True)
    reason = models.CharField("why not", max_length=300, blank=True, help_text="The hub alone reads it.")
    contact_name = models.CharField(max_length=120, blank=True)
    contact_role = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    named_for = models.ManyToManyField(NamedFor, blank=True, related_name="+")

    objects = IntroductionSideQuerySet.as_manager()

    class Meta:
        ordering = ["introduction", "role"]  # who would be helped stands first
        constraints = [
            models.UniqueConstraint(fields=["introduction", "role"], name="introductionside_two_roles"),
            models.UniqueConstraint(fields=["introduction", "school"], name="introductionside_two_schools"),
            models.CheckConstraint(
                condition=Q(is_agreed=None, answered_at=None, answered_by=None)
                | Q(is_agreed__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
                name="introductionside_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(is_agreed=True) & ~Q(contact_name="") | ~Q(is_agreed=True) & Q(contact_name=""),
                name="introductionside_agrees_with_a_contact",
            ),
            models.CheckConstraint(
                condition=Q(said_by="", said_on=None) | ~Q(said_by="") & Q(said_on__isnull=False),
                name="introductionside_said_by_and_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.introduction}, {self.get_role_display().lower()}"

    def get_absolute_url(self) -> str:
        """Where the school reads and answers it."""
        return reverse("engagement:introduction-answer", args=[self.uuid])

    @property
    def timeline_source(self) -> str:
        return f"introduction:{self.uuid}"

    @property
    def is_helper(self) -> bool:
        return self.role == self.Role.HELPER


class IntroductionStep(models.Model):
    """What somebody did about an introduction, and when. Append-only. `side` is whose answer or asking it was."""

    class What(models.TextChoices):
        SUGGESTED = "suggested", "Suggested"
        ASKED = "asked", "Asked"
        AGREED = "agreed", "Agreed"
        DECLINED = "declined", "Declined"
        NAMED = "named", "Named to each other"
        OUTCOME = "outcome", "Outcome"
        WITHDRAWN = "withdrawn", "Given up by the hub"

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="steps")
    side = models.ForeignKey(IntroductionSide, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=9, choices=What)
    at = models.DateTimeField(default=timezone.now)
    by = _person()
    words = models.CharField(max_length=600, blank=True)

    objects = IntroductionStepQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.get_what_display()

    @property
    def title(self) -> str:
        """ "Agreed: Millbrook Junior School"."""
        return f"{self.get_what_display()}: {self.side.school.name}" if self.side else self.get_what_display()
