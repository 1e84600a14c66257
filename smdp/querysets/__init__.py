"""Who sees which rows of plans, as `visible_to(user)`; pages start from there."""

from smdp.querysets.comments import SectionCommentQuerySet
from smdp.querysets.elsewhere import PlanElsewhereLookQuerySet, PlanElsewhereQuerySet
from smdp.querysets.evaluations import SelfEvaluationQuerySet, SelfEvaluationVersionQuerySet, TrustEvaluationQuerySet
from smdp.querysets.files import PlanFileQuerySet
from smdp.querysets.notes import PlanCheckInQuerySet, PriorityNoteQuerySet
from smdp.querysets.place import PlanPlace, with_plan
from smdp.querysets.plans import PlanQuerySet, PlanSectionQuerySet, PlanVersionQuerySet
from smdp.querysets.reviews import PlanReviewQuerySet
from smdp.querysets.summaries import SummaryQuerySet, SummaryState, SummaryVersionQuerySet, with_summary
from smdp.querysets.trust_plans import (
    LiftedPriorityQuerySet,
    TrustConfirmationQuerySet,
    TrustPlanQuerySet,
    TrustPlanSectionQuerySet,
    TrustPlanVersionQuerySet,
)

__all__ = [
    "LiftedPriorityQuerySet",
    "PlanCheckInQuerySet",
    "PlanElsewhereLookQuerySet",
    "PlanElsewhereQuerySet",
    "PlanFileQuerySet",
    "PlanPlace",
    "PlanQuerySet",
    "PlanReviewQuerySet",
    "PlanSectionQuerySet",
    "PlanVersionQuerySet",
    "PriorityNoteQuerySet",
    "SectionCommentQuerySet",
    "SelfEvaluationQuerySet",
    "SelfEvaluationVersionQuerySet",
    "SummaryQuerySet",
    "SummaryState",
    "SummaryVersionQuerySet",
    "TrustConfirmationQuerySet",
    "TrustEvaluationQuerySet",
    "TrustPlanQuerySet",
    "TrustPlanSectionQuerySet",
    "TrustPlanVersionQuerySet",
    "with_plan",
    "with_summary",
]
