"""Signed links for people without an account. Opening one never spends it (mail filters open links); a code proves the
mailbox.

The owning app scopes the target when it makes a link, and keeps the name and role of whoever answers through it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Count, Max, Min, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from hubportal.kit.models import LinkCode, LinkOpening, SignedLink

if TYPE_CHECKING:
    from hubportal.accounts.models import User

TOKEN_BYTES = 32
CODE_LASTS = timedelta(minutes=15)
CODES_AN_HOUR = 5
CODES_A_DAY = 10  # with ATTEMPTS_A_CODE: fifty guesses a day at a million codes
ATTEMPTS_A_CODE = 5
GRANT_LASTS = timedelta(hours=12)  # a working day, as a sign-in

PROBLEMS = {
    "unknown": "This link is not one of ours. Check that you copied the whole address, or ask its sender for another.",
    "expired": "This link has expired. Ask whoever sent it for a new one.",
    "revoked": "This link has been withdrawn. Ask whoever sent it what to use instead.",
}


@dataclass(frozen=True)
class LookUp:
    """What a token leads to: a living link, or why there is none (a key of PROBLEMS).

    `ended` is the link that no longer opens, for saying whom to ask; it is never to be read through."""

    link: SignedLink | None
    problem: str = ""
    ended: SignedLink | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Openings:
    """How often a link was opened, by people and mail filters alike, and when first and last."""

    count: int
    first: datetime | None
    last: datetime | None


class CodeResult(StrEnum):
    """What came of a code that somebody typed."""

    ACCEPTED = "accepted"
    WRONG = "wrong"
    EXPIRED = "expired"
    TOO_MANY = "too_many"
    NONE_SENT = "none_sent"

    @property
    def accepted(self) -> bool:
        return self is CodeResult.ACCEPTED

    @property
    def words(self) -> str:
        """The sentence for the page; "" when accepted."""
        return {
            CodeResult.ACCEPTED: "",
            CodeResult.WRONG: "That is not the code in our newest email. Check the six digits and try again.",
            CodeResult.EXPIRED: "That code has expired. Ask for a new one.",
            CodeResult.TOO_MANY: "That code was entered wrongly too often. Ask for a new one.",
            CodeResult.NONE_SENT: "Ask for a code first. We will email it to you.",
        }[self]


def make(
    *,
    purpose: str,
    target: UUID,
    email: str,
    by: User,
    expires_at: datetime,
    name: str = "",
    at: datetime | None = None,
) -> tuple[SignedLink, str]:
    """A new link and its token, which is kept nowhere: put it in the email at once. One query.

    Raises ValidationError when it would have expired already.
    """
    if expires_at <= timezone.now():
        raise ValidationError("A link must expire in the future.")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = SignedLink.objects.create(
        token_hash=_hash(token),
        purpose=purpose,
        target=target,
        email=email,
        name=name,
        created_by=by,
        created_at=at or timezone.now(),
        expires_at=expires_at,
    )
    return link, token


def look_up(*, token: str, purpose: str, at: datetime | None = None) -> LookUp:
    """The link behind a token, if it was made for this purpose and still opens; else why not. One query."""
    link = SignedLink.objects.filter(token_hash=_hash(token), purpose=purpose).first()
    if link is None:
        return LookUp(None, "unknown")
    if link.revoked_at is not None:
        return LookUp(None, "revoked", ended=link)
    if link.expires_at <= (at or timezone.now()):
        return LookUp(None, "expired", ended=link)
    return LookUp(link)


def find(token: str, purpose: str, at: datetime | None = None) -> SignedLink | None:
    """The living link behind a token, or None. One query."""
    return look_up(token=token, purpose=purpose, at=at).link


def record_opening(*, link: SignedLink, at: datetime | None = None) -> None:
    """Add a receipt. It changes nothing else, so a GET may do it. One query."""
    LinkOpening.objects.create(link=link, at=at or timezone.now())


def openings(link: SignedLink) -> Openings:
    """How often it was opened, and when. One query."""
    return Openings(**link.openings.aggregate(count=Count("pk"), first=Min("at"), last=Max("at")))


def send_code(
    *,
    link: SignedLink,
    subject_template: str,
    body_template: str,
    context: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> LinkCode:
    """Email a new code of six digits to the link's own address, whoever asks. Earlier codes stop working.

    The templates get `context` and `link`, `code` and `minutes`. Raises ValidationError when the link no longer opens,
    after CODES_AN_HOUR in one hour or CODES_A_DAY unused ones in a day, and when the email could not be sent (the code
    is then forgotten, and not counted).
    """
    at = at or timezone.now()
    with transaction.atomic():
        # Two presses at once are counted as two.
        row = SignedLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
        if not _alive(row, at):
            raise ValidationError(PROBLEMS["revoked" if row.revoked_at else "expired"])
        if row.codes.filter(sent_at__gt=at - timedelta(hours=1)).count() >= CODES_AN_HOUR:
            raise ValidationError(
                f"We have sent {CODES_AN_HOUR} codes in the last hour. Use the newest one, or try again in an hour."
            )
        if row.codes.filter(sent_at__gt=at - timedelta(days=1), used_at=None).count() >= CODES_A_DAY:
            raise ValidationError(f"We have sent {CODES_A_DAY} codes in a day that nobody used. Try again tomorrow.")
        digits = f"{secrets.randbelow(1_000_000):06}"
        code = LinkCode.objects.create(
            link=row, code_hash=_hash_code(row, digits), sent_to=row.email, sent_at=at, expires_at=at + CODE_LASTS
        )
        said = {**(context or {}), "link": row, "code": digits, "minutes": int(CODE_LASTS.total_seconds() // 60)}
        subject = " ".join(render_to_string(subject_template, said).split())
        try:
            send_mail(subject, render_to_string(body_template, said), None, [row.email])
        except OSError as error:  # smtplib's errors are OSErrors too
            raise ValidationError("The email could not be sent just now. Try again in a minute.") from error
    return code


def check_code(*, link: SignedLink, code: str, at: datetime | None = None) -> CodeResult:
    """Whether this is the code we sent last. Spaces and hyphens are forgiven; a code works once.

    Never raises, and so never rolls back the count of attempts: do not call it inside a transaction that may roll back.
    Three queries.
    """
    at = at or timezone.now()
    with transaction.atomic():
        newest = link.codes.select_for_update(of=("self",)).order_by("-sent_at", "-pk").first()
        if newest is None or newest.used_at is not None:
            return CodeResult.NONE_SENT
        if newest.attempts >= ATTEMPTS_A_CODE:
            return CodeResult.TOO_MANY
        if newest.expires_at <= at:
            return CodeResult.EXPIRED
        digits = "".join(each for each in code if each in "0123456789")
        right = constant_time_compare(newest.code_hash, _hash_code(link, digits))
        newest.attempts += 1
        newest.used_at = at if right else None
        newest.save(update_fields=["attempts", "used_at"])
    return CodeResult.ACCEPTED if right else CodeResult.WRONG


def grant(request: HttpRequest, link: SignedLink, at: datetime | None = None) -> None:
    """Let this browser use the link for GRANT_LASTS. The session gets a new key, so that nobody can have planted it."""
    request.session.cycle_key()
    request.session[_session_key(link)] = ((at or timezone.now()) + GRANT_LASTS).timestamp()


def granted(request: HttpRequest, link: SignedLink, at: datetime | None = None) -> bool:
    """Whether this browser has shown the code and the link still opens. No query (give it a link just found)."""
    at = at or timezone.now()
    until = request.session.get(_session_key(link), 0)
    return _alive(link, at) and until > at.timestamp()


def was_granted(request: HttpRequest, link: SignedLink) -> bool:
    """Whether this browser has ever shown a code for the link, which may have run out since. No query."""
    return _session_key(link) in request.session


@transaction.atomic
def revoke(*, link: SignedLink, by: User, reason: str, at: datetime | None = None) -> bool:
    """End a link for good. False when it was revoked before (the first reason stands). One query."""
    return bool(_revoke(SignedLink.objects.filter(pk=link.pk), by, reason, at))


@transaction.atomic
def revoke_all(*, purpose: str, target: UUID, by: User, reason: str, at: datetime | None = None) -> int:
    """End every link made for one thing, as when it is withdrawn. How many were ended. One query."""
    return _revoke(SignedLink.objects.for_target(purpose, target).order_by(), by, reason, at)


def move_end(*, purpose: str, targets: Collection[UUID] | QuerySet, expires_at: datetime) -> int:
    """Let every link that was made for these things, and was not withdrawn, open until then. How many. One query.

    Raises ValidationError where that is over already: `revoke_all` ends links."""
    if expires_at <= timezone.now():
        raise ValidationError("A link must expire in the future.")
    return SignedLink.objects.filter(purpose=purpose, target__in=targets, revoked_at=None).update(expires_at=expires_at)


def _revoke(links, by: User, reason: str, at: datetime | None) -> int:
    return links.filter(revoked_at=None).update(
        revoked_at=at or timezone.now(), revoked_by=by, revoked_reason=reason[:300]
    )


def _alive(link: SignedLink, at: datetime) -> bool:
    return link.revoked_at is None and link.expires_at > at


def _hash(token: str) -> str:
    """The token has 256 random bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _hash_code(link: SignedLink, digits: str) -> str:
    """Six digits can be guessed, so their hash is keyed with the secret and the link."""
    return salted_hmac(f"hubportal.kit.links:{link.pk}", digits, algorithm="sha256").hexdigest()


def _session_key(link: SignedLink) -> str:
    return f"link:{link.pk}"
