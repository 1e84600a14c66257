"""What the homes show: whom a school talks to at its hub, where a person's other homes are, and the year in counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from hubportal.accounts.models import User
from schools.access import access_of, today
from schools.models import Hub, Relationship, School
from schools.roles import HUB_STAFF, PARTNER_PEOPLE, SCHOOL_PEOPLE, Role
from schools.standing import owner_of

# Each home with the roles that lead to it and its words in a list of homes.
HOMES = (
    ("engagement:today", (*HUB_STAFF, *PARTNER_PEOPLE), "Today"),
    ("engagement:school-home", SCHOOL_PEOPLE, "Your school"),
    ("engagement:trust-home", (Role.TRUST_LEADER,), "Your trust"),
    ("engagement:funder-home", (Role.RELATIONSHIP_MANAGER,), "The hubs you look after"),
)


@dataclass(frozen=True)
class HubContact:
    """Whom a school talks to: the person who has the relationship, else the hub itself."""

    hub: Hub
    name: str
    email: str
    phone: str
    is_person: bool

    @property
    def to(self) -> list[str]:
        """Where an email to the contact goes; nowhere where the hub has no address."""
        return [self.email] if self.email else []


def hub_contact_of(school: School, on: date | None = None) -> HubContact | None:
    """The contact at the hub that covers the school now; None where no hub does. Two queries."""
    hub = Hub.objects.covering(school.authority_id, on or today()).first()
    if hub is None:
        return None
    owner = owner_of(hub, school)
    if owner is None:
        return HubContact(hub, hub.name, hub.email, hub.phone, is_person=False)
    return HubContact(hub, str(owner), owner.email, hub.phone, is_person=True)


def next_conversation_of(school: School, hub: Hub) -> date | None:
    """When hub and school agreed to talk next. One query."""
    relationship = Relationship.objects.filter(hub=hub, school=school).first()
    return relationship.next_conversation_on if relationship else None


def other_homes(user: User, current: str) -> list[tuple[str, str]]:
    """(words, address) of the person's homes other than `current` (a URL name). No query beyond the memberships."""
    access = access_of(user)
    return [(words, reverse(name)) for name, roles, words in HOMES if name != current and access.has(*roles)]


def counts_of(statuses: Iterable[str]) -> dict[str, int]:
    """How many schools hold each engagement status."""
    counts: dict[str, int] = {}
    for status in statuses:
        counts[status] = counts.get(status, 0) + 1
    return counts
