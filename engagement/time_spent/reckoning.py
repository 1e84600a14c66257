"""How long each conversation and attempt took, and whom it was with. Nothing is typed twice: the record says it, and
where it does not, what the hub takes as usual stands for it, marked as an estimate."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from engagement.due import RulesThroughTheYears
from engagement.models import Attempt, ContactRules, Conversation, MetRole, Participant, TimeRules
from engagement.time_spent.periods import Period
from engagement.time_spent.weeks import SchoolWeeks, weeks_of
from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year, local
from schools.access import today
from schools.models import Hub

ATTEMPT = "attempt"
NOT_SAID = "not-said"  # nobody of the school is named, or their role says nothing
KINDS = {**dict(Conversation.Kind.choices), ATTEMPT: "Attempt without an answer"}
STRATEGIC, OTHER = "strategic", "other"
SORTS = {STRATEGIC: "Strategic conversations with leaders", OTHER: "Other conversations and attempts"}


@dataclass(frozen=True)
class Spent:
    """The minutes that one of the hub's people gave to one conversation or attempt. `met` is the role of the
    most senior person met; "" for an attempt, which met nobody."""

    person_id: int
    record: UUID
    kind: str
    on: date
    how: str
    minutes: int
    is_estimate: bool
    met: str
    is_strategic: bool

    @property
    def is_attempt(self) -> bool:
        return self.kind == ATTEMPT

    @property
    def sort(self) -> str:
        return STRATEGIC if self.is_strategic else OTHER


@dataclass(frozen=True)
class Met:
    """Somebody at the school who was there: their job title then, and what is marked at the contact."""

    job_title: str
    is_leader: bool = False
    is_music_lead: bool = False


class Roles:
    """Tells the role of a person from their job title, by the administrator's list."""

    def __init__(self, rows: Sequence[MetRole]) -> None:
        """`rows` in the order of seniority."""
        self.names = {row.code: row.name for row in rows} | {NOT_SAID: "Not written down"}
        self._titles = sorted(
            ((title.casefold(), row.code) for row in rows for title in row.titles),
            key=lambda pair: len(pair[0]),
            reverse=True,
        )
        self._known: dict[Met, str] = {}

    def of(self, met: Met) -> str:
        """The code of a person's role: by the longest beginning of words that stands in the title; where none does, by
        the marks of the contact."""
        if met not in self._known:
            self._known[met] = self._by_title(met.job_title.casefold()) or self._by_marks(met)
        return self._known[met]

    def _by_title(self, title: str) -> str:
        return next((code for words, code in self._titles if re.search(rf"\b{re.escape(words)}", title)), "")

    def _by_marks(self, met: Met) -> str:
        if met.is_leader:
            return "senior"
        if met.is_music_lead:
            return "music-lead"
        return "other" if met.job_title else NOT_SAID

    def most_senior(self, codes: Iterable[str]) -> str:
        """The first of the list's order among some roles; "not said" where there is none."""
        held = set(codes)
        return next((code for code in self.names if code in held), NOT_SAID)


class TimeRulesThroughTheYears:
    """How a hub reckons in each academic year: by its own rules, else by those of every hub."""

    def __init__(self, rows: Iterable[TimeRules]) -> None:
        self.rows = sorted(rows, key=lambda row: (row.hub_id is not None, row.year), reverse=True) or [
            TimeRules(year=0)
        ]

    def of_year(self, year: int) -> TimeRules:
        return next((row for row in self.rows if row.year <= year), self.rows[-1])

    def on(self, day: date) -> TimeRules:
        return self.of_year(academic_year(day))


@dataclass(frozen=True)
class Reckoning:
    """How one hub reckons: its rules by year, and the list of roles."""

    time: TimeRulesThroughTheYears
    contact: RulesThroughTheYears
    roles: Roles

    @classmethod
    def of(cls, hub: Hub, user: User) -> "Reckoning":
        """Three queries."""
        return cls(
            TimeRulesThroughTheYears(TimeRules.objects.visible_to(user).for_hub(hub)),
            RulesThroughTheYears(ContactRules.objects.visible_to(user).for_hub(hub)),
            Roles(list(MetRole.objects.visible_to(user))),
        )

    def is_strategic(self, on: date, kind: str, how: str, roles: Iterable[str]) -> bool:
        """A strategic conversation with leaders: one that counts as talking by the hub's contact rules, with somebody
        there whose role is a leader's by its time rules, each those of its academic year."""
        return self.contact.on(on).counts(kind, how) and bool(set(roles) & set(self.time.on(on).leaders))


@dataclass
class TimeSpent:
    """All that a person may see of what the hub's people gave their time to in a period."""

    hub: Hub
    period: Period
    reckoning: Reckoning
    pieces: list[Spent]
    weeks: SchoolWeeks

    @cached_property
    def by_person(self) -> Mapping[int, list[Spent]]:
        found = defaultdict(list)
        for piece in self.pieces:
            found[piece.person_id].append(piece)
        return found


def time_spent(hub: Hub, user: User, period: Period) -> TimeSpent:
    """What everybody of the hub spent in a period, as far as `user` sees the records. Each of the hub's people who were
    there gave the time; where none is named, whoever logged it. A conversation stands under the most senior role of
    those met, so that the minutes add up. What was brought in from files, or came from another hub, is nobody's time
    here. Eight to ten queries."""
    reckoning = Reckoning.of(hub, user)
    conversations = Conversation.objects.visible_to(user).logged().own()
    conversations = conversations.filter(hub=hub, date__range=(period.first, period.last), past_row=None)
    ours, met = _who_was_there(conversations, reckoning.roles)
    pieces = []
    rows = conversations.order_by("-date", "-pk")
    for row in rows.values_list("pk", "uuid", "author_id", "date", "kind", "how", "minutes"):
        pk, uuid, author, on, kind, how, minutes = row
        assert on is not None, "a logged conversation has its date"
        roles = met.get(pk, set())
        usual = reckoning.time.on(on).minutes_for(kind, how)
        strategic = reckoning.is_strategic(on, kind, how, roles)
        for person in sorted(ours.get(pk) or {author}):
            pieces.append(
                Spent(
                    person, uuid, kind, on, how, minutes or usual, not minutes, reckoning.roles.most_senior(roles),
                    strategic,
                )
            )  # fmt: skip
    pieces += _attempts(hub, user, period, reckoning)
    pieces.sort(key=lambda piece: piece.on, reverse=True)
    return TimeSpent(hub, period, reckoning, pieces, weeks_of(hub, period, today()))


def _who_was_there(conversations, roles: Roles) -> tuple[dict[int, set[int]], dict[int, set[str]]]:
    """For each conversation our people with an account, and the roles of those met. One query."""
    ours: dict[int, set[int]] = defaultdict(set)
    met: dict[int, set[str]] = defaultdict(set)
    people = Participant.objects.filter(conversation__in=conversations.order_by().values("pk"))
    people = people.filter(Q(side=Participant.Side.SCHOOL) | Q(user__isnull=False)).order_by()
    marks = ("contact__is_leader", "contact__is_music_lead")
    for pk, side, user, title, leads, music in people.values_list(
        "conversation_id", "side", "user_id", "job_title", *marks
    ):
        if side == Participant.Side.SCHOOL:
            met[pk].add(roles.of(Met(title, bool(leads), bool(music))))
        else:
            ours[pk].add(user)
    return ours, met


def _attempts(hub: Hub, user: User, period: Period, reckoning: Reckoning) -> Iterable[Spent]:
    rows = Attempt.objects.visible_to(user).own().filter(hub=hub, past_row=None)
    rows = rows.filter(at__date__range=(period.first, period.last)).order_by("-at", "-pk")
    for uuid, by, at, how in rows.values_list("uuid", "by_id", "at", "how"):
        on = local(at).date()
        minutes = reckoning.time.on(on).attempt_minutes
        yield Spent(by, uuid, ATTEMPT, on, how, minutes, True, "", False)
