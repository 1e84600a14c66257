"""Filters of the list of plans. Choices come from rows that the person may see."""

import django_filters

from schools.filters import SchoolFilters
from smdp.querysets import PlanPlace, SummaryState


class PlanFilters(SchoolFilters):
    """Of the schools by their plan: open ones, unless asked otherwise."""

    plan = django_filters.ChoiceFilter(
        label="Plan", choices=PlanPlace.choices, empty_label="All", field_name="plan_place"
    )
    summary = django_filters.ChoiceFilter(
        label="Public summary", choices=SummaryState.choices, empty_label="All", field_name="summary_state"
    )
