from smdp.models.evaluations import SelfEvaluation, SelfEvaluationVersion
from smdp.models.plans import Plan, PlanSection, PlanVersion

__all__ = ["Plan", "PlanSection", "PlanVersion", "SelfEvaluation", "SelfEvaluationVersion"]
