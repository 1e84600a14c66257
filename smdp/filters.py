"""Filters of the list of plans. Choices come from rows that the person may see."""

import django_filters
from django.db.models import QuerySet

from schools.filters import SchoolFilters
from smdp.models import Plan
from smdp.querysets import SummaryState

NONE = "none"


class PlanFilters(SchoolFilters):
    """Of the schools by their plan: open ones, unless asked otherwise."""

    plan = django_filters.ChoiceFilter(
        label="Plan", choices=[(NONE, "None yet"), *Plan.State.choices], empty_label="All", method="of_plan"
    )
    summary = django_filters.ChoiceFilter(
        label="Public summary", choices=SummaryState.choices, empty_label="All", field_name="summary_state"
    )

    def of_plan(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(plan_state=None if value == NONE else value)
