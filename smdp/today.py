"""What this room adds to the list of what needs a person today: plans that wait for the hub's review."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from engagement.worklist import WorkItem
from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.models import School
from smdp.models import Plan


def plans_to_review(user: User, on: date) -> Iterable[WorkItem]:
    """Plans that were shared and not reviewed since, for those who may review them. Two queries at the most."""
    schools = School.objects.writable_by(user, on).open().values("pk")
    plans = Plan.objects.visible_to(user, on).standing().filter(state=Plan.State.SHARED, school__in=schools)
    for plan in plans.with_versions(user, on).select_related("school"):
        shared = timezone.localdate(plan.shared_at)  # type: ignore[attr-defined]  # annotated by `with_versions`
        yield WorkItem(
            group="read",
            title=plan.school.name,
            href=plan.get_absolute_url(),
            reason=f"Its music development plan waits for your review since {long_date(shared)}.",
            since=shared,
            action="Read the plan",
            action_href=plan.get_absolute_url(),
        )
