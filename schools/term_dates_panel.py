"""The term dates that hold at a school, on its page, and a trust's own on the trust's."""

from collections.abc import Iterable
from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse

from hubportal.accounts.models import User
from hubportal.kit.terms import SchoolTime
from hubportal.kit.wording import academic_year
from schools import term_dates
from schools.access import today
from schools.models import School, Trust
from schools.panels import Panel
from schools.permissions import can_edit_school_terms, can_edit_trust_terms
from schools.standing import standing_of


def terms_at_the_school(request: HttpRequest, school: School) -> Iterable[Panel]:
    """For hub staff, partner officers and the school's own people: where in its year the school is, and whose dates
    those are. Four queries."""
    user = cast(User, request.user)
    standing = standing_of(user, school)
    if school.type.is_organisation or not (standing.sees_engagement or standing.is_school_person):
        return
    calendars = term_dates.calendars_at([school])[school.pk]
    year = academic_year(today())
    calendar = next((each for each in calendars if each.year == year), None)
    time = SchoolTime({each.year: each.as_year for each in calendars})
    context = {
        "now": term_dates.now_words(time, calendar.terms_in_year if calendar else 3, today()),
        "calendar": calendar,
        "is_own": calendar is not None and calendar.school_id == school.pk,
        "may_edit": can_edit_school_terms(user, school),
        "edit_url": reverse("schools:term-dates-school", args=[school.urn, year]),
    }
    yield Panel("schools/_term_dates.html", context, position=80, column="facts")


def terms_of_the_trust(request: HttpRequest, trust: Trust) -> Iterable[Panel]:
    """For those who may change them: the years for which a trust has dates of its own. Five queries at the most."""
    user = cast(User, request.user)
    if not can_edit_trust_terms(user, trust):
        return
    kept = {each.year: each for each in term_dates.calendars_of(trust)}
    years: list[dict[str, Any]] = [
        {
            "words": f"{year} to {year + 1}",
            "calendar": kept.get(year),
            "url": reverse("schools:term-dates-trust", args=[trust.group_uid, year]),
        }
        for year in term_dates.years_to_show(today())
    ]
    yield Panel("schools/_trust_term_dates.html", {"years": years}, position=80)
