"""How a hub's words on a school's plans go over to the hub that takes the school over: see `schools.handing`. The plans
themselves are the school's, and whichever hub covers it reads them.

The copies read as the giving hub wrote them. The school, which has the giver's, does not see them.
"""

from django.db.models import QuerySet

from schools.handing import Copied, Handing, Kind, Passing, mark_of
from smdp.actions import elsewhere, reviews
from smdp.models import PlanElsewhereLook, PlanReview

REVIEW = ("version_id", "begun_by_id", "begun_at", "strengths", "suggestions", "comments")
RETURNED = ("returned_by_id", "returned_at")
LOOK = ("plan_id", "kind", "on", "strengths", "suggestions", "by_id", "at")


class Reviews(Kind):
    """Reviews of versions of its plans that were returned to the school: never what was still being written."""

    noun = "review of a plan,reviews of plans"
    sources = ("plan-review",)

    def held(self, passing: Passing) -> QuerySet[PlanReview]:
        rows = PlanReview.objects.returned().filter(hub=passing.giver, version__plan__school=passing.school)
        return rows.exclude(received_from=passing.receiver)

    def copy(self, handing: Handing) -> Copied:
        """Six statements for each."""
        found = Copied()
        for row in self.held(handing).select_related("version__plan__school"):
            mark = mark_of(row, handing)
            like, is_new = PlanReview.objects.get_or_create(
                hub=handing.receiver,
                received_origin=mark["received_origin"],
                defaults={**mark, **{name: getattr(row, name) for name in (*REVIEW, *RETURNED)}},
            )
            reviews.write_timeline(like)
            found.number += is_new
            found.written.add(like.timeline_source)
        return found


class Looks(Kind):
    """That it saw a plan that the school keeps elsewhere, and its advice on it."""

    noun = "look at a plan kept elsewhere,looks at plans kept elsewhere"
    sources = ("plan-elsewhere-look",)

    def held(self, passing: Passing) -> QuerySet[PlanElsewhereLook]:
        rows = PlanElsewhereLook.objects.filter(hub=passing.giver, plan__school=passing.school)
        return rows.exclude(received_from=passing.receiver)

    def copy(self, handing: Handing) -> Copied:
        """Six statements for each."""
        found = Copied()
        for row in self.held(handing).select_related("plan__school").order_by("at"):
            mark = mark_of(row, handing)
            like, is_new = PlanElsewhereLook.objects.get_or_create(
                hub=handing.receiver,
                received_origin=mark["received_origin"],
                defaults={**mark, **{name: getattr(row, name) for name in LOOK}},
            )
            elsewhere.write_look(like)
            found.number += is_new
            found.written.add(like.timeline_source)
        return found


KINDS = (Reviews, Looks)
