"""What this room holds for a school, and how each kind goes over to the school that follows it."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Lower

from schools.access import today
from schools.models import (
    Commission,
    Contact,
    DatedFact,
    DatedFactValue,
    Hub,
    HubArea,
    Invitation,
    Membership,
    Relationship,
    School,
    SchoolIdentifier,
    SchoolTag,
    Succession,
    TimelineEntry,
)
from schools.querysets import holds_on
from schools.roles import SCHOOL_PEOPLE
from schools.succession import CHANGED, COPIED, MADE, MOVED, STAYED, Going, Holding, Record, mark_of

SOURCE = "succession"  # of the timeline's entries about a succession: "succession:<uuid>:<when>"


class Relationships(Holding):
    """Whose school it is. The row of either school stays: its dates are worked out from the records."""

    key, label, noun, name = "relationships", "Our contact", "whose school it is", "owner__name"
    stays_because = "the other school has somebody who looks after it"
    position = 10

    def rows(self) -> QuerySet:
        return Relationship.objects.exclude(owner=None)

    def words(self, number: int) -> str:
        return self.noun

    def move(self, going: Going) -> list[Record]:
        """The successor's owner, where it has none; the predecessor's is then nobody."""
        old, new, made = self._both(going)
        if old.owner_id is None:
            return made
        if new.owner_id is not None:
            return made + (self.records(STAYED, [old.pk]) if new.owner_id != old.owner_id else [])
        return made + self._set(new, old.owner_id) + self._set(old, None)

    def copy(self, going: Going) -> list[Record]:
        old, new, made = self._both(going)
        if old.owner_id is None or new.owner_id is not None:
            return made
        return made + self._set(new, old.owner_id)

    def take_back(self, record: Record, going: Going) -> list[Record]:
        """A row that was made goes once nothing stands in it."""
        if record["did"] != MADE:
            return super().take_back(record, going)
        empty = {"owner": None, "last_conversation_on": None, "last_attempt_on": None, "next_conversation_on": None}
        Relationship.objects.filter(pk__in=record["rows"], attempts_since=0, **empty).delete()
        return []

    def _both(self, going: Going) -> tuple[Relationship, Relationship, list[Record]]:
        found = [
            Relationship.objects.get_or_create(hub=going.hub, school=school)
            for school in (going.predecessor, going.successor)
        ]
        (old, _), (new, _) = found
        return old, new, self.records(MADE, [row.pk for row, is_made in found if is_made])

    def _set(self, row: Relationship, owner_id: int | None) -> list[Record]:
        before, after = {"owner_id": row.owner_id}, {"owner_id": owner_id}
        Relationship.objects.filter(pk=row.pk).update(**after)
        return self.records(CHANGED, [row.pk], before=before, after=after)


class Contacts(Holding):
    """Whom the hub knows there, those who left included. Somebody whom the hub knows at both stays a contact at each:
    both have a history."""

    key, label, noun, name = "contacts", "Contacts", "contact", "name"
    stays_because = "the hub knows them at the other school already"
    position = 20

    def rows(self) -> QuerySet:
        return Contact.with_merged.all()

    def shown(self, hub: Hub, schools: Collection[School]) -> QuerySet:
        return self.held(hub, schools).filter(merged_into=None)

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        """Those whom the hub knows there, and what was merged into them."""
        same = Contact.objects.filter(hub=OuterRef("hub"), school=at, name=OuterRef("name"), left_on=None)
        same = same.annotate(address=Lower("email")).filter(address=Lower(OuterRef("email")))
        known = rows.filter(Exists(same), left_on=None, merged_into=None).exclude(email="")
        return rows.filter(Q(pk__in=known.values("pk")) | Q(merged_into__in=known.values("pk")))

    def copy_of(self, row: Any, going: Going) -> Any:
        if row.merged_into_id or (row.left_on is not None and row.left_on <= today()):
            return None
        return _like(row, school=going.successor)


class DatedFacts(Holding):
    """Lead School, Artsmark, Music Mark and who teaches music, with what was before and what was struck out. What is
    recorded of the other school from the same day already stays."""

    key, label, name = "dated_facts", "Music at the school", "words"
    noun = "fact on its music,facts on its music"
    stays_because = "the same is recorded of the other school from that day"
    position = 25

    def rows(self) -> QuerySet:
        return DatedFact.objects.order_by("pk")

    def shown(self, hub: Hub, schools: Collection[School]) -> QuerySet:
        """What holds, in words: "Artsmark: Gold"."""
        kinds = [When(value__kind=kind, then=Value(f"{label}: ")) for kind, label in DatedFactValue.Kind.choices]
        rows = DatedFact.objects.filter(hub=hub, school__in=schools).current(today())
        return rows.annotate(words=Concat(Case(*kinds), F("value__name")))

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = DatedFact.objects.unstruck().filter(
            hub=OuterRef("hub"), school=at, value=OuterRef("value"), starts_on=OuterRef("starts_on")
        )
        return rows.filter(Exists(there), struck_at=None)

    def stay(self, rows: QuerySet, going: Going) -> None:
        """So do their entries in the timeline."""
        for row in rows:
            going.kept_back.update([row.timeline_source, row.end_source])

    def copy_of(self, row: Any, going: Going) -> Any:
        """What holds or will go on to; what was before stays with the school it was at."""
        has_ended = row.ends_on is not None and row.ends_on <= today()
        return None if row.struck_at or has_ended else _like(row, school=going.successor)


class AddedByHand(Holding):
    """A school that somebody added by hand ends when it is matched to one of the register, and is open again when that
    is undone. No hub's own row: the schools themselves."""

    key, position = "added_by_hand", 90

    def rows(self) -> QuerySet:
        return School.objects.filter(source=School.Source.MANUAL)

    def held(self, hub: Hub, schools: Collection[School]) -> QuerySet:
        return self.rows().filter(pk__in=[each.pk for each in schools])

    def pairs(self) -> Iterable[tuple[int, int]]:
        return []

    def move(self, going: Going) -> list[Record]:
        row = self.held(going.hub, [going.predecessor]).filter(status__in=School.OPEN_STATUSES).first()
        if row is None:
            return []
        before = {"status": row.status, "close_date": None}
        after = {"status": School.Status.CLOSED.value, "close_date": today().isoformat()}
        School.objects.filter(pk=row.pk).update(**after)
        return self.records(CHANGED, [row.pk], before=before, after=after)

    def copy(self, going: Going) -> list[Record]:
        return []


class OfAnyHub(Holding):
    """Rows that belong to a school and to no hub. The hub that covers the school has them; those of a school whose area
    no hub covers any more, whichever hub the school's records go over in."""

    hub = ""

    def held(self, hub: Hub, schools: Collection[School]) -> QuerySet:
        others = HubArea.objects.filter(holds_on(today())).exclude(hub=hub).values("authority_id")
        return self.rows().filter(school__in=schools).exclude(school__authority_id__in=others)

    def pairs(self) -> Iterable[tuple[int, int]]:
        areas = HubArea.objects.filter(holds_on(today()), authority=OuterRef("school__authority"))
        rows = self.rows().order_by().annotate(covering=areas.values("hub_id")[:1]).exclude(covering=None)
        return rows.values_list("covering", "school_id").distinct()


class Memberships(OfAnyHub):
    """People who sign in for the school. Roles that have ended stay with the school they were held in."""

    key, label, noun = "memberships", "People who sign in for it", "person who signs in,people who sign in"
    name = "user__name"
    stays_because = "they have this role at the other school already"
    position = 30

    def rows(self) -> QuerySet:
        return Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today()), role__in=SCHOOL_PEOPLE)

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        return self._held_twice(rows, at).filter(ends_on=None)

    def move(self, going: Going) -> list[Record]:
        """Whoever has the same role at the successor already keeps that one; the other ends today."""
        records = super().move(going)
        twice = [pk for record in records if record["did"] == STAYED for pk in record["rows"]]
        after = {"ends_on": today().isoformat(), "ended_by_id": going.by.pk}
        Membership.objects.filter(pk__in=twice).update(**after)
        before = {"ends_on": None, "ended_by_id": None}
        return records + [each for pk in twice for each in self.records(CHANGED, [pk], before=before, after=after)]

    def take_back(self, record: Record, going: Going) -> list[Record]:
        """A role that ended because its person had it twice holds again, unless they have been given it anew."""
        ended = Membership.objects.filter(pk__in=record["rows"], school=going.predecessor)
        if record["did"] == CHANGED and self._held_twice(ended, going.predecessor).exists():
            return self.records(STAYED, record["rows"])
        return super().take_back(record, going)

    def _held_twice(self, rows: QuerySet, at: School) -> QuerySet:
        """Those whose person has the same role at the school, now and without an end."""
        same = Membership.objects.filter(user=OuterRef("user"), role=OuterRef("role"), school=at, ends_on=None)
        return rows.filter(Exists(same))

    def copy_of(self, row: Any, going: Going) -> Any:
        return _like(row, school=going.successor, starts_on=max(today(), row.starts_on))


class Invitations(OfAnyHub):
    """Invitations that wait for an answer. Their links go on to work, and lead to the new school."""

    key, label, noun, name = "invitations", "Invited, not answered yet", "open invitation", "name"
    position = 31

    def rows(self) -> QuerySet:
        return Invitation.objects.open().filter(school__isnull=False)

    def returning(self, rows: QuerySet) -> QuerySet:
        """Who has accepted since is at the successor now."""
        return rows.filter(accepted_at=None)


class Commissions(Holding):
    """What the hub's partners do there, now or later. What they did stays with the school they did it at."""

    key, label, noun, hub, name = "commissions", "Entrusted to partners", "commission", "partner__hub", "partner__name"
    position = 40

    def rows(self) -> QuerySet:
        return Commission.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today()), school__isnull=False)


class Timeline(Holding):
    """What happened between the hub and the school. What the register said of a school stays with it."""

    key, noun = "timeline", "entry in the timeline,entries in the timeline"
    stays_because = "their records stay"
    position = 90

    def rows(self) -> QuerySet:
        return TimelineEntry.objects.exclude(kind=TimelineEntry.Kind.REGISTER)

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = TimelineEntry.objects.filter(hub=OuterRef("hub"), school=at, source=OuterRef("source"))
        return rows.filter(Exists(there))

    def move(self, going: Going) -> list[Record]:
        rows = self.held(going.hub, [going.predecessor])
        held = list(self.clashing(rows, going.successor).order_by().values_list("pk", flat=True))
        rows = rows.exclude(source__in=going.kept_back)
        pks = sorted(rows.exclude(pk__in=held).order_by().values_list("pk", flat=True))
        TimelineEntry.objects.filter(pk__in=pks).update(school=going.successor)
        return self.records(MOVED, pks)

    def take_back(self, record: Record, going: Going) -> list[Record]:
        """Not the entries of records that stay. What an entry stays for, its record says."""
        if record["did"] == MOVED:
            staying = TimelineEntry.objects.filter(pk__in=record["rows"], source__in=going.kept_back)
            there = set(staying.values_list("pk", flat=True))
            super().take_back(record | {"rows": [pk for pk in record["rows"] if pk not in there]}, going)
            return []
        return super().take_back(record, going)

    def copy(self, going: Going) -> list[Record]:
        """For the hub alone, each saying at which school it was: what was shared with one school's people is not the
        other's to read. Two statements."""
        rows = self.held(going.hub, [going.predecessor])
        rows = rows.exclude(pk__in=self.clashing(rows, going.successor).values("pk")).order_by("pk")
        made = TimelineEntry.objects.bulk_create([self.copy_of(row, going) for row in rows])
        marks = {str(row.pk): mark_of(row) for row in TimelineEntry.objects.filter(pk__in=[each.pk for each in made])}
        return self.records(COPIED, [each.pk for each in made], marks=marks)

    def copy_of(self, row: Any, going: Going) -> Any:
        detail = " · ".join(filter(None, [f"At {going.predecessor}", row.detail]))
        detail = detail if len(detail) <= 300 else f"{detail[:299]}…"
        hub = TimelineEntry.Audience.HUB
        return _like(row, school=going.successor, audience=hub, detail=detail, given_to=None, given_on=None)


class FormerNumbers(Holding):
    """The URNs by which a school is still found. They go with the records; no hub owns them."""

    key, hub = "former_numbers", ""
    position = 95

    def rows(self) -> QuerySet:
        return SchoolIdentifier.objects.exclude(urn=F("school__urn"))

    def held(self, hub: Hub, schools: Collection[School]) -> QuerySet:
        return self.rows().filter(school__in=schools)

    def pairs(self) -> Iterable[tuple[int, int]]:
        return []

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        return rows.filter(urn__in=SchoolIdentifier.objects.filter(school=at).values("urn"))

    def move(self, going: Going) -> list[Record]:
        """The URNs that the predecessor carries, and its own. Another hub's records may have brought that already."""
        old, new = going.predecessor, going.successor
        row, _ = SchoolIdentifier.objects.get_or_create(
            school=new,
            urn=old.urn,
            defaults={"valid_from": old.known_open_date, "valid_to": new.known_open_date or old.close_date},
        )
        return super().move(going) + self.records(MADE, [row.pk])

    def copy(self, going: Going) -> list[Record]:
        return []

    def take_back(self, record: Record, going: Going) -> list[Record]:
        """The predecessor's own URN leads to the successor for as long as the records of any hub went over."""
        if record["did"] != MADE:
            return super().take_back(record, going)
        others = Succession.objects.filter(predecessor=going.predecessor, successor=going.successor).exclude(
            hub=going.hub
        )
        if not others.filter(state=Succession.State.APPLIED, how=Succession.How.MOVE).exists():
            SchoolIdentifier.objects.filter(pk__in=record["rows"]).delete()
        return []


def _like(row: Any, **values: Any) -> Any:
    """A new row with the values of another, and these."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in {"uuid", *values}
    }
    return type(row)(**kept, **values)


class Tags(Holding):
    """The hub's tags."""

    key, label, noun, name = "tags", "Tags", "tag", "tag__name"
    stays_because = "the other school has them already"
    position = 21

    def rows(self) -> QuerySet:
        return SchoolTag.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        return rows.filter(tag__in=SchoolTag.objects.filter(school=at).values("tag"))

    def copy_of(self, row: Any, going: Going) -> Any:
        return _like(row, school=going.successor)


HOLDINGS = (
    Relationships(),
    Tags(),
    Contacts(),
    DatedFacts(),
    Memberships(),
    Invitations(),
    Commissions(),
    Timeline(),
    FormerNumbers(),
    AddedByHand(),
)
