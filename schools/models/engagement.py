"""What a hub and a school had to do with each other, academic year by academic year."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from schools.models.hubs import Hub
from schools.models.register import School
from schools.querysets import EngagementYearQuerySet


class EngagementYear(models.Model):
    """One academic year of a hub and a school: in which ways they were engaged by that year's rules, and how often the
    hub tried without an answer. Worked out from the records, and kept, so that past years can be told; a year without
    either has no row. The rooms above hold the records, work it out and write it down here."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="engagement_years", db_index=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="engagement_years")
    year = models.PositiveSmallIntegerField(help_text="The year in which the academic year begins.")
    ways = ArrayField(models.CharField(max_length=40), default=list, help_text="Codes, each once, by day.")
    engaged_on = models.DateField(null=True, help_text="The day from which they were engaged in one way.")
    several_on = models.DateField(null=True, help_text="The day from which they were engaged in two or more.")
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = EngagementYearQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "school", "year"], name="engagementyear_once"),
            models.CheckConstraint(
                condition=Q(ways=[], engaged_on=None, several_on=None) | Q(ways__len__gt=0, engaged_on__isnull=False),
                name="engagementyear_engaged_since_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.year} to {self.year + 1}"
