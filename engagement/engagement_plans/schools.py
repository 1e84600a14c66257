"""The schools of the list of engagement plans: each with what its plan says."""

from datetime import date

from django.db.models import Case, CharField, Exists, F, OuterRef, Subquery, Value, When

from engagement.models import EngagementPlan
from hubportal.accounts.models import User
from schools.models import School
from schools.querysets import SchoolQuerySet

COPIED = ("uuid", "aim", "measure", "measure_words", "baseline", "target", "due_on", "next_step", "next_step_on")


def with_plans(user: User, on: date) -> SchoolQuerySet:
    """The open state-funded schools for which the person's hub answers, those for which they do an officer's work
    among them, each with its standing plan's columns (`plan_aim`, ...) and `plan_state`, a code of `reading.STATES`.
    No further query."""
    plans = EngagementPlan.objects.visible_to(user, on).standing().filter(school=OuterRef("pk"))
    schools: SchoolQuerySet = School.objects.visible_to(user, on).schools().open().state_funded()
    columns = {f"plan_{name}": Subquery(plans.values(name)[:1]) for name in COPIED}
    # Without its state stands a school of which the person does not read how it and the hub stand.
    known = schools.with_engagement(user, on).exclude(engagement=None)
    return known.annotate(
        **columns,
        plan_owner_id=Subquery(plans.values("owner_id")[:1]),
        plan_owner_name=Subquery(plans.values("owner__name")[:1]),
        plan_spoken=Exists(plans.spoken_since()),
        plan_state=Case(
            When(plan_uuid=None, then=Value("none")),
            When(plan_due_on__lt=on, then=Value("over")),
            When(plan_spoken=True, then=Value("review")),
            When(plan_next_step_on__lte=on, then=Value("step")),
            default=Value("going"),
            output_field=CharField(),
        ),
    ).order_by(F("plan_next_step_on").asc(nulls_first=True), "name_key", "urn")
