"""Who sees which rows of plans, as `visible_to(user)`; pages start from there."""

from smdp.querysets.evaluations import SelfEvaluationQuerySet, SelfEvaluationVersionQuerySet, TrustEvaluationQuerySet
from smdp.querysets.plans import PlanQuerySet, PlanSectionQuerySet, PlanVersionQuerySet, with_plan
from smdp.querysets.reviews import PlanReviewQuerySet
from smdp.querysets.summaries import SummaryQuerySet, SummaryState, SummaryVersionQuerySet, with_summary

__all__ = [
    "PlanQuerySet",
    "PlanReviewQuerySet",
    "PlanSectionQuerySet",
    "PlanVersionQuerySet",
    "SelfEvaluationQuerySet",
    "SelfEvaluationVersionQuerySet",
    "SummaryQuerySet",
    "SummaryState",
    "SummaryVersionQuerySet",
    "TrustEvaluationQuerySet",
    "with_plan",
    "with_summary",
]
