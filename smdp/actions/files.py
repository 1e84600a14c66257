"""A picture or a document comes into a section of a plan, and goes again."""

import hashlib
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from hubportal.kit import attached
from hubportal.kit.wording import count
from smdp.models import Plan, PlanFile, PlanSection
from smdp.querysets import PlanFileQuerySet

if TYPE_CHECKING:
    from hubportal.accounts.models import User

CONSENT = "Say whether the people in this picture have agreed"


@transaction.atomic
def attach(
    *,
    section: PlanSection,
    file: File,
    description: str,
    consent: str = "",
    by: "User",
    at: datetime | None = None,
) -> PlanFile:
    """Keep a file in a section: a picture drawn anew, a document as it is. The same file sent twice is kept once.

    Raises ValidationError, under the name of the field, for what it is, for its size, for a picture without a word on
    consent, and where the plan has no room or is not written in any more. Six statements."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("school").get(pk=section.plan_id)
    if not (plan.is_standing and plan.school.is_open):
        raise ValidationError("Nothing is written in this plan any more, so the file was not kept.")
    if file.size > settings.ATTACHED_MOST_BYTES:
        raise ValidationError({"file": f"The file is larger than {_mb(settings.ATTACHED_MOST_BYTES)}"})
    try:
        kind = attached.kind_of(file)
        data = attached.redrawn(file, kind) if kind.is_picture else None
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    if kind.is_picture and not consent:
        raise ValidationError({"consent": CONSENT})
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    standing = PlanFile.objects.standing().of_plan(plan)
    if same := standing.filter(section=section, sha256=digest).first():
        return same
    kept = ContentFile(data) if data is not None else file
    _check_room(standing, kept.size)
    row = PlanFile(
        section=section,
        kind=kind,
        name=attached.clean_name(file.name or ""),
        description=description,
        size=kept.size,
        sha256=digest,
        consent=consent if kind.is_picture else "",
        added_by=by,
        added_at=at or timezone.now(),
    )
    row.file.save("", kept, save=False)
    row.save()
    return row


def _check_room(standing: PlanFileQuerySet, size: int) -> None:
    most, most_bytes = settings.ATTACHED_MOST_A_PLAN, settings.ATTACHED_MOST_BYTES_A_PLAN
    if standing.count() >= most:
        raise ValidationError({"file": f"The plan has {count(most, 'file')} already. Remove one first"})
    if (standing.aggregate(all=Sum("size"))["all"] or 0) + size > most_bytes:
        raise ValidationError(
            {"file": f"With this one, the plan’s files are larger than {_mb(most_bytes)}. Remove one first"}
        )


def _mb(size: int) -> str:
    return f"{size // 1024**2} MB"


@transaction.atomic
def remove(*, file: PlanFile, everywhere: bool = False, by: "User", at: datetime | None = None) -> PlanFile:
    """Take a file off its section. Its bytes go at once where no version was frozen with it, or `everywhere`; else
    those versions keep it. Removed already, nothing changes but that. Three statements."""
    at = at or timezone.now()
    row = PlanFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if row.removed_at is None:
        row.removed_at, row.removed_by = at, by
    if row.erased_at is None and (everywhere or not row.versions.exists()):
        row.erased_at, row.erased_by = at, by
        transaction.on_commit(partial(default_storage.delete, row.file.name or ""))
        row.file = ""
    row.save()
    return row
