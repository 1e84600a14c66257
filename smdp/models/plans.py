"""The plan, its sections, and the versions that were frozen of it."""

import uuid
from datetime import date, datetime

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from hubportal.kit.models import Draft
from hubportal.kit.wording import academic_year, long_date
from schools.access import today
from schools.models import School
from smdp.querysets.plans import PlanQuerySet, PlanSectionQuerySet, PlanVersionQuerySet


def person(**more) -> models.ForeignKey:
    """Who did it: kept for as long as what they did is kept."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


class Years:
    """Covers one academic year or several."""

    LONGEST = 5  # academic years
    year: int
    years: int

    @property
    def when(self) -> str:
        """ "2026 to 2027": the academic years it covers."""
        return f"{self.year} to {self.year + self.years}"

    @property
    def ends_on(self) -> date:
        """The last day of its last academic year."""
        return date(self.year + self.years, 8, 31)

    def is_over(self, on: date) -> bool:
        """Whether its academic years have ended by a day."""
        return self.year + self.years <= academic_year(on)


class OfYears(Years):
    """Stands for its academic years, until that of a later year follows."""

    superseded_at: datetime | None

    @property
    def is_standing(self) -> bool:
        return self.superseded_at is None


@pghistory.track()
class Plan(OfYears, models.Model):
    """A school's plan for one academic year or several. It is the school's: the hub advises, and blocks nothing.

    What is written lives in the kit drafts of its sections, for as long as the plan stands; sharing and adopting freeze
    a version of it."""

    class State(models.TextChoices):
        DRAFT = "draft", "Being written"
        SHARED = "shared", "Shared with the hub"
        REVIEWED = "reviewed", "Reviewed by the hub"
        ADOPTED = "adopted", "Adopted"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField(help_text="The year in which its first academic year begins.")
    years = models.PositiveSmallIntegerField(default=1, help_text="How many academic years it covers.")
    specification = models.PositiveSmallIntegerField(help_text="The version of the questions that it answers.")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    review_on = models.DateField(
        null=True,
        blank=True,
        help_text="When it is to be reviewed next, by what was shared, adopted and checked in on; see `smdp.noting`.",
    )
    own_questions = models.JSONField(
        default=dict,
        blank=True,
        help_text="Its hub's own questions when it was begun, as `smdp.sections.own` reads them.",
    )
    unplaced = models.TextField(
        blank=True, default="", help_text="Words of a plan that was brought in, which stand in no section yet."
    )
    begun_by = person()
    begun_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True, help_text="When a later plan was adopted.")

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-begun_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year"], condition=Q(superseded_at=None), name="plan_one_standing_a_year"
            ),
            models.CheckConstraint(condition=Q(years__gte=1, years__lte=5), name="plan_years_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"Music development plan {self.when}"

    def get_absolute_url(self) -> str:
        return reverse("smdp:plan-detail", args=[self.uuid])

    def is_due(self, on: date) -> bool:
        """Whether the day of its next review has come."""
        return self.review_on is not None and self.review_on <= on

    @property
    def is_out_of_date(self) -> bool:
        """Whether it still stands though its years are over or the day of its review has come: what the hub's list says
        of it too (see `smdp.querysets.place`)."""
        return self.is_standing and (self.is_over(today()) or self.is_due(today()))

    def section_url(self, key: str) -> str:
        return reverse("smdp:section-edit", args=[self.uuid, key])


class PlanSection(models.Model):
    """A section of a plan, and the draft in which it is written. Its questions stand in `smdp.sections`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=30)
    draft = models.ForeignKey(
        Draft, on_delete=models.PROTECT, related_name="+", help_text="Of several schools, where they write one plan."
    )
    carried_from = models.ForeignKey(
        Plan,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The earlier plan whose answers it began with.",
    )
    confirmed_by = person(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="When the carried answers were confirmed.")
    entered_by = person(null=True, blank=True)
    entered_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody else last wrote in it for the school, until that is confirmed."
    )

    objects = PlanSectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="plansection_once_a_plan"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, carried_from__isnull=False),
                name="plansection_confirmed_is_carried",
            ),
            models.CheckConstraint(
                condition=Q(entered_at=None, entered_by=None) | Q(entered_at__isnull=False, entered_by__isnull=False),
                name="plansection_entered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_to_confirm(self) -> bool:
        """It says what an earlier plan said, or what somebody wrote for the school, and nobody of the school has said
        that this holds."""
        return self.entered_at is not None or (self.carried_from_id is not None and self.confirmed_at is None)

    @property
    def from_where(self) -> str:
        """Where that comes from."""
        if self.entered_at is not None:
            return f"Written for you by {self.entered_by} on {long_date(self.entered_at)}"
        return f"From your plan {self.carried_from.when}" if self.carried_from else ""


@pghistory.track()
class PlanVersion(models.Model):
    """What the plan said at one moment. Never changed: whoever reads it later reads the same."""

    class Why(models.TextChoices):
        SHARED = "shared", "Shared with the hub"
        ADOPTED = "adopted", "Adopted"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=8, choices=Why)
    specification = models.PositiveSmallIntegerField()
    settings = ArrayField(models.CharField(max_length=10), help_text="The kinds of school whose questions it answers.")
    own_questions = models.JSONField(default=dict, blank=True, help_text="Those that the plan carried.")
    answers = models.JSONField(help_text="{section: {field: value}}, as the drafts held them.")
    partnership = models.JSONField(
        default=list,
        blank=True,
        help_text="What the plan asked the hub for, and what was on offer, as `smdp.partnership` reads them.",
    )
    presented_on = models.DateField(null=True, blank=True, help_text="When it was presented to governors.")
    trust_version = models.ForeignKey(
        "TrustPlanVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="carried_in",
        help_text="What the trust had shared with the school then: it is read with this version.",
    )
    made_by = person()
    made_at = models.DateTimeField()

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="planversion_number_unique"),
            models.CheckConstraint(
                condition=Q(why="shared", presented_on=None) | Q(why="adopted", presented_on__isnull=False),
                name="planversion_adopted_was_presented",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("smdp:version-detail", args=[self.plan.uuid, self.number])

    @property
    def check_in_url(self) -> str:
        return reverse("smdp:check-in-create", args=[self.plan.uuid, self.number])

    @property
    def timeline_source(self) -> str:
        return f"plan-version:{self.uuid}"
