"""What a hub writes down about its relationship with a school: whose it is, and when the two last spoke."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from hubportal.accounts.models import User
from schools.access import today
from schools.models import Hub, Membership, Relationship, School
from schools.querysets import MembershipQuerySet
from schools.roles import Role


def note_contact(
    *,
    hub: Hub,
    school: School,
    last_conversation_on: date | None,
    last_attempt_on: date | None,
    attempts_since: int,
    next_conversation_on: date | None,
) -> None:
    """Write down the dates of contact, as `engagement` recomputed them from its rows. One or two statements."""
    Relationship.objects.update_or_create(
        hub=hub,
        school=school,
        defaults={
            "last_conversation_on": last_conversation_on,
            "last_attempt_on": last_attempt_on,
            "attempts_since": attempts_since,
            "next_conversation_on": next_conversation_on,
        },
    )


@transaction.atomic
def set_owner(*, hub: Hub, school: School, owner: User | None, by: User) -> Relationship:
    """Give the relationship with a school to a person, or to nobody. The owner must be a manager or officer of the hub,
    or an officer of one of its partners. Recorded with who did it by the table's history.

    Raises ValidationError when the person is none of these, or when the hub does not cover the school today.
    """
    if not Hub.objects.covering(school.authority_id, today()).filter(pk=hub.pk).exists():
        raise ValidationError(f"{school} is not in the area of {hub}.")
    if owner is not None and not may_own(hub=hub).filter(user=owner).exists():
        raise ValidationError(f"{owner} is not a manager or officer of {hub} or of one of its partners.")
    relationship, _ = Relationship.objects.select_for_update().get_or_create(hub=hub, school=school)
    relationship.owner = owner
    relationship.save(update_fields=["owner"])
    return relationship


def may_own(*, hub: Hub) -> MembershipQuerySet:
    """Memberships whose people may own a relationship of this hub today."""
    current = Membership.objects.current(today())
    return current.filter(hub=hub, role__in=[Role.HUB_MANAGER, Role.HUB_OFFICER]) | current.filter(
        partner__hub=hub, role=Role.PARTNER_OFFICER
    )
