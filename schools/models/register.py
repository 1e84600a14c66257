"""The national school register: the files as received, the code lists, and the portal's own row for each school."""

from datetime import date

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from hubportal.kit.addresses import address_of
from schools.querysets import RegisterFileQuerySet, SchoolQuerySet


class LocalAuthority(models.Model):
    code = models.CharField(
        "authority code",
        max_length=3,
        unique=True,
        help_text="As in the register, three digits.",
    )
    name = models.CharField(max_length=120)
    needs_review = models.BooleanField(
        default=False,
        help_text="Met in a register file before anyone described it here.",
    )

    class Meta:
        verbose_name_plural = "local authorities"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class EstablishmentType(models.Model):
    """A type code of the register. Which types count as state-funded is a person's decision, kept with its history."""

    code = models.CharField(
        max_length=3,
        unique=True,
        help_text="As in the register's download, without leading zeros.",
    )
    name = models.CharField(max_length=120)
    group_name = models.CharField("type group", max_length=120, blank=True)
    is_state_funded = models.BooleanField("state-funded", default=False)
    is_college = models.BooleanField("college or other post-16", default=False)
    is_organisation = models.BooleanField(
        "organisation that is no school",
        default=False,
        help_text="A university, a cathedral’s music foundation: known and spoken with, counted nowhere.",
    )
    needs_review = models.BooleanField(
        default=False,
        help_text="Met in a register file before anyone described it here.",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def has_plans(self) -> bool:
        """Whether its schools are counted among those that write a plan: see `SchoolQuerySet.with_colleges`."""
        return self.is_state_funded or self.is_college


class SchoolStatus(models.TextChoices):
    OPEN = "1", "Open"
    CLOSED = "2", "Closed"
    CLOSING = "3", "Open, proposed to close"
    PROPOSED = "4", "Proposed to open"


class RegisterCode(models.Model):
    """A code of one of the register's lists (status, phase, diocese ...) that has no table of its own. Unknown codes
    are taken as they come and flagged: the lists change without notice."""

    listed_in = models.CharField("list", max_length=40, help_text="The register's column, without (code).")
    code = models.CharField(max_length=20, help_text="As received.")
    name = models.CharField(max_length=120, blank=True)
    needs_review = models.BooleanField(
        default=False,
        help_text="Met in a register file before anyone described it here.",
    )
    counts_as = models.CharField(
        max_length=2,
        choices=SchoolStatus,
        blank=True,
        db_default="",
        help_text="Only for a new status: which of the four known ones it means. Until this is said, a school keeps "
        "the status it had, and a new school counts as open.",
    )

    STATUSES = "EstablishmentStatus"  # the list whose codes count as one of the four

    class Meta:
        ordering = ["listed_in", "code"]
        constraints = [models.UniqueConstraint(fields=["listed_in", "code"], name="registercode_once_a_list")]

    def __str__(self) -> str:
        return f"{self.listed_in} {self.code}: {self.name}"


class RegisterFile(models.Model):
    """One register file as it was received."""

    class Kind(models.TextChoices):
        ESTABLISHMENTS = "establishments", "Establishments"
        LINKS = "links", "Links between schools"
        GROUPS = "groups", "Groups (trusts)"
        GROUP_LINKS = "group_links", "Schools in groups"
        CHILDRENS_CENTRES = "childrens_centres", "Children's centres"
        CENSUS = "census", "School census"
        PUPIL_PREMIUM = "pupil_premium", "Pupil Premium"

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.ESTABLISHMENTS)
    name = models.CharField(max_length=255)
    as_at = models.DateField("register's date")
    sha256 = models.CharField(max_length=64, unique=True)
    encoding = models.CharField(max_length=12)
    header = models.JSONField(help_text="The column names in the file's order.")
    size = models.BigIntegerField(help_text="Bytes, unpacked.")
    rows = models.PositiveIntegerField()
    received_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    figures = models.JSONField(default=dict, help_text="What applying it did.")
    held_for = models.JSONField(default=list, help_text="Why it waited for a person, in sentences.")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who let it be applied although it was held.",
    )
    is_history = models.BooleanField(
        "kept as history",
        default=False,
        help_text="Older than the last one applied when it came: kept with its rows, it changed no school.",
    )

    objects = RegisterFileQuerySet.as_manager()

    class Meta:
        ordering = ["-as_at", "-received_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.as_at:%-d %B %Y})"

    @property
    def source(self) -> str:
        """The source of the schools that a file of this kind may change: no two kinds change the same school."""
        is_of_centres = self.kind == self.Kind.CHILDRENS_CENTRES
        return (School.Source.CENTRES if is_of_centres else School.Source.REGISTER).value

    @property
    def first_row_id(self) -> int:
        """The row of line n has this id plus n; no file has a thousand million lines."""
        return self.pk * 1_000_000_000


class RegisterText(models.Model):
    """The text of a register row, kept once however many files hold it: the same register comes every day."""

    digest = models.UUIDField(primary_key=True, editable=False, help_text="BLAKE2b of the text, 128 bits.")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]


class RegisterRow(models.Model):
    """One row of a register file as it was received. Written by COPY only, never changed afterwards."""

    # Fifty thousand come with each file, so each index counts: the key says file and line in one, and a file's rows lie
    # together, so that a range index of a few bytes finds them. File, rows and texts are written in one transaction and
    # never deleted: constraints would cost two look-ups for each row.
    id = models.BigIntegerField(primary_key=True, help_text="The file's `first_row_id` and the line.")
    file = models.ForeignKey(
        RegisterFile, on_delete=models.PROTECT, related_name="kept_rows", db_index=False, db_constraint=False
    )
    line = models.PositiveIntegerField(help_text="Where the row begins in the file, the header's line being 1.")
    urn = models.IntegerField("URN", null=True)
    text = models.ForeignKey(
        RegisterText, on_delete=models.PROTECT, related_name="rows", db_index=False, db_constraint=False
    )
    rejected = models.CharField("why it was rejected", max_length=200, blank=True)
    warned = models.CharField("what in it is odd or could not be read", max_length=200, blank=True)

    class Meta:
        indexes = [
            BrinIndex(fields=["file"], name="registerrow_file", autosummarize=True),
            models.Index(fields=["file"], condition=~Q(rejected="") | ~Q(warned=""), name="registerrow_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.file.name}, line {self.line}"


class School(models.Model):
    """The portal's own row for a school. The URN is an attribute with history; a school is never deleted.

    Values come from the register (or the demo, or a person) and keep the text they were received with; comparison and
    search use the stored keys.
    """

    class Source(models.TextChoices):
        REGISTER = "register", "National school register"
        CENTRES = "centres", "Register of children's centres"
        DEMO = "demo", "Demonstration"
        MANUAL = "manual", "Added by a person"

    Status = SchoolStatus

    class Phase(models.TextChoices):
        NOT_APPLICABLE = "0", "Not applicable"
        NURSERY = "1", "Nursery"
        PRIMARY = "2", "Primary"
        MIDDLE_PRIMARY = "3", "Middle deemed primary"
        SECONDARY = "4", "Secondary"
        MIDDLE_SECONDARY = "5", "Middle deemed secondary"
        POST_16 = "6", "16 plus"
        ALL_THROUGH = "7", "All-through"

    OPEN_STATUSES = (Status.OPEN, Status.CLOSING)
    UNKNOWN_OPEN_DATE = date(1900, 1, 1)
    # Numbers from here on are the portal's own, for schools that have no URN: register URNs have five to seven digits.
    FIRST_OWN_NUMBER = 90_000_001

    urn = models.IntegerField("URN", unique=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.REGISTER)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    search_text = models.TextField(editable=False, help_text="Name, URN, postcode and town in lower case.")
    authority = models.ForeignKey(
        LocalAuthority,
        on_delete=models.PROTECT,
        related_name="schools",
        db_index=False,  # an index below begins with it
    )
    establishment_number = models.CharField(max_length=8, blank=True)
    type = models.ForeignKey(EstablishmentType, on_delete=models.PROTECT, related_name="schools")
    status = models.CharField(max_length=2, choices=Status)
    phase = models.CharField(max_length=2, choices=Phase, default=Phase.NOT_APPLICABLE)
    open_date = models.DateField(null=True, blank=True)
    close_date = models.DateField(
        null=True,
        blank=True,
        help_text="While the school is open, the date on which it plans to close.",
    )
    low_age = models.PositiveSmallIntegerField(null=True, blank=True)
    high_age = models.PositiveSmallIntegerField(null=True, blank=True)
    gender = models.CharField(max_length=40, blank=True)
    religious_character = models.CharField(max_length=80, blank=True)
    pupils = models.PositiveIntegerField(null=True, blank=True)
    boys = models.PositiveIntegerField(null=True, blank=True)
    girls = models.PositiveIntegerField(null=True, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    fsm_percentage = models.DecimalField("free school meals, %", max_digits=5, decimal_places=1, null=True, blank=True)
    street = models.CharField(max_length=120, blank=True)
    locality = models.CharField(max_length=120, blank=True)
    town = models.CharField(max_length=80, blank=True)
    county = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    website = models.CharField(max_length=300, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    head_name = models.CharField("head", max_length=160, blank=True)
    head_job_title = models.CharField("head's job title", max_length=120, blank=True)
    urban_rural = models.CharField(max_length=120, blank=True)
    easting = models.IntegerField(null=True, blank=True)
    northing = models.IntegerField(null=True, blank=True)
    register_file = models.ForeignKey(
        RegisterFile,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="schools",
        db_index=False,  # nothing asks for a file's schools
        db_constraint=False,  # files are never deleted; checking 50,000 rows at once would cost half a COPY
        help_text="The file that the present values were read from. One that repeats them is not named.",
    )
    as_at = models.DateField(
        "facts as at",
        null=True,
        blank=True,
        help_text="Empty while the school stands in the last register applied, whose date it then is: see "
        "`with_facts_date()`. Fifty thousand rows need not be written to say that nothing has changed.",
    )
    not_in_register_since = models.DateField(null=True, blank=True)
    facts_as_at: date  # `with_facts_date()`
    engagement: str  # `with_engagement()`

    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "urn"]
        indexes = [
            models.Index(fields=["name_key", "urn"]),
            models.Index(fields=["authority", "status", "name_key"]),
            models.Index(
                fields=["source"],
                condition=Q(not_in_register_since__isnull=False) | Q(as_at__isnull=False),
                name="school_not_in_last_register",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("schools:school-detail", self.urn)

    @property
    def has_urn(self) -> bool:
        return self.urn < self.FIRST_OWN_NUMBER

    @property
    def is_organisation(self) -> bool:
        """Whether it is no school. No query for what has a URN, nor where its type is at hand."""
        return not self.has_urn and self.type.is_organisation

    @property
    def noun(self) -> str:
        """What a sentence calls it: "school" or "organisation". Costs as `is_organisation` does."""
        return "organisation" if self.is_organisation else "school"

    @property
    def urn_words(self) -> str:
        """ "URN 123456"; a school added by hand has none yet, and of an organisation one says what it is."""
        if self.has_urn:
            return f"URN {self.urn}"
        return self.type.name if self.is_organisation else "No URN yet"

    @property
    def told_by(self) -> str:
        """ "Ashby, URN 123456": what tells two schools of one name apart."""
        return ", ".join(filter(None, (self.town, self.urn_words)))

    @property
    def known_open_date(self) -> date | None:
        """When the school opened, or None where the register does not know: it writes 01-01-1900 for 860 schools."""
        return None if self.open_date == self.UNKNOWN_OPEN_DATE else self.open_date

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN_STATUSES

    @property
    def ages(self) -> str:
        """ "7 to 11", or nothing where the register gives no ages."""
        if self.low_age is None or self.high_age is None:
            return ""
        return f"{self.low_age} to {self.high_age}"

    @property
    def address(self) -> list[str]:
        return [
            line
            for line in (
                self.street,
                self.locality,
                self.town,
                self.county,
                self.postcode,
            )
            if line
        ]


class SchoolIdentifier(models.Model):
    """A URN that a school has had, from a date to a date."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="identifiers")
    urn = models.IntegerField("URN")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "urn"], name="schoolidentifier_once_a_school")]
        indexes = [models.Index(fields=["urn"])]

    def __str__(self) -> str:
        return str(self.urn)
