"""Handovers to somebody new that wait to be checked and sent: on the Today page, and on the school's."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from django.http import HttpRequest
from django.utils import timezone

from engagement import scoring
from engagement.models import Newcomer
from engagement.reach import is_officer, not_others
from engagement.worklist import WorkItem
from hubportal.accounts.models import User
from schools.models import School
from schools.panels import Panel
from schools.standing import standing_of


def handovers_to_send(user: User, on: date) -> Iterable[WorkItem]:
    """For those who write about the school: their own schools, those of nobody, or the whole hub's. One query."""
    if not is_officer(user):
        return
    rows = Newcomer.objects.visible_to(user, on).waiting().filter(not_others(user, "hub_id", "school_id"))
    rows = rows.filter(school__in=School.objects.writable_by(user, on).values("pk"))
    for each in rows.select_related("school"):
        yield WorkItem(
            group="read",
            title=each.school.name,
            href=each.get_absolute_url(),
            reason=f"{each.get_post_display()} at {each.school}, {each.name}: send the handover.",
            since=timezone.localdate(each.noticed_at),
            action="Check and send",
            action_href=each.get_absolute_url(),
            key=f"newcomer:{each.uuid}",
            school_id=each.school_id,
            hub_id=each.hub_id,
            marks={"register": 1, **scoring.days("waits", timezone.localdate(each.noticed_at), on)},
        )


def newcomers_of_school(request: HttpRequest, school: School) -> Iterable[Panel]:
    """For whoever may send them. One query."""
    user = cast(User, request.user)
    standing = standing_of(user, school)
    if not (standing.writes and standing.hub):
        return
    rows = list(Newcomer.objects.visible_to(user).waiting().filter(hub=standing.hub, school=school))
    if rows:
        yield Panel("engagement/_school_newcomers.html", {"newcomers": rows}, position=8)


PROVIDERS = (handovers_to_send,)
