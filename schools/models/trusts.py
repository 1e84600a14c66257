"""Trusts as the register has them, and each school's time in one."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from schools.models.register import RegisterFile, School
from schools.querysets import TrustQuerySet


class Trust(models.Model):
    """An academy trust (or other group) with its register group number."""

    group_uid = models.CharField(
        "group UID",
        max_length=12,
        unique=True,
        help_text="The register's number; N and eleven more where the register has given a name only.",
    )
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, editable=False, db_index=True)
    # What follows comes from the register's groups file. Empty where no such file has named the trust; the
    # database fills in the empty text, because the import of establishments knows a trust by name and number alone.
    group_id = models.CharField(
        "group ID", max_length=20, blank=True, default="", db_default="", help_text="As in the register, TR and digits."
    )
    companies_house_number = models.CharField(
        max_length=20,
        blank=True,
        default="",
        db_default="",
        help_text="As received: some files have lost the zero at its front.",
    )
    group_type = models.CharField(
        "group type code", max_length=3, blank=True, default="", db_default="", help_text="Without leading zeros."
    )
    group_type_name = models.CharField("group type", max_length=80, blank=True, default="", db_default="")
    status = models.CharField(
        max_length=30, blank=True, default="", db_default="", help_text="In the register's words."
    )
    opened_on = models.DateField(null=True, blank=True, help_text="Or incorporated, where nothing else is given.")
    closed_on = models.DateField(null=True, blank=True)
    ukprn = models.CharField("UKPRN", max_length=10, blank=True, default="", db_default="")
    street = models.CharField(max_length=120, blank=True, default="", db_default="")
    locality = models.CharField(max_length=120, blank=True, default="", db_default="")
    town = models.CharField(max_length=80, blank=True, default="", db_default="")
    county = models.CharField(max_length=60, blank=True, default="", db_default="")
    postcode = models.CharField(max_length=12, blank=True, default="", db_default="")
    register_file = models.ForeignKey(
        RegisterFile,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="trusts",
        db_index=False,  # nothing asks for a file's trusts
        help_text="The groups file that last named it.",
    )
    as_at = models.DateField("facts as at", null=True, blank=True)
    not_in_register_since = models.DateField(null=True, blank=True)

    objects = TrustQuerySet.as_manager()

    class Meta:
        ordering = ["name_key"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("schools:trust-detail", args=[self.group_uid])

    @property
    def company_number(self) -> str:
        """The Companies House number for looking it up and comparing: eight characters, "7318714" is "07318714"."""
        return self.companies_house_number and self.companies_house_number.upper().zfill(8)

    @property
    def address(self) -> list[str]:
        return [line for line in (self.street, self.locality, self.town, self.county, self.postcode) if line]


class TrustSchool(models.Model):
    """A school's time in a trust."""

    trust = models.ForeignKey(Trust, on_delete=models.PROTECT, related_name="trust_schools")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="trust_schools")
    joined_on = models.DateField(help_text="Where the register gives no date, the date of the file that first said so.")
    left_on = models.DateField(null=True, blank=True)
    is_dated = models.BooleanField(
        "the register gives the day it joined",
        default=False,
        db_default=False,
        help_text="By its file of schools in groups.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(left_on=None),
                name="trustschool_one_trust_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.school} in {self.trust}"
