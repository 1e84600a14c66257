"""Comments on a section of a plan: said, dealt with, opened again, withdrawn."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from smdp.models import PlanSection, SectionComment

if TYPE_CHECKING:
    from hubportal.accounts.models import User


@transaction.atomic
def say(*, section: PlanSection, text: str, by: "User", at: datetime | None = None) -> SectionComment:
    """Comment on a section. The same words by the same person, while they stand open, are one comment: a double press
    says nothing twice. Three statements."""
    PlanSection.objects.select_for_update().get(pk=section.pk)
    said = SectionComment.objects.filter(section=section, by=by, text=text, resolved_at=None, withdrawn_at=None)
    return said.first() or SectionComment.objects.create(section=section, text=text, by=by, at=at or timezone.now())


@transaction.atomic
def resolve(*, comment: SectionComment, by: "User", at: datetime | None = None) -> SectionComment:
    """Mark it as dealt with. Pressing twice changes nothing. Two statements."""
    found = _locked(comment)
    if found.resolved_at is None and found.withdrawn_at is None:
        found.resolved_by, found.resolved_at = by, at or timezone.now()
        found.save(update_fields=["resolved_by", "resolved_at"])
    return found


@transaction.atomic
def reopen(*, comment: SectionComment) -> SectionComment:
    """Say that it is not dealt with after all. Two statements."""
    found = _locked(comment)
    found.resolved_by, found.resolved_at = None, None
    found.save(update_fields=["resolved_by", "resolved_at"])
    return found


@transaction.atomic
def withdraw(*, comment: SectionComment, by: "User", at: datetime | None = None) -> SectionComment:
    """Take one's own words back: pages show that there was a comment, and no longer what it said. Two statements.

    Raises ValidationError for somebody else's."""
    found = _locked(comment)
    if found.by_id != by.pk:
        raise ValidationError("Only the person who wrote a comment can withdraw it.")
    if found.withdrawn_at is None:
        found.withdrawn_at = at or timezone.now()
        found.save(update_fields=["withdrawn_at"])
    return found


def _locked(comment: SectionComment) -> SectionComment:
    return SectionComment.objects.select_for_update().get(pk=comment.pk)
