from smdp.models.comments import SectionComment
from smdp.models.elsewhere import PlanElsewhere, PlanElsewhereLook
from smdp.models.evaluations import SelfEvaluation, SelfEvaluationVersion
from smdp.models.files import PlanFile
from smdp.models.guests import SectionGuest, Side
from smdp.models.hub_questions import HubQuestion
from smdp.models.joint import JointOffer
from smdp.models.notes import PlanCheckIn, PriorityNote
from smdp.models.plan_reminders import PlanReminder
from smdp.models.plans import Plan, PlanSection, PlanVersion
from smdp.models.reminders import Reminder
from smdp.models.reviews import PlanReview
from smdp.models.section_answers import SectionAnswer
from smdp.models.summaries import Summary, SummaryVersion
from smdp.models.trust_evaluations import TrustEvaluation
from smdp.models.trust_plans import (
    LiftedPriority,
    TrustConfirmation,
    TrustPlan,
    TrustPlanSection,
    TrustPlanVersion,
)

__all__ = [
    "HubQuestion",
    "JointOffer",
    "LiftedPriority",
    "Plan",
    "PlanCheckIn",
    "PlanElsewhere",
    "PlanElsewhereLook",
    "PlanFile",
    "PlanReminder",
    "PlanReview",
    "PlanSection",
    "PlanVersion",
    "PriorityNote",
    "Reminder",
    "SectionAnswer",
    "SectionComment",
    "SectionGuest",
    "SelfEvaluation",
    "SelfEvaluationVersion",
    "Side",
    "Summary",
    "SummaryVersion",
    "TrustConfirmation",
    "TrustEvaluation",
    "TrustPlan",
    "TrustPlanSection",
    "TrustPlanVersion",
]
