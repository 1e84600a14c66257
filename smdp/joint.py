"""Plans that several schools write together: a federation's, an infant and a junior school's. Each school has a plan of
its own, whose sections are the same drafts; what is each school's own stays apart."""

from django.db.models import QuerySet

from schools.models import School
from smdp.carrying import plan_before
from smdp.models import JointOffer, Plan, PlanSection
from smdp.sections import own
from smdp.trusts.asking import OF_EACH_SCHOOL

APART = OF_EACH_SCHOOL | {own.KEY}  # sections that each school writes for itself


def written_with(plan: Plan) -> QuerySet[Plan]:
    """The other plans in which the same words are written, those that stand. Their readers know of them: the caller
    scoped the plan. One query."""
    drafts = PlanSection._base_manager.filter(plan=plan).values("draft")
    together = PlanSection._base_manager.filter(draft__in=drafts).exclude(plan=plan).values("plan")
    return Plan._base_manager.filter(pk__in=together, superseded_at=None).select_related("school")


def partners_before(plan: Plan) -> list[School]:
    """The open schools with which the plan before this one is written, and to which this one was not offered yet. Two
    queries at the most."""
    earlier = plan_before(plan.school, plan.year)
    if earlier is None:
        return []
    asked = JointOffer._base_manager.filter(plan=plan).values("school")
    rows = written_with(earlier).filter(school__status__in=School.OPEN_STATUSES).exclude(school__in=asked)
    return [each.school for each in rows.order_by("school__name_key")]


def school_to_ask(urn: str) -> School | None:
    """The open school with this number in the register, which anybody may look up there. One query."""
    return School._base_manager.filter(urn=urn, status__in=School.OPEN_STATUSES).select_related("type").first()
