"""Schools with what they need and who could help; introductions: filters and columns."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from engagement.models import Introduction
from engagement.offering import criteria_titles
from engagement.school_to_school.needs import low_at
from engagement.school_to_school.words import VARIANTS
from hubportal.kit.tables import Column, Filters, ListTable
from hubportal.kit.wording import short_date
from schools.access import access_of, today
from schools.facts import phase_choices
from schools.filters import AuthorityChoice, choices_of
from schools.models import Hub, School


def hub_asked(request: HttpRequest) -> Hub:
    """The hub that an address names, of those whose staff the person is; else the first of them. No query."""
    hubs = access_of(request.user).hubs
    return next((each for each in hubs if each.slug == request.GET.get("hub")), hubs[0])


def _criteria(request: HttpRequest) -> Iterable[tuple]:
    return criteria_titles(request.user).items()


class MatchFilters(Filters):
    """Of one hub, which whoever works for several chooses."""

    q = django_filters.CharFilter(label="Name, URN, postcode or town", method="search")
    need = choices_of("need", _criteria)(label="What it needs", empty_label="All", method="of_need")
    phase = django_filters.ChoiceFilter(label="Phase", choices=phase_choices(), empty_label="All")
    authority = AuthorityChoice("authority__code", label="Local authority", empty_label="All")
    hub = choices_of("hub", lambda request: [(each.slug, each.name) for each in access_of(request.user).hubs])(
        label="Hub", empty_label=None, method="of_hub"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hub = hub_asked(self.request)
        if len(access_of(self.request.user).hubs) < 2:
            del self.filters["hub"]

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.matching(value)

    def of_need(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(pk__in=low_at(self.hub, self.request.user, value))

    def of_hub(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset  # the view has chosen already


SHOWN = 2  # needs of a school in the list; its own page has all


class MatchTable(ListTable):
    caption = "What schools need, and the schools nearby that could help"

    name = Column(verbose_name="School", order_by=("name_key",))
    needs_help = Column(verbose_name="What it needs, and who could help", empty_values=(), orderable=False)

    needs: Mapping[int, list] = {}
    may_introduce = False

    def render_name(self, value: str, record: School) -> SafeString:
        return render_to_string("engagement/introductions/_school.html", {"school": record})

    def render_needs_help(self, record: School) -> SafeString:
        needs = self.needs.get(record.pk, [])
        context = {
            "school": record,
            "needs": needs[:SHOWN],
            "more": len(needs[SHOWN:]),
            "may_introduce": self.may_introduce,
        }
        return render_to_string("engagement/introductions/_needs.html", context)


class IntroductionFilters(Filters):
    """All of the hub's, whatever became of them."""

    q = django_filters.CharFilter(label="School, URN, or what it is about", method="search")
    state = django_filters.ChoiceFilter(label="Now", choices=Introduction.State.choices, empty_label="All")
    outcome = django_filters.ChoiceFilter(
        label="What came of it", choices=Introduction.Outcome.choices, empty_label="All"
    )

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        schools = School.objects.visible_to(self.request.user).matching(value).values("pk")
        return queryset.filter(Q(about__icontains=value) | Q(sides__school__in=schools)).distinct()


class IntroductionTable(ListTable):
    """The newest first, unless asked otherwise."""

    caption = "Introductions"

    about = Column(verbose_name="About")
    helped = Column(verbose_name="Would be helped", accessor="helped_name")
    helper = Column(verbose_name="Could help", accessor="helper_name")
    state = Column(verbose_name="Now", one_line=True)
    made_at = Column(verbose_name="Suggested", one_line=True)
    outcome = Column(verbose_name="What came of it")

    def render_about(self, record: Introduction) -> SafeString:
        return format_html('<a class="govuk-link" href="{}">{}</a>', record.get_absolute_url(), record.about)

    def render_helped(self, value: str, record: Any) -> SafeString:
        return self._school(value, record.helped_urn)

    def render_helper(self, value: str, record: Any) -> SafeString:
        return self._school(value, record.helper_urn)

    def _school(self, name: str, urn: int) -> SafeString:
        return format_html('<a class="govuk-link" href="{}">{}</a>', reverse("schools:school-detail", args=[urn]), name)

    def render_state(self, record: Introduction) -> SafeString:
        variant = VARIANTS[Introduction.State(record.state)]
        return render_to_string("components/tag.html", {"words": record.get_state_display(), "variant": variant})

    def render_made_at(self, value: datetime) -> str:
        return short_date(value, today())
