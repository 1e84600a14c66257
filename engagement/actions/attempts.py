"""Attempts that got no answer."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from engagement import rules
from engagement.actions import contact_dates, persistence, tenancy
from engagement.models import Attempt
from hubportal.accounts.models import User
from schools import timeline
from schools.formerly import carried_since
from schools.models import Contact, School, TimelineEntry

# The same button twice within this time is one attempt: thumbs slip.
SAME_ATTEMPT = timedelta(seconds=30)


@transaction.atomic
def log(
    *, school: School, how: str, by: User, contact: Contact | None = None, note: str = "", at: datetime | None = None
) -> Attempt:
    """Note that somebody tried to reach the school and got no answer. `at` is a moment, now unless said otherwise.

    Raises ValidationError for an unknown way, a school outside the hub, a moment in the future or when the school
    was not open, a contact of another school, and a step that a manager has not approved. The next step and its date
    follow. About twenty queries.
    """
    at = at or timezone.now()
    place = tenancy.place_of([school], by=by)
    if how not in Attempt.How.values:
        raise ValidationError("Choose how you tried to reach them.")
    if problem := rules.date_problem(timezone.localdate(at), [school], timezone.localdate(), carried_since([school])):
        raise ValidationError(problem)
    persistence.check_step(place.hub, school, how)
    if contact and (contact.school_id, contact.hub_id) != (school.pk, place.hub.pk):
        raise ValidationError(f"{contact.name} is not a contact at {school.name}.")
    same = Attempt.objects.filter(
        hub=place.hub, school=school, how=how, by=by, at__gt=at - SAME_ATTEMPT, at__lte=at
    ).first()
    if same:
        return same
    attempt = Attempt.objects.create(
        hub=place.hub, partner=place.partner, school=school, contact=contact, how=how, at=at, by=by, note=note
    )
    _write_down(attempt)
    return attempt


@transaction.atomic
def annotate(*, attempt: Attempt, note: str, contact: Contact | None, by: User) -> Attempt:
    """Say more about an attempt: whom it was for, what was left as a message. Raises ValidationError for another
    school's contact."""
    if contact and (contact.school_id, contact.hub_id) != (attempt.school_id, attempt.hub_id):
        raise ValidationError(f"{contact.name} is not a contact at {attempt.school.name}.")
    attempt.note, attempt.contact = note, contact
    attempt.save(update_fields=["note", "contact"])
    _write_down(attempt)
    return attempt


@transaction.atomic
def take_back(*, attempt: Attempt, by: User) -> None:
    """Remove an attempt that was noted by mistake. Raises ValidationError once its day has passed: then it is
    history."""
    if timezone.localdate(attempt.at) != timezone.localdate():
        raise ValidationError("An attempt can be removed on the day it was noted. After that it stays in the record.")
    timeline.remove(hub=attempt.hub, school=attempt.school, source=attempt.timeline_source)
    attempt.delete()
    contact_dates.refresh(hub=attempt.hub, school=attempt.school)


def timeline_fields(attempt: Attempt) -> dict[str, Any]:
    """What the timeline says of an attempt, by the names of a TimelineEntry's fields. No query beyond its own rows."""
    whom = f"to {attempt.contact.name}" if attempt.contact else ""
    return {
        "hub": attempt.hub,
        "school": attempt.school,
        "source": attempt.timeline_source,
        "kind": TimelineEntry.Kind.ATTEMPT,
        "audience": TimelineEntry.Audience.HUB,
        "at": attempt.at,
        "heading": attempt.get_how_display(),
        "detail": " · ".join(filter(None, [whom, str(attempt.by)])),
        "text": attempt.note,
        "url": "" if attempt.received_from_id else reverse("engagement:attempt-edit", args=[attempt.uuid]),
    }


def _write_down(attempt: Attempt) -> None:
    timeline.write(**timeline_fields(attempt))
    contact_dates.refresh(hub=attempt.hub, school=attempt.school)
