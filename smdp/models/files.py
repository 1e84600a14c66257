"""Pictures and documents that stand in a section of a plan."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from hubportal.kit.attached import FileKind
from smdp.models.plans import PlanSection, PlanVersion, person
from smdp.querysets.files import PlanFileQuerySet


def _place(row: "PlanFile", _name: str) -> str:
    """Where it lies: named by us, never by whoever brought it."""
    return f"plans/{row.uuid.hex[:2]}/{row.uuid}.{row.kind}"


@pghistory.track()
class PlanFile(models.Model):
    """A picture or a document in a section of a plan. Never changed.

    Removing takes it off the section; the versions that were frozen with it keep it. Erasing takes its bytes away at
    once, from the versions too: parents may take their consent back. The row stays, and says who did it and when."""

    class Consent(models.TextChoices):
        AGREED = "agreed", "Everybody who can be recognised, or a parent or carer, has agreed to its use here"
        NOBODY = "nobody", "Nobody can be recognised in it"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    section = models.ForeignKey(PlanSection, on_delete=models.PROTECT, related_name="files")
    versions = models.ManyToManyField(PlanVersion, blank=True, related_name="files", help_text="Frozen with it.")
    kind = models.CharField(max_length=4, choices=FileKind)
    name = models.CharField("name of the file", max_length=200)
    description = models.CharField(max_length=300, help_text="For whoever does not see it.")
    file = models.FileField(upload_to=_place, max_length=100, blank=True)
    size = models.PositiveBigIntegerField(help_text="Bytes, as kept.")
    sha256 = models.CharField(max_length=64, help_text="Of the bytes as they came.")
    consent = models.CharField(max_length=6, choices=Consent, blank=True, help_text="Of the people in a picture.")
    added_by = person()
    added_at = models.DateTimeField(help_text="When consent was confirmed, too.")
    removed_by = person(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    erased_by = person(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, help_text="When its bytes were taken away.")

    objects = PlanFileQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["pdf", "docx"], consent="")
                | Q(kind__in=["jpeg", "png", "webp"], consent__in=["agreed", "nobody"]),
                name="planfile_picture_has_consent",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="planfile_removed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None, erased_by=None)
                | Q(erased_at__isnull=False, erased_by__isnull=False, removed_at__isnull=False, file=""),
                name="planfile_erased_is_removed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("smdp:file-download", args=[self.uuid])

    @property
    def is_picture(self) -> bool:
        return FileKind(self.kind).is_picture

    @property
    def content_type(self) -> str:
        return FileKind(self.kind).content_type

    @property
    def name_out(self) -> str:
        """Its name, with the ending of what it is."""
        stem = self.name.rsplit(".", 1)[0] or "file"
        return f"{stem}.{self.kind}"
