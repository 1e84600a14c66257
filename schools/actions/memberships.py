"""Ending a role, and what a school leader lets an editor do. The table's history keeps who did it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.access import today
from schools.models import Hub, Membership
from schools.roles import Role


@transaction.atomic
def end(*, membership: Membership, by: User) -> Membership:
    """End a role as of today. Two people ending the last two managers at once wait for each other: one of them fails.

    Raises ValidationError when it has ended already, or for the last manager of a hub. Three or four statements."""
    if membership.role == Role.HUB_MANAGER and membership.hub_id is not None:
        Hub.objects.select_for_update().get(pk=membership.hub_id)
    row = Membership.objects.select_for_update(of=("self",)).with_organisations().get(pk=membership.pk)
    on = today()
    if row.ends_on is not None and row.ends_on <= on:
        raise ValidationError(f"This role of {row.user} ended on {long_date(row.ends_on)} already.")
    check_a_manager_stays(row)
    row.ends_on = on
    row.ended_by = by
    row.save(update_fields=["ends_on", "ended_by"])
    return row


def check_a_manager_stays(membership: Membership) -> None:
    """Raises ValidationError if the hub would be left without a manager who can sign in. Hold the hub's row locked."""
    if membership.role != Role.HUB_MANAGER or membership.hub_id is None:
        return
    others = (
        Membership.objects.filter(hub_id=membership.hub_id, role=Role.HUB_MANAGER, user__is_active=True)
        .filter(Q(ends_on=None), starts_on__lte=today())
        .exclude(pk=membership.pk)
    )
    if not others.exists():
        raise ValidationError(
            f"{membership.user} is the last manager of {membership.hub}. Make somebody else a manager first."
        )


@transaction.atomic
def let_acknowledge(*, membership: Membership, allowed: bool, by: User) -> Membership:
    """Let a school editor acknowledge reports, or no longer. Raises ValidationError for any other role."""
    row = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if row.role != Role.SCHOOL_EDITOR:
        raise ValidationError("Only a school editor can be let acknowledge reports.")
    row.may_acknowledge = allowed
    row.save(update_fields=["may_acknowledge"])
    return row
