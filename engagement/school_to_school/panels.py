"""What stands of other schools on a school's page: for the hub's own staff who could help whom, for the school what it
was asked."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest
from django.urls import reverse

from engagement.models import Introduction, IntroductionSide, NamedFor
from engagement.permissions import can_introduce
from engagement.school_to_school.matching import helped_by, needs_of_schools
from engagement.school_to_school.needs import levels_of
from engagement.school_to_school.reading import state_for_school
from hubportal.accounts.models import User
from schools.models import School
from schools.panels import Panel
from schools.standing import standing_of

SHOWN = 5


def for_the_hub(request: HttpRequest, school: School) -> Iterable[Panel]:
    """For the hub's own staff, at open schools: who could help it, and whom it could help. Some sixteen queries,
    whatever the number of schools. No partner: it names other schools beside what they need."""
    user = cast(User, request.user)
    standing = standing_of(user, school)
    if not standing.is_hub_staff or standing.hub is None or not school.is_open or school.is_organisation:
        return
    hub = standing.hub
    levels = levels_of(hub, user, schools=[school.pk]).get(school.pk, [])
    introductions = Introduction.objects.visible_to(user).filter(hub=hub, sides__school=school)
    context = {
        "school": school,
        "help": needs_of_schools(hub, user, [school])[school.pk],
        "helps": helped_by(hub, user, school, levels),
        "introductions": list(introductions.order_by("-made_at", "-pk")[:SHOWN]),
        "named_for": NamedFor.objects.visible_to(user).standing().filter(school=school).count(),
        "list_url": reverse("engagement:match-list", query={"q": school.urn}),
        "may_introduce": can_introduce(user, hub.pk),
    }
    yield Panel("engagement/introductions/_school_panel.html", context, position=47)


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
