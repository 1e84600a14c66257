"""Engagement risks that wait for a manager, for the Today page."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from engagement import scoring
from engagement.models import Risk
from engagement.worklist import WorkItem
from hubportal.accounts.models import User
from schools.access import access_of
from schools.models import Membership
from schools.roles import Role


def risks_to_take_on(user: User, on: date) -> Iterable[WorkItem]:
    """Escalated to this manager; or to one who is none of the hub's managers any more: then every manager has it. One
    query."""
    managed = access_of(user).managed_hub_ids
    if not managed:
        return
    managers = Membership.objects.current(on).filter(hub__in=managed, role=Role.HUB_MANAGER, user__is_active=True)
    rows = Risk.objects.visible_to(user, on).filter(hub__in=managed, state=Risk.State.ESCALATED)
    rows = rows.filter(Q(with_whom=user) | ~Q(with_whom__in=managers.order_by().values("user")))
    for each in rows.select_related("school", "kind").prefetch_related("steps__by", "steps__to_trust", "steps__to"):
        step = [step for step in each.steps.all() if step.what == "escalated"][-1]
        yield WorkItem(
            group="read",
            title=each.school.name,
            href=each.get_absolute_url(),
            reason=f"{step.by} takes a risk to {step.whom}: {each.what.rstrip('.')}. “{step.why}”",
            since=timezone.localdate(step.at),
            action="Decide",
            action_href=reverse("engagement:risk-resolve", args=[each.uuid]),
            key=f"risk:{each.uuid}",
            matter=str(step.pk),
            school_id=each.school_id,
            hub_id=each.hub_id,
            owner_id=each.with_whom_id if each.with_whom_id == user.pk else None,
            is_managers=True,
            marks={"approval": 1, **scoring.days("waits", timezone.localdate(step.at), on)},
        )


PROVIDERS = (risks_to_take_on,)
