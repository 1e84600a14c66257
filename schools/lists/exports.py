"""The log of files taken, as a list: its filters and columns."""

from collections.abc import Iterable
from datetime import timedelta

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hubportal.kit.tables import Column, Filters, ListTable
from hubportal.kit.wording import clock, long_date
from schools.filters import choices_of
from schools.models import ListExport

PERIODS = {"week": ("The last seven days", 7), "month": ("The last 30 days", 30), "year": ("The last 365 days", 365)}


def _people(request: HttpRequest) -> Iterable[tuple]:
    rows = ListExport.objects.visible_to(request.user).order_by("by__name", "by_id")
    return rows.values_list("by_id", "by__name").distinct()


def _names(request: HttpRequest) -> Iterable[tuple]:
    rows = ListExport.objects.visible_to(request.user).order_by("name")
    return rows.values_list("name", "name").distinct()


class ExportFilters(Filters):
    """By whom, of what, and since when."""

    q = django_filters.CharFilter(label="Words of the filters", field_name="words", lookup_expr="icontains")
    by = choices_of("by", _people)("by_id", label="Who", empty_label="Everybody")
    name = choices_of("name", _names)("name", label="Which list", empty_label="All")
    since = django_filters.ChoiceFilter(
        label="When",
        choices=[(key, words) for key, (words, _) in PERIODS.items()],
        empty_label="Ever",
        method="of_period",
    )

    def of_period(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(at__gte=timezone.now() - timedelta(days=PERIODS[value][1]))


class ExportTable(ListTable):
    """When, who, which list with which filters, how many rows."""

    caption = "Lists taken away as files"

    at = Column(verbose_name="When", one_line=True)
    by = Column(verbose_name="Who", order_by=("by__name",))
    name = Column(verbose_name="Which list")
    words = Column(verbose_name="Filters", empty_values=(), orderable=False)
    rows = Column(verbose_name="Rows", numeric=True)

    class Meta:
        empty_text = "Nothing matches. Try fewer filters."

    def render_at(self, record: ListExport) -> str:
        return f"{long_date(record.at)}, {clock(record.at)}"

    def render_name(self, record: ListExport) -> SafeString | str:
        if not record.address:
            return record.name
        return format_html('<a class="govuk-link" href="{}">{}</a>', record.address, record.name)

    def render_words(self, record: ListExport) -> str:
        return record.words or "None"

    def render_rows(self, value: int) -> str:
        return f"{value:,}"
