"""What a hub holds for a school, and how it goes over to the school that follows it.

A room registers a kind of rows in `AppConfig.ready()`; this room knows none of the rooms above:

    class Plans(Holding):
        key, label, noun = "plans", "Plans", "plan"
        def rows(self): return Plan.objects.all()            # rows with `hub` and `school`
    succession.register(Plans())
    succession.register_refresh(refresh)                     # whatever is worked out from the rows, once they stand

`actions.successions` moves, copies and takes back; what each kind did is kept as records that JSON can hold.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, ForeignObjectRel, Model, QuerySet
from pghistory.models import Event

from hubportal.accounts.models import User
from hubportal.kit.wording import count
from schools.models import Hub, School

Record = dict[str, Any]
MOVED, COPIED, CHANGED, MADE, STAYED = "moved", "copied", "changed", "made", "stayed"


@dataclass(frozen=True)
class Going:
    """One hub's records on their way from one school to another. `kept_back` are the sources of timeline entries whose
    records stay where they are."""

    hub: Hub
    predecessor: School
    successor: School
    by: User
    kept_back: set[str] = field(default_factory=set)


class Holding(ABC):
    """A kind of rows that a hub holds for a school. The plain ones go over by their column `school` alone."""

    key = ""  # in the records: never changes
    label = ""  # how the page heads it; "" for what it does not show
    noun = ""  # one of them in words, as `wording.count` takes it
    hub = "hub"  # the path from a row to its hub
    name = ""  # the path to what a row is called, where the page names the rows
    stays_because = ""  # why a row may not go over, in words
    position = 50  # in which order they go over

    @abstractmethod
    def rows(self) -> QuerySet:
        """All rows of the kind that would go over, of every hub."""

    def held(self, hub: Hub, schools: Collection[School]) -> QuerySet:
        """The hub's rows at these schools."""
        return self.rows().filter(**{self.hub: hub, "school__in": schools})

    def shown(self, hub: Hub, schools: Collection[School]) -> QuerySet:
        """Those of them that the page counts or names."""
        return self.held(hub, schools)

    def words(self, number: int) -> str:
        """So many of them, in words."""
        return count(number, self.noun)

    def pairs(self) -> Iterable[tuple[int, int]]:
        """(hub id, school id) of everything held. One query."""
        return self.rows().order_by().values_list(f"{self.hub}_id", "school_id").distinct()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        """Those of the rows for which there is no room at the other school."""
        return rows.none()

    def stay(self, rows: QuerySet, going: Going) -> None:
        """Told of the rows that stay behind. Most kinds do nothing about them."""
        return

    def copy_of(self, row: Any, going: Going) -> Any:
        """The row's like for the successor, not saved; None for a kind that is not copied."""
        return None

    def move(self, going: Going) -> list[Record]:
        """Let the rows go over; those for which there is no room stay. Four statements."""
        rows = self.held(going.hub, [going.predecessor]).order_by()
        stay = list(self.clashing(rows, going.successor).values_list("pk", flat=True))
        pks = sorted(rows.exclude(pk__in=stay).values_list("pk", flat=True))
        self._all().filter(pk__in=pks).update(school=going.successor)
        if stay:
            self.stay(self._all().filter(pk__in=stay), going)
        return self.records(MOVED, pks) + self.records(STAYED, sorted(stay))

    def copy(self, going: Going) -> list[Record]:
        """Make the likes of the rows at the successor. One statement a row."""
        rows = self.held(going.hub, [going.predecessor]).order_by("pk")
        stay = set(self.clashing(rows, going.successor).values_list("pk", flat=True))
        marks = {}
        for row in rows:
            if row.pk not in stay and (like := self.copy_of(row, going)) is not None:
                like.save()
                marks[str(like.pk)] = mark_of(self._all().get(pk=like.pk))
        return self.records(COPIED, list(map(int, marks)), marks=marks)

    def take_back(self, record: Record, going: Going) -> list[Record]:
        """Undo what a record says, as far as the rows are still there and there is room for them. What came later, and
        what somebody has worked on since in a copy, stays. Returns what stayed."""
        match record["did"]:
            case "moved":
                return self._bring_back(record["rows"], going)
            case "copied":
                return self._remove_copies(record, going)
            case "changed":
                return self._change_back(record)
        return []

    def returning(self, rows: QuerySet) -> QuerySet:
        """Those of the rows that went over and may come back."""
        return rows

    def _bring_back(self, pks: list[int], going: Going) -> list[Record]:
        gone = self._all().filter(pk__in=pks)
        rows = self.returning(gone.filter(school=going.successor)).order_by()
        clash = list(self.clashing(rows, going.predecessor).values_list("pk", flat=True))
        back = list(rows.exclude(pk__in=clash).values_list("pk", flat=True))
        self._all().filter(pk__in=back).update(school=going.predecessor)
        if clash:
            self.stay(self._all().filter(pk__in=clash), going)
        return self.records(STAYED, sorted(gone.exclude(pk__in=back).order_by().values_list("pk", flat=True)))

    def _remove_copies(self, record: Record, going: Going) -> list[Record]:
        stay = []
        for row in self._all().filter(pk__in=record["rows"]):
            if mark_of(row) == record["marks"].get(str(row.pk)) and not is_referred_to(row):
                row.delete()
            else:
                stay.append(row.pk)
        return self.records(STAYED, stay)

    def _change_back(self, record: Record) -> list[Record]:
        changed = self._all().filter(pk__in=record["rows"], **record["after"]).update(**record["before"])
        return [] if changed else self.records(STAYED, record["rows"])

    def records(self, did: str, rows: list[int], **more: Any) -> list[Record]:
        """The record of what was done to these rows; none where there are none."""
        return [{"kind": self.key, "did": did, "rows": rows, **more}] if rows else []

    def _all(self) -> QuerySet:
        return self.rows().model._base_manager.all()


_holdings: dict[str, Holding] = {}
_refreshers: list[Callable[[Hub, School], None]] = []


def register(holding: Holding) -> Holding:
    """Add a kind. Registering one of the same key again puts it in the other's place."""
    _holdings[holding.key] = holding
    return holding


def register_refresh(refresh: Callable[[Hub, School], None]) -> None:
    """Add what is to be worked out again for a hub and a school once rows have come or gone."""
    if refresh not in _refreshers:
        _refreshers.append(refresh)


def holdings() -> list[Holding]:
    """Every kind, in the order in which they go over."""
    return sorted(_holdings.values(), key=lambda each: each.position)


def holding_of(key: str) -> Holding | None:
    return _holdings.get(key)


def refresh(hub: Hub, schools: Iterable[School]) -> None:
    """Work out again what follows from the rows at these schools. Costs what the rooms' work costs."""
    for school in schools:
        for work_out in _refreshers:
            work_out(hub, school)


def mark_of(row: Model) -> str:
    """A few letters that change with any value of the row."""
    values = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}
    text = json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def is_referred_to(row: Model, *, besides: type[Model] | None = None) -> bool:
    """Whether another row names this one, its own history and rows of the kind `besides` apart. One query for each
    relation, until one is found."""
    return any(
        each.related_model._base_manager.filter(**{each.field.name: row}).exists()
        for each in row._meta.get_fields(include_hidden=True)
        if isinstance(each, ForeignObjectRel)
        and not issubclass(each.related_model, Event)
        and each.related_model is not besides
    )


@dataclass(frozen=True)
class Held:
    """One line of the comparison of two schools: what stands at each."""

    label: str
    predecessor: str
    successor: str


def held_in_words(hub: Hub, schools: Collection[School]) -> dict[int, str]:
    """By school id, what the hub holds there: "4 contacts, 7 conversations"; "nothing". One query for each kind."""
    found: dict[int, list[str]] = {each.pk: [] for each in schools}
    for holding in holdings():
        if holding.label and holding.noun:
            rows = holding.shown(hub, schools).order_by().values_list("school_id", flat=True)
            for school_id, number in Counter(rows).items():
                found[school_id].append(holding.words(number))
    return {school_id: ", ".join(words) or "nothing" for school_id, words in found.items()}


MOST_NAMES = 4


def compared(hub: Hub, predecessor: School, successor: School) -> list[Held]:
    """What the hub holds at both schools, kind by kind; kinds of which neither has any are left out. One query for each
    kind."""
    lines = []
    for holding in holdings():
        if holding.label:
            rows = holding.shown(hub, [predecessor, successor]).order_by("pk")
            found = list(rows.values_list("school_id", F(holding.name) if holding.name else "pk"))
            if found:
                at = [[what for school_id, what in found if school_id == each.pk] for each in (predecessor, successor)]
                words = [_words(each, named=bool(holding.name)) for each in at]
                lines.append(Held(holding.label, *words))
    return lines


def _words(found: list[Any], *, named: bool) -> str:
    if not found:
        return "None"
    if not named:
        return f"{len(found):,}"
    names = ", ".join(str(each) for each in found[:MOST_NAMES])
    more = len(found) - MOST_NAMES
    return f"{names} and {more:,} more" if more > 0 else names
