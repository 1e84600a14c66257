"""The dated facts on a school, on its page: what holds, and an award that expires."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest

from hubportal.accounts.models import User
from schools.access import today
from schools.dated_facts import sections_of
from schools.models import School
from schools.panels import Panel
from schools.permissions import can_read_dated_facts, can_record_dated_fact, can_see_dated_facts
from schools.standing import standing_of


def music_at_the_school(request: HttpRequest, school: School) -> Iterable[Panel]:
    """For hub staff, partner officers, the school's people and its trust's leaders. One query."""
    user = cast(User, request.user)
    if not can_see_dated_facts(user, school):
        return
    sections = sections_of(user, school, standing_of(user, school).hub, today(), with_how=False)
    rows = [(each, can_record_dated_fact(user, school, each.kind)) for each in sections]
    context = {"school": school, "rows": rows, "may_read_history": can_read_dated_facts(user, school)}
    yield Panel("schools/_dated_facts.html", context, position=40, column="facts")
