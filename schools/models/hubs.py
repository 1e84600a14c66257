"""Hubs (the tenants), the areas they cover, and the partners who work inside them."""

import uuid

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse

from schools.models.register import LocalAuthority, School
from schools.querysets import (
    CommissionQuerySet,
    HubAreaQuerySet,
    HubQuerySet,
    PartnerQuerySet,
)


class Hub(models.Model):
    """A hub lead organisation: the tenant."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(unique=True)
    accent_colour = models.CharField(
        max_length=7,
        default="#4b2067",
        validators=[
            RegexValidator(
                r"^#[0-9a-fA-F]{6}$",
                "Enter a colour as # and six digits, such as #4b2067.",
            )
        ],
    )
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    safeguarding_contact = models.CharField(
        max_length=200,
        blank=True,
        help_text="Whom to tell about a safeguarding matter: name, phone, email.",
    )

    disengaged_years = models.PositiveSmallIntegerField(
        "historically disengaged after",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text="Completed academic years without engagement.",
    )

    objects = HubQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_area_url(self) -> str:
        """The page of the area it covers."""
        return reverse("schools:hub-area", args=[self.slug])


@pghistory.track()
class HubArea(models.Model):
    """A local authority that a hub covers, from a date to a date."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="areas")
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="hub_areas")
    starts_on = models.DateField()
    ends_on = models.DateField(
        null=True,
        blank=True,
        help_text="The first day on which the hub no longer covers it.",
    )

    objects = HubAreaQuerySet.as_manager()

    class Meta:
        constraints = [
            # A range of one number stands for "the same authority": without btree_gist GiST compares ranges alone.
            ExclusionConstraint(
                name="hubarea_one_hub_at_a_time",
                expressions=[
                    (
                        Func(
                            F("authority"),
                            F("authority"),
                            Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("starts_on"), F("ends_on"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=(
                    "A hub covers this authority on some of these days already. Give that time its last day first."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="hubarea_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority}, {self.hub}"


class Partner(models.Model):
    """A delivery partner inside a hub."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="partners")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["hub", "name"], name="partner_name_once_a_hub")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Commission(models.Model):
    """A school, or a whole authority, that a hub entrusts to a partner from a date to a date."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="commissions")
    school = models.ForeignKey(
        School,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="commissions",
    )
    authority = models.ForeignKey(
        LocalAuthority,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="commissions",
    )
    purpose = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")

    objects = CommissionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(school=None, authority__isnull=False) | Q(school__isnull=False, authority=None),
                name="commission_of_a_school_or_an_authority",
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.school or self.authority}"
