"""A current plan, a current summary: how they stand now, by the rules of the list of plans."""

from datetime import date

from engagement.targets.measures import Measure
from hubportal.accounts.models import User
from schools.models import Hub
from schools.querysets import SchoolQuerySet
from smdp.querysets import PlanPlace, SummaryState, with_plan, with_summary


class CurrentPlan(Measure):
    """Adopted, or kept elsewhere, and not out of date."""

    key, label = "plan", "A current music development plan"
    met, not_met = "Has a current plan", "No current plan yet"
    knows_the_past = False

    def meeting(self, *, hub: Hub, user: User, schools: SchoolQuerySet, on: date) -> set[int]:
        found = with_plan(schools, user, on).filter(plan_place__in=[PlanPlace.ADOPTED, PlanPlace.ELSEWHERE])
        return set(found.order_by().values_list("pk", flat=True))


class CurrentSummary(Measure):
    """Published here and current. One that is published elsewhere does not say for which year it is."""

    key, label = "summary", "A current public summary"
    met, not_met = "Has a current summary", "No current summary yet"
    knows_the_past = False

    def meeting(self, *, hub: Hub, user: User, schools: SchoolQuerySet, on: date) -> set[int]:
        found = with_summary(schools, on).filter(summary_state=SummaryState.CURRENT)
        return set(found.order_by().values_list("pk", flat=True))


MEASURES = (CurrentPlan(), CurrentSummary())
