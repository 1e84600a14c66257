"""Which schools a saved view of the list of schools finds: the segment of a target."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from hubportal.accounts.models import User
from schools.access import today
from schools.filters import SchoolEngagementFilters
from schools.models import Hub, SavedView, School
from schools.querysets import SchoolQuerySet

LIST = "schools:school-list"


def found_by(request: Any, hub: Hub, query: dict[str, str], on: date) -> tuple[SchoolQuerySet, list[str]]:
    """The open schools of the hub that the filters find, as they stood on a day; and the names of filters that are not
    known any more."""
    asked = QueryDict(mutable=True)
    asked.update({"as_at": on.isoformat(), **query})
    user = request.user
    schools = School.objects.visible_to(user).in_hubs({hub.pk}, today()).schools().open()
    schools = schools.with_trust().with_engagement(user)
    filters = SchoolEngagementFilters(asked, queryset=schools, request=request)
    unknown = [name for name in query if name not in filters.form.fields or name in filters.form.errors]
    return filters.qs, unknown


def views_of(user: User, hub_ids: set[int]) -> QuerySet[SavedView]:
    """The saved views that can be a segment: of the list of schools, in these hubs."""
    return SavedView.objects.visible_to(user).of_list(LIST).filter(hub_id__in=hub_ids).select_related("owner")
