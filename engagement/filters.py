"""Filters of the lists of conversations, agreed actions and offers. Choices come from rows that the person may see."""

from collections.abc import Iterable
from datetime import timedelta

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from engagement import offering
from engagement.models import AgreedAction, Conversation, ConversationPart, Offer, Strand
from engagement.part_states import FILTERS
from hubportal.kit.tables import Filters
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.filters import choices_of
from schools.models import School


def _authors(request: HttpRequest) -> Iterable[tuple]:
    rows = Conversation.objects.visible_to(request.user).order_by("author__name", "author_id")
    return rows.values_list("author_id", "author__name").distinct()


MOST_SEARCHED = 200  # characters, as for schools: no title is longer


class ConversationFilters(Filters):
    """Search looks in the school's name, URN and town and in what was said; never in private notes."""

    q = django_filters.CharFilter(label="School, URN, or words that were said", method="search")
    state = django_filters.ChoiceFilter(
        label="How far",
        choices=[(key, words) for key, (words, _) in FILTERS.items()],
        empty_label="All",
        method="of_state",
    )
    kind = django_filters.ChoiceFilter(label="Kind", choices=Conversation.Kind, empty_label="All")
    how = django_filters.ChoiceFilter(label="How", choices=Conversation.How, empty_label="All")
    author = choices_of("author", _authors)("author_id", label="By", empty_label="Everybody")
    school = django_filters.NumberFilter(label="URN of a school", method="of_school")

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        schools = School.objects.visible_to(self.request.user).matching(value)
        found = self._parts().filter(Q(summary__icontains=value) | Q(school__in=schools.values("pk")))
        return queryset.with_part(found) | queryset.filter(common_summary__icontains=value)

    def of_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return FILTERS[value][1](queryset, self._parts())

    def of_school(self, queryset: QuerySet, name: str, value: int) -> QuerySet:
        return queryset.with_part(self._parts().filter(school__urn=value))

    def _parts(self) -> QuerySet:
        """What is asked of a conversation is asked of the parts that the person sees: no other tells them anything."""
        return ConversationPart.objects.of_hub_for(self.request.user)


SOON = timedelta(days=7)
NOBODY = "nobody"


def _owners(request: HttpRequest) -> Iterable[tuple]:
    rows = AgreedAction.objects.visible_to(request.user).exclude(owner=None).order_by("owner__name", "owner_id")
    people = rows.values_list("owner_id", "owner__name").distinct()
    return [*people, (NOBODY, "A role, or somebody without an account")]


class ActionFilters(Filters):
    """Of the hub's and partners' lists: open ones unless asked otherwise."""

    defaults = {"state": "open"}
    frame = ("state",)

    q = django_filters.CharFilter(label="School, URN, or words of the action", method="search")
    state = django_filters.ChoiceFilter(
        label="Now",
        choices=[("open", "Open"), *AgreedAction.State.choices, ("all", "Open and closed")],
        empty_label=None,
        method="of_state",
    )
    side = django_filters.ChoiceFilter(label="Whose", choices=AgreedAction.Side, empty_label="Everybody’s")
    owner = choices_of("owner", _owners)(label="Who", empty_label="Everybody", method="of_owner")
    due = django_filters.ChoiceFilter(
        label="Due",
        choices=[
            ("overdue", "Overdue"),
            ("week", "In the next seven days"),
            ("later", "Later"),
            ("none", "No date"),
        ],
        empty_label="Whenever",
        method="of_due",
    )

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        schools = School.objects.visible_to(self.request.user).matching(value)
        return queryset.filter(Q(school__in=schools.values("pk")) | Q(what__icontains=value))

    def of_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == "all":
            return queryset
        return queryset.open() if value == "open" else queryset.filter(state=value)

    def of_owner(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(owner=None if value == NOBODY else value)

    def of_due(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        on = today()
        return {
            "overdue": queryset.overdue(on),
            "week": queryset.filter(due_on__gte=on, due_on__lte=on + SOON),
            "later": queryset.filter(due_on__gt=on + SOON),
            "none": queryset.filter(due_on=None),
        }[value]


class SchoolActionFilters(ActionFilters):
    """Of a school's own list."""

    q = None
    owner = None


def _criteria(request: HttpRequest) -> Iterable[tuple]:
    return offering.criteria_titles(request.user).items()


def _kinds(request: HttpRequest) -> Iterable[tuple]:
    return Strand.objects.visible_to(request.user).values_list("pk", "name")


def _years(request: HttpRequest) -> Iterable[tuple]:
    years = Offer.objects.visible_to(request.user).order_by("-year").values_list("year", flat=True).distinct()
    return [
        (NOW, "This year and later"),
        *((str(year), f"{year} to {year + 1}") for year in years),
        (ALL, "Every year"),
    ]


def _deliverers(request: HttpRequest) -> Iterable[tuple]:
    """The hub itself, and each partner and organisation that delivers an offer which the person sees."""
    rows = Offer.objects.visible_to(request.user)
    partners = rows.exclude(partner=None).values_list("partner", "partner__name").distinct().order_by("partner__name")
    others = rows.exclude(organisation=None).values_list("organisation", "organisation__name").distinct()
    return [
        ("hub", "The hub itself"),
        *((f"partner-{pk}", name) for pk, name in partners),
        *((f"organisation-{pk}", name) for pk, name in others.order_by("organisation__name")),
    ]


NOW, ALL = "now", "all"


class OfferFilters(Filters):
    """Of the hub's catalogue: of this academic year and later, unless asked otherwise."""

    defaults = {"year": NOW}
    frame: tuple[str, ...] = ("year",)

    q = django_filters.CharFilter(label="Words of the offer", method="search")
    kind = choices_of("kind", _kinds)("strand_id", label="Kind of support", empty_label="All")
    phase = django_filters.ChoiceFilter(
        label="Phase", choices=offering.PHASES, empty_label="Every phase", method="of_phase"
    )
    criterion = choices_of("criterion", _criteria)(label="Answers", empty_label="Anything", method="of_criterion")
    state = django_filters.ChoiceFilter(
        label="On offer",
        choices=[("on", "On offer now"), ("soon", "Not on offer yet"), ("off", "Not on offer any more")],
        empty_label="On offer or not",
        method="of_state",
    )
    year = choices_of("year", _years)(label="Academic year", empty_label=None, method="of_year")
    by = choices_of("by", _deliverers)(label="Who delivers it", empty_label="Anybody", method="of_deliverer")

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        for word in value[:MOST_SEARCHED].split():
            found = Q(title__icontains=word) | Q(description__icontains=word) | Q(for_whom__icontains=word)
            queryset = queryset.filter(found | Q(delivered_by__icontains=word) | Q(partner__name__icontains=word))
        return queryset

    def of_phase(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(Q(phases=[]) | Q(phases__contains=[value]))

    def of_criterion(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(criteria_codes__contains=[value])

    def of_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == "on":
            return queryset.filter(is_current=True)
        return queryset.filter(is_current=False, opened_on__isnull=value == "soon")

    def of_year(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == NOW:
            return queryset.filter(year__gte=academic_year(today()))
        return queryset if value == ALL or not value else queryset.filter(year=value)

    def of_deliverer(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        kind, _, pk = value.partition("-")
        return queryset.filter(**{kind: pk}) if pk else queryset.filter(partner=None, organisation=None)


class CurrentOfferFilters(OfferFilters):
    """Of the catalogue as those outside the hub's staff see it: only what is on offer now."""

    state = None
    year = None
    defaults = {}
    frame = ()
