"""What a living link to a consultation leads to. The link itself is the permission: it opens one school's answers."""

from engagement.models import ConsultationSchool
from hubportal.kit.models import SignedLink
from schools.models import Hub, School

# What a page with the questions shows or uses of each.
ALONG = (
    "consultation__hub",
    "consultation__sent_by",
    "consultation__made_by",
    "hub",
    "school__type",
    "answer",
    "draft__updated_by",
)


def asked_behind(link: SignedLink) -> ConsultationSchool | None:
    """The school for which a link was made; None once it has closed. One query."""
    rows = ConsultationSchool.objects.filter(uuid=link.target, school__status__in=School.OPEN_STATUSES)
    return rows.select_related(*ALONG).first()


def hub_of(link: SignedLink) -> Hub | None:
    """The hub to ask about a link that no longer opens. One query."""
    row = ConsultationSchool.objects.filter(uuid=link.target).select_related("hub").first()
    return row.hub if row else None
