"""What somebody new at a school is told of its plan (`engagement.newcomers.pack`)."""

from schools.models import School
from smdp.models import Plan


def plan_line(school: School) -> str:
    """A sentence of the handover to somebody new at the school: that there is a plan, and where. One query."""
    plan = Plan.objects.standing().of_school(school).first()
    return f"Your {school.noun}’s development plan for music stands in the portal: {plan.when}." if plan else ""
