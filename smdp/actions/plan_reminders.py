"""Somebody at the hub reminds several schools of their plan: written down at once, sent by the worker, each once."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from schools.access import today
from schools.models import School
from smdp import tasks
from smdp.bulk.preview import MOST, preview
from smdp.models import PlanReminder

if TYPE_CHECKING:
    from hubportal.accounts.models import User


@transaction.atomic
def remind(
    *,
    schools: Iterable[School],
    about: str,
    words: str = "",
    batch: UUID,
    again: bool = False,
    by: "User",
    at: datetime | None = None,
) -> list[PlanReminder]:
    """Write down a reminder for each of these schools (at most `MOST`) that has somebody to write to, and hand it to
    the worker. Who was reminded lately is left out, but for `again`. The same batch sent twice is sent once; none of
    its schools gets a second email. Returns the batch. Ten statements, and three for each school."""
    at = at or timezone.now()
    for each in preview(by, list(schools)[:MOST], about, today()):
        if not each.people or each.hub is None:
            continue
        if each.last and not again and not PlanReminder.objects.filter(batch=batch, school=each.school).exists():
            continue
        row, is_new = PlanReminder.objects.get_or_create(
            batch=batch,
            school=each.school,
            defaults={
                "hub": each.hub,
                "about": about,
                "said": each.said,
                "words": words,
                "to": [person.email for person in each.people],
                "names": each.names,
                "has_account": each.has_account,
                "by": by,
                "at": at,
            },
        )
        if is_new:
            # Robust: while the queue is away the reminder waits in its row, and beat sends it later.
            transaction.on_commit(partial(_queue, row.pk), robust=True)
    return list(PlanReminder.objects.filter(batch=batch, by=by).select_related("school"))


def _queue(pk: int) -> None:
    tasks.send_plan_reminder.delay(reminder_id=pk)
