"""Dated facts on a school that no register gives: Lead School, Artsmark, Music Mark, who teaches music.

What the register says of a school is worded in `schools/facts.py`; how a person meets it, in `schools/standing.py`.
"""

import uuid
from datetime import date, timedelta

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from schools.models.handovers import Received
from schools.models.hubs import Hub
from schools.models.register import School
from schools.querysets import DatedFactQuerySet


class DatedFactValue(models.Model):
    """What a dated fact can say, as a list that the platform administrator keeps: the schemes change their own."""

    class Kind(models.TextChoices):
        LEAD_SCHOOL = "lead-school", "Lead School"
        ARTSMARK = "artsmark", "Artsmark"
        MUSIC_MARK = "music-mark", "Music Mark"
        TEACHING = "teaching", "Who teaches music"
        HUB_ROLE = "hub-role", "Role in the hub"

    kind = models.CharField(max_length=12, choices=Kind)
    code = models.SlugField(max_length=20)
    name = models.CharField(max_length=60)
    meaning = models.CharField(max_length=200, blank=True, help_text="A sentence below the choice.")
    position = models.PositiveSmallIntegerField(default=0)
    is_award = models.BooleanField(
        "award", default=False, help_text="Artsmark: ends what was worked towards, and the award before it."
    )
    is_expected = models.BooleanField(
        "expected in each authority",
        default=False,
        help_text="Lead Schools: a hub’s area page says where one is missing.",
    )
    is_offered = models.BooleanField("can be chosen", default=True)

    class Meta:
        ordering = ["kind", "position", "name"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="datedfactvalue_code_once_a_kind")]

    def __str__(self) -> str:
        """The value with its scheme: "Artsmark: Gold"."""
        return f"{self.get_kind_display()}: {self.name}"


@pghistory.track()
class DatedFact(Received):
    """One thing that a hub knows of a school, from a date to a date. Nothing is overwritten: what comes later ends what
    was before (`DatedFactQuerySet.with_end`), an end has a person and a reason, and a mistake is struck out."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="dated_facts")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="dated_facts")
    value = models.ForeignKey(DatedFactValue, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")
    source = models.CharField("how we know", max_length=200, blank=True)
    said_by_school = models.BooleanField(default=False, help_text="The school’s own leader or editor recorded it.")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField("why it ends", max_length=200, blank=True)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    struck_at = models.DateTimeField(null=True, blank=True)
    strike_reason = models.CharField("what was wrong", max_length=200, blank=True)

    objects = DatedFactQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "value__position", "-pk"]
        indexes = [models.Index(fields=["school", "hub"])]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "school", "value", "starts_on"],
                condition=Q(struck_at=None),
                name="datedfact_once_from_a_day",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="datedfact_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="datedfact_ended_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None, strike_reason="")
                | (Q(struck_at__isnull=False, struck_by__isnull=False) & ~Q(strike_reason="")),
                name="datedfact_struck_at_by_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.value}"

    @property
    def until(self) -> date | None:
        """The first day on which it no longer holds, by its own end or by what came after it. Rows come
        `with_end()`."""
        return min(filter(None, [self.ends_on, getattr(self, "followed_on", None)]), default=None)

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, as people say it."""
        return self.until - timedelta(days=1) if self.until else None

    def holds(self, on: date) -> bool:
        """Whether it holds on a date, struck out or not. Rows come `with_end()`."""
        return self.starts_on <= on and (self.until is None or self.until > on)

    @property
    def timeline_source(self) -> str:
        return f"dated-fact:{self.uuid}"

    @property
    def end_source(self) -> str:
        """The timeline's entry of its end."""
        return f"dated-fact-ended:{self.uuid}"
