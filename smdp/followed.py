"""How the priorities of several plans go, for whoever reads their versions: to stand beside another text."""

from collections.abc import Sequence
from dataclasses import dataclass

from hubportal.accounts.models import User
from smdp import noting
from smdp.models import Plan, PlanCheckIn, PlanVersion, PriorityNote
from smdp.noting import Followed, Going


@dataclass(frozen=True)
class GoingPlan:
    """A plan with how its priorities go and what was said in its check-ins, the newest first."""

    plan: Plan
    going: Going
    check_ins: list[PlanCheckIn]

    @property
    def noted(self) -> list[Followed]:
        """The priorities of which something was noted."""
        return [each for each in [*self.going.standing, *self.going.gone] if each.notes]


def followed(user: User, plans: Sequence[Plan]) -> list[GoingPlan]:
    """Those of these plans of which anything was noted, in this order, as far as the person reads it. Three queries."""
    ids = [each.pk for each in plans]
    versions = list(PlanVersion.objects.visible_to(user).filter(plan__in=ids))
    notes = list(PriorityNote.objects.visible_to(user).filter(version__plan__in=ids).select_related("by"))
    check_ins = PlanCheckIn.objects.visible_to(user).filter(version__plan__in=ids).select_related("by")
    plan_of = {each.pk: each.plan_id for each in versions}
    found = []
    for plan in plans:
        own = [each for each in versions if each.plan_id == plan.pk]
        said = [each for each in notes if plan_of.get(each.version_id) == plan.pk]
        checked = [each for each in check_ins if plan_of.get(each.version_id) == plan.pk]
        if said or checked:
            found.append(GoingPlan(plan, noting.going(own, said), checked))
    return found
