"""The email of a mailing, with the link out of mailings at its foot and in its headers."""

from collections.abc import Sequence

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from engagement.consultations.inviting import Way
from engagement.mailings import merging
from engagement.mailings.whom import Person
from engagement.models import Consultation, Mailing, MailingRecipient
from hubportal.accounts.models import User
from hubportal.kit import letters
from schools.models import Hub

SALT = "engagement.mailing-stop"
OWN_LINK = "(Here stands each reader’s own link.)"
SOURCE = "mailing"  # of its Message-ID, and of its entries in timelines


def letter(row: MailingRecipient, *, ways: Sequence[Way] = ()) -> EmailMessage:
    """The email to one recipient, with the way out of mailings at its foot and in its headers; `ways` are
    where the questions are answered that it brings. No query."""
    stop = settings.BASE_URL + reverse("engagement:mailing-unsubscribe", args=[token_of(row)])
    text = f"{row.text}\n\n{asking(row.mailing.consultation, ways)}" if ways else row.text
    made = message(row.mailing.hub, row.mailing.by, subject=row.subject, text=text, to=row.email, stop=stop)
    made.extra_headers["Message-ID"] = letters.message_id(SOURCE, row.uuid)
    return made


def asking(consultation: Consultation | None, ways: Sequence[Way]) -> str:
    """The words with the link to the questions, one for each school. No query."""
    context = {"consultation": consultation, "ways": ways}
    return render_to_string("engagement/email/consultation_asking.txt", context).strip()


def as_read_by(mailing: Mailing, person: Person) -> tuple[str, str]:
    """Subject and text as this person would get them; in the place of a link to questions, which is made when the
    email goes, stand words. No query."""
    values = person.values(mailing)
    subject, text = merging.merge(mailing.subject, values), merging.merge(mailing.text, values)
    if mailing.consultation is None:
        return subject, text
    places = [person.school, *person.also_at]
    return subject, f"{text}\n\n{asking(mailing.consultation, [Way(each.name, OWN_LINK) for each in places])}"


def message(hub: Hub, by: User, *, subject: str, text: str, to: str, stop: str = "") -> EmailMessage:
    """Plain text from the hub, answered to its sender. Without `stop` it says that the link stands there. No query."""
    body = render_to_string("engagement/email/mailing.txt", {"text": text, "hub": hub, "stop_url": stop}).strip()
    headers = letters.stop_headers(stop) if stop else {}
    reply_to = [by.email] if by.email else []
    return EmailMessage(" ".join(subject.split()), f"{body}\n", None, [to], reply_to=reply_to, headers=headers)


def token_of(row: MailingRecipient) -> str:
    """What names a recipient in the link out of mailings. It opens nothing else, and does not expire."""
    return signing.dumps(str(row.uuid), salt=SALT)
