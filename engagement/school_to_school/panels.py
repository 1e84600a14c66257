"""What stands of other schools on a school's page: for the hub's own staff who could help whom, for the school what it
was asked."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest

from engagement.models import Introduction, IntroductionSide, NamedFor
from engagement.school_to_school.reading import state_for_school
from hubportal.accounts.models import User
from schools.models import School
from schools.panels import Panel
from schools.standing import standing_of

SHOWN = 5


def for_the_hub(request: HttpRequest, school: School) -> Iterable[Panel]:
    """For the hub's own staff, at open schools: its introductions, and the way to who could help it. Two queries: the
    matches compare every school of the hub, and so have a page of their own. No partner: they name other schools beside
    what they need."""
    user = cast(User, request.user)
    standing = standing_of(user, school)
    if not standing.is_hub_staff or standing.hub is None or not school.is_open or school.is_organisation:
        return
    introductions = Introduction.objects.visible_to(user).filter(hub=standing.hub, sides__school=school)
    context = {
        "school": school,
        "introductions": list(introductions.order_by("-made_at", "-pk")[:SHOWN]),
        "named_for": NamedFor.objects.visible_to(user).standing().filter(school=school).count(),
    }
    yield Panel("engagement/introductions/_school_panel.html", context, position=47, column="facts")


def for_the_school(request: HttpRequest, school: School) -> Iterable[Panel]:
    """For the school's leaders and editors: what they were asked, and their list. Two queries."""
    user = cast(User, request.user)
    standing = standing_of(user, school)
    if not (standing.is_school_leader or standing.is_school_editor):
        return
    sides = (
        IntroductionSide.objects.visible_to(user)
        .of_school_for(user)
        .filter(school=school)
        .select_related("introduction")
    )
    context = {
        "school": school,
        "sides": [
            (each, state_for_school(each) or "Waits for your answer.") for each in sides.order_by("-asked_at")[:SHOWN]
        ],
        "named_for": NamedFor.objects.visible_to(user).standing().filter(school=school).count(),
    }
    yield Panel("engagement/introductions/_school_own.html", context, position=47)
