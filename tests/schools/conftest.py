"""Two hubs side by side; the second holds, for each thing that the first one's people look at, data that could leak."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from django.test import Client

from hubportal.accounts.models import User
from schools.models import Hub, Partner, School, Trust
from schools.roles import Role
from tests import factories as make


@dataclass
class Town:
    """A hub with three schools, a partner who has the first, a trust with the second, and a person of each role."""

    hub: Hub
    first: School
    second: School
    third: School
    partner: Partner
    trust: Trust
    people: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, role: str) -> User:
        return self.people[role]

    @property
    def schools(self) -> list[School]:
        return [self.first, self.second, self.third]


def make_town(name: str) -> Town:
    hub = make.make_hub(f"{name} Music Hub")
    first = make.make_school(f"{name} First School", hub=hub)
    second = make.make_school(f"{name} Second School", hub=hub)
    third = make.make_school(f"{name} Third School", hub=hub)
    partner = make.make_partner(f"{name} Brass", hub=hub)
    make.make_commission(partner=partner, school=first)
    trust = make.make_trust(f"{name} Trust", schools=(second,))
    town = Town(hub, first, second, third, partner, trust)
    places = {
        **dict.fromkeys((Role.HUB_MANAGER, Role.HUB_OFFICER, Role.HUB_VIEWER, Role.RELATIONSHIP_MANAGER), hub),
        **dict.fromkeys((Role.PARTNER_OFFICER, Role.PARTNER_STAFF), partner),
        **dict.fromkeys((Role.SCHOOL_LEADER, Role.SCHOOL_EDITOR, Role.SCHOOL_VIEWER), first),
        Role.TRUST_LEADER: trust,
    }
    for role, place in places.items():
        town.people[role] = make.make_person(role, place, f"{name} {role.label}")
    for number, school in enumerate(town.schools, start=1):
        make.make_contact(f"{name} Contact {number}", hub=hub, school=school, shared_with_partners=number == 1)
        make.make_relationship(
            hub=hub,
            school=school,
            owner=town[Role.HUB_OFFICER],
            last_conversation_on=date(2026, 9, 1 + number),
        )
        make.make_engagement_year(hub=hub, school=school, engaged_on=date(2026, 9, 1 + number))
        for audience in ("hub", "school", "released"):
            make.make_entry(hub=hub, school=school, heading=f"{name} {audience} {number}", audience=audience)
    return town


@pytest.fixture
def here(db) -> Town:
    return make_town("Exampleshire")


@pytest.fixture
def there(db) -> Town:
    return make_town("Samplefolk")


@pytest.fixture
def both(here: Town, there: Town) -> Town:
    """The first hub, beside the second."""
    return here


@pytest.fixture
def as_(client: Client):
    """`as_(user)` is a client signed in as that person."""

    def sign_in(user: User) -> Client:
        client.force_login(user)
        return client

    return sign_in
