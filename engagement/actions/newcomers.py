"""The handover to somebody new at a school: sent once, with links of their own, or dismissed with a reason."""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from engagement.actions.sharing import LINK_LASTS, PURPOSE
from engagement.addressees import Addressee, addressees_at
from engagement.models import Newcomer, PartVersion, Recipient
from engagement.newcomers.pack import Pack, pack_of
from hubportal.accounts.models import User
from hubportal.kit import letters, links
from hubportal.kit.wording import long_date
from schools import timeline
from schools.actions import invitations
from schools.models import TimelineEntry
from schools.roles import Role

ROLES = {Newcomer.Post.HEAD: Role.SCHOOL_LEADER, Newcomer.Post.MUSIC_LEAD: Role.SCHOOL_EDITOR}
LETTER = "engagement/email/newcomer.txt"


@transaction.atomic
def send(*, newcomer: Newcomer, to: Addressee, greeting: str, by: User, invite: bool = False) -> Newcomer:
    """Send the handover, with a link to the last report made for this person; with `invite`, an invitation to sign in
    goes beside it. Some twenty queries; the email goes once this is committed. Where it failed, it may be sent again.

    Raises ValidationError where somebody has sent or dismissed it, for whoever is no longer at the school, and where
    the invitation cannot be made (nothing is sent then)."""
    row = _locked(newcomer)
    _check_open(row)
    if to.key not in {each.key for each in addressees_at(school=row.school, hub=row.hub)}:
        raise ValidationError({"to": "That person is no longer at this school. Choose again"})
    row.state, row.greeting, row.sent_name, row.sent_email = Newcomer.State.SENT, greeting, to.name, to.email
    row.decided_by, row.decided_at, row.email_failed_at = by, timezone.now(), None
    row.contact = to.contact or row.contact
    row.save()
    pack = pack_of(row)
    token = _link(pack.version, to, by) if pack.version else ""
    timeline.write(
        hub=row.hub,
        school=row.school,
        source=row.timeline_source,
        kind=TimelineEntry.Kind.PEOPLE,
        audience=TimelineEntry.Audience.HUB,
        at=row.decided_at,
        heading=f"Handover sent to the {row.post_words}, {to.name}",
        detail=f"By email · {by}",
        text=greeting,
        url=row.get_absolute_url(),
    )
    if invite:
        role = ROLES[Newcomer.Post(row.post)]
        invitations.invite(role=role, organisation=row.school, email=to.email, name=to.name, by=by)
    transaction.on_commit(partial(_email, row.pk, token))
    return row


@transaction.atomic
def dismiss(*, newcomer: Newcomer, reason: str, by: User) -> Newcomer:
    """Not to send it, and why. Raises ValidationError where somebody has decided already."""
    row = _locked(newcomer)
    _check_open(row)
    row.state, row.reason, row.decided_by, row.decided_at = Newcomer.State.DISMISSED, reason, by, timezone.now()
    row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    return row


def _locked(newcomer: Newcomer) -> Newcomer:
    rows = Newcomer.objects.select_for_update(of=("self",)).select_related("hub", "school", "decided_by")
    return rows.get(pk=newcomer.pk)


def _check_open(row: Newcomer) -> None:
    if row.state == Newcomer.State.WAITING or row.email_failed_at is not None:
        return
    who = row.decided_by or "The portal"
    day = long_date(row.decided_at) if row.decided_at else ""
    if row.state == Newcomer.State.SENT:
        raise ValidationError(f"{who} sent this to {row.sent_name} on {day}. It is not sent twice.")
    raise ValidationError(f"{who} decided on {day} that this is not sent: {row.reason}")


def _link(version: PartVersion, to: Addressee, by: User) -> str:
    """The token of a link to the last report, kept with those who were sent it; "" for whoever has one that went."""
    before = version.recipients.filter(email__iexact=to.email).select_related("link").first()
    if before is not None and before.emailed_at is not None:
        return ""
    link, token = links.make(
        purpose=PURPOSE,
        target=version.part.uuid,
        email=to.email,
        name=to.name,
        by=by,
        expires_at=timezone.now() + LINK_LASTS,
    )
    if before is not None:
        links.revoke(link=before.link, by=by, reason="Its email could not be sent; another was made.")
        before.link = link
        before.save(update_fields=["link"])
    else:
        Recipient.objects.create(
            version=version, contact=to.contact, user=to.user, name=to.name, email=to.email, is_leader=to.is_leader,
            link=link,
        )  # fmt: skip
    return token


def letter_of(
    newcomer: Newcomer, pack: Pack, *, name: str, greeting: str, sender: User | None, token: str = ""
) -> dict[str, Any]:
    """What the email is made of; the page shows it with the same words before it goes."""
    return {
        "newcomer": newcomer,
        "school": newcomer.school,
        "hub": newcomer.hub,
        "pack": pack,
        "name": name,
        "greeting": greeting,
        "sender": sender,
        "url": settings.BASE_URL + reverse("engagement:link-open", args=[token]) if token else "",
        "sign_in": settings.BASE_URL + reverse("account_login"),
        "expires": long_date(timezone.now() + LINK_LASTS),
    }


def _email(newcomer_id: int, token: str) -> None:
    row = Newcomer.objects.select_related("hub", "school__type", "decided_by").get(pk=newcomer_id)
    pack = pack_of(row)
    by = row.decided_by
    said = letter_of(row, pack, name=row.sent_name, greeting=row.greeting, sender=by, token=token)
    went = letters.send(LETTER, to=[row.sent_email], context=said, reply_to=by.email if by else "")
    now = timezone.now()
    Newcomer.objects.filter(pk=row.pk).update(**{"emailed_at" if went else "email_failed_at": now})
    if went and pack.version:
        pack.version.recipients.filter(email__iexact=row.sent_email, emailed_at=None).update(emailed_at=now)
