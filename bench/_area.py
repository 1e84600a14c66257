"""Hubs with their schools and the records of four years, as many as asked: made at once, and then told to work out how
they stand, as the portal does each night."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import count
from random import Random

import pgtrigger
from django.db import connection
from django.utils import timezone

from engagement.actions import contact_dates
from engagement.models import AgreedAction, Attempt, Conversation, ConversationPart, Framework, Strand, SupportGiven
from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import (
    EstablishmentType,
    Hub,
    HubArea,
    LocalAuthority,
    Membership,
    Relationship,
    School,
    TimelineEntry,
)
from schools.register.keys import name_key
from schools.roles import Role

DAYS = 4 * 365
OFFICERS = 10
AT_ONCE = 5000
# Of a hundred records so many are of each kind.
OF_A_HUNDRED = {"conversation": 62, "attempt": 22, "support": 8, "action": 8}
_numbers = count(1)
Moments = list[tuple[int, datetime]]


@dataclass(frozen=True)
class Made:
    """A hub with people to look at it."""

    hub: Hub
    manager: User
    officers: list[User]


def make_hub(*, schools: int, records: int, authority: LocalAuthority) -> Made:
    """A hub that covers one authority, and everything that it has recorded at its schools."""
    number = next(_numbers)
    rng = Random(number)
    hub = Hub.objects.create(name=f"Hub {number}", slug=f"hub-{number}")
    HubArea.objects.create(hub=hub, authority=authority, starts_on="2018-09-01")
    officers = [_person(hub, Role.HUB_OFFICER, each) for each in range(OFFICERS)]
    made = Made(hub, _person(hub, Role.HUB_MANAGER, OFFICERS), officers)
    here = list(_schools(schools, number, authority, rng))
    Relationship.objects.bulk_create(
        (Relationship(hub=hub, school=school, owner=officers[at % OFFICERS]) for at, school in enumerate(here)),
        batch_size=AT_ONCE,
    )
    with pgtrigger.ignore():  # the histories of the records are on none of the pages
        for kind, each_hundred in OF_A_HUNDRED.items():
            _MAKERS[kind](made, here, _days(records * each_hundred // 100, rng), rng)
    contact_dates.refresh_hub(hub=hub)
    return made


def analyse() -> None:
    """Let the database know what there is, as its own vacuum does in a night."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _person(hub: Hub, role: Role, number: int) -> User:
    person = User.objects.create_user(f"{hub.slug}.{number}@hub.example", name=f"Person {number}")
    Membership.objects.create(user=person, hub=hub, role=role, starts_on="2020-09-01")
    return person


def _schools(many: int, hub: int, authority: LocalAuthority, rng: Random) -> list[School]:
    kinds = list(EstablishmentType.objects.filter(is_state_funded=True).order_by("pk")[:4])
    settings = ("(England/Wales) Urban city and town", "(England/Wales) Rural village")
    names = [f"{rng.choice(('Oak', 'Elm', 'Ash', 'Mill', 'Hill'))} School {number}" for number in range(many)]
    return School.objects.bulk_create(
        [
            School(
                urn=900_000 + hub * 10_000 + number,
                name=name,
                name_key=name_key(name),
                authority=authority,
                type=rng.choice(kinds),
                phase=rng.choice(("2", "2", "2", "4")),
                status="1",
                town=f"Town {number % 40}",
                pupils=rng.randrange(60, 1400),
                fsm_percentage=rng.randrange(2, 55),
                urban_rural=rng.choice(settings),
                as_at=today(),
                easting=400_000 + rng.randrange(60_000),
                northing=200_000 + rng.randrange(60_000),
            )
            for number, name in enumerate(names)
        ],
        batch_size=AT_ONCE,
    )


def _days(many: int, rng: Random) -> list[tuple[int, datetime]]:
    """So many numbers, each with a moment of the last years."""
    days = (today() - timedelta(days=rng.randrange(DAYS)) for _ in range(many))
    return [(number, timezone.make_aware(datetime.combine(day, time(10)))) for number, day in enumerate(days)]


def _tell(rows: Iterable[ConversationPart | Attempt | SupportGiven], kind: str, days: Moments, made: Made) -> None:
    """Write them down in the timelines."""
    entries = (
        TimelineEntry(
            hub=made.hub,
            school_id=row.school_id,
            source=row.timeline_source,
            kind=kind,
            at=at,
            heading="What happened",
            detail="Call · 20 minutes · Person 1 with the head",
            text="We spoke about singing in every year group, and what the school would like to try next.",
        )
        for row, (_, at) in zip(rows, days, strict=True)
    )
    TimelineEntry.objects.bulk_create(entries, batch_size=AT_ONCE)


def _conversations(made: Made, schools: list[School], days: Moments, rng: Random) -> None:
    framework = Framework.objects.current_for_hub(made.hub.pk, today()).first()
    talks = [
        Conversation(
            hub=made.hub,
            author=made.officers[number % OFFICERS],
            state=Conversation.State.LOGGED,
            date=at.date(),
            how=rng.choice(Conversation.How.values),
            kind=rng.choice(Conversation.Kind.values),
            minutes=rng.choice((None, 20, 45)),
            framework=framework,
            logged_at=at,
        )
        for number, at in days
    ]
    Conversation.objects.bulk_create(talks, batch_size=AT_ONCE)
    parts = [
        ConversationPart(conversation=talk, school=schools[number % len(schools)], is_filled=True, summary="We spoke.")
        for talk, (number, _) in zip(talks, days, strict=True)
    ]
    _tell(ConversationPart.objects.bulk_create(parts, batch_size=AT_ONCE), "conversation", days, made)


def _attempts(made: Made, schools: list[School], days: Moments, rng: Random) -> None:
    rows = [
        Attempt(
            hub=made.hub,
            school=schools[(number * 7) % len(schools)],
            how=rng.choice(Attempt.How.values),
            at=at,
            by=made.officers[number % OFFICERS],
        )
        for number, at in days
    ]
    _tell(Attempt.objects.bulk_create(rows, batch_size=AT_ONCE), "attempt", days, made)


def _support(made: Made, schools: list[School], days: Moments, rng: Random) -> None:
    strands = list(Strand.objects.all())
    rows = [
        SupportGiven(
            hub=made.hub,
            school=schools[(number * 7) % len(schools)],
            strand=rng.choice(strands),
            year=academic_year(at.date()),
            starts_on=at.date(),
            by=made.manager,
        )
        for number, at in days
    ]
    _tell(SupportGiven.objects.bulk_create(rows, batch_size=AT_ONCE), "support", days, made)


def _actions(made: Made, schools: list[School], days: Moments, rng: Random) -> None:
    """Most are done; one in five is still to do."""
    rows = [
        AgreedAction(
            hub=made.hub,
            school=schools[(number * 7) % len(schools)],
            what="Send the list of choirs nearby",
            side=rng.choice(("hub", "school")),
            owner_name="Person",
            owner=made.officers[number % OFFICERS],
            due_on=at.date() + timedelta(days=30),
            **({} if number % 5 == 0 else {"state": "done", "closed_at": at, "closed_by_name": "Person"}),
        )
        for number, at in days
    ]
    AgreedAction.objects.bulk_create(rows, batch_size=AT_ONCE)


_MAKERS = {"conversation": _conversations, "attempt": _attempts, "support": _support, "action": _actions}
