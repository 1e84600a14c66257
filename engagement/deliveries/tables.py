"""The list of deliveries: filters and columns."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from engagement.deliveries import kinds, reading
from engagement.deliveries.sums import CONFIRMED, NOT_CONFIRMED
from engagement.models import Delivery
from hubportal.kit.tables import Column, Filters, ListTable
from schools.filters import choices_of
from schools.models import Partner, School

STATES = {
    "counted": "Those that count",
    "half": "Counted with the other half of a joint project",
    "withdrawn": "Withdrawn",
    "received": "From another hub",
    "all": "All",
}


def _hubs(request: HttpRequest) -> Iterable[tuple]:
    rows = Delivery.objects.visible_to(request.user).order_by("hub__name")
    return rows.values_list("hub__slug", "hub__name").distinct()


def _years(request: HttpRequest) -> Iterable[tuple]:
    rows = Delivery.objects.visible_to(request.user).order_by("-year").values_list("year", flat=True).distinct()
    return [(year, f"{year} to {year + 1}") for year in rows]


def _partners(request: HttpRequest) -> Iterable[tuple]:
    return Partner.objects.visible_to(request.user).order_by("name").values_list("uuid", "name")


class DeliveryFilters(Filters):
    """Those that count, unless asked otherwise."""

    defaults = {"state": "counted"}
    frame = ("state",)

    q = django_filters.CharFilter(label="School, URN, class or ensemble", method="search")
    kind = django_filters.ChoiceFilter(label="Kind", choices=Delivery.Kind, empty_label="All")
    year = choices_of("year", _years)("year", label="Academic year", empty_label="All")
    partner = choices_of("partner", _partners)(
        label="Delivered or supported by", empty_label="All", method="of_partner"
    )
    confirmed = django_filters.ChoiceFilter(
        label="Confirmed",
        choices=[(CONFIRMED, "Confirmed"), (NOT_CONFIRMED, "Not confirmed yet")],
        empty_label="All",
        method="of_confirmed",
    )
    estimates = django_filters.ChoiceFilter(
        label="Figures", choices=[("yes", "Estimates"), ("no", "Exact")], empty_label="All", method="of_estimates"
    )
    unknown = django_filters.ChoiceFilter(
        label="Not known", choices=list(kinds.MEASURES.items()), empty_label="All", method="of_unknown"
    )
    state = django_filters.ChoiceFilter(
        label="Counting", choices=list(STATES.items()), empty_label=None, method="of_state"
    )
    hub = choices_of("hub", _hubs)("hub__slug", label="Hub", empty_label="All")

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        schools = School.objects.visible_to(self.request.user).matching(value)
        return queryset.filter(Q(school__in=schools.values("pk")) | Q(class_name__icontains=value))

    def of_partner(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(Q(deliverer__uuid=value) | Q(supporter__uuid=value))

    def of_confirmed(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(confirmed_at__isnull=value == NOT_CONFIRMED)

    def of_estimates(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(is_estimate=value == "yes")

    def of_unknown(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        having = [code for code, kind in kinds.KINDS.items() if value in kind.numbers]
        return queryset.filter(**{value: None}, kind__in=having)

    def of_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        match value:
            case "counted":
                return queryset.counted()
            case "half":
                return queryset.standing().exclude(counted_with=None)
            case "withdrawn":
                return queryset.filter(withdrawn_at__isnull=False)
            case "received":
                return queryset.exclude(received_from=None)
        return queryset


class NumberColumn(Column):
    """A count: "not known" on the page where it is not, an empty cell in a file; never zero for either."""

    def __init__(self, name: str) -> None:
        super().__init__(verbose_name=kinds.MEASURES[name], accessor=name, numeric=True, empty_values=())

    def render(self, value: Any, record: Delivery, bound_column: Any) -> str | SafeString:
        if bound_column.accessor not in kinds.KINDS[record.kind].numbers:
            return ""
        return format_html('<span class="quiet">{}</span>', "not known") if value is None else f"{value:,}"

    def value(self, value: Any) -> Any:
        return value


def tags_of(row: Delivery) -> list[tuple[str, str]]:
    """What a person must know before they believe the figures: (words, variant)."""
    said = (
        (row.withdrawn_at is not None, "Withdrawn", "quiet"),
        (row.counted_with_id is not None, "Counted with another", "quiet"),
        (not row.is_own, "From another hub", "quiet"),
        (row.confirmed_at is None, "Not confirmed", "warning"),
        (row.is_estimate, "Estimate", "plum"),
        (bool(row.warnings), "Checked against the census", "quiet"),
    )
    return [(words, variant) for holds, words, variant in said if holds]


SHOWN_NUMBERS = ("pupils", "pupil_premium")
FILED_NUMBERS = tuple(name for name in kinds.NUMBERS if name not in SHOWN_NUMBERS)


class DeliveryTable(ListTable):
    """The newest year first, then by school."""

    caption = "Deliveries"
    export_only = ("urn", "about", "terms", "supported_by", *FILED_NUMBERS)

    urn = Column(verbose_name="URN", accessor="school__urn")
    school = Column(verbose_name="School", accessor="school", order_by=("school__name_key",))
    kind = Column(verbose_name="What", accessor="kind")
    about = Column(verbose_name="About", accessor="pk", orderable=False)
    year = Column(verbose_name="Year", accessor="year", one_line=True)
    terms = Column(verbose_name="Terms", accessor="term_words", orderable=False)
    delivered_by = Column(verbose_name="Delivered by", accessor="deliverer_words", orderable=False)
    supported_by = Column(verbose_name="Supported by", accessor="supporter_words", orderable=False)
    pupils = NumberColumn("pupils")
    pupil_premium = NumberColumn("pupil_premium")
    send_ehcp = NumberColumn("send_ehcp")
    sen_support = NumberColumn("sen_support")
    pp_and_send = NumberColumn("pp_and_send")
    boys = NumberColumn("boys")
    girls = NumberColumn("girls")
    gender_not_stated = NumberColumn("gender_not_stated")
    remission = NumberColumn("remission")
    continued = NumberColumn("continued")
    standard_entry = NumberColumn("standard_entry")
    standard_foundation = NumberColumn("standard_foundation")
    standard_intermediate = NumberColumn("standard_intermediate")
    standard_advanced = NumberColumn("standard_advanced")
    loaned = NumberColumn("loaned")
    attendees_specialist = NumberColumn("attendees_specialist")
    attendees_other = NumberColumn("attendees_other")
    state = Column(verbose_name="How sure", accessor="pk", orderable=False)

    names: dict[int, str] = {}

    class Meta:
        empty_text = "Nothing matches. Try fewer filters."

    def render_school(self, record: Delivery) -> SafeString | str:
        if not record.sees_school:
            return record.school.name
        return format_html('<a class="govuk-link" href="{}">{}</a>', record.school.get_absolute_url(), record.school)

    def value_school(self, record: Delivery) -> str:
        return record.school.name

    def render_kind(self, record: Delivery) -> SafeString:
        said = reading.about(record, self.names)
        below = format_html('<br><span class="quiet">{}</span>', said) if said else ""
        words = record.get_kind_display()
        return format_html('<a class="govuk-link" href="{}">{}</a>{}', record.get_absolute_url(), words, below)

    def value_kind(self, record: Delivery) -> str:
        return record.get_kind_display()

    def render_about(self, record: Delivery) -> str:
        return reading.about(record, self.names)

    def render_year(self, record: Delivery) -> str:
        return record.year_words

    def render_state(self, record: Delivery) -> SafeString:
        tags = (
            (render_to_string("components/tag.html", {"words": words, "variant": variant}),)
            for words, variant in tags_of(record)
        )
        return format_html_join(" ", "{}", tags)

    def value_state(self, record: Delivery) -> str:
        return ", ".join(words for words, _ in tags_of(record))
