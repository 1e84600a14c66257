"""What this room adds to a school's page: where its plan stands."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest

from hubportal.accounts.models import User
from schools.access import today
from schools.models import School
from schools.panels import Panel
from schools.standing import standing_of
from smdp.models import Plan, Summary
from smdp.permissions import can_begin_plan, can_see_summary


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


def summary_of_school(request: HttpRequest, school: School) -> Iterable[Panel]:
    """Whether the school has a summary for the public. One query."""
    user = cast(User, request.user)
    if not (can_see_summary(user, school) and school.type.is_state_funded):
        return
    yield Panel(
        "smdp/_school_summary.html", {"summary": summary_with_state(user, school), "school": school}, position=41
    )


def summary_with_state(user: User, school: School) -> Summary | None:
    """The school's summary with its `state` (see `querysets.SummaryState`) today. One query."""
    rows = Summary.objects.visible_to(user).with_state(today()).select_related("current", "school")
    return rows.filter(school=school).first()
