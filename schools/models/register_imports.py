"""The register's files as an administrator uploads them in the browser: read, looked at, applied."""

import shutil
import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from hubportal.kit.work import LeasedWork, WorkState
from schools.models.register import RegisterFile
from schools.querysets import RegisterImportQuerySet


def _place(brought: "RegisterImportFile", name: str) -> str:
    return f"register/{brought.register_import.uuid}/{brought.kind}/{name}"


class RegisterImport(LeasedWork):
    """Files of the register that came together. A worker reads them and says what they would change; once somebody has
    looked at that, it applies them. The lease and the progress are those of the present step."""

    class Step(models.TextChoices):
        READ = "read", "Reading"
        APPLY = "apply", "Applying"

    class Phase(models.TextChoices):
        READING = "reading", "Being read"
        REFUSED = "refused", "Refused"
        HELD = "held", "Waits for somebody to look at it"
        SHOWN = "shown", "Waits to be applied"
        SAME = "same", "Nothing new"
        APPLYING = "applying", "Being applied"
        APPLIED = "applied", "Applied"
        FAILED = "failed", "Stopped"
        DISCARDED = "discarded", "Discarded"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("when it was brought", auto_now_add=True)
    as_at = models.DateField("register's date", null=True, blank=True)
    as_history = models.BooleanField(default=False)
    step = models.CharField(max_length=8, choices=Step, default=Step.READ)
    refused = models.TextField("why it was refused", blank=True)
    apply_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    apply_asked_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who has looked at what held it.",
    )
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = RegisterImportQuerySet.as_manager()

    class Meta(LeasedWork.Meta):
        ordering = ["-at", "-pk"]
        constraints = [
            *LeasedWork.Meta.constraints,
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="registerimport_accepted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(apply_asked_at=None, apply_asked_by=None)
                | Q(apply_asked_at__isnull=False, apply_asked_by__isnull=False),
                name="registerimport_apply_asked_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"Register files uploaded on {self.at:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("schools:register-import-detail", args=[self.uuid])

    @property
    def phase(self) -> str:
        """Where it stands. No query where the files are there."""
        is_read = self.step == self.Step.READ
        if self.state == WorkState.CANCELLED:
            return self.Phase.DISCARDED
        if self.state == WorkState.FAILED:
            return self.Phase.FAILED
        if self.state != WorkState.READY:
            return self.Phase.READING if is_read else self.Phase.APPLYING
        if self.refused:
            return self.Phase.REFUSED
        if not is_read:
            return self.Phase.APPLIED
        if self.held_for:
            return self.Phase.HELD
        return self.Phase.SAME if all(each.is_known for each in self.files.all()) else self.Phase.SHOWN

    @property
    def phase_words(self) -> str:
        return self.Phase(self.phase).label

    @property
    def held_for(self) -> list[tuple["RegisterImportFile", str]]:
        """Why a person must look at it first, file by file."""
        return [(each, reason) for each in self.files.all() for reason in each.figures.get("held", ())]

    @property
    def may_be_applied(self) -> bool:
        return self.phase in (self.Phase.HELD, self.Phase.SHOWN)

    @property
    def folder(self) -> Path:
        """Where its files lie, and what they would change, or changed, in detail."""
        return settings.MEDIA_ROOT / "register" / str(self.uuid)

    @property
    def details(self) -> Path:
        return self.folder / "details"

    def remove_files(self, *, details: bool) -> None:
        """Of an applied file every row is kept in the database: what was uploaded need not stay."""
        if details:
            shutil.rmtree(self.folder, ignore_errors=True)
        for each in self.files.all():
            each.file.delete(save=False)


class RegisterImportFile(models.Model):
    """One of the files, with what reading or applying it gave: see `importing.blank_figures`."""

    register_import = models.ForeignKey(RegisterImport, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=20, choices=RegisterFile.Kind)
    name = models.CharField("name of the file", max_length=255)
    file = models.FileField(upload_to=_place, max_length=400)
    size = models.BigIntegerField(help_text="Bytes, as brought.")
    figures = models.JSONField(default=dict)
    details = models.JSONField(default=list, help_text="Which lists there are, and how many rows each has.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["register_import", "kind"], name="registerimportfile_once_a_kind")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_known(self) -> bool:
        """Whether the same file had been applied before it came."""
        return bool(self.figures.get("was_applied"))
