from smdp.models.evaluations import SelfEvaluation, SelfEvaluationVersion
from smdp.models.plans import Plan, PlanSection, PlanVersion
from smdp.models.trust_evaluations import TrustEvaluation

__all__ = ["Plan", "PlanSection", "PlanVersion", "SelfEvaluation", "SelfEvaluationVersion", "TrustEvaluation"]
