"""The email that says what is due, with the link that turns such emails off."""

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from engagement.digests.reading import Chapter, number_of
from engagement.models import Digest
from hubportal.accounts.models import User
from hubportal.kit import letters
from hubportal.kit.wording import count

SALT = "engagement.digest-stop"


def letter(row: Digest, found: list[Chapter]) -> EmailMessage:
    """The one email. No query."""
    stop = settings.BASE_URL + reverse("engagement:digest-stop", args=[token_of(row.user)])
    context = {
        "user": row.user,
        "chapters": found,
        "things": count(number_of(found), "thing"),
        "is_one": number_of(found) == 1,
        "base_url": settings.BASE_URL,
        "account_url": settings.BASE_URL + reverse("account"),
        "stop_url": stop,
    }
    subject, _, body = render_to_string("engagement/email/digest.txt", context).strip().partition("\n")
    headers = {"Message-ID": letters.message_id("digest", row.uuid), **letters.stop_headers(stop)}
    return EmailMessage(subject.strip(), body.strip() + "\n", None, [row.user.email], headers=headers)


def token_of(user: User) -> str:
    """What names a person in the link that turns these emails off. It opens nothing else."""
    return signing.dumps(user.pk, salt=SALT)
