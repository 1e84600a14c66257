"""A school asks to meet: its hub contact is told, and it stands in the timeline until they have spoken."""

import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement.homes import HubContact, hub_contact_of
from hubportal.accounts.models import User
from hubportal.kit import letters
from schools import timeline
from schools.models import School, TimelineEntry

SOURCE = "meeting:"


@transaction.atomic
def ask(*, school: School, by: User, when: str, message: str = "") -> HubContact:
    """Write the wish to meet into the timeline and email it to the hub contact. The same wish pressed twice on one day
    is one. Returns whom it went to. Raises ValidationError where no hub covers the school, or nothing says when."""
    when, message = when.strip(), message.strip()
    contact = hub_contact_of(school)
    if contact is None:
        raise ValidationError("No music hub covers this school’s area at the moment, so there is nobody to ask.")
    if not when:
        raise ValidationError({"when": "Say when would suit you."})
    now = timezone.now()
    key = hashlib.sha256(f"{by.pk}:{timezone.localdate(now)}:{when}:{message}".encode()).hexdigest()[:24]
    timeline.write(
        hub=contact.hub,
        school=school,
        source=f"{SOURCE}{key}",
        kind=TimelineEntry.Kind.RESPONSE,
        audience=TimelineEntry.Audience.SCHOOL,
        at=now,
        heading="Asked to meet",
        detail=str(by),
        text="\n".join(filter(None, [when, message])),
        url=school.get_absolute_url(),
    )
    context = {
        "school": school,
        "hub": contact.hub,
        "by": by,
        "when": when,
        "message": message,
        "url": settings.BASE_URL + school.get_absolute_url(),
    }
    transaction.on_commit(
        lambda: letters.send("engagement/email/meeting_asked.txt", to=contact.to, context=context, reply_to=by.email)
    )
    return contact
