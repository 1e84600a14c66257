"""A worklist as somebody reads it: whose each thing is, in which order and why, what is put off, what was handed on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from engagement import scoring, weighing
from engagement.models import ScorePoints, Snooze, WorkHandover
from engagement.reach import for_the_team, sees_whole_hub
from engagement.scoring import Part
from engagement.weighing import About
from engagement.worklist import GROUPS, NEEDS_NOBODY, WorkItem, gather
from hubportal.accounts.models import User

SAID_FOR = timedelta(days=14)  # how long an item says that it was put off until then
SAID = 2  # circumstances in one line
UNKNOWN = About(last_year=0)


@dataclass(frozen=True)
class Entry:
    """One thing to do, with all that a page says of it. `who_id` is whose it is now: of the colleague to whom it was
    handed, else of its owner; None where it is nobody's. `snooze` is the one that keeps it off a list, `back` one that
    has run out, or that ended because the matter moved on."""

    item: WorkItem
    hub_id: int | None
    who_id: int | None
    on: date
    marks: Mapping[str, int] = field(default_factory=dict)
    rules: scoring.Rules = field(default_factory=lambda: scoring.RULES)
    score: int = 0
    snooze: Snooze | None = None
    back: Snooze | None = None
    handed: WorkHandover | None = None
    who: str = ""  # in words, on the list of a team

    @cached_property
    def parts(self) -> list[Part]:
        """Why it stands where it stands, what weighs most first."""
        return scoring.parts(self.marks, self.rules)

    @property
    def circumstances(self) -> list[str]:
        """The two that weigh most of what makes it urgent, beside what it is."""
        return [part.words for part in self.parts if part.is_circumstance and part.points > 0][:SAID]

    @property
    def is_overdue(self) -> bool:
        return any(self.marks.get(code, 0) > 0 for code in scoring.OVERDUE)

    @property
    def is_back_early(self) -> bool:
        """Whether what was put off is back before its day."""
        return self.back is not None and self.back.until > self.on

    @property
    def needs_somebody(self) -> bool:
        return self.item.group not in NEEDS_NOBODY

    @property
    def group_words(self) -> str:
        return GROUPS[self.item.group]

    def is_handed_to(self, user: User) -> bool:
        return self.handed is not None and self.handed.receiver_id == user.pk


@dataclass(frozen=True)
class WorkGroup:
    code: str
    heading: str
    items: list[WorkItem]


@dataclass(frozen=True)
class Desk:
    """What is on the person's list now, what they put off, and what they handed to colleagues; most important first."""

    entries: list[Entry]
    snoozed: list[Entry]
    handed_on: list[Entry]

    def find(self, key: str) -> Entry | None:
        """The thing of this key, wherever it lies."""
        return next((each for each in (*self.entries, *self.snoozed, *self.handed_on) if each.item.key == key), None)


def desk_of(user: User, on: date) -> Desk:
    """The person's worklist. Costs what the providers cost, and a dozen queries, whatever the number of things."""
    found: dict[str, list[Entry]] = {"entries": [], "snoozed": [], "handed_on": []}
    sees_all = sees_whole_hub(user)
    for entry in _entries(user, on):
        if where := _where(entry, user, sees_all):
            found[where].append(entry)
    return Desk(**found)


def team_entries(user: User, on: date) -> list[Entry]:
    """Everything on the lists of the person's team, as far as they see it, also what somebody put off; most important
    first. Costs as `desk_of`."""
    return _entries(for_the_team(user), on)


def groups_for(user: User, on: date) -> list[WorkGroup]:
    """What is on the person's list by group, the groups in their order."""
    entries = desk_of(user, on).entries
    groups = []
    for code, heading in GROUPS.items():
        if mine := [each.item for each in entries if each.item.group == code]:
            groups.append(WorkGroup(code, heading, mine))
    return groups


def needing(entries: Iterable[Entry]) -> int:
    """How many of them need somebody: not those that wait for a school."""
    return sum(each.needs_somebody for each in entries)


def _where(entry: Entry, user: User, sees_all: bool) -> str:
    """On which of the person's lists it stands; "" for none."""
    mine = entry.is_handed_to(user)
    if entry.snooze and entry.snooze.user_id == user.pk:
        return "snoozed"
    if entry.handed and entry.handed.sender_id == user.pk:
        return "handed_on"
    if mine or sees_all:
        return "entries"
    if entry.handed:
        return ""
    return "entries" if entry.who_id in (None, user.pk) or user.pk in entry.item.also else ""


def _entries(user: User, on: date) -> list[Entry]:
    items = gather(user, on)
    known = weighing.about(user, {item.school_id for item in items if item.school_id}, on)
    weeks = weighing.school_weeks(
        user, ((item.school_id, item.since) for item in items if item.school_id and "school_weeks" in item.marks), on
    )
    snoozes, handed, rules = _snoozes(user, on), _handed(user, on), _rules(user)
    entries = [_entry(item, user, known, weeks, snoozes, handed, rules, on) for item in items]
    return sorted(entries, key=order)


def order(entry: Entry) -> tuple[int, date, str, str]:
    """What weighs most first, then what has waited longest, then by name."""
    return (-entry.score, entry.item.since, entry.item.title, entry.item.key)


def _entry(
    item: WorkItem,
    user: User,
    known: Mapping[int, About],
    weeks: Mapping[tuple[int, date], int],
    snoozes: Mapping[tuple[int, str], Sequence[Snooze]],
    handed: Mapping[tuple[int, str], WorkHandover],
    rules: Mapping[int, scoring.Rules],
    on: date,
) -> Entry:
    school = known.get(item.school_id or 0, UNKNOWN)
    hub_id = item.hub_id or school.hub_id
    marks = dict(item.marks)
    if "school_weeks" in marks:
        marks["school_weeks"] = weeks.get((item.school_id or 0, item.since), 0)
        if not marks["school_weeks"]:
            del marks["school_weeks"]
    if item.school_id in known:
        marks |= school.marks(on)
    given = handed.get((hub_id or 0, item.key))
    if given and given.receiver_id == user.pk:
        marks["from_colleague"] = 1
    owner = None if item.is_managers else item.owner_id or school.owner_id
    snooze, back = _of_snoozes(snoozes.get((hub_id or 0, item.key), ()), item, user, owner, on)
    who = given.receiver_id if given else owner
    weighed = rules.get(hub_id or 0, scoring.RULES)
    return Entry(item, hub_id, who, on, marks, weighed, scoring.score(marks, weighed), snooze, back, given)


def _of_snoozes(
    rows: Sequence[Snooze], item: WorkItem, user: User, owner: int | None, on: date
) -> tuple[Snooze | None, Snooze | None]:
    """The one that keeps the thing off a list, the person's own before others'; and the person's own that is over."""
    holding = [row for row in rows if row.until > on and row.matter == item.matter]
    over = next((row for row in rows if row not in holding and row.user_id == user.pk), None)
    own = next((row for row in holding if row.user_id == user.pk), None)
    return own or next((row for row in holding if row.user_id == owner), next(iter(holding), None)), over


def _snoozes(user: User, on: date) -> dict[tuple[int, str], list[Snooze]]:
    """Those that stand, and those that have run out lately, by hub and key. One query."""
    found: dict[tuple[int, str], list[Snooze]] = {}
    rows = Snooze.objects.visible_to(user, on).standing().filter(until__gte=on - SAID_FOR).select_related("user")
    for row in rows if sees_whole_hub(user) else rows.filter(user=user):
        found.setdefault((row.hub_id, row.key), []).append(row)
    return found


def _rules(user: User) -> dict[int, scoring.Rules]:
    """How the hubs that weigh things in their own way do, by hub. One query."""
    rows = ScorePoints.objects.visible_to(user)
    return {row.hub_id: scoring.rules_with(row.points) for row in rows}


def _handed(user: User, on: date) -> dict[tuple[int, str], WorkHandover]:
    """Those that stand, by hub and key. One query."""
    rows = WorkHandover.objects.visible_to(user, on).standing().select_related("sender", "receiver")
    return {(row.hub_id, row.key): row for row in rows}
