"""How engagement risks and watches go over to the school that follows theirs."""

from django.db.models import Exists, OuterRef, QuerySet

from engagement.models import Newcomer, Risk, RiskStep, Watch
from schools.models import School
from schools.succession import Going, Holding


class Risks(Holding):
    """Their steps follow them. The same risk stands once at a school."""

    key, label, noun = "risks", "Engagement risks", "engagement risk"
    stays_because = "the same risk stands at the other school"
    position = 54

    def rows(self) -> QuerySet:
        return Risk.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = Risk.objects.standing().filter(
            hub=OuterRef("hub"), kind=OuterRef("kind"), what=OuterRef("what"), school=at
        )
        return rows.filter(Exists(there)).exclude(state=Risk.State.RESOLVED)

    def stay(self, rows: QuerySet, going: Going) -> None:
        going.kept_back.update(each.timeline_source for each in RiskStep.objects.filter(risk__in=rows))


class Watches(Holding):
    """Who watched the school watches the one that follows."""

    key, label, noun = "watches", "Watchlists", "watch,watches"
    stays_because = "whoever watches this school watches the other already"
    position = 55

    def rows(self) -> QuerySet:
        return Watch.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = Watch.objects.filter(hub=OuterRef("hub"), user=OuterRef("user"), school=at)
        return rows.filter(Exists(there))


class Newcomers(Holding):
    """Handovers to somebody new. One waits for a post at a time."""

    key, label, noun = "newcomers", "Handovers to somebody new", "handover to somebody new,handovers to somebody new"
    stays_because = "one waits for the same post at the other school"
    position = 58

    def rows(self) -> QuerySet:
        return Newcomer.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = Newcomer.objects.waiting().filter(hub=OuterRef("hub"), post=OuterRef("post"), school=at)
        return rows.filter(Exists(there), state=Newcomer.State.WAITING)
