"""Emails that say that something waits: plain text, and never a word of a record. They name the school, the date and
the sender; what was said is read in the portal, by somebody who may."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def send(name: str, *, to: Iterable[str], context: Mapping[str, Any], reply_to: str = "") -> bool:
    """Send the text template `name`, whose first line is the subject, to each address on its own.

    True when every one was taken by the mail server. A failure is logged without the address and never raised: what it
    tells of has happened, and the caller says on the page that the email did not go.
    """
    text = render_to_string(name, {**context, "base_url": settings.BASE_URL})
    subject, _, body = text.strip().partition("\n")
    gone = True
    for address in to:
        message = EmailMessage(" ".join(subject.split()), body.strip() + "\n", None, [address])
        message.reply_to = [reply_to] if reply_to else []
        try:
            message.send()
        except OSError:  # smtplib's errors are OSErrors too
            logger.warning("An email (%s) could not be sent", name, exc_info=True)
            gone = False
    return gone
