"""The day on which the hub means to talk with schools next, where it sets one itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from engagement.actions import contact_dates
from engagement.models import PlannedContact
from hubportal.accounts.models import User
from schools.models import Hub, School


def set_days(*, hub: Hub, days: Mapping[School, Mapping[str, Any] | None], by: User) -> None:
    """Let each school have its day and reason ({"on": "2027-01-12", "reason": ...}), or none. What stood before ends,
    and stays as history. When it is due follows at once. Some fifteen statements, and more for each thousand."""
    now = timezone.now()
    PlannedContact.objects.standing().filter(hub=hub, school__in=days).update(ended_at=now)
    PlannedContact.objects.bulk_create(
        (
            PlannedContact(
                hub=hub, school=school, on=date.fromisoformat(day["on"]), reason=day["reason"], set_by=by, set_at=now
            )
            for school, day in days.items()
            if day
        ),
        batch_size=1000,
    )
    contact_dates.refresh_schools(hub=hub, schools=days)
