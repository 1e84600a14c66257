"""What engagement risks add to a school's page: those that stand, raising one, and the person's own watch."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest
from django.urls import reverse

from engagement.models import Risk, Watch
from engagement.risks.tables import VARIANTS
from hubportal.accounts.models import User
from schools.models import School
from schools.panels import Panel
from schools.standing import standing_of

SHOWN = 4


def risks_of_school(request: HttpRequest, school: School) -> Iterable[Panel]:
    """For the hub's people and the partner entrusted: what stands, and whether they watch the school. Two queries."""
    user = cast(User, request.user)
    standing = standing_of(user, school)
    if not standing.sees_engagement or standing.hub is None:
        return
    rows = Risk.objects.visible_to(user).standing().filter(hub=standing.hub, school=school)
    risks = list(rows.select_related("with_whom").order_by("-raised_at", "-pk"))
    context = {
        "school": school,
        "risks": [(each, VARIANTS[Risk.State(each.state)]) for each in risks[:SHOWN]],
        "number": len(risks),
        "list_url": reverse("engagement:risk-list", query={"q": school.urn, "state": "all"}),
        "may_write": standing.writes,
        "watches": Watch.objects.visible_to(user).filter(school=school).exists(),
    }
    yield Panel("engagement/_school_risks.html", context, position=45)
