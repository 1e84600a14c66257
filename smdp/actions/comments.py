"""Comments on a section of a plan: said, dealt with, opened again, withdrawn."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from hubportal.kit import letters
from smdp.models import PlanSection, SectionComment, Side

if TYPE_CHECKING:
    from hubportal.accounts.models import User


@transaction.atomic
def say(
    *,
    section: PlanSection,
    text: str,
    by: "User",
    side: Side = Side.SCHOOL,
    readers: Collection[Side] = (),
    told: Collection["User"] = (),
    at: datetime | None = None,
) -> SectionComment:
    """Comment on a section, for one's own side; the school reads it always, `readers` are those who read it beside the
    school and one's own side. Whom it names gets an email without a word of it. The same words by the same person,
    while they stand open, are one comment: a double press says nothing twice, and tells nobody twice. Six statements at
    the most."""
    PlanSection.objects.select_for_update().get(pk=section.pk)
    said = SectionComment.objects.filter(section=section, by=by, text=text, resolved_at=None, withdrawn_at=None)
    if before := said.first():
        return before
    comment = SectionComment.objects.create(
        section=section,
        text=text,
        side=side,
        for_hub=Side.HUB in (side, *readers),
        for_trust=Side.TRUST in (side, *readers),
        by=by,
        at=at or timezone.now(),
    )
    if told:
        comment.told.set(told)
        transaction.on_commit(partial(_email_told, comment, [each.email for each in told]))
    return comment


def _email_told(comment: SectionComment, to: list[str]) -> None:
    plan = comment.section.plan
    letters.send(
        "smdp/email/comment.txt",
        to=to,
        context={
            "school": plan.school,
            "plan": plan,
            "by": comment.by,
            "url": settings.BASE_URL + comment.get_absolute_url(),
        },
        reply_to=comment.by.email,
    )


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
