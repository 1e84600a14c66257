"""Whatever happens between a hub and a school, in whatever order, its due date and status are those of a small model
that is told the same story and works them out in a plain way of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.actions import attempts, contact_dates, conversations, persistence, sharing
from engagement.addressees import addressees_at
from engagement.models import Attempt, Conversation, ConversationPart, PastImport
from engagement.past import work
from hubportal.kit.terms import SchoolTime
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import Hub, Relationship, School
from tests.engagement.factories import make_contact_rules, make_conversation, make_officer, part_of
from tests.engagement.past.files import brought, checked, csv_of, undone
from tests.factories import make_contact, make_hub, make_school

WEEKS = 13
LADDER = (("Email", "email", 1), ("Call", "call", 1), ("Letter", "letter", 2))
FILE = ["URN", "Kind of row", "Date", "How", "Kind of support", "What"]
# What a row of a file says: its kind, how, the kind of support; and what it is in the model.
ROWS = {
    "talk": ("Contact", "Phone call", ""),
    "crowd": ("Contact", "Conference", ""),
    "try": ("Contact", "Voicemail", ""),
    "lessons": ("Support", "", "WCET"),
    "training": ("Support", "", "CPD"),
}
DAYS = st.integers(0, 420)  # ago
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("talk"), DAYS, st.sampled_from(["call", "event"]), st.sampled_from([None, 10, 40])),
        st.tuples(st.just("receive"), DAYS, st.sampled_from(["call", "event"]), st.sampled_from([None, 40])),
        st.tuples(st.just("try"), DAYS, st.sampled_from(["email", "call", "letter", "visit"]), st.none()),
        st.tuples(
            st.just("bring"),
            st.just(0),
            st.lists(st.tuples(st.sampled_from(sorted(ROWS)), st.integers(1, 420)), min_size=1, max_size=4),
            st.none(),
        ),
        st.tuples(st.just("decline"), DAYS, st.integers(1, 200), st.none()),
        st.tuples(st.just("pause"), st.just(0), st.integers(1, 200), st.none()),
        st.tuples(
            st.sampled_from(["end decline", "end pause", "withdraw", "move", "take back", "take out"]),
            DAYS,
            st.none(),
            st.none(),
        ),
    ),
    max_size=12,
)


@pytest.fixture(autouse=True)
def files_of_their_own(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(work, "REPORTS_EVERY", timedelta(minutes=5))  # as in `past/conftest.py`


@dataclass(eq=False)
class Happened:
    """A talk, a try or support given. `agreed` is the day on which to talk next; what is not `own` came from another
    hub."""

    what: Literal["talk", "try", "support"]
    day: date
    way: str
    agreed: date | None = None
    own: bool = True

    @property
    def counts(self) -> bool:
        return self.own and self.way != "event"


@dataclass
class Model:
    """The story as a list, in the order in which it was told, and the answers read off it."""

    happened: list[Happened] = field(default_factory=list)
    declined: tuple[date, date] | None = None  # decided, until
    paused: date | None = None

    def all(self, what: str) -> list[Happened]:
        """By their days; of one day, in the order in which they were told."""
        return sorted((each for each in self.happened if each.what == what), key=lambda each: each.day)

    def bring(self, rows: Sequence[tuple[str, int]], on: date) -> list[Happened]:
        """What a file brings: of its contacts those that are not there on that day in that way, and each once."""
        known = {(each.what, each.day, each.way) for each in self.happened}
        new: dict[tuple, Happened] = {}
        for number, (row, days) in enumerate(rows):
            day = on - timedelta(days=days)
            match row:
                case "talk" | "crowd":
                    found = Happened("talk", day, "call" if row == "talk" else "event")
                case "try":
                    found = Happened("try", day, "call")
                case _:
                    found = Happened("support", day, row)
            key = (found.what, found.day, found.way)
            if found.what == "support":
                new[*key, number] = found
            elif key not in known:
                new.setdefault(key, found)
        self.happened += new.values()
        return list(new.values())

    def counted(self) -> date | None:
        return max((talk.day for talk in self.all("talk") if talk.counts), default=None)

    def agreed(self) -> date | None:
        """The newest talk that names a day, if none that counts is newer."""
        for talk in reversed(self.all("talk")):
            if talk.agreed is not None:
                return talk.agreed
            if talk.counts:
                return None
        return None

    def decline(self) -> date | None:
        if self.declined is None:
            return None
        decided, until = self.declined
        talked = self.counted()
        return None if talked is not None and talked > decided else until

    def silent(self) -> list[Happened]:
        talked = self.counted()
        return [each for each in self.all("try") if talked is None or each.day > talked]

    def due(self) -> tuple[str, date | None]:
        because, on = self.before_a_pause()
        if self.paused is not None and (on is None or on < self.paused):
            return "paused", next_school_day(self.paused)
        return because, on

    def before_a_pause(self) -> tuple[str, date | None]:
        until, agreed, talked = self.decline(), self.agreed(), self.counted()
        asked = [each for each in self.silent() if until is None or each.day >= until]
        if asked and (agreed is None or agreed <= asked[-1].day):
            return "step", self.step_due(asked)
        if until is not None:
            return "declined", next_school_day(until)
        if agreed is not None:
            return "agreed", agreed
        return ("cadence", weeks_on(talked, WEEKS)) if talked is not None else ("", None)

    def step_due(self, asked: list[Happened]) -> date:
        rung = 0
        climbed = False
        for each in asked:
            if each.way == LADDER[rung][1]:
                rung, climbed = (rung + 1) % len(LADDER), True
        over_again = climbed and rung == 0
        return weeks_on(asked[-1].day, WEEKS if over_again else LADDER[rung][2])

    def ways(self) -> dict[int, set[str]]:
        """The ways of each academic year."""
        found: dict[int, set[str]] = {}
        for each in self.happened:
            if each.what != "try" and each.counts:
                way = "talk" if each.what == "talk" else each.way
                found.setdefault(academic_year(each.day), set()).add(way)
        return found

    def status(self, on: date) -> str:
        year, ways = academic_year(on), self.ways()
        if ways.get(year):
            return "several" if len(ways[year]) > 1 else "engaged"
        if (until := self.decline()) is not None and until > on:
            return "declined"
        if any(academic_year(each.day) == year for each in self.all("try")):
            return "attempted"
        return "lapsed" if ways else "never"


def next_school_day(day: date) -> date:
    while not SchoolTime().is_school_day(day):
        day += timedelta(days=1)
    return day


def weeks_on(day: date, weeks: int) -> date:
    """Week by week, the ones without a day of school left out."""
    while weeks:
        day += timedelta(days=7)
        monday = day - timedelta(days=day.weekday())
        weeks -= any(SchoolTime().is_school_day(monday + timedelta(days=number)) for number in range(5))
    return next_school_day(day)


@dataclass
class Story:
    """The same story, told to the portal by its own actions. `records` are its rows, by what happened."""

    hub: Hub
    school: School
    elsewhere: School
    by: object
    model: Model = field(default_factory=Model)
    records: dict[Happened, ConversationPart | Attempt | None] = field(default_factory=dict)
    files: list[tuple[PastImport, list[Happened]]] = field(default_factory=list)
    sent: int = 0  # files, those that were taken out too

    def tell(self, move: tuple) -> None:
        what, days, how, then = move
        day = today() - timedelta(days=days)
        match what:
            case "talk" | "receive":
                self.talk(day, how, then, is_own=what == "talk")
            case "try":
                self.log_try(day, how, is_today=not days)
            case "bring":
                self.bring(how)
            case "decline" | "pause":
                self.hold(what, day, today() + timedelta(days=how))
            case "end decline":
                self.end("declined")
                self.model.declined = None
            case "end pause":
                self.end("paused")
                self.model.paused = None
            case "withdraw" | "move" if talks := self.may_go(what):
                self.take_away(what, talks[days % len(talks)])
            case "take back" if tries := [each for each in self.model.all("try") if each.day == today()]:
                attempts.take_back(attempt=self.records[tries[-1]], by=self.by)
                self.model.happened.remove(tries[-1])
            case "take out" if self.files:
                self.take_out(*self.files.pop(days % len(self.files)))

    def talk(self, day: date, how: str, then: int | None, *, is_own: bool) -> None:
        agreed = day + timedelta(days=then) if then is not None else None
        part = part_of(make_conversation(self.school, by=self.by, on=day, how=how))
        ConversationPart.objects.filter(pk=part.pk).update(next_on=agreed)
        if not is_own:
            Conversation.objects.filter(pk=part.conversation_id).update(received_from=self.hub)
        contact_dates.refresh(hub=self.hub, school=self.school)
        self.note(Happened("talk", day, how, agreed, is_own), part)

    def log_try(self, day: date, how: str, *, is_today: bool) -> None:
        at = timezone.now() if is_today else timezone.make_aware(datetime.combine(day, time(12)))
        attempt = attempts.log(school=self.school, how=how, by=self.by, at=at)
        if attempt not in self.records.values():  # the same twice in a breath is one
            self.note(Happened("try", day, how), attempt)

    def note(self, happened: Happened, record: ConversationPart | Attempt) -> None:
        self.model.happened.append(happened)
        self.records[happened] = record

    def bring(self, rows: Sequence[tuple[str, int]]) -> None:
        """Bring in a file of contacts and support; what it says beforehand of the school is what comes of it."""
        self.sent += 1
        before, new = self.model.status(today()), self.model.bring(rows, today())
        lines = [
            [self.school.urn, kind, (today() - timedelta(days=days)).isoformat(), how, support, f"{self.sent}.{number}"]
            for number, (row, days) in enumerate(rows)
            for kind, how, support in [ROWS[row]]
        ]
        imported = checked(csv_of(FILE, *lines), hub=self.hub, by=self.by)
        assert (imported.asks, imported.counts["new"]) == ({}, len(new))
        after = self.model.status(today())
        assert imported.changes["now"] == ([[before, after, 1]] if before != after else [])
        if new:
            imported = brought(imported, by=self.by)
            came = imported.rows.filter(outcome="brought").select_related("conversation", "attempt")
            for happened, row in zip(new, came, strict=True):
                self.records[happened] = row.conversation.parts.get() if row.conversation else row.attempt
            self.files.append((imported, new))

    def take_out(self, imported: PastImport, came: list[Happened]) -> None:
        assert undone(imported, by=self.by).phase == PastImport.Phase.UNDONE
        self.model.happened = [each for each in self.model.happened if each not in came]

    def may_go(self, how: str) -> list[Happened]:
        """The hub's own; to be withdrawn, a talk was shared, and what came by a file has no words to share."""
        talks = [talk for talk in self.model.all("talk") if talk.own]
        brought = {talk for _, came in self.files for talk in came}
        return talks if how == "move" else [talk for talk in talks if talk not in brought]

    def take_away(self, how: str, talk: Happened) -> None:
        """Withdraw it from the school, which was given it; or say that it was another school."""
        part = ConversationPart.objects.get(pk=self.records[talk].pk)
        if how == "move":
            conversations.move(part=part, to=self.elsewhere, by=self.by)
        else:
            sharing.share(part=part, recipients=addressees_at(school=self.school, hub=self.hub), by=self.by)
            sharing.withdraw(part=part, reason="It was another school’s.", by=self.by)
        self.model.happened.remove(talk)

    def hold(self, what: str, day: date, until: date) -> None:
        kind = {"decline": "declined", "pause": "paused"}[what]
        persistence.hold(
            school=self.school,
            kind=kind,
            reason="other",
            until=until,
            decided_by="The head",
            decided_on=day,
            by=self.by,
        )
        if what == "decline":
            self.model.declined = (day, until)
        else:
            self.model.paused = until

    def end(self, kind: str) -> None:
        for hold in self.school.holds.standing().filter(kind=kind):
            persistence.end_hold(hold=hold, by=self.by)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_any_sequence_gives_the_due_date_and_status_of_the_model(moves):
    with transaction.atomic():
        hub = make_hub("Exampleshire Music Hub")
        school = make_school("Millbrook Junior School", hub=hub)
        make_contact_rules(hub, school_weeks=WEEKS)
        make_contact("Ruth Pell", hub=hub, school=school, is_leader=True)
        story = Story(hub, school, make_school("Ashby High School", hub=hub), make_officer(hub))
        persistence.set_ladder(hub=hub, steps=[persistence.Step(*step) for step in LADDER], by=story.by)
        for move in moves:
            story.tell(move)
            row = Relationship.objects.filter(hub=hub, school=school).first()
            told = (row.due_because, row.due_on) if row else ("", None)
            assert told == story.model.due()
            seen = School.objects.with_engagement(story.by).get(pk=school.pk)
            assert seen.engagement == story.model.status(today())
        transaction.set_rollback(True)
