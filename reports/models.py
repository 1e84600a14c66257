"""Documents: what the portal builds for somebody to take out of the house."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from engagement.models import PartVersion
from hubportal.kit.models import SignedLink
from hubportal.kit.wording import long_date
from hubportal.kit.work import LeasedWork, WorkState
from reports.querysets import DocumentQuerySet
from smdp.models import SummaryVersion


class Document(LeasedWork):
    """A file that is queued, being built, ready or failed. One for each version of a school's record, and one of
    each kind for each version of its public summary, for ever.

    The file's path follows from the document, so that building it twice writes the same file in the same place.
    """

    class Kind(models.TextChoices):
        DEVELOPMENT_REPORT = "development_report", "Development report"
        SUMMARY_PDF = "summary_pdf", "Public summary, PDF"
        SUMMARY_DOCX = "summary_docx", "Public summary, Word document"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=24, choices=Kind, default=Kind.DEVELOPMENT_REPORT)
    version = models.ForeignKey(PartVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    summary = models.ForeignKey(
        SummaryVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField("size in bytes", default=0)
    pages = models.PositiveSmallIntegerField(default=0)

    objects = DocumentQuerySet.as_manager()

    class Meta(LeasedWork.Meta):
        constraints = [
            *LeasedWork.Meta.constraints,
            models.UniqueConstraint(fields=["version", "kind"], name="document_once_a_version"),
            models.UniqueConstraint(fields=["summary", "kind"], name="document_once_a_summary"),
            models.CheckConstraint(
                condition=Q(kind="development_report", version__isnull=False, summary=None)
                | Q(kind__in=["summary_pdf", "summary_docx"], version=None, summary__isnull=False),
                name="document_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.version or self.summary}"

    def get_absolute_url(self) -> str:
        return reverse("reports:document-download", args=[self.uuid])

    @property
    def record(self) -> PartVersion:
        """What a development report is of."""
        assert self.version is not None
        return self.version

    @property
    def suffix(self) -> str:
        return "docx" if self.kind == self.Kind.SUMMARY_DOCX else "pdf"

    @property
    def path(self) -> Path:
        """Where the finished file lies."""
        return settings.MEDIA_ROOT / "documents" / self.uuid.hex[:2] / f"{self.uuid}.{self.suffix}"

    @property
    def has_file(self) -> bool:
        """Ready, and its file lies where it was kept."""
        return self.state == WorkState.READY and self.path.exists()

    @property
    def is_lost(self) -> bool:
        """Ready once, and the disk no longer has the file: a backup without it was brought back, say."""
        return self.state == WorkState.READY and not self.path.exists()


class Download(models.Model):
    """A receipt: who took the file. Append-only; written on GET, which changes nothing else."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="downloads")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link = models.ForeignKey(SignedLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.document}, {long_date(self.at)}"
