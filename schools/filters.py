"""Filters of the lists of schools and of people. Choices come from rows that the person may see, from nowhere else."""

from collections.abc import Callable, Iterable
from datetime import date

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from hubportal.kit.charts import STATUSES
from hubportal.kit.tables import Filters
from schools.access import today
from schools.dated_facts import SOON, offered_by_kind
from schools.facts import phase_choices
from schools.models import (
    ChangeNotice,
    DatedFact,
    Membership,
    RegisterChange,
    Relationship,
    School,
    SchoolTag,
    Succession,
    Tag,
    Trust,
)
from schools.querysets.dated_facts import ONE_AT_A_TIME
from schools.register.keys import LONGEST_KEY, is_urn, search_words
from schools.roles import Role
from schools.segments import SEGMENTS, Segments

ENGAGED_AT_ALL = "any"
DISENGAGED = "disengaged"
STATUS = {
    "open": ("Open", [School.Status.OPEN, School.Status.CLOSING]),
    "closing": ("Open, planning to close", [School.Status.CLOSING]),
    "closed": ("Closed", [School.Status.CLOSED]),
    "proposed": ("Planned, not open yet", [School.Status.PROPOSED]),
    "all": ("Open, closed and planned", list(School.Status)),
}
NOBODY = "nobody"
NO_TRUST = "none"


def choices_of(parameter: str, rows: Callable[[HttpRequest], Iterable[tuple]]) -> type:
    """A filter over choices that are read once a request, when its form is made. One query."""

    class Choice(django_filters.ChoiceFilter):
        @property
        def field(self):
            if not hasattr(self, "_field"):
                self.extra["choices"] = [(str(value), words) for value, words in rows(self.parent.request)]
            return super().field

    Choice.__name__ = f"{parameter.capitalize()}Choice"
    return Choice


def _of_schools(value: str, words: str) -> Callable[[HttpRequest], Iterable[tuple]]:
    def rows(request: HttpRequest) -> Iterable[tuple]:
        schools = School.objects.visible_to(request.user).schools().order_by(words)
        return schools.values_list(value, words).distinct()

    return rows


AuthorityChoice = choices_of("authority", _of_schools("authority__code", "authority__name"))


def _trusts(request: HttpRequest) -> Iterable[tuple]:
    return [*Trust.objects.visible_to(request.user).values_list("group_uid", "name"), (NO_TRUST, "In no trust")]


def _owners(request: HttpRequest) -> Iterable[tuple]:
    owned = Relationship.objects.visible_to(request.user).exclude(owner=None)
    people = owned.order_by("owner__name", "owner_id").values_list("owner_id", "owner__name").distinct()
    return [(NOBODY, "Nobody yet"), *people]


class SchoolFilters(Filters):
    """What everybody with a list of schools can ask."""

    defaults = {"status": "open"}
    frame = ("status",)

    q = django_filters.CharFilter(label="Name, URN, postcode or town", method="search")
    authority = AuthorityChoice("authority__code", label="Local authority", empty_label="All")
    phase = django_filters.ChoiceFilter(label="Phase", choices=phase_choices(), empty_label="All")
    status = django_filters.ChoiceFilter(
        label="Status",
        choices=[(key, words) for key, (words, _) in STATUS.items()],
        empty_label=None,
        method="of_status",
    )

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        found = queryset.matching(value)
        return found.with_former_urn(int(value.strip()[:9])) if is_urn(value) else found

    def of_status(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Whoever types a whole URN means that school, open or not: only another status than the usual one counts."""
        if value == self.defaults["status"] and is_urn(str(self.data.get("q", ""))):
            return queryset
        return queryset.filter(status__in=STATUS[value][1])


class SchoolFactFilters(SchoolFilters):
    """For those who see the register's facts: trust leaders and school people."""

    type = choices_of("type", _of_schools("type__code", "type__name"))("type__code", label="Type", empty_label="All")
    state_funded = django_filters.ChoiceFilter(
        label="Funding",
        choices=[
            ("yes", "State-funded"),
            ("no", "Not state-funded"),
            ("college", "Colleges"),
            ("other", "Neither state-funded nor a college"),
        ],
        empty_label="All",
        method="of_funding",
    )

    def of_funding(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        match value:
            case "college":
                return queryset.filter(type__is_college=True)
            case "other":
                return queryset.filter(type__is_state_funded=False, type__is_college=False)
        return queryset.filter(type__is_state_funded=value == "yes")


def _music(request: HttpRequest) -> Iterable[tuple]:
    """Each kind of dated fact and each of its values, and what lacks or needs one."""
    found: list[tuple[str, str]] = []
    for kind, values in offered_by_kind().items():
        found += [
            (kind.value, f"{kind.label}: any"),
            *((f"{kind}:{each.code}", f"{kind.label}: {each.name}") for each in values),
        ]
        if kind in ONE_AT_A_TIME:
            found += [(f"{kind}:ends", f"{kind.label}: expires soon, or did lately")]
        found += [(f"{kind}:none", f"{kind.label}: none recorded")]
    return found


def _tags(request: HttpRequest) -> Iterable[tuple]:
    return Tag.objects.visible_to(request.user).values_list("pk", "name")


def _of_segments(segments: Segments) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=segments.label, choices=list(segments.names.items()), empty_label="All", method="of_segment"
    )


class SchoolEngagementFilters(SchoolFactFilters):
    """For hub staff and partner officers."""

    trust = choices_of("trust", _trusts)(label="Trust", empty_label="All", method="of_trust")
    owner = choices_of("owner", _owners)(label="Whose school", empty_label="All", method="of_owner")
    as_at = django_filters.DateFilter(
        label="Engagement as at", method="of_day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    engagement = django_filters.ChoiceFilter(
        label="Engagement in the academic year",
        choices=[
            (ENGAGED_AT_ALL, "Engaged, in one way or more"),
            *((key, each.words) for key, each in STATUSES.items()),
            (DISENGAGED, "Historically disengaged"),
        ],
        empty_label="All",
        method="of_engagement",
    )
    kind, meals, setting, size = (_of_segments(each) for each in SEGMENTS)
    music = choices_of("music", _music)(label="Music at the school", empty_label="All", method="of_music")

    tag = choices_of("tag", _tags)(label="Tag", empty_label="All", method="of_tag")

    def of_tag(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        tagged = SchoolTag.objects.visible_to(self.request.user).filter(tag=value)
        return queryset.filter(pk__in=tagged.values("school"))

    def of_day(self, queryset: QuerySet, name: str, value: date) -> QuerySet:
        """How the schools stood on another day than today; a filter after this one means that day."""
        return queryset.with_engagement(self.request.user, as_at=value)

    def of_engagement(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == DISENGAGED:
            return queryset.disengaged(self.request.user, self.form.cleaned_data.get("as_at") or today())
        codes = ("engaged", "several") if value == ENGAGED_AT_ALL else (value,)
        return queryset.filter(engagement__in=codes)

    def of_segment(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        segments = next(each for each in SEGMENTS if each.key == name)
        return segments.only(queryset, value)

    def of_music(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """`value` is a kind, or a kind with a code of it, with "ends", or with "none"."""
        kind, _, code = value.partition(":")
        facts = DatedFact.objects.visible_to(self.request.user).of_covering_hubs(today()).filter(value__kind=kind)
        if code == "ends":
            return queryset.filter(pk__in=facts.running_out(today(), SOON).order_by().values("school_id"))
        facts = facts.current(today())
        if code and code != "none":
            facts = facts.filter(value__code=code)
        schools = facts.order_by().values("school_id")
        return queryset.exclude(pk__in=schools) if code == "none" else queryset.filter(pk__in=schools)

    def of_trust(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == NO_TRUST:
            return queryset.filter(trust_uid=None)
        trusts = Trust.objects.visible_to(self.request.user).filter(group_uid=value)
        return queryset.in_trusts(set(trusts.values_list("pk", flat=True)), today())

    def of_owner(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == NOBODY:
            return queryset.filter(owner_id=None).exclude(engagement=None)
        return queryset.filter(owner_id=value)


def _organisation_types(request: HttpRequest) -> Iterable[tuple]:
    rows = School.objects.visible_to(request.user).organisations().order_by("type__name")
    return rows.values_list("type__code", "type__name").distinct()


class OrganisationFilters(Filters):
    """Open ones unless asked otherwise."""

    defaults = {"status": "open"}
    frame = ("status",)

    q = django_filters.CharFilter(label="Name, postcode or town", method="search")
    type = choices_of("type", _organisation_types)("type__code", label="What it is", empty_label="All")
    status = django_filters.ChoiceFilter(
        label="Status",
        choices=[("open", "Open"), ("closed", "Closed"), ("all", "Open and closed")],
        empty_label=None,
        method="of_status",
    )

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.matching(value)

    def of_status(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(status__in=STATUS[value][1])


class TrustFilters(Filters):
    q = django_filters.CharFilter(label="Name or group number", method="search")

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.matching(value)


class PersonFilters(Filters):
    """Who is in the list of people."""

    q = django_filters.CharFilter(label="Name, email or organisation", method="search")
    role = django_filters.ChoiceFilter(label="Role", choices=Role, empty_label="All")

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        rule = Q()
        for word in value[:LONGEST_KEY].split():
            found = Q(user__name__icontains=word) | Q(user__email__icontains=word)
            for scope in ("hub", "partner", "school", "trust"):
                found |= Q(**{f"{scope}__name__icontains": word})
            rule &= found
        return queryset.filter(rule)

    class Meta(Filters.Meta):
        model = Membership
        fields: list[str] = []


class SuccessionFilters(Filters):
    """What waits to be decided, unless one asks for what has been."""

    defaults = {"state": Succession.State.PROPOSED.value}
    frame = ("state",)

    q = django_filters.CharFilter(label="Name, URN, postcode or town of either school", method="search")
    state = django_filters.ChoiceFilter(
        label="Decision", choices=[*Succession.State.choices, ("all", "All")], empty_label=None, method="of_state"
    )
    basis = django_filters.ChoiceFilter(label="Why", choices=Succession.Basis, empty_label="All")

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        rule = Q()
        for word in search_words(value):
            rule &= Q(predecessor__search_text__contains=word) | Q(successor__search_text__contains=word)
        return queryset.filter(rule)

    def of_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset if value == "all" else queryset.filter(state=value)


WHOSE = {"mine": "Mine: my schools, and given to me", "nobody": "New, with nobody yet", "given": "Given to somebody"}


class ChangeFilters(Filters):
    """Of the feed of what the register changed: open ones unless asked otherwise."""

    defaults = {"state": "open"}
    frame = ("state",)

    q = django_filters.CharFilter(label="School, URN, postcode or town", method="search")
    kind = django_filters.ChoiceFilter(
        field_name="change__kind", label="What changed", choices=RegisterChange.Kind, empty_label="Everything"
    )
    whose = django_filters.ChoiceFilter(
        label="Whose", choices=list(WHOSE.items()), empty_label="Everybody’s", method="of_whose"
    )
    state = django_filters.ChoiceFilter(
        label="State",
        choices=[("open", "Open"), *ChangeNotice.State.choices, ("all", "Open and closed")],
        empty_label=None,
        method="of_state",
    )

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """By the school too where it has left the area, and one no longer sees its page."""
        schools = School.objects.visible_to(self.request.user).matching(value)
        found = Q(change__before__icontains=value) | Q(change__after__icontains=value)
        found |= Q(change__school__in=schools.values("pk"))
        if words := search_words(value):
            found |= Q(*(Q(change__school__search_text__contains=word) for word in words))
        return queryset.filter(found)

    def of_whose(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == "mine":
            return queryset.about_schools_of(self.request.user)
        return queryset.filter(state="new" if value == "nobody" else "assigned")

    def of_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == "all":
            return queryset
        return queryset.open() if value == "open" else queryset.filter(state=value)
