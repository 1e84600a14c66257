"""What deliveries add to a school's page."""

from collections.abc import Iterable
from typing import cast

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse

from engagement.code_lists.reading import lists_of, names_of
from engagement.deliveries import reading
from engagement.deliveries.tables import tags_of
from engagement.models import Delivery
from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import School
from schools.panels import Panel
from schools.standing import standing_of

SHOWN = 6


def deliveries_of_school(request: HttpRequest, school: School) -> Iterable[Panel]:
    """For the hub's people and the partner entrusted: what was delivered this year, and what may go on from last year.
    Three queries."""
    user = cast(User, request.user)
    standing = standing_of(user, school)
    if not standing.sees_engagement or standing.hub is None:
        return
    year = academic_year(today())
    seen = Delivery.objects.visible_to(user).filter(hub=standing.hub, school=school)
    rows = list(seen.counted().filter(year=year).for_list(user).order_by("kind", "class_name", "pk"))
    numbers = seen.standing().aggregate(all=Count("pk"), before=Count("pk", filter=Q(year__lt=year)))
    names = names_of(lists_of(standing.hub)) if rows else {}
    context = {
        "school": school,
        "year": f"{year} to {year + 1}",
        "rows": [
            (row, reading.about(row, names), reading.number_words(row.pupils), tags_of(row)) for row in rows[:SHOWN]
        ],
        "more": len(rows) - len(rows[:SHOWN]),
        "all": numbers["all"],
        "last_years": reading.last_years(user, standing.hub, school).count() if numbers["before"] else 0,
        "list_url": reverse("engagement:delivery-list", query={"q": school.urn}),
        "may_write": standing.writes,
    }
    yield Panel("engagement/deliveries/_school_deliveries.html", context, position=46)
