"""Filters of the list of engagement risks."""

from collections.abc import Iterable

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from engagement.models import Risk, RiskKind
from hubportal.kit.tables import Filters
from schools.filters import choices_of
from schools.models import School


def _people(request: HttpRequest) -> Iterable[tuple]:
    rows = Risk.objects.visible_to(request.user).order_by("with_whom__name", "with_whom_id")
    return [
        ("me", "Me: with me, raised by me, or at my schools"),
        *rows.values_list("with_whom_id", "with_whom__name").distinct(),
    ]


def _kinds(request: HttpRequest) -> Iterable[tuple]:
    return RiskKind.objects.visible_to(request.user).values_list("code", "name")


class RiskFilters(Filters):
    """Those that stand, unless asked otherwise."""

    defaults = {"state": "standing"}
    frame = ("state",)

    q = django_filters.CharFilter(label="School, URN, or words of the risk", method="search")
    state = django_filters.ChoiceFilter(
        label="Now",
        choices=[("standing", "Open or escalated"), *Risk.State.choices, ("all", "All, resolved ones too")],
        empty_label=None,
        method="of_state",
    )
    who = choices_of("who", _people)(label="With", empty_label="Everybody", method="of_person")
    kind = choices_of("kind", _kinds)("kind__code", label="Kind", empty_label="All")

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        schools = School.objects.visible_to(self.request.user).matching(value)
        return queryset.filter(
            Q(school__in=schools.values("pk")) | Q(what__icontains=value) | Q(evidence__icontains=value)
        )

    def of_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == "all":
            return queryset
        return queryset.standing() if value == "standing" else queryset.filter(state=value)

    def of_person(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.mine(self.request.user) if value == "me" else queryset.filter(with_whom=value)
