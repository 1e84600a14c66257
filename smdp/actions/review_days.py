"""The day on which a plan is to be reviewed next is kept on it, so that lists can ask for it."""

from smdp import noting
from smdp.models import Plan, PlanCheckIn


def keep(plan: Plan) -> None:
    """Work it out again, after the plan was frozen or somebody checked in on it. Three statements, in the caller's
    transaction."""
    check_ins = PlanCheckIn.objects.filter(version__plan=plan)
    plan.review_on = noting.next_review(plan, plan.versions.first(), check_ins)
    plan.save(update_fields=["review_on"])
