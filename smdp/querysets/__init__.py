"""Who sees which rows of plans, as `visible_to(user)`; pages start from there."""

from smdp.querysets.plans import PlanQuerySet, PlanVersionQuerySet, with_plan

__all__ = ["PlanQuerySet", "PlanVersionQuerySet", "with_plan"]
