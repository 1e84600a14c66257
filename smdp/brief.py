"""Where a school's plan stands, for the page that somebody reads before they go there."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest

from hubportal.accounts.models import User
from schools.models import School
from schools.panels import Panel
from schools.standing import standing_of
from smdp.models import Plan, PlanElsewhere


def plan_in_brief(request: HttpRequest, school: School) -> Iterable[Panel]:
    """The newest plan, and those kept elsewhere, for the hub's people and the partner entrusted. Two queries."""
    user = cast(User, request.user)
    if not standing_of(user, school).sees_engagement or not school.type.has_plans:
        return
    plan = Plan.objects.visible_to(user).with_versions(user).of_school(school).first()
    kept = list(PlanElsewhere.objects.visible_to(user).standing().of_school(school))
    yield Panel("smdp/_plan_in_brief.html", {"plan": plan, "kept": kept}, position=60, column="main")
