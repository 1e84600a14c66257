"""What bringing rows in would change of how schools stand: worked out as if they were there, and taken back."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from engagement import due, ways
from engagement.actions import contact_dates
from engagement.models.past import PastRow
from hubportal.accounts.models import User
from schools.access import today
from schools.models import EngagementYear, Hub, School

MOST_SHOWN = 500  # schools
Kind = PastRow.Kind


class _TakenBack(Exception):
    """Ends the supposing."""


def supposed(rows: Iterable[PastRow]) -> contact_dates.Supposed:
    """What these rows would be in the story of each school."""
    found = contact_dates.Supposed()
    for row in rows:
        values, school = row.values, row.school_id or 0
        match row.kind:
            case Kind.CONTACT:
                on = date.fromisoformat(values["on"])
                found.contacts[school].append(due.Contact(on, values["kind"], values["how"]))
            case Kind.ATTEMPT:
                found.attempts[school].append(due.Attempt(date.fromisoformat(values["on"]), values["how"]))
            case Kind.SUPPORT:
                found.support[school].append(ways.Support(values["strand"], date.fromisoformat(values["starts_on"])))
    return found


def changes_of(rows: list[PastRow], *, hub: Hub, user: User) -> dict[str, Any]:
    """How the schools of these rows would stand otherwise than now, as JSON:
    now      [[status before, status after, how many schools]]
    years    [[academic year, schools engaged before, and after]]
    schools  [[URN, name, status before, after, years newly engaged in]], the first MOST_SHOWN by name
    number   of all such schools
    Some thirty queries."""
    schools = {row.school_id: row.school for row in rows if row.school and row.kind != Kind.PLAN}
    held = list(filter(None, schools.values()))
    before, years_before = _statuses(held, user), _years(hub, held)
    after, years_after = before, years_before
    try:
        with transaction.atomic():
            contact_dates.refresh_schools(hub=hub, schools=held, supposing=supposed(rows))
            after, years_after = _statuses(held, user), _years(hub, held)
            raise _TakenBack
    except _TakenBack:
        pass
    told = []
    for school in sorted(held, key=lambda each: (each.name_key, each.urn)):
        newly = sorted(years_after[school.pk] - years_before[school.pk])
        if newly or before.get(school.pk) != after.get(school.pk):
            told.append([school.urn, school.name, before.get(school.pk), after.get(school.pk), newly])
    moved = Counter((before[pk], after[pk]) for pk in before if before[pk] != after[pk])
    numbers = [Counter(year for found in each.values() for year in found) for each in (years_before, years_after)]
    return {
        "now": [[was, now, number] for (was, now), number in moved.most_common()],
        "years": [
            [year, numbers[0][year], numbers[1][year]]
            for year in sorted(numbers[1], reverse=True)
            if numbers[0][year] != numbers[1][year]
        ],
        "schools": told[:MOST_SHOWN],
        "number": len(told),
    }


def _statuses(schools: list[School], user: User) -> dict[int, str | None]:
    rows = School.objects.filter(pk__in=[each.pk for each in schools]).with_engagement(user)
    return {school.pk: school.engagement for school in rows.order_by()}


def _years(hub: Hub, schools: list[School]) -> defaultdict[int, set[int]]:
    """The academic years in which each school was engaged, up to now."""
    kept = EngagementYear.objects.filter(hub=hub, school__in=schools, engaged_on__lte=today())
    found: defaultdict[int, set[int]] = defaultdict(set)
    for school, year in kept.values_list("school_id", "year"):
        found[school].add(year)
    return found
