"""How the area stands: the figures, and the map with its list."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.views.generic import TemplateView, View

from engagement import coverage
from engagement.coverage import Place
from engagement.permissions import can_read_coverage
from engagement.targets.progress import open_targets
from hubportal.kit.charts import Dot, columns, dot_key, dot_map, status_key
from schools.access import access_of, today
from schools.views.schools import SchoolList

LARGE = 600  # pupils, from which a dot is larger


class OfHubStaff(View):
    """The area is for the hub's own staff: 403 for everybody else."""

    refusal = "How the area stands is for the hub’s own staff."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_read_coverage(request.user):
            raise PermissionDenied(self.refusal)
        return super().dispatch(request, *args, **kwargs)


class CoverageDetail(OfHubStaff, TemplateView):
    """How many schools are engaged, by every way of telling them apart, and how that changed."""

    template_name = "engagement/coverage.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, on = self.request.user, today()
        schools = coverage.schools_of(user, on).state_funded()
        found = coverage.coverage_of(user, on)
        months = [(f"{each.on:%b}", each.engaged, each.before) for each in found.months]
        months += [(f"{month:%b}", None, None) for month in coverage.months_after(on)]
        most = max(found.whole.total, *(each.before or 0 for each in found.months))
        return super().get_context_data(
            coverage=found,
            beside=[found.colleges, found.others],
            status_key=status_key(),
            targets=open_targets(user),
            disengaged=schools.disengaged(user, on).order_by().count(),
            trend=columns(months, label="Schools engaged", most=most, names=("Now", "A year before")),
            hubs=access_of(user).hubs,
            **map_of(found.places),
            **kwargs,
        )


class CoverageMap(OfHubStaff, SchoolList):
    """The map of any of the list's schools, with the same list beside it."""

    template_name = "engagement/coverage_map.html"
    saved_as = ""
    picks = False

    def get_queryset(self) -> QuerySet:
        user = self.request.user
        return super().get_queryset().in_hubs(set(access_of(user).hub_ids), today())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | map_of(coverage.places_of(context["filters"].qs.order_by("name_key", "urn")))


def map_of(schools: Sequence[Place]) -> dict[str, Any]:
    """The map, and the schools of which the register gives no place."""
    placed = [school for school in schools if school.is_placed]
    return {
        "map_key": dot_key(),
        "map": dot_map([_dot(school) for school in placed]) if placed else "",
        "mapped": schools,
        "unplaced": [school for school in schools if not school.is_placed],
    }


def _dot(school: Place) -> Dot:
    return Dot(
        x=school.easting or 0,
        y=school.northing or 0,
        status=school.engagement,
        label=school.name,
        href=school.href,
        is_large=(school.pupils or 0) >= LARGE,
    )
