"""What the page behind an invitation's link should show to whoever opened it."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from hubportal.accounts.models import User
from hubportal.kit import links
from schools.actions.invitations import PURPOSE
from schools.models import Invitation


@dataclass(frozen=True, slots=True)
class Opened:
    """`page`: "new" (choose a name and a password), "sign_in" (there is an account), "confirm" (signed in as the person
    invited), "other" (signed in as somebody else), "problem" (with its sentence)."""

    page: str
    invitation: Invitation | None = None
    problem: str = ""
    status: int = 200


def open_invitation(token: str, user: User | AnonymousUser) -> Opened:
    """Look an invitation's link up. Changes nothing. Two or three queries."""
    found = links.look_up(token=token, purpose=PURPOSE)
    if found.link is None:
        return Opened(
            "problem", problem=links.PROBLEMS[found.problem], status=404 if found.problem == "unknown" else 410
        )
    invitation = Invitation.objects.with_organisations().select_related("created_by").get(uuid=found.link.target)
    if invitation.accepted_at is not None:
        said = "This invitation has been accepted already. Sign in with your email address and password."
        return Opened("problem", problem=said, status=410)
    if user.is_authenticated:
        same = user.email.lower() == invitation.email.lower()
        return Opened("confirm" if same else "other", invitation)
    account = User.objects.filter(email__iexact=invitation.email).first()
    if account is not None and not account.is_active:
        said = "The account of this email address has been closed. Ask whoever invited you to have it opened again."
        return Opened("problem", problem=said, status=410)
    return Opened("new" if account is None else "sign_in", invitation)
