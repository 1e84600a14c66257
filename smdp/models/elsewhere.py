"""A plan that a school keeps elsewhere: a Word file, its trust's form. And who looked at it."""

import uuid
from datetime import date

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from hubportal.kit.attached import FileKind
from schools.models import Hub, Received, School
from smdp.models.plans import Years, person
from smdp.querysets.elsewhere import PlanElsewhereLookQuerySet, PlanElsewhereQuerySet


def _place(row: "PlanElsewhere", _name: str) -> str:
    """Where its file lies: named by us, never by whoever brought it."""
    key = uuid.uuid4()
    return f"plans-elsewhere/{key.hex[:2]}/{key}.{row.kind}"


@pghistory.track()
class PlanElsewhere(Years, models.Model):
    """A plan that is not written here: a link to it, a file of it, or the word of an officer who saw it; its dates, and
    up to ten of its priorities.

    It is the school's. One that its hub recorded is marked so until a leader of the school says that it is right."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="plans_elsewhere")
    year = models.PositiveSmallIntegerField(help_text="The year in which its first academic year begins.")
    years = models.PositiveSmallIntegerField(default=1, help_text="How many academic years it covers.")
    adopted_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(
        help_text="When the school is to look at it next: at least once a year; see `smdp.yearly`."
    )
    url = models.URLField("address", max_length=500, blank=True)
    kind = models.CharField(max_length=4, choices=FileKind, blank=True)
    name = models.CharField("name of the file", max_length=200, blank=True)
    file = models.FileField(upload_to=_place, max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    sha256 = models.CharField(max_length=64, blank=True)
    priorities = models.JSONField(default=dict, blank=True, help_text="Values as `smdp.priorities` reads them.")
    recorded_for = models.ForeignKey(
        Hub,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The hub that recorded it on the school's behalf.",
    )
    recorded_by = person()
    recorded_at = models.DateTimeField()
    confirmed_by = person(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="When the school said that it is right.")
    removed_by = person(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PlanElsewhereQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year"], condition=Q(removed_at=None), name="planelsewhere_one_standing_a_year"
            ),
            models.CheckConstraint(condition=Q(years__gte=1, years__lte=5), name="planelsewhere_years_one_to_five"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, recorded_for__isnull=False),
                name="planelsewhere_confirmed_was_recorded",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False, file=""),
                name="planelsewhere_removed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(file="") | ~Q(kind="") & ~Q(name="") & ~Q(sha256=""), name="planelsewhere_file_is_described"
            ),
        ]
        verbose_name = "plan kept elsewhere"
        verbose_name_plural = "plans kept elsewhere"

    def __str__(self) -> str:
        return f"Plan kept elsewhere, {self.when}"

    def get_absolute_url(self) -> str:
        return reverse("smdp:elsewhere-detail", args=[self.uuid])

    @property
    def is_standing(self) -> bool:
        return self.removed_at is None

    @property
    def is_to_confirm(self) -> bool:
        """Its hub recorded it, and no leader of the school has said that it is right."""
        return self.is_standing and self.recorded_for_id is not None and self.confirmed_at is None

    def is_due(self, on: date) -> bool:
        """Whether a day is the one on which it is to be looked at again, or a later one."""
        return self.review_on <= on

    @property
    def name_out(self) -> str:
        """The file's name, with the ending of what it is."""
        return f"{self.name.rsplit('.', 1)[0] or 'plan'}.{self.kind}"

    @property
    def content_type(self) -> str:
        return FileKind(self.kind).content_type

    @property
    def timeline_source(self) -> str:
        return f"plan-elsewhere:{self.uuid}"


@pghistory.track()
class PlanElsewhereLook(Received):
    """Somebody looked at a plan kept elsewhere: an officer of the hub saw it, the hub gave its advice, or the school
    went through it again. Never changed."""

    class Kind(models.TextChoices):
        SEEN = "seen", "Seen by the hub"
        ADVICE = "advice", "Reviewed by the hub"
        AGAIN = "again", "Reviewed by the school"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(PlanElsewhere, on_delete=models.PROTECT, related_name="looks")
    kind = models.CharField(max_length=6, choices=Kind)
    hub = models.ForeignKey(Hub, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    strengths = models.TextField(blank=True)
    suggestions = models.TextField(blank=True)
    by = person()
    at = models.DateTimeField()

    objects = PlanElsewhereLookQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="again", hub=None) | Q(kind__in=["seen", "advice"], hub__isnull=False),
                name="planelsewherelook_hub_or_school",
            ),
            models.CheckConstraint(
                condition=Q(kind="advice") | Q(strengths="", suggestions=""), name="planelsewherelook_words_are_advice"
            ),
            models.UniqueConstraint(fields=["hub", "received_origin"], name="planelsewherelook_received_once"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def said_by(self) -> Hub | None:
        """The hub whose words they are; None where it is the school's own."""
        return self.received_from or self.hub

    @property
    def timeline_source(self) -> str:
        return f"plan-elsewhere-look:{self.uuid}"
