"""What a living link to a section of a plan leads to. The link itself is the permission: it opens one section, and no
more."""

from hubportal.kit.models import SignedLink
from schools.access import today
from schools.models import Hub, School
from smdp.models import PlanSection, SectionAnswer


def answer_behind(link: SignedLink) -> SectionAnswer | None:
    """What is answered by a link; None once a later plan has followed or the school has closed. One query."""
    rows = SectionAnswer.objects.filter(
        link=link, section__plan__superseded_at=None, section__plan__school__status__in=School.OPEN_STATUSES
    )
    return rows.select_related("link__created_by", "section__draft", "section__plan__school__type", "draft").first()


def hub_of(link: SignedLink) -> Hub | None:
    """The hub in whose area the school is whose section the link was made for. Two queries."""
    row = PlanSection.objects.select_related("plan__school").filter(uuid=link.target).first()
    return Hub.objects.covering(row.plan.school.authority_id, today()).first() if row else None
