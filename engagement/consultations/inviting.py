"""The link by which a school answers: one for each contact who is written to, made when their email goes."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from engagement.models import ConsultationSchool, MailingRecipient
from hubportal.accounts.models import User
from hubportal.kit import links
from hubportal.kit.models import SignedLink


def make_link(
    asked: ConsultationSchool, *, email: str, name: str, by: User, at: datetime | None = None
) -> tuple[SignedLink, str]:
    """A new link and its token, which is kept nowhere. One statement."""
    return links.make(
        purpose=ConsultationSchool.PURPOSE,
        target=asked.uuid,
        email=email,
        name=name,
        by=by,
        expires_at=asked.consultation.links_end_at,
        at=at,
    )


@dataclass(frozen=True)
class Way:
    """Where the questions are answered for one school."""

    school: str
    url: str


def ways_for(recipient_id: int) -> list[Way]:
    """Where this recipient answers: at each of their schools that is asked; none for a mailing that asks nothing. The
    links are kept before the email goes, so that one that went always opens. One query; where there are questions two
    more, and one for each school."""
    rows = MailingRecipient.objects.filter(pk=recipient_id, mailing__consultation__isnull=False)
    row = rows.select_related("mailing__by", "school").first()
    if row is None:
        return []
    asked = ConsultationSchool.objects.filter(consultation=row.mailing.consultation_id, school__in=row.schools)
    found = []
    for each in asked.select_related("consultation", "school"):
        _, token = make_link(each, email=row.email, name=row.name, by=row.mailing.by)
        address = settings.BASE_URL + reverse("engagement:consultation-link-open", args=[token])
        found.append(Way(each.school.name, address))
    return found
