"""The schools of a hub with their engagement plans, or without: filters and columns."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from engagement.engagement_plans.reading import STATES
from engagement.models import EngagementPlan
from hubportal.kit.charts import STATUSES
from hubportal.kit.tables import Column, Filters, ListTable
from schools.filters import choices_of
from schools.models import School
from schools.tables import DateColumn, UrnColumn

OPEN_STATES = ("none", "over", "review", "step", "going")


def _people(request: HttpRequest) -> Iterable[tuple]:
    rows = EngagementPlan.objects.visible_to(request.user).standing().order_by("owner__name", "owner_id")
    return rows.values_list("owner_id", "owner__name").distinct()


def _engagement(request: HttpRequest) -> Iterable[tuple]:
    return [(code, each.words) for code, each in STATUSES.items()]


def _plan(uuid: Any) -> str:
    return reverse("engagement:plan-detail", args=[uuid])


class EngagementPlanFilters(Filters):
    """All schools of the area that the funder counts; by how their plan stands, and whose it is."""

    q = django_filters.CharFilter(label="Name, URN, postcode or town", method="search")
    plan = django_filters.ChoiceFilter(
        label="Engagement plan",
        choices=[
            ("any", "Has one"),
            *((code, "Has none" if code == "none" else STATES[code][0]) for code in OPEN_STATES),
        ],
        empty_label="All schools",
        method="of_state",
    )
    who = choices_of("who", _people)("plan_owner_id", label="Whose plan", empty_label="Everybody")
    engagement = choices_of("engagement", _engagement)("engagement", label="Engagement", empty_label="All")

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.matching(value)

    def of_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.exclude(plan_state="none") if value == "any" else queryset.filter(plan_state=value)


class EngagementPlanTable(ListTable):
    caption = "Schools and their engagement plans"
    export_only = ("urn", "measure", "baseline")

    urn = UrnColumn(verbose_name="URN")
    name = Column(verbose_name="School", order_by=("name_key",))
    state = Column(verbose_name="Plan", accessor="plan_state", one_line=True)
    aim = Column(verbose_name="Aim", accessor="plan_aim", empty_values=())
    measure = Column(verbose_name="Measure", accessor="plan_measure_words", empty_values=())
    baseline = Column(verbose_name="Baseline", accessor="plan_baseline")
    target = Column(verbose_name="Target", accessor="plan_target")
    due_on = DateColumn(verbose_name="By when", accessor="plan_due_on")
    next_step = Column(verbose_name="Next step", accessor="plan_next_step")
    next_on = DateColumn(verbose_name="On", accessor="plan_next_step_on")
    owner = Column(verbose_name="Whose", accessor="plan_owner_name")
    engagement = Column(verbose_name="Engagement now", one_line=True)

    measures: dict[str, str] = {}
    may_start = False

    def render_name(self, value: str, record: School) -> SafeString:
        return render_to_string("schools/_school_name.html", {"school": record})

    def value_name(self, value: str) -> str:
        return value

    def render_state(self, value: str) -> SafeString:
        words, variant = STATES[value]
        return render_to_string("components/tag.html", {"words": words, "variant": variant})

    def value_state(self, value: str) -> str:
        return STATES[value][0]

    def value_measure(self, value: str | None, record: Any) -> str:
        return value or self.measures.get(record.plan_measure or "", "")

    def render_aim(self, value: str | None, record: Any) -> SafeString | str:
        """The aim leads to the plan; where there is none, whoever writes for the schools can start one."""
        if value:
            return format_html('<a class="govuk-link" href="{}">{}</a>', _plan(record.plan_uuid), value)
        if not self.may_start:
            return ""
        words = format_html('Start one<span class="govuk-visually-hidden"> for {}</span>', record.name)
        start = reverse("engagement:plan-create", args=[record.urn])
        return format_html('<a class="govuk-link" href="{}">{}</a>', start, words)

    def value_aim(self, value: str | None) -> str:
        return value or ""

    def render_engagement(self, value: str) -> SafeString:
        return render_to_string("schools/_engagement.html", {"status": value})

    def value_engagement(self, value: str) -> str:
        return STATUSES[value].words
