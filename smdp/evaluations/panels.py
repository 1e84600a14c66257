"""What self-evaluations add to the page of a school, and of a trust."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest

from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import School, Trust
from schools.panels import Panel
from schools.standing import standing_of
from smdp.models import SelfEvaluation, TrustEvaluation
from smdp.permissions import can_begin_evaluation, can_read_trust_evaluation, can_write_trust_evaluation


def evaluation_of_school(request: HttpRequest, school: School) -> Iterable[Panel]:
    """The school's newest self-evaluation that the person may read or write. One query."""
    user = cast(User, request.user)
    standing = standing_of(user, school)
    if not (standing.sees_engagement or standing.is_school_person or standing.is_trust_leader):
        return
    if not school.type.has_plans:
        return
    rows = SelfEvaluation.objects.visible_to(user).with_submitted(user).of_school(school)
    newest = rows.first()
    is_due = newest is None or newest.year < academic_year(today())
    context = {"evaluation": newest, "school": school, "may_begin": is_due and can_begin_evaluation(user, school)}
    yield Panel("smdp/_school_evaluation.html", context, position=42)


def evaluation_of_trust(request: HttpRequest, trust: Trust) -> Iterable[Panel]:
    """On what the trust's view of this year is based, for whoever may read it. One query."""
    user = cast(User, request.user)
    if not can_read_trust_evaluation(user, trust):
        return
    rows = TrustEvaluation.objects.visible_to(user).filter(trust=trust, year=academic_year(today()))
    context = {"trust": trust, "evaluation": rows.first(), "may_write": can_write_trust_evaluation(user, trust)}
    yield Panel("smdp/_trust_evaluation.html", context, position=42)
