"""Engagement plans that wait for somebody, for the Today page."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from engagement import scoring
from engagement.engagement_plans.reading import code_of
from engagement.models import EngagementPlan
from engagement.reach import handed_to, is_officer, sees_whole_hub
from engagement.worklist import WorkItem
from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.models import School


def plans_to_look_at(user: User, on: date) -> Iterable[WorkItem]:
    """Plans whose next step is due, which wait for a review after a conversation, or whose day has passed: each once.
    Two queries."""
    if not is_officer(user):
        return
    rows = EngagementPlan.objects.visible_to(user, on).standing()
    rows = rows.filter(school__in=School.objects.writable_by(user, on).open().values("pk"))
    if not sees_whole_hub(user):
        given = handed_to(user).filter(key__startswith="engagement-plan:").values("school")
        rows = rows.filter(Q(owner=user) | Q(school__in=given))
    spoken = set(rows.spoken_since().values_list("pk", flat=True))
    waiting = rows.filter(Q(pk__in=spoken) | Q(next_step_on__lte=on) | Q(due_on__lt=on))
    for plan in waiting.select_related("school"):
        code = code_of(plan, on, was_spoken=plan.pk in spoken)
        yield _item(plan, code, on)


def _item(plan: EngagementPlan, code: str, on: date) -> WorkItem:
    reason, since, action, name = {
        "over": (
            f"The engagement plan was to be reached by {long_date(plan.due_on)}: {plan.target.rstrip('.')}.",
            plan.due_on,
            "Say how it ended",
            "plan-end",
        ),
        "review": (
            "You spoke with the school after the engagement plan was last reviewed.",
            timezone.localdate(plan.reviewed_at),
            "Review the plan",
            "plan-review",
        ),
        "step": (
            f"The engagement plan’s next step: {plan.next_step.rstrip('.')}.",
            plan.next_step_on,
            "Review the plan",
            "plan-review",
        ),
    }[code]
    late = scoring.days("lies" if code == "review" else "late", since, on)
    return WorkItem(
        group="talk" if code == "step" else "finish",
        title=plan.school.name,
        href=plan.get_absolute_url(),
        reason=reason,
        since=since,
        action=action,
        action_href=reverse(f"engagement:{name}", args=[plan.uuid]),
        key=f"engagement-plan:{plan.uuid}",
        matter=f"{code}:{plan.next_step_on}",
        school_id=plan.school_id,
        hub_id=plan.hub_id,
        owner_id=plan.owner_id,
        marks={"planned": 1, **late},
    )


PROVIDERS = (plans_to_look_at,)
