"""What an engagement plan adds to a school's page, and to the page of a conversation with it."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest

from engagement.engagement_plans.reading import standing_of_plans
from engagement.models import ConversationPart, EngagementPlan
from engagement.panels import PartPanel
from engagement.permissions import can_write_engagement_plan
from engagement.sharing_panel import HUB_PAGES
from hubportal.accounts.models import User
from schools.models import School
from schools.panels import Panel
from schools.standing import standing_of


def plan_of_school(request: HttpRequest, school: School) -> Iterable[Panel]:
    """For the hub's people and the partner entrusted, at open schools: the plan that stands, or that there is none.
    One query, and with a plan two and those of its measure."""
    user = cast(User, request.user)
    standing = standing_of(user, school)
    if not standing.sees_engagement or standing.hub is None or not school.is_open:
        return
    rows = EngagementPlan.objects.visible_to(user).standing().filter(hub=standing.hub, school=school)
    plans = standing_of_plans(user, plans) if (plans := list(rows.select_related("hub", "school", "owner"))) else []
    context = {"school": school, "standing": plans[0] if plans else None, "may_write": standing.writes}
    yield Panel("engagement/_school_engagement_plan.html", context, position=43)


def review_after(request: HttpRequest, part: ConversationPart) -> Iterable[PartPanel]:
    """On the hub's page of a conversation that was logged after the school's plan was last looked at: the way to review
    it. One query, and with such a plan those of the permission."""
    user, conversation = cast(User, request.user), part.conversation
    if not request.resolver_match or request.resolver_match.url_name not in HUB_PAGES:
        return
    logged, on = conversation.logged_at, conversation.date
    if logged is None or on is None:
        return
    rows = EngagementPlan.objects.visible_to(user).standing().filter(hub=conversation.hub_id, school=part.school_id)
    plan = rows.filter(reviewed_at__lt=logged, reviewed_at__date__lte=on).select_related("school").first()
    if plan is None:
        return
    if part.is_filled and can_write_engagement_plan(user, plan.school):
        yield PartPanel("engagement/plans/_review_after.html", {"plan": plan}, position=40)
