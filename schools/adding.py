"""What somebody who adds a school by hand chooses from, and which one there already they may mean."""

from django.db.models import Case, Q, QuerySet, When

from hubportal.accounts.models import User
from schools.access import access_of, today
from schools.models import EstablishmentType, LocalAuthority, School
from schools.querysets import authorities_of_hubs
from schools.register import keys

MOST = 10
NOT_IN_THE_REGISTER = "Not in the register"  # the group of those types
_SAY_LITTLE = frozenset(("the", "of", "and", "school", "primary", "secondary", "academy", "college", "st", "group"))


def types_of(*, is_organisation: bool) -> QuerySet:
    """What it may be; what the register has no type for stands first, for that is mostly what is added by hand."""
    types = EstablishmentType.objects.filter(is_organisation=is_organisation)
    return types.order_by(Case(When(group_name=NOT_IN_THE_REGISTER, then=0), default=1), "name")


def authorities_of(user: User) -> QuerySet:
    """Those that a hub covers today in which the person is a manager or officer."""
    return LocalAuthority.objects.filter(pk__in=authorities_of_hubs(access_of(user).writing_hub_ids, today()))


def likely(user: User, *, name: str, postcode: str) -> list[School]:
    """At most ten that the person may see, open ones first: all the telling words of the name, or the postcode. One
    query, or none."""
    rule = Q(pk__in=[])
    if words := [word for word in keys.search_words(name) if word not in _SAY_LITTLE]:
        told = Q()
        for word in words:
            told &= Q(search_text__contains=word)
        rule |= told
    if code := keys.spaced(postcode).split(" "):
        joined = code[-1]
        if len(joined) >= 5:
            rule |= Q(search_text__contains=joined)
    schools = School.objects.visible_to(user).filter(rule).select_related("type", "authority")
    return list(schools.order_by("status", "name_key", "urn")[:MOST])
