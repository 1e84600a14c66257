"""What this room adds to a school's page: where its plan stands."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest

from hubportal.accounts.models import User
from schools.models import School
from schools.panels import Panel
from schools.standing import standing_of
from smdp.models import Plan
from smdp.permissions import can_begin_plan


def plan_of_school(request: HttpRequest, school: School) -> Iterable[Panel]:
    """The school's newest plan, for whoever may see how far it is. One query."""
    user = cast(User, request.user)
    standing = standing_of(user, school)
    if not (standing.sees_engagement or standing.is_school_person or standing.is_trust_leader):
        return
    if not school.type.is_state_funded:
        return
    plan = Plan.objects.visible_to(user).with_versions(user).of_school(school).first()
    yield Panel(
        "smdp/_school_plan.html",
        {"plan": plan, "school": school, "may_begin": can_begin_plan(user, school)},
        position=40,
    )
