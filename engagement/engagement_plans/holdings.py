"""How a school's engagement plan goes over to the school that follows it."""

from django.db.models import Exists, OuterRef, QuerySet

from engagement.models import EngagementPlan
from schools.models import School
from schools.succession import Holding


class EngagementPlans(Holding):
    """One stands at a time: where the other school has its own, that of this one stays, with the school."""

    key, label, noun, name = "engagement-plans", "Engagement plans", "engagement plan", "aim"
    stays_because = "the other school has one that stands"
    position = 56

    def rows(self) -> QuerySet:
        return EngagementPlan.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = EngagementPlan.objects.standing().filter(hub=OuterRef("hub"), school=at)
        return rows.filter(Exists(there), ended_at=None)
