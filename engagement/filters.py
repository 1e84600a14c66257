"""Filters of the list of conversations. Choices come from rows that the person may see."""

from collections.abc import Iterable

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from engagement.models import Conversation
from engagement.part_states import FILTERS
from hubportal.kit.tables import Filters
from schools.filters import choices_of
from schools.models import School


def _authors(request: HttpRequest) -> Iterable[tuple]:
    rows = Conversation.objects.visible_to(request.user).order_by("author__name", "author_id")
    return rows.values_list("author_id", "author__name").distinct()


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
        said = Q(common_summary__icontains=value) | Q(parts__summary__icontains=value)
        return queryset.filter(Q(parts__school__in=schools.values("pk")) | said).distinct()

    def of_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return FILTERS[value][1](queryset)

    def of_school(self, queryset: QuerySet, name: str, value: int) -> QuerySet:
        return queryset.filter(parts__school__urn=value).distinct()
