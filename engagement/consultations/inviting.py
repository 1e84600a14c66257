"""The link by which a school answers: one for each contact who is written to, made when their email goes."""

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


def address_for(recipient_id: int) -> str:
    """The address at which this recipient answers; "" for a mailing that asks nothing. The link is kept before the
    email goes, so that one that went always opens. One query, and two statements where there are questions."""
    rows = MailingRecipient.objects.filter(pk=recipient_id, mailing__consultation__isnull=False)
    row = rows.select_related("mailing__by").first()
    if row is None:
        return ""
    asked = ConsultationSchool.objects.filter(consultation=row.mailing.consultation_id, school=row.school_id)
    found = asked.select_related("consultation").first()
    if found is None:
        return ""
    _, token = make_link(found, email=row.email, name=row.name, by=row.mailing.by)
    return settings.BASE_URL + reverse("engagement:consultation-link-open", args=[token])
