"""What the parts of the demo hand on to each other while it loads."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from typing import Any

from django.utils import timezone

from engagement.models import Criterion, Framework, Strand
from hubportal.accounts.models import User
from hubportal.demo.county import DemoSchool
from schools.models import Contact, Hub, Partner, Relationship, School


@dataclass
class Place:
    """One hub with everything in it."""

    hub: Hub
    sketches: list[DemoSchool]
    schools: dict[int, School]  # by URN
    manager: User
    officers: list[User]
    partners: dict[str, Partner] = field(default_factory=dict)
    partner_officers: dict[str, User] = field(default_factory=dict)  # by the partner's name
    contacts: dict[int, list[Contact]] = field(default_factory=dict)  # by the school's primary key
    leaders: dict[int, User] = field(default_factory=dict)  # by the school's primary key
    owners: dict[int, User] = field(default_factory=dict)  # by the school's primary key
    entrusted: dict[int, Partner] = field(default_factory=dict)  # by the school's primary key, whose officer has it
    relationships: dict[int, Relationship] = field(default_factory=dict)
    sentinel: str = ""  # a word in everything the second hub writes, to be found where it must not be

    def current_contacts(self, school: School) -> list[Contact]:
        return [each for each in self.contacts.get(school.pk, []) if each.left_on is None]


@dataclass
class World:
    """The date the demo is seen from, the seed's dice, and the words that are the same for every hub."""

    on: date
    seed: int
    rng: Random
    framework: Framework
    criteria: dict[str, Criterion]
    strands: dict[str, Strand]

    def uuid(self) -> uuid.UUID:
        """A UUID that is the same for the same seed."""
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)

    def at(self, day: date, hour: int = 0, minute: int = 0) -> datetime:
        """A moment of a day in England."""
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))

    def office_hour(self, day: date) -> datetime:
        return self.at(day, self.rng.randint(8, 16), self.rng.randint(0, 59))


def chunked(model: Any, rows: list) -> list:
    """Insert the rows; their primary keys are set."""
    return model._default_manager.bulk_create(rows, batch_size=500)
