"""Who sees which rows of plans, as `visible_to(user)`; pages start from there."""

from smdp.querysets.evaluations import SelfEvaluationQuerySet, SelfEvaluationVersionQuerySet, TrustEvaluationQuerySet
from smdp.querysets.plans import PlanQuerySet, PlanSectionQuerySet, PlanVersionQuerySet, with_plan
from smdp.querysets.reviews import PlanReviewQuerySet

__all__ = [
    "PlanQuerySet",
    "PlanReviewQuerySet",
    "PlanSectionQuerySet",
    "PlanVersionQuerySet",
    "SelfEvaluationQuerySet",
    "SelfEvaluationVersionQuerySet",
    "TrustEvaluationQuerySet",
    "with_plan",
]
