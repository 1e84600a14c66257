"""Columns and filters of the needs."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from engagement.matching import LOW
from engagement.models import Criterion
from hubportal.kit import rich
from hubportal.kit.tables import Column, Filters, ListTable
from schools.facts import phase_choices, phase_words
from schools.filters import AuthorityChoice, SchoolFilters
from schools.models import School
from schools.tables import DateColumn, UrnColumn
from smdp.querysets.needs import newest_versions, with_counts


class NeedFilters(Filters):
    """Over which schools the criteria are counted."""

    authority = AuthorityChoice(label="Local authority", empty_label="All", method="of_schools")
    phase = django_filters.ChoiceFilter(label="Phase", choices=phase_choices(), empty_label="All", method="of_schools")

    def of_schools(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset  # it narrows the schools, in `filter_queryset`

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Counted over the schools that the filters leave, the most needed first."""
        counted = with_counts(queryset, self.versions)
        return counted.order_by("-low", "-first", "area__position", "position")

    @property
    def versions(self) -> QuerySet:
        """What the schools that the filters leave submitted last."""
        said = self.form.cleaned_data
        rows = newest_versions(self.request.user)
        if authority := said.get("authority"):
            rows = rows.filter(evaluation__school__authority__code=authority)
        if phase := said.get("phase"):
            rows = rows.filter(evaluation__school__phase=phase)
        return rows


class PriorityNeedFilters(Filters):
    """Over which schools priorities are counted."""

    authority = AuthorityChoice("authority__code", label="Local authority", empty_label="All")
    phase = django_filters.ChoiceFilter(label="Phase", choices=phase_choices(), empty_label="All")


class NeedTable(ListTable):
    """Criteria, by how many schools judge themselves low."""

    caption = "Criteria by need"

    title = Column(verbose_name="Criterion", accessor="title")
    area = Column(verbose_name="Area", accessor="area__title", order_by=("area__position",))
    first = Column(verbose_name="Lowest level", accessor="first", numeric=True)
    second = Column(verbose_name="The level above", accessor="second", numeric=True)
    low = Column(verbose_name="At either", accessor="low", numeric=True)
    answered = Column(verbose_name="Schools that answered", accessor="answered", numeric=True)

    class Meta:
        empty_text = "No criteria yet."

    def render_title(self, record: Criterion) -> SafeString:
        query = {name: self.request.GET[name] for name in ("authority", "phase") if self.request.GET.get(name)}
        address = reverse("smdp:need-detail", args=[record.code], query=query)
        return format_html('<a class="govuk-link" href="{}">{}</a>', address, record.title)

    def value_title(self, record: Criterion) -> str:
        return record.title


class NeedSchoolFilters(SchoolFilters):
    """Of the schools behind a count: those that judge themselves low, unless asked otherwise."""

    defaults = {**SchoolFilters.defaults, "level": "low"}
    level = django_filters.ChoiceFilter(
        label="Level",
        choices=[("low", "The two lowest"), ("any", "Any")],
        empty_label=None,
        method="of_level",
    )

    def of_level(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(level__lte=LOW) if value == "low" else queryset


class NeedSchoolTable(ListTable):
    """Schools with their own level of one criterion, and the evidence."""

    caption = "Schools and their level"

    name = Column(verbose_name="School", accessor="name", order_by=("name_key",))
    urn = UrnColumn(verbose_name="URN")
    authority = Column(verbose_name="Local authority", accessor="authority", order_by=("authority__name",))
    phase = Column(verbose_name="Phase", order_by=("phase",))
    level = Column(verbose_name="Level", accessor="level")
    evidence = Column(verbose_name="Evidence", accessor="evidence", orderable=False)
    submitted = DateColumn(verbose_name="Submitted", accessor="submitted_at")

    class Meta:
        empty_text = "Nothing matches. Try fewer filters."

    levels: dict[int, str] = {}

    def render_phase(self, record: Any) -> str:
        return phase_words(record)

    def render_name(self, record: Any) -> SafeString:
        address = reverse("smdp:evaluation-detail", args=[record.evaluation_uuid])
        return format_html('<a class="govuk-link" href="{}">{}</a>', address, record.name)

    def value_name(self, record: School) -> str:
        return record.name

    def render_evidence(self, value: str) -> str:
        return rich.plain(value)

    def render_level(self, value: int) -> str:
        return self.levels.get(value, str(value))

    def value_level(self, value: int) -> str:
        return self.levels.get(value, str(value))
