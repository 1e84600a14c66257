"""A school's leader lets its present trust read a record from before the school joined it, and takes it back."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement import trust_reading
from engagement.actions.sharing import GIVEN, write_release, write_timeline
from engagement.models import ConversationPart
from hubportal.accounts.models import User


@transaction.atomic
def give(*, part: ConversationPart, by: User, at: datetime | None = None) -> None:
    """Let the leaders of the trust that the school is in today read an earlier record: what is released of it, as long
    as the school stays. Giving again changes nothing. Raises ValidationError when it is not released, when the school
    is in no trust, and when the trust reads it anyway. Some ten statements."""
    at = at or timezone.now()
    part = _locked(part)
    trust = trust_reading.of(part)
    if part.released_at is None or part.withdrawn_at is not None:
        raise ValidationError("Release it first: the trust reads what your governors may read.")
    if trust is None:
        raise ValidationError(f"{part.school} is in no trust today.")
    if not trust.is_earlier:
        raise ValidationError(f"{trust.name} reads it already: it is from after the school joined.")
    if trust.is_given:
        return
    part.given_to_trust, part.given_to_trust_at, part.given_to_trust_by = trust.trust, at, by
    part.save(update_fields=GIVEN)
    write_timeline(part)
    write_release(part, f"Given to {trust.name} to read", by, at)


@transaction.atomic
def take_back(*, part: ConversationPart, by: User, at: datetime | None = None) -> None:
    """End it: the trust no longer reads this record; governors still do. Raises ValidationError when it was given to no
    trust."""
    part = _locked(part)
    if part.given_to_trust is None:
        raise ValidationError("No trust was given this, so there is nothing to take back.")
    name = part.given_to_trust.name
    part.given_to_trust, part.given_to_trust_at, part.given_to_trust_by = None, None, None
    part.save(update_fields=GIVEN)
    write_timeline(part)
    write_release(part, f"No longer given to {name}", by, at or timezone.now())


def _locked(part: ConversationPart) -> ConversationPart:
    rows = ConversationPart.objects.select_for_update(of=("self",))
    return rows.select_related("conversation__hub", "school", "given_to_trust").get(pk=part.pk)
