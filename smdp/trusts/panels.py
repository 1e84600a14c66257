"""What a trust's plan adds to its page, and to the list of plans."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest

from hubportal.accounts.models import User
from schools.models import Trust
from schools.panels import Panel
from smdp.models import TrustPlan, TrustPlanVersion
from smdp.permissions import can_begin_trust_plan


def plan_of_trust(request: HttpRequest, trust: Trust) -> Iterable[Panel]:
    """The trust's newest plan, for its leaders and for whoever reads what was shared. Two queries."""
    user = cast(User, request.user)
    plan = TrustPlan.objects.visible_to(user).of_trust(trust).first()
    versions = TrustPlanVersion.objects.visible_to(user).filter(plan__trust=trust).order_by("-plan__year", "-number")
    context = {
        "trust": trust,
        "plan": plan,
        "version": versions.select_related("plan").first(),
        "may_write": can_begin_trust_plan(user, trust),
    }
    yield Panel("smdp/_trust_plan.html", context, position=40)


def trust_plans_for(user: User) -> list[TrustPlan]:
    """Plans of trusts that the person may see and that none of a later year has followed, by trust. One query."""
    rows = TrustPlan.objects.visible_to(user).standing().select_related("trust")
    return list(rows.order_by("trust__name_key", "-year"))
