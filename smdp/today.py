"""What this room adds to the list of what needs a person today: plans that wait for the hub's review, and
summaries that are to be renewed."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from engagement.today import is_officer, others
from engagement.worklist import WorkItem
from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.models import School
from smdp import reminding
from smdp.models import Plan, Summary


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


def summaries_to_renew(user: User, on: date) -> Iterable[WorkItem]:
    """Public summaries of the hub's schools that are to be renewed: the schools' own doing, so they wait. Officers see
    those of schools that nobody else looks after. One query."""
    if not is_officer(user):
        return
    rows = Summary.objects.visible_to(user, on).to_renew(on).filter(school__in=School.objects.visible_to(user, on))
    for each in rows.exclude(Exists(others(user).filter(school_id=OuterRef("school_id")))):
        reason = reminding.of_summary(each, on)
        yield WorkItem(
            group="wait",
            title=each.school.name,
            href=each.school.get_absolute_url(),
            reason=reason.of_its,
            since=reason.since,
            action="See its summary",
            action_href=each.get_absolute_url(),
        )


def summary_to_renew(user: User, school: School, on: date) -> Iterable[WorkItem]:
    """The same for the school's own people. One query."""
    for each in Summary.objects.visible_to(user, on).to_renew(on).filter(school=school):
        reason = reminding.of_summary(each, on)
        yield WorkItem(
            group="finish",
            title="Public summary",
            href=each.get_absolute_url(),
            reason=reason.of_yours,
            since=reason.since,
            action="Renew it",
            action_href=each.get_absolute_url(),
        )
