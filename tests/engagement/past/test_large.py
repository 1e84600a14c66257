"""A file of twenty thousand rows: how many statements each step of it costs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from engagement.models import Conversation, PastImport
from schools.access import today
from tests.engagement.past.files import CONTACTS, brought, checked, csv_of, undone
from tests.factories import make_school

SCHOOLS, DAYS = 50, 400
ROWS = SCHOOLS * DAYS

pytestmark = pytest.mark.django_db


def counted(step: Callable[[], PastImport]) -> tuple[PastImport, int]:
    """What a step gives, and how many statements it cost."""
    number = 0

    def count(execute, sql, params, many, context):
        nonlocal number
        number += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        return step(), number


def test_twenty_thousand_rows_cost_a_statement_or_two_for_each_hundred(hub, manager):
    schools = [make_school(hub=hub) for _ in range(SCHOOLS)]
    lines = [
        [school.urn, (today() - timedelta(days=day)).isoformat(), "Visit", "", "", "", "", f"Note {day}"]
        for school in schools
        for day in range(DAYS)
    ]
    data = csv_of(CONTACTS, *lines)
    imported, to_check = counted(lambda: checked(data, hub=hub, by=manager))
    assert (imported.phase, imported.counts["new"]) == (PastImport.Phase.SHOWN, ROWS)
    imported, to_bring = counted(lambda: brought(imported, by=manager))
    assert (imported.phase, Conversation.objects.count()) == (PastImport.Phase.BROUGHT, ROWS)
    imported, to_undo = counted(lambda: undone(imported, by=manager))
    assert (imported.phase, Conversation.objects.count()) == (PastImport.Phase.UNDONE, 0)
    print(f"{to_check} statements to check, {to_bring} to bring in, {to_undo} to take out")
    assert to_check < 80 + ROWS / 1000
    assert to_bring < 80 + 2 * ROWS / 100
    assert to_undo < 100 + 2 * ROWS / 100  # conversations, and their parts, by the hundred
