"""The hub's catalogue: what it offers schools in an academic year."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from engagement.models.reference import Strand
from engagement.querysets import OfferQuerySet
from hubportal.kit.wording import academic_year, long_date
from schools.access import today
from schools.models import Hub, Partner, School


def this_year() -> int:
    """The year in which the academic year of today began."""
    return academic_year(today())


class Offer(models.Model):
    """Something the hub offers schools in an academic year: for whom, what it answers, and on what terms.

    Each year has rows of its own, so that next year's can be prepared while this year's stand; `carried_from` leads
    from an offer to what it was the year before. `opened_on` is the day on which schools first saw it: empty for one
    that is still being prepared."""

    class Staff(models.TextChoices):
        BOTH = "both", "Music specialists and class teachers"
        SPECIALIST = "specialist", "Music specialists"
        OTHERS = "non-specialist", "Class teachers and others who are no music specialists"

    class Type(models.TextChoices):
        """Kinds of school, by what the register says of their types."""

        MAINSTREAM = "mainstream", "Mainstream state schools"
        SPECIAL = "special", "Special schools"
        ALTERNATIVE = "ap", "Alternative provision"
        COLLEGE = "college", "Colleges"
        INDEPENDENT = "independent", "Independent schools"
        OTHER = "other", "Others, such as home educators"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="offers")
    year = models.PositiveSmallIntegerField(
        default=this_year, help_text="The year in which the academic year begins in which it is offered."
    )
    title = models.CharField(max_length=120)
    strand = models.ForeignKey(
        Strand,
        verbose_name="kind of support",
        on_delete=models.PROTECT,
        related_name="offers",
    )
    description = models.TextField(blank=True)
    for_whom = models.CharField(max_length=200, blank=True, help_text="Such as: primary schools, music leads.")
    phases = models.JSONField(default=list, blank=True, help_text="Phase codes; none means every phase.")
    types = models.JSONField("kinds of school", default=list, blank=True, help_text="Codes; none means every kind.")
    fewest_pupils = models.PositiveIntegerField("for schools of at least so many pupils", null=True, blank=True)
    most_pupils = models.PositiveIntegerField("for schools of at most so many pupils", null=True, blank=True)
    roles = models.JSONField(
        default=list, blank=True, help_text="Codes of the roles of those met; none means everybody."
    )
    staff = models.CharField(
        max_length=16, choices=Staff, blank=True, help_text="Empty where it is not for a school’s staff."
    )
    criteria_codes = models.JSONField(
        "criteria it answers",
        default=list,
        blank=True,
        help_text="Criterion codes, the same in every version.",
    )
    comes_after = models.TextField("what comes before it in the curriculum", blank=True)
    comes_before = models.TextField("what comes after it in the curriculum", blank=True)
    school_improvement = models.TextField("how it helps school improvement", blank=True)
    access_notes = models.TextField("access", blank=True)
    adapted_instruments = models.TextField(blank=True)
    pupil_premium = models.TextField("Pupil Premium advice", blank=True)
    signposts = models.JSONField(default=list, blank=True, help_text="Codes of the pages for schools it points to.")
    delivered_by = models.CharField(max_length=120, blank=True, help_text="Who delivers it.")
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="offers")
    organisation = models.ForeignKey(
        School,
        verbose_name="organisation that delivers it",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="offers_delivered",
        help_text="One that is no school: a cathedral’s music foundation, a university.",
    )
    capacity = models.PositiveSmallIntegerField(
        "places, in schools", null=True, blank=True, help_text="Empty: as many as want it."
    )
    cost = models.CharField(
        max_length=120,
        blank=True,
        help_text="In words, such as: £0 for schools in the hub.",
    )
    is_charged = models.BooleanField(
        "there is a charge", default=False, help_text="The school or its families pay something."
    )
    remission = models.CharField(max_length=200, blank=True, help_text="In words: who pays less, or nothing.")
    when = models.CharField(
        max_length=120, blank=True, help_text="In words, such as: Thursday afternoons in the spring term."
    )
    begins_on = models.DateField("first day", null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)
    link = models.URLField(blank=True)
    is_current = models.BooleanField("on offer", default=True)
    opened_on = models.DateField("first on offer", null=True, blank=True, default=today)
    carried_from = models.OneToOneField(
        "self",
        verbose_name="the same in an earlier year",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="carried_to",
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["strand__position", "title", "year"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "year", "title"], name="offer_title_once_a_hub_and_year"),
            models.CheckConstraint(condition=Q(partner=None) | Q(organisation=None), name="offer_delivered_by_one"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")) | Q(begins_on=None) | Q(ends_on=None),
                name="offer_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(capacity=None) | Q(capacity__gte=1), name="offer_has_a_place"),
            models.CheckConstraint(
                condition=Q(most_pupils__gte=F("fewest_pupils")) | Q(most_pupils=None) | Q(fewest_pupils=None),
                name="offer_for_some_size",
            ),
            models.CheckConstraint(condition=Q(is_current=False) | Q(opened_on__isnull=False), name="offer_opened"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("engagement:offer-detail", args=[self.uuid])

    @property
    def year_words(self) -> str:
        """ "2026 to 2027"."""
        return f"{self.year} to {self.year + 1}"

    @property
    def state_words(self) -> str:
        """What is to be said where schools do not see it; "" for one on offer."""
        if self.is_current:
            return ""
        return "Not on offer any more" if self.opened_on else "Not on offer yet"

    @property
    def deliverer(self) -> str:
        """Who delivers it: in the hub's own words, else the partner or the organisation; "" for the hub itself. The
        offer comes with its partner and organisation."""
        return self.delivered_by or str(self.partner or self.organisation or "")

    @property
    def when_said(self) -> str:
        """ "Thursday afternoons, 7 January 2027 to 25 March 2027"; "" where nothing is said of it."""
        first, last = (long_date(each) if each else "" for each in (self.begins_on, self.ends_on))
        days = f"{first} to {last}" if first and last else f"from {first}" if first else f"until {last}" if last else ""
        if first and first == last:
            days = first
        said = ", ".join(filter(None, [self.when, days]))
        return f"{said[0].upper()}{said[1:]}" if said else ""
