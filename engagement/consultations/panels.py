"""What a school answered to consultations: on its page, and on the page before a visit."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest

from engagement.consultations import questions as asking
from engagement.models import ConsultationSchool
from hubportal.accounts.models import User
from schools.models import School
from schools.panels import Panel
from schools.standing import standing_of

SHOWN = 2


def consultations_of_school(request: HttpRequest, school: School) -> Iterable[Panel]:
    """For the hub's people and the partner entrusted, and for the school's own leaders and editors: the newest answers,
    dated and with who gave them, and what waits for one. One query."""
    user = cast(User, request.user)
    rows = ConsultationSchool.objects.visible_to(user).filter(school=school).select_related("consultation", "answer")
    asked = list(rows.order_by("-consultation__sent_at", "-pk")[: 2 * SHOWN])
    answered = [(each, asking.read(each.consultation.questions, each.answer.values)) for each in asked if each.answer]
    waiting = [each for each in asked if not each.answer and each.consultation.is_open]
    if answered or waiting:
        is_hubs = standing_of(user, school).sees_engagement
        context = {"rows": answered[:SHOWN], "waiting": waiting, "is_hubs": is_hubs}
        yield Panel("engagement/consultations/_of_school.html", context, position=27, column="facts")


def answers_in_brief(request: HttpRequest, school: School) -> Iterable[Panel]:
    """On the page before a visit: the newest answer. One query."""
    user = cast(User, request.user)
    rows = ConsultationSchool.objects.of_hub_for(user).answered().filter(school=school)
    asked = rows.select_related("consultation", "answer").order_by("-answer__at", "-pk").first()
    if asked is not None and asked.answer is not None:
        context = {"asked": asked, "answered": asking.read(asked.consultation.questions, asked.answer.values)}
        yield Panel("engagement/consultations/_in_brief.html", context, position=25, column="main")
