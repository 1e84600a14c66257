"""What a hub's records of a school are made of, and how they are copied to the hub that takes the school over.

A room registers its kinds of rows in `AppConfig.ready()`; this room knows none of the rooms above:

    class Plans(Kind):
        noun, sources = "plan", ("plan",)
        def held(self, passing): return Plan.objects.filter(...)
        def copy(self, handing): ...
    handing.register(Plans())

Nothing here reads across hubs for a person: rows are counted for an offer by the hub that gives, and copied in one
transaction once both hubs have consented. The copies are the receiving hub's own rows, marked as received.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from hubportal.accounts.models import User
from hubportal.kit.wording import count
from schools.access import access_of, today
from schools.actions import dated_facts
from schools.models import (
    Contact,
    DatedFact,
    DatedFactValue,
    Handover,
    Hub,
    HubArea,
    LocalAuthority,
    Relationship,
    School,
    TimelineEntry,
)
from schools.querysets import SchoolQuerySet, authorities_of_hubs, holds_on

# Of entries of one's own timeline: those about whose school it is, and about handing over, are not handed over.
OWN_SOURCES = {"owner", "handover"}
MOST_FOUND = 10


@dataclass(kw_only=True)
class Passing:
    """What would go over: a school's records, from one hub to another."""

    school: School
    giver: Hub
    receiver: Hub
    with_history: bool
    with_private_notes: bool = False


@dataclass(kw_only=True)
class Handing(Passing):
    """One school's records on their way. `likes` finds the copy of a giver's row: `likes["contact", pk]`."""

    by: User
    at: datetime
    likes: dict[tuple[str, int], Any] = field(default_factory=dict)

    def like(self, kind: str, pk: int | None) -> Any:
        return self.likes.get((kind, pk)) if pk is not None else None


@dataclass
class Copied:
    """What a kind copied: how many; the timeline's entries that it wrote for the copies; and those entries of the giver
    that go along as they are, without a page to open."""

    number: int = 0
    written: set[str] = field(default_factory=set)
    along: set[str] = field(default_factory=set)


class Kind(ABC):
    """A kind of rows that goes over. `sources` are the kinds of timeline entries that it answers for: of those, only
    what `copy` names goes over."""

    noun = ""  # as `wording.count` takes it
    sources: tuple[str, ...] = ()
    is_history = True  # goes only with the history

    @abstractmethod
    def held(self, passing: Passing) -> QuerySet:
        """The giver's rows that would go over."""

    @abstractmethod
    def copy(self, handing: Handing) -> Copied:
        """Make the receiver's own rows of them."""


def mark_of(row: Any, handing: Handing) -> dict[str, Any]:
    """Of a copy of a row: whose work it is, the giver's or that of the hub from which the giver had received it."""
    return {
        "received_from_id": row.received_from_id or handing.giver.pk,
        "received_origin": row.received_origin or row.uuid,
    }


class Contacts(Kind):
    """Whom the hub knows at the school; with the history also those who left. One whom the other hub knows already is
    not copied. What partners may see, the other hub decides for itself."""

    noun = "contact"
    is_history = False
    FIELDS = ("name", "job_title", "email", "phone", "is_music_lead", "is_leader", "left_on", "user")

    def held(self, passing: Passing) -> QuerySet[Contact]:
        rows = Contact.objects.filter(hub=passing.giver, school=passing.school)
        return rows if passing.with_history else rows.current()

    def copy(self, handing: Handing) -> Copied:
        """Two queries, and a statement for each contact."""
        found = Copied()
        known = {self._key(each): each for each in Contact.objects.filter(hub=handing.receiver, school=handing.school)}
        for row in self.held(handing):
            like = known.get(self._key(row))
            if like is None:
                values = {name: getattr(row, name) for name in self.FIELDS}
                like = Contact.objects.create(hub=handing.receiver, school=handing.school, **values)
                known[self._key(row)] = like
                found.number += 1
            handing.likes["contact", row.pk] = like
        return found

    @staticmethod
    def _key(contact: Contact) -> tuple[str, str]:
        return (contact.name.casefold(), contact.email.lower())


class DatedFacts(Kind):
    """Artsmark, Music Mark and who teaches music: what holds; with the history also what held. What was struck out, and
    what the other hub has from the same day, does not go. Which schools lead, each hub decides: a Lead School goes only
    with the history, as one that ended today."""

    noun = "fact on its music,facts on its music"
    sources = ("dated-fact", "dated-fact-ended")
    is_history = False
    FIELDS = ("value", "starts_on", "ends_on", "source", "said_by_school", "recorded_by", "recorded_at")
    END = ("ended_by", "ended_at", "end_reason")

    def held(self, passing: Passing) -> QuerySet[DatedFact]:
        rows = DatedFact.objects.unstruck().filter(hub=passing.giver, school=passing.school)
        rows = rows.exclude(received_from=passing.receiver)
        if passing.with_history:
            return rows
        return rows.current(today()).exclude(value__kind=DatedFactValue.Kind.LEAD_SCHOOL)

    def copy(self, handing: Handing) -> Copied:
        """Two queries, and three statements for each."""
        found = Copied()
        theirs = DatedFact.objects.unstruck().filter(hub=handing.receiver, school=handing.school)
        known = set(theirs.values_list("value_id", "starts_on"))
        rows = self.held(handing).select_related("value", "recorded_by", "ended_by")
        for row in rows.order_by("starts_on", "pk"):
            if (row.value_id, row.starts_on) in known:
                continue
            like = DatedFact(
                hub=handing.receiver,
                school=handing.school,
                **mark_of(row, handing),
                **{name: getattr(row, name) for name in (*self.FIELDS, *self.END)},
            )
            if row.value.kind == DatedFactValue.Kind.LEAD_SCHOOL and not self._ends_here(like, handing):
                continue
            like.save()
            found.number += 1
            if handing.with_history:
                dated_facts.write_timeline(like)
                found.written |= {like.timeline_source, like.end_source}
        return found

    @staticmethod
    def _ends_here(like: DatedFact, handing: Handing) -> bool:
        """End a Lead School that holds, with the handover; False for one that began today."""
        if like.starts_on >= today():
            return False
        if like.ends_on is None or like.ends_on > today():
            like.ends_on, like.ended_by, like.ended_at = today(), handing.by, handing.at
            like.end_reason = f"Handed over by {handing.giver}"[:200]
        return True


_kinds: list[Kind] = [Contacts(), DatedFacts()]


def register(kind: Kind) -> Kind:
    """Add a kind. One of the same class registered again changes nothing."""
    if not any(type(each) is type(kind) for each in _kinds):
        _kinds.append(kind)
    return kind


def counts_of(passing: Passing) -> list[list[Any]]:
    """[noun, number] of each kind that would go over, nothing left out. One query a kind."""
    kinds = [kind for kind in _kinds if passing.with_history or not kind.is_history]
    return [[kind.noun, kind.held(passing).count()] for kind in kinds]


def in_words(counts: Iterable[Iterable[Any]]) -> str:
    """ "4 contacts, 7 conversations"; "nothing"."""
    words = [count(number, noun) for noun, number in counts if number]
    return ", ".join(words) or "nothing"


def copy(handing: Handing) -> list[list[Any]]:
    """Copy everything that was offered into the receiving hub's own rows; returns [noun, number] of what was copied.
    Call it in a transaction, once both hubs have consented."""
    counts, written, along, claimed = [], set(), set(), set(OWN_SOURCES)
    for kind in _kinds:
        claimed |= set(kind.sources)
        if handing.with_history or not kind.is_history:
            done = kind.copy(handing)
            counts.append([kind.noun, done.number])
            written |= done.written
            along |= done.along
    Relationship.objects.get_or_create(hub=handing.receiver, school=handing.school)
    if handing.with_history:
        _copy_entries(handing, claimed, along)
        mine = TimelineEntry.objects.filter(hub=handing.receiver, school=handing.school)
        mine.filter(source__in=written).update(received_from=handing.giver)
    return counts


def _copy_entries(handing: Handing, claimed: Collection[str], along: Collection[str]) -> None:
    """The entries of no kind, and those that go along: for the hub alone, since the school has the giver's. What the
    giver decided for itself, such as to leave the school in peace, stays with it. Two statements."""
    entries = TimelineEntry.objects.filter(hub=handing.giver, school=handing.school)
    entries = entries.exclude(kind=TimelineEntry.Kind.HOLD)
    TimelineEntry.objects.bulk_create(
        [
            TimelineEntry(
                hub=handing.receiver,
                school=handing.school,
                source=entry.source,
                kind=entry.kind,
                audience=TimelineEntry.Audience.HUB,
                at=entry.at,
                is_whole_day=entry.is_whole_day,
                heading=entry.heading,
                detail=entry.detail,
                text=entry.text,
                received_from_id=entry.received_from_id or handing.giver.pk,
            )
            for entry in entries.exclude(received_from=handing.receiver)
            if entry.source in along or entry.source.partition(":")[0] not in claimed
        ],
        ignore_conflicts=True,
    )


@dataclass(frozen=True)
class Leaver:
    """A school of which a hub holds records, and which another hub covers now. `handover` is the newest offer that is
    open or was accepted."""

    school: School
    giver: Hub
    receiver: Hub
    handover: Handover | None = None


@dataclass(frozen=True)
class Leavers:
    """Schools of one authority that left a hub's area together."""

    authority: LocalAuthority
    receiver: Hub
    schools: list[Leaver]


def by_authority(found: Iterable[Leaver]) -> list[Leavers]:
    """The leavers by authority, by its name. No queries where the authorities are there."""
    groups: dict[tuple[str, int], list[Leaver]] = {}
    for each in found:
        groups.setdefault((each.school.authority.name, each.school.authority_id), []).append(each)
    return [Leavers(rows[0].school.authority, rows[0].receiver, rows) for _, rows in sorted(groups.items())]


def leavers(hubs: Collection[Hub], on: date | None = None) -> list[Leaver]:
    """The schools that have left these hubs' areas for another hub's, by name. Three queries for each hub."""
    on = on or today()
    covering = {
        area.authority_id: area.hub for area in HubArea.objects.filter(holds_on(on)).select_related("hub").order_by()
    }
    found = []
    for hub in hubs:
        gone = _known_to({hub.pk}).exclude(authority__in=authorities_of_hubs({hub.pk}, on)).order_by("name_key", "urn")
        schools = list(gone.filter(authority__in=covering).select_related("authority"))
        states = (Handover.State.OFFERED, Handover.State.ACCEPTED)
        made = Handover.objects.filter(giver=hub, school__in=schools, state__in=states).order_by("offered_at")
        newest = {each.school_id: each for each in made}
        found += [Leaver(each, hub, covering[each.authority_id], newest.get(each.pk)) for each in schools]
    return found


def remembered(user: User, urn: int, on: date | None = None) -> School | None:
    """The school of this URN of which a hub whose staff the person is holds records, and which none of these hubs
    covers any more: its records stay that hub's to read. None for everybody else. One query at the most."""
    return _left_behind(user, on).filter(urn=urn).select_related("authority", "type").first()


def remembered_like(user: User, words: str, on: date | None = None) -> list[School]:
    """The schools of `remembered` that a search for these words finds, by name, ten at most. One query at the most."""
    return list(_left_behind(user, on).matching(words).order_by("name_key", "urn")[:MOST_FOUND])


def _left_behind(user: User, on: date | None) -> SchoolQuerySet:
    hubs = access_of(user).hub_ids
    if not hubs:
        return School.objects.none()
    return _known_to(hubs).exclude(authority__in=authorities_of_hubs(hubs, on or today()))


def open_to(user: User, keys: Collection[str]) -> Collection[str]:
    """Of the handovers that a timeline names, those whose page the person may open. No queries."""
    return keys if access_of(user).managed_hub_ids else ()


def _known_to(hub_ids: Collection[int]) -> SchoolQuerySet:
    """Schools of which one of the hubs holds anything."""
    rule = Q()
    for model in (Relationship, Contact, DatedFact, TimelineEntry):
        rule |= Q(pk__in=model._default_manager.filter(hub__in=hub_ids).order_by().values("school"))
    return School.objects.filter(rule)


def ended_hubs(on: date | None = None) -> QuerySet[Hub]:
    """Hubs that cover nothing any more, and did once: nobody there may be left to consent."""
    on = on or today()
    current = HubArea.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on)).values("hub")
    return Hub.objects.filter(areas__isnull=False).exclude(pk__in=current).distinct()
