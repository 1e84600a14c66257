"""A school's summary for the public, and the versions of it that were published."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from schools.models import School
from smdp.models.plans import Plan, person
from smdp.querysets.summaries import SummaryQuerySet, SummaryVersionQuerySet


@pghistory.track()
class Summary(models.Model):
    """What the school tells everybody of its plan. It is written in a kit draft of its own; `current` is the version
    that stands at its public address, None while there is none or the school took it back.

    A school that publishes on its own website alone records where and when."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.OneToOneField(School, on_delete=models.PROTECT, related_name="summary")
    plan = models.ForeignKey(
        Plan,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="summaries",
        help_text="The plan whose public answers its words began with.",
    )
    current = models.OneToOneField(
        "SummaryVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="current_of"
    )
    elsewhere_url = models.URLField("address on another website", max_length=500, blank=True)
    elsewhere_on = models.DateField("published there on", null=True, blank=True)

    objects = SummaryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(elsewhere_url="", elsewhere_on=None)
                | (~Q(elsewhere_url="") & Q(elsewhere_on__isnull=False)),
                name="summary_elsewhere_since_when",
            )
        ]
        verbose_name_plural = "summaries"

    def __str__(self) -> str:
        return f"Public summary of {self.school}"

    def get_absolute_url(self) -> str:
        return reverse("smdp:summary-detail", args=[self.school.urn])

    @property
    def public_url(self) -> str:
        return reverse("smdp:summary-public", args=[self.school.urn])


@pghistory.track()
class SummaryVersion(models.Model):
    """What everybody could read from one day on. Never changed, but for when it was taken back."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    summary = models.ForeignKey(Summary, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    urn = models.PositiveIntegerField(db_index=True, help_text="The school's URN then: the public address.")
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ends_year = models.PositiveSmallIntegerField(
        help_text="The year in which the academic year ends that it is for; see `smdp.summaries.years`."
    )
    content = models.JSONField(help_text="See `smdp.summaries.shape.frozen`.")
    published_on = models.DateField()
    review_on = models.DateField()
    made_by = person()
    made_at = models.DateTimeField()
    withdrawn_by = person(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SummaryVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["summary", "number"], name="summaryversion_number_unique"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="summaryversion_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(review_on__gt=models.F("published_on")), name="summaryversion_reviewed_later"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("smdp:summary-version", args=[self.summary.school.urn, self.number])

    @property
    def timeline_source(self) -> str:
        return f"summary-version:{self.uuid}"
