"""Uploading the register's files in the browser: bring, apply, try again, discard."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from hubportal.accounts.models import User
from schools import tasks
from schools.models import RegisterImport, RegisterImportFile


@transaction.atomic
def bring(
    *, files: dict[str, UploadedFile], by: User, as_at: date | None = None, as_history: bool = False
) -> RegisterImport:
    """Keep the files, given by kind, and send them to be read. Nothing else is changed."""
    imported = RegisterImport.objects.create(by=by, as_at=as_at, as_history=as_history)
    for kind, file in files.items():
        RegisterImportFile.objects.create(
            register_import=imported, kind=kind, name=(file.name or kind)[-255:], file=file, size=file.size or 0
        )
    _send(imported)
    return imported


@transaction.atomic
def apply(*, imported: RegisterImport, by: User, has_looked: bool) -> None:
    """Send what was read to be applied. What is held needs somebody who has looked at it; that is recorded with the
    import and with each held file. Raises ValidationError."""
    if not imported.may_be_applied:
        raise ValidationError("These files cannot be applied now. See below where they stand.")
    if imported.held_for and not has_looked:
        raise ValidationError("Tick that you have looked at what holds these files, then apply them.")
    now = timezone.now()
    accepted = {"accepted_by": by, "accepted_at": now} if imported.held_for else {}
    if not RegisterImport.objects.go_on_to_apply(imported.pk, apply_asked_by=by, apply_asked_at=now, **accepted):
        raise ValidationError("Somebody else has just decided about these files. See below where they stand.")
    _send(imported)


@transaction.atomic
def retry(*, imported: RegisterImport, by: User) -> None:
    """Try again what stopped. Raises ValidationError where it has not."""
    if imported.phase != RegisterImport.Phase.FAILED or not RegisterImport.objects.retry(imported.pk):
        raise ValidationError("These files did not stop. See below where they stand.")
    _send(imported)


@transaction.atomic
def discard(*, imported: RegisterImport, by: User) -> None:
    """Throw the files away. What is being applied, or is applied, cannot be. Raises ValidationError."""
    if not RegisterImport.objects.discard(imported.pk):
        raise ValidationError("These files are being applied, or are applied: they cannot be discarded.")
    transaction.on_commit(lambda: imported.remove_files(details=True), robust=True)


def _send(imported: RegisterImport) -> None:
    """While the queue is away the import waits in its row, and beat sends it later."""
    pk = imported.pk
    transaction.on_commit(lambda: tasks.import_register.delay(import_id=pk), robust=True)
