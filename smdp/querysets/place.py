"""Where a school's plan stands in one word, whether it is written here or kept elsewhere."""

from datetime import date
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When

from hubportal.kit.wording import academic_year
from schools.access import today

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class PlanPlace(models.TextChoices):
    """Where a school's plan stands, as its hub sees it."""

    NONE = "none", "None yet"
    DRAFT = "draft", "Being written"
    SHARED = "shared", "Shared with the hub"
    REVIEWED = "reviewed", "Reviewed by the hub"
    ADOPTED = "adopted", "Adopted"
    ELSEWHERE = "elsewhere", "Kept elsewhere"
    OUT_OF_DATE = "out-of-date", "Out of date"


WRITTEN = (PlanPlace.SHARED, PlanPlace.REVIEWED, PlanPlace.ADOPTED)  # somebody outside the school reads it


def with_plan(schools: models.QuerySet, user: "User", on: date | None = None) -> models.QuerySet:
    """Adds to schools, from the plan that counts among those that the person sees: `plan_uuid`, `plan_year`,
    `plan_until`, `plan_state`, `plan_review_on`, and `plan_shared_at` and `plan_adopted_on` of its last versions; from
    the newest that is kept elsewhere `elsewhere_uuid`, `elsewhere_year`, `elsewhere_until`, `elsewhere_adopted_on` and
    `elsewhere_review_on`; `plan_place`, where it all stands (see `PlanPlace`); and of which of the two that is said:
    `is_elsewhere`, `counted_year`, `counted_until` and `counted_adopted_on`. No further query.

    The plan that counts is the newest that was shared or adopted and whose years are not over; else the newest. Once
    its years are over or the day of its review has come, it is out of date."""
    on = on or today()
    this_year = academic_year(on)
    until = F("year") + F("years")
    plans = apps.get_model("smdp", "Plan")._default_manager.visible_to(user, on).with_versions(user, on)
    counts = Case(
        When(Q(until__gt=this_year) & ~Q(state="draft"), then=Value(1)), When(until__gt=this_year, then=2), default=3
    )
    mine = plans.annotate(until=until, rank=counts).filter(school=OuterRef("pk")).order_by("rank", "-year", "-begun_at")
    names = ("uuid", "year", "until", "state", "review_on", "shared_at", "adopted_on")
    kept = apps.get_model("smdp", "PlanElsewhere")._default_manager.visible_to(user, on).standing()
    there = kept.annotate(until=until).filter(school=OuterRef("pk")).order_by("-year", "-recorded_at")
    there_names = ("uuid", "year", "until", "adopted_on", "review_on")
    found = schools.annotate(
        **{f"plan_{name}": Subquery(mine.values(name)[:1]) for name in names},
        **{f"elsewhere_{name}": Subquery(there.values(name)[:1]) for name in there_names},
    )
    runs = Q(plan_until__gt=this_year)
    to_review = Q(plan_review_on__isnull=False, plan_review_on__lte=on)
    found = found.annotate(
        plan_place=Case(
            When(runs & ~Q(plan_state="draft") & ~to_review, then=F("plan_state")),
            When(elsewhere_until__gt=this_year, elsewhere_review_on__gt=on, then=Value(PlanPlace.ELSEWHERE)),
            When(runs & ~to_review, then=F("plan_state")),
            When(Q(plan_uuid__isnull=False) | Q(elsewhere_uuid__isnull=False), then=Value(PlanPlace.OUT_OF_DATE)),
            default=Value(PlanPlace.NONE),
            output_field=models.CharField(),
        )
    )
    there_alone = Q(plan_place=PlanPlace.ELSEWHERE) | Q(plan_uuid=None, elsewhere_uuid__isnull=False)
    return found.annotate(
        is_elsewhere=Case(When(there_alone, then=True), default=False, output_field=models.BooleanField()),
        **{
            f"counted_{name}": Case(When(there_alone, then=F(f"elsewhere_{name}")), default=F(f"plan_{name}"))
            for name in ("year", "until", "adopted_on")
        },
    )
