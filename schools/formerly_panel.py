"""What a school's page says of the schools that it was and became, and what waits for somebody to decide."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest

from hubportal.accounts.models import User
from schools.formerly import line_of
from schools.models import School
from schools.panels import Panel
from schools.permissions import can_begin_succession
from schools.standing import standing_of


def known_as(request: HttpRequest, school: School) -> Iterable[Panel]:
    """For everybody who sees the school's facts; what waits to be decided, for the hub's staff. One or two queries."""
    user = cast(User, request.user)
    standing = standing_of(user, school)
    if not standing.sees_facts:
        return
    line = line_of(school, hub=standing.hub, user=user)
    to_decide = line.to_decide if standing.is_hub_staff else []
    may_decide = can_begin_succession(user, school)
    context = {"school": school, "line": line, "to_decide": to_decide, "may_decide": may_decide}
    whole = next((each for each in reversed(line.now) if each.is_whole), None)
    if whole is not None:
        yield Panel("schools/_now_known_as.html", {"other": whole}, position=1, column="next")
    elif to_decide and to_decide[0].predecessor_id == school.pk and not school.is_open:
        yield Panel("schools/_succession_next.html", context | {"succession": to_decide[0]}, position=2, column="next")
    if line.now or line.before or to_decide:
        yield Panel("schools/_formerly.html", context, position=60, column="side")
