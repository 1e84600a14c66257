"""The hub's first offer catalogue."""

import uuid

from django.db import models
from django.urls import reverse

from engagement.models.reference import Strand
from engagement.querysets import OfferQuerySet
from hubportal.kit.wording import long_date
from schools.models import Hub, Partner, School


class Offer(models.Model):
    """Something the hub offers schools, and the criteria it answers."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="offers")
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
    criteria_codes = models.JSONField(
        "criteria it answers",
        default=list,
        blank=True,
        help_text="Criterion codes, the same in every version.",
    )
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
    cost = models.CharField(
        max_length=120,
        blank=True,
        help_text="In words, such as: £0 for schools in the hub.",
    )
    when = models.CharField(
        max_length=120, blank=True, help_text="In words, such as: Thursday afternoons in the spring term."
    )
    begins_on = models.DateField("first day", null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)
    link = models.URLField(blank=True)
    is_current = models.BooleanField("on offer", default=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["strand__position", "title"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "title"], name="offer_title_once_a_hub"),
            models.CheckConstraint(
                condition=models.Q(partner=None) | models.Q(organisation=None), name="offer_delivered_by_one"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("begins_on"))
                | models.Q(begins_on=None)
                | models.Q(ends_on=None),
                name="offer_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("engagement:offer-detail", args=[self.uuid])

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

    def suits(self, school: School) -> bool:
        """Whether the offer is for schools of this phase. No queries."""
        return not self.phases or school.phase in self.phases
