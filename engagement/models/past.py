"""What a hub has from before the portal: the files, their rows, how their columns are read, and support once given."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from engagement.models.attempts import Attempt
from engagement.models.conversations import Conversation
from engagement.models.reference import Strand
from engagement.past.querysets import (
    PastImportQuerySet,
    PastMappingQuerySet,
    PastRowQuerySet,
    SupportGivenQuerySet,
)
from hubportal.kit.models import person
from hubportal.kit.wording import long_date
from hubportal.kit.work import LeasedWork, WorkState
from schools.models import Hub, Received, School

LONGEST_SHOWN = 160  # characters of a row as it was received


class SupportGiven(Received):
    """A kind of support that a school had in an academic year, or in one term of it: no more than that is known of
    what lies before the portal. It counts from the first day of that time."""

    class Term(models.IntegerChoices):
        AUTUMN = 1, "Autumn term"
        SPRING = 2, "Spring term"
        SUMMER = 3, "Summer term"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="support_given")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="support_given")
    strand = models.ForeignKey(
        Strand, verbose_name="kind of support", on_delete=models.PROTECT, related_name="support_given"
    )
    year = models.PositiveSmallIntegerField(help_text="The year in which the academic year begins.")
    term = models.PositiveSmallIntegerField(choices=Term, null=True, blank=True)
    starts_on = models.DateField(help_text="The day from which it counts.")
    what = models.CharField(max_length=200, blank=True)
    by = person()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SupportGivenQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["hub", "school", "year"])]
        constraints = [models.UniqueConstraint(fields=["hub", "received_origin"], name="supportgiven_received_once")]
        verbose_name_plural = "support given"

    def __str__(self) -> str:
        return self.what or str(self.strand)

    def get_absolute_url(self) -> str:
        return reverse("engagement:support-detail", args=[self.uuid])

    @property
    def when(self) -> str:
        """ "2024 to 2025", "autumn term, 2024 to 2025"."""
        term = f"{self.Term(self.term).label.lower()}, " if self.term else ""
        return f"{term}{self.year} to {self.year + 1}"

    @property
    def timeline_source(self) -> str:
        """The name under which it stands in the timeline."""
        return f"support:{self.uuid}"


class PastMapping(models.Model):
    """How a hub reads the columns of a file with certain headings, under a name, for the next file of the kind.
    `settings` are those of an import, by heading and not by place."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="past_mappings")
    name = models.CharField(max_length=80)
    headings = models.JSONField(help_text="Folded, in their order.")
    settings = models.JSONField()
    by = person()
    at = models.DateTimeField(auto_now=True)

    objects = PastMappingQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["hub", "name"], name="pastmapping_name_once_a_hub")]

    def __str__(self) -> str:
        return self.name


def _place(row: "PastImport", _name: str) -> str:
    return f"past/{row.uuid}.{row.kind}"


class PastImport(LeasedWork):
    """One file. A worker checks it and says what it would bring; once a manager has looked at that, it brings it in,
    and takes it out again where that is asked. The lease and the progress are those of the present step.

    `sheets`, `settings`, `answers`, `asks` and `changes` have the shapes that `engagement.past` gives them."""

    class Step(models.TextChoices):
        MAP = "map", "Waits to be told what the columns hold"
        CHECK = "check", "Checking"
        BRING = "bring", "Bringing in"
        UNDO = "undo", "Taking out"

    class Phase(models.TextChoices):
        MAPPING = "mapping", "Waits to be told what the columns hold"
        CHECKING = "checking", "Being checked"
        ASKING = "asking", "Has questions"
        SHOWN = "shown", "Waits to be brought in"
        BRINGING = "bringing", "Being brought in"
        BROUGHT = "brought", "Brought in"
        UNDOING = "undoing", "Being taken out"
        UNDONE = "undone", "Taken out again"
        FAILED = "failed", "Stopped"
        DISCARDED = "discarded", "Discarded"

    class Kind(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel (XLSX)"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="past_imports")
    by = person()
    at = models.DateTimeField("when it was brought", auto_now_add=True)
    name = models.CharField("name of the file", max_length=120)
    kind = models.CharField(max_length=4, choices=Kind)
    file = models.FileField(upload_to=_place, max_length=100, blank=True)
    step = models.CharField(max_length=8, choices=Step, default=Step.MAP)
    sheets = models.JSONField(default=list)
    sheet = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The place of the one that was chosen.")
    settings = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    asks = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    brought_by = person(null=True)
    brought_at = models.DateTimeField(null=True, blank=True)
    undone_by = person(null=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = PastImportQuerySet.as_manager()

    class Meta(LeasedWork.Meta):
        ordering = ["-at", "-pk"]
        constraints = [
            *LeasedWork.Meta.constraints,
            models.CheckConstraint(
                condition=Q(brought_at=None, brought_by=None) | Q(brought_at__isnull=False, brought_by__isnull=False),
                name="pastimport_brought_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="pastimport_undone_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("engagement:past-import-detail", args=[self.uuid])

    @property
    def phase(self) -> str:
        """Where it stands. No query."""
        if self.state == WorkState.CANCELLED:
            return self.Phase.DISCARDED
        if self.state == WorkState.FAILED:
            return self.Phase.FAILED
        is_done = self.state == WorkState.READY
        match self.step:
            case self.Step.MAP:
                return self.Phase.MAPPING
            case self.Step.CHECK if is_done:
                return self.Phase.ASKING if self.asks else self.Phase.SHOWN
            case self.Step.CHECK:
                return self.Phase.CHECKING
            case self.Step.BRING:
                return self.Phase.BROUGHT if is_done else self.Phase.BRINGING
        return self.Phase.UNDONE if is_done else self.Phase.UNDOING

    @property
    def phase_words(self) -> str:
        return self.Phase(self.phase).label

    @property
    def header(self) -> list[str]:
        return self.sheets[self.sheet]["header"] if self.sheet is not None else []

    @property
    def may_be_told(self) -> bool:
        """Whether its columns and answers may still be changed."""
        checked = (self.Phase.MAPPING, self.Phase.ASKING, self.Phase.SHOWN)
        return self.phase in checked or (self.phase == self.Phase.FAILED and self.step == self.Step.CHECK)


class PastRow(models.Model):
    """A row of a file: as received, what was made of it, and why it was not."""

    class Kind(models.TextChoices):
        CONTACT = "contact", "Contact"
        ATTEMPT = "attempt", "Attempt without an answer"
        SUPPORT = "support", "Support given"
        PLAN = "plan", "Date of a plan"

    class Outcome(models.TextChoices):
        NEW = "new", "To bring in"
        SAME = "same", "Here already"
        FAILED = "failed", "Rejected"
        BROUGHT = "brought", "Brought in"
        UNDONE = "undone", "Taken out again"
        KEPT = "kept", "Kept"

    past_import = models.ForeignKey(PastImport, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    cells = models.JSONField()
    kind = models.CharField(max_length=8, choices=Kind, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    reason = models.TextField(blank=True)
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField(default=dict, help_text="As `engagement.past.planning` reads them.")
    conversation = models.OneToOneField(
        Conversation, null=True, blank=True, on_delete=models.SET_NULL, related_name="past_row"
    )
    attempt = models.OneToOneField(Attempt, null=True, blank=True, on_delete=models.SET_NULL, related_name="past_row")
    support = models.OneToOneField(
        SupportGiven, null=True, blank=True, on_delete=models.SET_NULL, related_name="past_row"
    )
    plan = models.UUIDField(null=True, blank=True, help_text="What the room above made of the date of a plan.")

    objects = PastRowQuerySet.as_manager()

    class Meta:
        ordering = ["line"]
        indexes = [models.Index(fields=["past_import", "outcome", "line"])]
        constraints = [models.UniqueConstraint(fields=["past_import", "line"], name="pastrow_line_once")]

    def __str__(self) -> str:
        return f"{self.past_import}, row {self.line}"

    @property
    def as_received(self) -> str:
        """What the row says, in a line."""
        said = " · ".join(filter(None, self.cells))
        return said if len(said) <= LONGEST_SHOWN else f"{said[: LONGEST_SHOWN - 1]}…"

    @property
    def words(self) -> str:
        """What it brings, in a line: "Visit, 12 November 2024: Catch-up with Ruth Pell". No query."""
        values = self.values
        match self.kind:
            case self.Kind.CONTACT:
                how = Conversation.How(values["how"]).label
                whom = " with ".join(filter(None, [Conversation.Kind(values["kind"]).label, values["person"]]))
                return f"{how}, {long_date(date.fromisoformat(values['on']))}: {whom}"
            case self.Kind.ATTEMPT:
                return f"{Attempt.How(values['how']).label}, {long_date(date.fromisoformat(values['on']))}"
            case self.Kind.SUPPORT:
                given = SupportGiven(year=values["year"], term=values["term"])
                return f"{values['what'] or 'Support'}, {given.when}"
        years = f"{values['year']} to {values['year'] + values['years']}"
        return f"Plan for {years}" + (f", {long_date(date.fromisoformat(values['on']))}" if values["on"] else "")

    @property
    def href(self) -> str:
        """Where the record stands that it brought, or "". No query where the records are there."""
        if self.conversation:
            return self.conversation.get_absolute_url()
        if self.attempt:
            return reverse("engagement:attempt-edit", args=[self.attempt.uuid])
        return self.support.get_absolute_url() if self.support else ""
