"""What a living link to a school's half leads to. The link itself is the permission: it opens one set of questions."""

from engagement.models import SchoolHalf
from hubportal.kit.models import SignedLink
from schools.models import Hub, School


def half_behind(link: SignedLink) -> SchoolHalf | None:
    """The questions that a link was made for; None once they were withdrawn or the school has closed. One query."""
    rows = SchoolHalf.objects.standing().filter(uuid=link.target, school__status__in=School.OPEN_STATUSES)
    return rows.select_related("hub", "school__type", "meeting", "draft", "asked_by").first()


def hub_of(link: SignedLink) -> Hub | None:
    """The hub to ask about a link that no longer opens. One query."""
    row = SchoolHalf.objects.filter(uuid=link.target).select_related("hub").first()
    return row.hub if row else None
