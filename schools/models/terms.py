"""Term dates: the calendar of an academic year, as an authority, a trust or a school sets it."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from hubportal.kit.terms import SchoolYear, Span, part_name
from schools.models.register import LocalAuthority, School
from schools.models.trusts import Trust


@pghistory.track()
class TermCalendar(models.Model):
    """Academies, foundation and aided schools set their own dates: a school's go before its trust's, and those before
    its authority's. What is published on a website belongs to no hub."""

    class Terms(models.IntegerChoices):
        THREE = 3, "Three terms, each with a half-term holiday"
        SIX = 6, "Six terms"

    authority = models.ForeignKey(
        LocalAuthority, null=True, blank=True, on_delete=models.PROTECT, related_name="term_calendars"
    )
    trust = models.ForeignKey(Trust, null=True, blank=True, on_delete=models.PROTECT, related_name="term_calendars")
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="term_calendars")
    year = models.PositiveSmallIntegerField("academic year", help_text="The year in which it begins.")
    terms_in_year = models.PositiveSmallIntegerField(choices=Terms, default=Terms.THREE)
    source = models.CharField("where the dates are from", max_length=200, blank=True)
    is_checked = models.BooleanField(
        "checked", default=False, help_text="Somebody compared the dates with what is published."
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(authority__isnull=False, trust=None, school=None)
                | Q(authority=None, trust__isnull=False, school=None)
                | Q(authority=None, trust=None, school__isnull=False),
                name="termcalendar_of_one",
            ),
            *(
                models.UniqueConstraint(fields=[owner, "year"], name=f"termcalendar_once_a_year_{owner}")
                for owner in ("authority", "trust", "school")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner}, {self.year_words}"

    @property
    def owner(self) -> LocalAuthority | Trust | School:
        """Whose dates they are."""
        owner = self.authority or self.trust or self.school
        assert owner is not None  # the constraint says so
        return owner

    @property
    def year_words(self) -> str:
        """ "2026 to 2027"."""
        return f"{self.year} to {self.year + 1}"

    @property
    def as_year(self) -> SchoolYear:
        """The calendar as a value to count with. Two queries where parts and days off are not at hand."""
        parts = [
            Span(each.starts_on, each.ends_on, part_name(each.number, self.terms_in_year)) for each in self.parts.all()
        ]
        return SchoolYear(parts, [Span(each.starts_on, each.ends_on, each.name) for each in self.days_off.all()])


@pghistory.track()
class TermPart(models.Model):
    """Days of school between two holidays: one of six terms, or half of one of three."""

    calendar = models.ForeignKey(TermCalendar, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField(help_text="From 1 to 6; returns count 1 and 2 as the autumn term.")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="The last day of school.")

    class Meta:
        ordering = ["calendar", "number"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "number"], name="termpart_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=6), name="termpart_one_of_six"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="termpart_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return part_name(self.number, self.calendar.terms_in_year)


@pghistory.track()
class DaysOff(models.Model):
    """A day or days without pupils within a term: a bank holiday, a training day."""

    calendar = models.ForeignKey(TermCalendar, on_delete=models.CASCADE, related_name="days_off")
    name = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["calendar", "starts_on"]
        verbose_name_plural = "days off"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="daysoff_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return self.name
