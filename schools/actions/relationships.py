"""What a hub writes down about its relationship with a school: whose it is, and when the two last spoke."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from hubportal.accounts.models import User
from schools import timeline
from schools.access import today
from schools.models import EngagementYear, Hub, Membership, Relationship, School, TimelineEntry
from schools.querysets import MembershipQuerySet
from schools.roles import Role

YEAR_COLUMNS = ("ways", "engaged_on", "several_on", "attempts")


@dataclass(frozen=True)
class Contacted:
    """What `engagement` worked out from its rows of one hub and one school; the columns of a relationship."""

    last_conversation_on: date | None = None
    last_counted_on: date | None = None
    last_attempt_on: date | None = None
    attempts_since: int = 0
    next_conversation_on: date | None = None
    due_on: date | None = None
    due_because: str = ""
    due_reason: str = ""
    next_step: str = ""
    next_how: str = ""
    declined_until: date | None = None
    paused_until: date | None = None


def lock(*, hub: Hub, schools: Iterable[School]) -> list[Relationship]:
    """The relationships of a hub with these schools, made where there are none, and held until the transaction ends.
    Two statements."""
    schools = list(schools)
    Relationship.objects.bulk_create([Relationship(hub=hub, school=each) for each in schools], ignore_conflicts=True)
    rows = Relationship.objects.select_for_update(of=("self",)).filter(hub=hub, school__in=schools)
    return list(rows.order_by("pk"))


def note_contacts(*, rows: Iterable[Relationship], found: Mapping[int, Contacted]) -> None:
    """Write down the dates of contact of relationships that are held, by their schools. One statement for each
    thousand that change."""
    changed = []
    for row in rows:
        columns = asdict(found[row.school_id])
        if any(getattr(row, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(row, name, value)
            changed.append(row)
    Relationship.objects.bulk_update(changed, [each.name for each in fields(Contacted)], batch_size=1000)


class YearOfWays(Protocol):
    """One academic year of a hub and a school, as `engagement` works it out."""

    @property
    def in_order(self) -> list[str]: ...
    @property
    def engaged_on(self) -> date | None: ...
    @property
    def several_on(self) -> date | None: ...

    attempts: int


def note_years(*, hub: Hub, found: Mapping[int, Mapping[int, YearOfWays]]) -> None:
    """Write down how the hub stood with schools in each academic year, by school and year: exactly these. The caller
    holds the relationships. Two statements, and one for each thousand rows that are new, changed or gone."""
    stored = {(row.school_id, row.year): row for row in EngagementYear.objects.filter(hub=hub, school__in=found)}
    new, changed = [], []
    for school, years in found.items():
        for year, said in years.items():
            columns = {name: getattr(said, name) for name in YEAR_COLUMNS[1:]} | {"ways": said.in_order}
            row = stored.pop((school, year), None)
            if row is None:
                new.append(EngagementYear(hub=hub, school_id=school, year=year, **columns))
            elif any(getattr(row, name) != value for name, value in columns.items()):
                for name, value in columns.items():
                    setattr(row, name, value)
                changed.append(row)
    EngagementYear.objects.filter(pk__in=[row.pk for row in stored.values()]).delete()
    EngagementYear.objects.bulk_create(new, batch_size=1000)
    EngagementYear.objects.bulk_update(changed, YEAR_COLUMNS, batch_size=1000)


@transaction.atomic
def set_owner(*, hub: Hub, school: School, owner: User | None, by: User) -> Relationship:
    """Give the relationship with a school to a person, or to nobody. The timeline keeps each change, for the hub.

    Raises ValidationError when the person is not one of `people_who_may_own`, or when the hub does not cover the school
    today. About five statements.
    """
    if not Hub.objects.covering(school.authority_id, today()).filter(pk=hub.pk).exists():
        raise ValidationError(f"{school} is not in the area of {hub}.")
    if owner is not None and not may_own(hub=hub).filter(user=owner).exists():
        raise ValidationError(f"{owner} is not a manager or officer of {hub} or of one of its partners.")
    Relationship.objects.get_or_create(hub=hub, school=school)
    relationship = Relationship.objects.select_for_update(of=("self",)).get(hub=hub, school=school)
    if relationship.owner_id == (owner.pk if owner else None):
        return relationship
    relationship.owner = owner
    relationship.save(update_fields=["owner"])
    now = timezone.now()
    timeline.write(
        hub=hub,
        school=school,
        source=f"owner:{now:%Y%m%dT%H%M%S.%f}",
        kind=TimelineEntry.Kind.PEOPLE,
        audience=TimelineEntry.Audience.HUB,
        at=now,
        heading=f"{owner or 'Nobody'} looks after the {school.noun}{'' if owner else ' for now'}",
        detail=str(by),
    )
    return relationship


def set_owners(*, hub: Hub, owners: Mapping[School, int | None], by: User) -> dict[int, int | None]:
    """Give several relationships, which the caller holds (`lock`), to people by their ids, or to nobody; the timeline
    keeps each change. Returns whose each is now, by school. Four statements, and more for each thousand."""
    people = {each.pk: each for each in User.objects.filter(pk__in={pk for pk in owners.values() if pk})}
    rows = {row.school_id: row for row in Relationship.objects.filter(hub=hub, school__in=owners)}
    now, changed, entries = timezone.now(), [], []
    for school, owner_id in owners.items():
        row = rows[school.pk]
        if row.owner_id == owner_id:
            continue
        row.owner_id = owner_id
        changed.append(row)
        whose = people[owner_id] if owner_id else "Nobody"
        entries.append(
            TimelineEntry(
                hub=hub,
                school=school,
                source=f"owner:{now:%Y%m%dT%H%M%S.%f}",
                kind=TimelineEntry.Kind.PEOPLE,
                audience=TimelineEntry.Audience.HUB,
                at=now,
                heading=f"{whose} looks after the {school.noun}{'' if owner_id else ' for now'}"[:200],
                detail=f"{by}, with several schools at once",
            )
        )
    Relationship.objects.bulk_update(changed, ["owner"], batch_size=1000)
    TimelineEntry.objects.bulk_create(entries, batch_size=1000)
    return {school.pk: owner_id for school, owner_id in owners.items()}


def may_own(*, hub: Hub) -> MembershipQuerySet:
    """Memberships whose people may own a relationship of this hub today: its managers and officers, and the officers of
    its partners."""
    return Membership.objects.current(today()).filter(
        Q(hub=hub, role__in=[Role.HUB_MANAGER, Role.HUB_OFFICER]) | Q(partner__hub=hub, role=Role.PARTNER_OFFICER),
        user__is_active=True,
    )


def people_who_may_own(*, hub: Hub) -> list[User]:
    """The people of `may_own` by name, each with `workload` (open schools of this hub that they look after) and
    `membership_uuid`, by which a form names them. One query."""
    held = may_own(hub=hub).filter(user=OuterRef("pk")).order_by("pk")
    return list(
        User.objects.filter(pk__in=may_own(hub=hub).values("user"))
        .annotate(
            workload=Count(
                "relationships",
                filter=Q(relationships__hub=hub, relationships__school__status__in=School.OPEN_STATUSES),
            ),
            membership_uuid=Subquery(held.values("uuid")[:1]),
        )
        .order_by("name", "pk")
    )
