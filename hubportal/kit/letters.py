"""Emails that say that something waits: plain text, and never a word of a record. They name the school, the date and
the sender; what was said is read in the portal, by somebody who may."""

import logging
from collections.abc import Iterable, Mapping
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def send(
    name: str,
    *,
    to: Iterable[str],
    context: Mapping[str, Any],
    reply_to: str = "",
    alternative: tuple[str, str] | None = None,
) -> bool:
    """Send the text template `name`, whose first line is the subject, to each address on its own. `alternative` is the
    same for a program, with its media type: an invitation that a calendar reads.

    True when every one was taken by the mail server. A failure is logged without the address and never raised: what it
    tells of has happened, and the caller says on the page that the email did not go.
    """
    text = render_to_string(name, {**context, "base_url": settings.BASE_URL})
    subject, _, body = text.strip().partition("\n")
    gone = True
    for address in to:
        message = EmailMultiAlternatives(" ".join(subject.split()), body.strip() + "\n", None, [address])
        if alternative:
            message.attach_alternative(*alternative)
        message.reply_to = [reply_to] if reply_to else []
        try:
            message.send()
        except OSError:  # smtplib's errors are OSErrors too
            logger.warning("An email (%s) could not be sent", name, exc_info=True)
            gone = False
    return gone


MAIL_SERVER_AWAY = "The mail server could not be reached, in several tries over some hours."


class MailServerAway(Exception):
    """The mail server was not there, or asks to be tried again later: nothing was taken, nothing was refused."""


def post(message: EmailMessage) -> str:
    """Hand one email to the mail server: "" where it was taken, else its refusal in its own words.

    Raises MailServerAway where it is worth another try later: no connection, or an answer of 4xx (RFC 5321, 4.2.1)."""
    try:
        message.send()
    except SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        return _refusal(code, words, refused)
    except SMTPResponseException as refused:
        return _refusal(refused.smtp_code, refused.smtp_error, refused)
    except OSError as error:  # smtplib's other errors are OSErrors too
        raise MailServerAway from error
    return ""


def _refusal(code: int, words: bytes | str, error: OSError) -> str:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    if code < 500:
        raise MailServerAway(said) from error
    return f"{code} {' '.join(said.split())}"[:500]


def message_id(kind: str, uuid: UUID) -> str:
    """The Message-ID of the email that is one row: a second try has the same, and a delivery report names it."""
    return f"<{kind}.{uuid}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"


def stop_headers(address: str) -> dict[str, str]:
    """What lets a mail program offer "unsubscribe" by one press (RFC 8058). `address` takes the POST."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
