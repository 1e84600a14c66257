"""The email of a reminder: as it would be, and sent."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from hubportal.kit import letters
from schools import timeline
from schools.models import TimelineEntry
from smdp.bulk.preview import Reached
from smdp.models import PlanReminder

if TYPE_CHECKING:
    from hubportal.accounts.models import User

LETTER = "smdp/email/plan_reminder.txt"


def deliver(*, reminder_id: int, at: datetime | None = None) -> bool:
    """Send one reminder, unless it was sent; whether it went now. That it goes is written down first. Some eight
    statements."""
    at = at or timezone.now()
    with transaction.atomic():
        rows = PlanReminder.objects.select_for_update(of=("self",)).select_related("school", "hub", "by")
        row = rows.filter(pk=reminder_id, sent_at=None).first()
        if row is None:
            return False
        note_sent(row, at=at)
    if not letters.send(LETTER, to=row.to, context=_context(row), reply_to=row.by.email):
        PlanReminder.objects.filter(pk=row.pk).update(has_failed=True)
        timeline.remove(hub=row.hub, school=row.school, source=row.timeline_source)
    return True


def note_sent(row: PlanReminder, *, at: datetime) -> None:
    """Write down that a reminder goes, in its row and in the school's timeline. Three statements."""
    row.sent_at = at
    row.save(update_fields=["sent_at"])
    _write_timeline(row)


def letter_of(reached: Reached, *, about: str, words: str, by: "User") -> tuple[str, str]:
    """The subject and the text that a school would get. No query."""
    row = PlanReminder(
        school=reached.school,
        hub=reached.hub,
        about=about,
        said=reached.said,
        words=words,
        has_account=reached.has_account,
        by=by,
    )
    text = render_to_string(LETTER, {**_context(row), "base_url": settings.BASE_URL})
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip()


def _context(row: PlanReminder) -> dict[str, Any]:
    is_summary = row.about == PlanReminder.About.SUMMARY
    path = reverse("smdp:summary-detail", args=[row.school.urn]) if is_summary else reverse("smdp:plan-list")
    return {"reminder": row, "school": row.school, "hub": row.hub, "by": row.by, "url": settings.BASE_URL + path}


def _write_timeline(row: PlanReminder) -> None:
    timeline.write(
        hub=row.hub,
        school=row.school,
        source=row.timeline_source,
        kind=TimelineEntry.Kind.PLAN,
        audience=TimelineEntry.Audience.SCHOOL,
        at=row.sent_at or row.at,
        heading=f"Reminded of {row.get_about_display().lower().replace('their', 'its')} by email",
        detail=f"{row.by} to {row.names}",
        text=row.words,
    )
