"""A hub asks questions of its own in plans: added, reworded, retired. Plans that were begun keep theirs."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from schools.models import Hub
from smdp.models import HubQuestion

if TYPE_CHECKING:
    from hubportal.accounts.models import User


def carried_by_new_plans(hub: Hub | None) -> dict[str, Any]:
    """What a plan that is begun now carries of its hub's questions (`smdp.sections.own`); nothing without a hub or a
    question. One query."""
    rows = [each.carried for each in HubQuestion.objects.standing().filter(hub=hub)] if hub else []
    return {"hub": hub.name, "questions": rows} if hub and rows else {}


@transaction.atomic
def ask(
    *, hub: Hub, label: str, hint: str, kind: str, settings: Sequence[str], by: "User", at: datetime | None = None
) -> HubQuestion:
    """Add a question to the plans that are begun from now on. Raises ValidationError where the hub asks
    `HubQuestion.MOST` already, or the same. Four statements."""
    Hub.objects.select_for_update(of=("self",)).get(pk=hub.pk)
    standing = HubQuestion.objects.standing().filter(hub=hub)
    if standing.count() >= HubQuestion.MOST:
        raise ValidationError(
            f"You ask {HubQuestion.MOST} questions already. Retire one first: schools have a plan to write."
        )
    said = {"hint": hint, "kind": kind, "settings": list(settings)}
    question = HubQuestion(hub=hub, label=label, made_by=by, made_at=at or timezone.now(), **said)
    _check_alone(question)
    question.save()
    return question


@transaction.atomic
def reword(
    *, question: HubQuestion, label: str, hint: str, kind: str, settings: Sequence[str], by: "User"
) -> HubQuestion:
    """Change a question for the plans that are begun from now on. Asked in another kind of answer it is another
    question: the first is retired. Raises ValidationError as `ask`, and where it was retired meanwhile."""
    row = HubQuestion.objects.select_for_update(of=("self",)).select_related("hub").get(pk=question.pk)
    if row.retired_at is not None:
        raise ValidationError("This question was retired meanwhile, so nothing was changed.")
    if kind != row.kind:
        retire(question=row, by=by)
        return ask(hub=row.hub, label=label, hint=hint, kind=kind, settings=settings, by=by)
    row.label, row.hint, row.settings = label, hint, list(settings)
    _check_alone(row)
    row.save()
    return row


def retire(*, question: HubQuestion, by: "User", at: datetime | None = None) -> None:
    """New plans carry it no more; those that do keep it. Retired already, nothing changes. One statement."""
    rows = HubQuestion.objects.standing().filter(pk=question.pk)
    rows.update(retired_by=by, retired_at=at or timezone.now())


def _check_alone(question: HubQuestion) -> None:
    same = HubQuestion.objects.standing().filter(hub=question.hub, label__iexact=question.label)
    if same.exclude(pk=question.pk).exists():
        raise ValidationError({"label": "You ask this already"})
