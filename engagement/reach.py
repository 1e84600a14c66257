"""How far a worklist reaches: what is the person's own, or what is the team's. Only narrows what `visible_to` gives.

Hub managers and viewers see the hub's. Officers, of the hub or of a partner, see what is theirs: the schools whose
relationship they own or nobody owns, what they wrote themselves, and what a colleague handed them."""

from copy import copy

from django.db.models import Exists, OuterRef, Q, QuerySet

from engagement.models import WorkHandover
from hubportal.accounts.models import User
from schools.access import access_of
from schools.models import Relationship
from schools.roles import Role

_TEAM = "_reads_for_the_team"


def is_officer(user: User) -> bool:
    """Whether the person has a worklist at all: hub staff and partner officers."""
    access = access_of(user)
    return bool(access.hub_ids or access.officer_partner_ids)


def for_the_team(user: User) -> User:
    """The same person, asking for what is on all colleagues' lists and not for their own: as far as they see it."""
    reader = copy(user)
    reader.__dict__[_TEAM] = True
    return reader


def asks_for_the_team(user: User) -> bool:
    return bool(user.__dict__.get(_TEAM))


def sees_whole_hub(user: User) -> bool:
    return asks_for_the_team(user) or access_of(user).has(Role.HUB_MANAGER, Role.HUB_VIEWER)


def handed_to(user: User) -> QuerySet[WorkHandover]:
    """What colleagues handed to the person and they still have."""
    return WorkHandover.objects.visible_to(user).standing().filter(receiver=user)


def others(user: User) -> QuerySet[Relationship]:
    """Relationships that somebody else owns, as a subquery by hub and school; none for those who see the whole hub.
    Where something of a school was handed to the person, the school is not left out here: `worklist` leaves out the
    rest of it."""
    owned = Relationship.objects.visible_to(user).exclude(owner=None).exclude(owner=user)
    given = handed_to(user).filter(hub=OuterRef("hub"), school=OuterRef("school"))
    return owned.none() if sees_whole_hub(user) else owned.exclude(Exists(given))


def not_others(user: User, hub: str, school: str) -> Q:
    """Rows whose school nobody else looks after; `hub` and `school` are the paths to their ids."""
    return ~Q(Exists(others(user).filter(hub_id=OuterRef(hub), school_id=OuterRef(school))))
