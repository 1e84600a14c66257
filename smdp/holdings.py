"""How a school's plans and self-evaluations go over to the school that follows it. They are the school's: no hub owns
them."""

from django.db.models import Exists, OuterRef, QuerySet

from schools.holdings import OfAnyHub
from schools.models import School
from schools.succession import COPIED, STAYED, Going, Record
from smdp.actions import copies
from smdp.models import (
    Plan,
    PlanCheckIn,
    PlanElsewhere,
    PlanElsewhereLook,
    PlanReview,
    PlanVersion,
    SelfEvaluation,
    SelfEvaluationVersion,
    Summary,
    SummaryVersion,
)


class Plans(OfAnyHub):
    """The plans with their sections, drafts, versions, notes and check-ins, which follow the plan. Where the successor
    has a plan for the same year already, both stay where they are."""

    key, label, noun = "plans", "Development plans", "development plan"
    stays_because = "the other school has a plan that begins in the same year"
    position = 60

    def rows(self) -> QuerySet:
        return Plan.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = Plan.objects.standing().filter(school=at, year=OuterRef("year"))
        return rows.filter(Exists(there), superseded_at=None)

    def copy(self, going: Going) -> list[Record]:
        """The plans that stand at a school that has closed go on at the one that came out of it. While the old school
        is open, its words are its own."""
        if going.predecessor.is_open:
            return []
        rows = self.held(going.hub, [going.predecessor]).filter(superseded_at=None)
        stay = set(self.clashing(rows, going.successor).values_list("pk", flat=True))
        made = [copies.copy(plan=each, school=going.successor) for each in rows.order_by("pk") if each.pk not in stay]
        marks = {str(each.pk): copies.mark(each) for each in made}
        return self.records(COPIED, [each.pk for each in made], marks=marks) + self.records(STAYED, sorted(stay))

    def take_back(self, record: Record, going: Going) -> list[Record]:
        """Not a copy in which somebody has written since."""
        if record["did"] != COPIED:
            return super().take_back(record, going)
        copied = Plan.objects.filter(pk__in=record["rows"])
        stay = [
            each.pk for each in copied if copies.mark(each) != record["marks"][str(each.pk)] or not copies.remove(each)
        ]
        return self.records(STAYED, stay)

    def stay(self, rows: QuerySet, going: Going) -> None:
        """So do their entries in the timeline."""
        versions = PlanVersion.objects.filter(plan__in=rows)
        check_ins = PlanCheckIn.objects.filter(version__plan__in=rows)
        reviews = PlanReview.objects.filter(version__plan__in=rows)
        for entered in (versions, check_ins, reviews):
            going.kept_back.update(each.timeline_source for each in entered)


class PlansElsewhere(OfAnyHub):
    """Plans kept elsewhere, with their files and what was said of them, those that were taken out too. Where one of the
    same year stands at the successor already, both stay where they are."""

    key, label = "plans_elsewhere", "Plans kept elsewhere"
    noun = "plan kept elsewhere,plans kept elsewhere"
    stays_because = "the other school has one that begins in the same year"
    position = 63

    def rows(self) -> QuerySet:
        return PlanElsewhere.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = PlanElsewhere.objects.standing().filter(school=at, year=OuterRef("year"))
        return rows.filter(Exists(there), removed_at=None)

    def stay(self, rows: QuerySet, going: Going) -> None:
        """So do their entries in the timeline."""
        looks = PlanElsewhereLook.objects.filter(plan__in=rows)
        going.kept_back.update(each.timeline_source for each in [*rows, *looks])


class SelfEvaluations(OfAnyHub):
    """The self-evaluations with their drafts and versions. Where the successor has one of the same year already, both
    stay where they are."""

    key, label, noun = "self_evaluations", "Self-evaluations", "self-evaluation"
    stays_because = "the other school has one of the same year"
    position = 62

    def rows(self) -> QuerySet:
        return SelfEvaluation.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        return rows.filter(Exists(SelfEvaluation.objects.filter(school=at, year=OuterRef("year"))))

    def stay(self, rows: QuerySet, going: Going) -> None:
        """So do their entries in the timeline."""
        versions = SelfEvaluationVersion.objects.filter(evaluation__in=rows)
        going.kept_back.update(each.timeline_source for each in versions)


class Summaries(OfAnyHub):
    """The public summary with its versions. Where the successor has one, both stay where they are; else the old public
    address leads to the new one."""

    key, label, noun = "summaries", "Public summary", "public summary,public summaries"
    stays_because = "the other school has a public summary of its own"
    position = 61

    def rows(self) -> QuerySet:
        return Summary.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        return rows.filter(Exists(Summary.objects.filter(school=at)))

    def stay(self, rows: QuerySet, going: Going) -> None:
        """So do their entries in the timeline."""
        versions = SummaryVersion.objects.filter(summary__in=rows)
        going.kept_back.update(each.timeline_source for each in versions)
