"""What plans that are kept elsewhere add to the list of what needs a person today."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from engagement import scoring
from engagement.worklist import WorkItem
from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.models import School
from smdp import reminding
from smdp.models import PlanElsewhere, PlanElsewhereLook


def kept_to_see(user: User, on: date) -> Iterable[WorkItem]:
    """Plans in place elsewhere that the school recorded and nobody at the hub has said to have seen, for those who may
    review them. One query."""
    schools = School.objects.writable_by(user, on).open().values("pk")
    looks = PlanElsewhereLook.objects.filter(plan=OuterRef("pk"), hub__isnull=False)
    rows = PlanElsewhere.objects.visible_to(user, on).in_place(on).filter(~Exists(looks), school__in=schools)
    for plan in rows.select_related("school"):
        recorded = timezone.localdate(plan.recorded_at)
        yield WorkItem(
            group="read",
            title=plan.school.name,
            href=plan.get_absolute_url(),
            reason=f"It recorded on {long_date(recorded)} that it keeps its plan elsewhere. Nobody has seen it yet.",
            since=recorded,
            action="See the plan",
            action_href=plan.get_absolute_url(),
            key=f"plan-elsewhere:{plan.uuid}",
            school_id=plan.school_id,
            marks={"to_review": 1, **scoring.days("waits", recorded, on)},
        )


def kept_to_confirm(user: User, school: School, on: date) -> Iterable[WorkItem]:
    """What the hub recorded and the school has not confirmed, and what is to be reviewed; for the school's own people.
    One query."""
    rows = PlanElsewhere.objects.visible_to(user, on).standing().filter(school=school)
    for plan in rows.select_related("school"):
        if plan.is_to_confirm:
            kept = f"Your hub recorded a plan for {plan.when} that you keep elsewhere."
            words = f"{kept} A leader says whether it is right."
            since, action = timezone.localdate(plan.recorded_at), "See it"
        elif reason := reminding.of_kept(plan, on):
            words, since, action = reason.of_yours, reason.since, "Go through it"
        else:
            continue
        yield WorkItem(
            group="finish",
            title="Plan kept elsewhere",
            href=plan.get_absolute_url(),
            reason=words,
            since=since,
            action=action,
            action_href=plan.get_absolute_url(),
        )
