"""Reads the emails that came back (delivery status notifications, RFC 3464) out of a mailbox, and writes down beside
whom they were meant for what the other mail server said. The mailbox is other people's: nothing in it is trusted
further than the address of one of our own rows, and nothing is deleted."""

import email
import email.policy
import imaplib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings

from engagement.models import Digest, MailingRecipient

logger = logging.getLogger(__name__)

AT_ONCE = 100  # emails of the mailbox that one run reads
MOST_BYTES = 1_000_000  # of one: a report with the whole of our plain-text letter is far below
TIMEOUT = 20  # seconds
OURS = re.compile(r"<(mailing|digest)\.([0-9a-f-]{36})@")


@dataclass(frozen=True)
class Report:
    """That one of our emails (`kind`, `uuid`) could not be delivered, in the other server's words."""

    kind: str
    uuid: UUID
    words: str


def read_report(raw: bytes) -> Report | None:
    """What a delivery report says of one of our emails; None where it is none, says that it only waits, or is of
    another email."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    if message.get_content_type() != "multipart/report":
        return None
    status, original = "", ""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            status = status or _failure(part)
        elif kind in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            original = original or _headers(part)
    found = OURS.search(original)
    if not (status and found):
        return None
    try:
        return Report(found[1], UUID(found[2]), status)
    except ValueError:
        return None


def _failure(part: EmailMessage) -> str:
    """ "550 5.1.1 No such user" of the first address that failed for good; "" where none did. Each block of the part is
    a message of its own: one of the report, then one for each address."""
    for block in part.get_payload():
        if isinstance(block, EmailMessage) and str(block.get("Action", "")).strip().lower() == "failed":
            code = str(block.get("Diagnostic-Code", "")).partition(";")[2] or str(block.get("Status", ""))
            return " ".join(code.split())[:500] or "It could not be delivered."
    return ""


def _headers(part: EmailMessage) -> str:
    inner = part.get_payload()
    if isinstance(inner, list):
        return str(inner[0].get("Message-ID", "")) if inner and isinstance(inner[0], EmailMessage) else ""
    headers = email.message_from_string(str(inner), policy=email.policy.default)
    return str(headers.get("Message-ID", ""))


def note(report: Report) -> bool:
    """Write it down; False where it is of nothing that we sent. A report that comes twice changes nothing. One
    statement."""
    rows = MailingRecipient.objects if report.kind == "mailing" else Digest.objects
    sent = rows.filter(uuid=report.uuid, sent_at__isnull=False, state="sent")
    return bool(sent.update(state="bounced", words=report.words))


def read_mailbox() -> int:
    """Read what is unread in the mailbox of BOUNCES_URL, and mark it as read; how many reports were ours. A mailbox
    that does not answer is logged, without its password, and read the next time."""
    if not settings.BOUNCES_URL:
        return 0
    noted = 0
    try:
        for raw in _unread():
            report = read_report(raw)
            noted += bool(report and note(report))
    except (imaplib.IMAP4.error, OSError):
        logger.warning("The mailbox of emails that came back could not be read", exc_info=True)
    return noted


def _unread() -> Iterator[bytes]:
    """The unread emails. Each is marked as read once the caller has come back for the next."""
    parts = urlsplit(settings.BOUNCES_URL)
    kind = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
    with kind(parts.hostname or "", parts.port or (993 if parts.scheme == "imaps" else 143), timeout=TIMEOUT) as box:
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
        folder = unquote(parts.path.strip("/")) or "INBOX"
        box.select(f'"{folder}"')
        _, (numbers,) = box.uid("SEARCH", "UNSEEN")  # type: ignore[misc]
        for number in (numbers or b"").split()[:AT_ONCE]:
            _, fetched = box.uid("FETCH", number.decode(), f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
            raw = next((each[1] for each in fetched if isinstance(each, tuple)), b"")
            yield raw
            box.uid("STORE", number.decode(), "+FLAGS.SILENT", r"(\Seen)")
