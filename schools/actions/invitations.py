"""Inviting somebody to a role by email: made, sent again, withdrawn, accepted once.

The link in the email carries a token of `kit.links`; opening it changes nothing. The invitation's own row says whether
it was used, so that the page can tell "accepted" from "withdrawn".
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from hubportal.accounts.models import User
from hubportal.kit import links
from schools.access import today
from schools.actions import contacts
from schools.models import Hub, Invitation, Membership
from schools.permissions import can_give
from schools.querysets import InvitationQuerySet
from schools.roles import Role

PURPOSE = "invitation"
LASTS = timedelta(days=14)


@transaction.atomic
def invite(
    *, role: str, organisation: Any, email: str, name: str, by: User, may_acknowledge: bool = False
) -> Invitation:
    """Invite somebody and email them the link, which works for 14 days and once. About six statements.

    Raises ValidationError when `by` may not give the role, when the person has it already or is invited to it, and when
    the email cannot be sent (nothing is kept then)."""
    role = Role(role)
    email = email.strip().lower()
    if not can_give(by, role, organisation):
        raise ValidationError(f"You cannot make somebody {role.label.lower()} of {organisation}.")
    there = {"role": role, role.scope: organisation}
    if Membership.objects.current(today()).filter(user__email__iexact=email, **there).exists():
        raise ValidationError({"email": f"{email} is already {role.label.lower()} of {organisation}"})
    if _waiting().filter(email__iexact=email, **there).exists():
        raise ValidationError(
            {"email": f"{email} has been invited already. You can send the invitation again from the list of people"}
        )
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        may_acknowledge=may_acknowledge and role == Role.SCHOOL_EDITOR,
        created_by=by,
        expires_at=timezone.now() + LASTS,
        **there,
    )
    _send(invitation, by)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: User) -> Invitation:
    """Email a new link for another 14 days; the earlier one stops working. Raises ValidationError when the invitation
    was accepted or withdrawn, and when the email cannot be sent."""
    row = _open_row(invitation)
    links.revoke_all(purpose=PURPOSE, target=row.uuid, by=by, reason="Sent again")
    row.expires_at = timezone.now() + LASTS
    row.save(update_fields=["expires_at"])
    _send(row, by)
    return row


@transaction.atomic
def revoke(*, invitation: Invitation, by: User) -> Invitation:
    """Withdraw an invitation; its link stops working. Raises ValidationError when it was accepted or withdrawn."""
    row = _open_row(invitation)
    links.revoke_all(purpose=PURPOSE, target=row.uuid, by=by, reason="The invitation was withdrawn")
    row.revoked_at, row.revoked_by = timezone.now(), by
    row.save(update_fields=["revoked_at", "revoked_by"])
    return row


@transaction.atomic
def accept(*, invitation: Invitation, user: User) -> Membership:
    """Give the person the role they were invited to. A school's person becomes a contact of the hub there. Two people
    pressing at once: one membership.

    Raises ValidationError when it was accepted, withdrawn or has expired, or when it was sent to another address."""
    row = _open_row(invitation)
    if row.expires_at <= timezone.now():
        raise ValidationError(links.PROBLEMS["expired"])
    if row.email.lower() != user.email.lower():
        raise ValidationError(f"This invitation was sent to {row.email}, and you are signed in as {user.email}.")
    role = Role(row.role)
    membership, _ = Membership.objects.get_or_create(
        user=user,
        role=role,
        **{role.scope: row.organisation},
        ends_on=None,
        defaults={"starts_on": today(), "may_acknowledge": row.may_acknowledge},
    )
    row.accepted_at, row.accepted_by = timezone.now(), user
    row.save(update_fields=["accepted_at", "accepted_by"])
    if row.school is not None:
        hub = Hub.objects.covering(row.school.authority_id, today()).first()
        if hub is not None:
            contacts.meet_member(hub=hub, school=row.school, user=user, role=role)
    user.__dict__.pop("_access", None)  # what they may do has just changed
    return membership


@transaction.atomic
def accept_as_new(*, invitation: Invitation, name: str, password: str) -> User:
    """Make the account of somebody new and accept for them. `password` has passed the validators.

    Raises ValidationError as `accept`, and when an account with this address exists by now."""
    row = _open_row(invitation)
    if User.objects.filter(email__iexact=row.email).exists():
        raise ValidationError(f"There is an account for {row.email} already. Sign in to accept the invitation.")
    user = User.objects.create_user(row.email, password, name=name)
    accept(invitation=row, user=user)
    return user


def _waiting() -> InvitationQuerySet:
    return Invitation.objects.open().filter(expires_at__gt=timezone.now())


def _open_row(invitation: Invitation) -> Invitation:
    """The row, locked, if it still waits for an answer."""
    row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if row.accepted_at is not None:
        raise ValidationError("This invitation has been accepted already.")
    if row.revoked_at is not None:
        raise ValidationError("This invitation has been withdrawn.")
    return row


def _send(invitation: Invitation, by: User) -> None:
    _, token = links.make(
        purpose=PURPOSE,
        target=invitation.uuid,
        email=invitation.email,
        name=invitation.name,
        by=by,
        expires_at=invitation.expires_at,
    )
    said = {
        "invitation": invitation,
        "role": Role(invitation.role),
        "by": by,
        "address": f"{settings.BASE_URL}{reverse('schools:invitation-accept', args=[token])}",
    }
    subject = " ".join(render_to_string("schools/email/invitation.subject.txt", said).split())
    try:
        send_mail(subject, render_to_string("schools/email/invitation.txt", said), None, [invitation.email])
    except OSError as error:  # smtplib's errors are OSErrors too
        raise ValidationError(
            f"The email to {invitation.email} could not be sent just now. Nothing has been kept: try again in a minute."
        ) from error
