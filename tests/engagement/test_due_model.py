"""Whatever happens between a hub and a school, in whatever order, its due date and status are those of a small model
that is told the same story and works them out in a plain way of its own."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.actions import attempts, contact_dates, persistence
from engagement.models import Conversation, ConversationPart
from hubportal.kit.terms import SchoolTime
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import Hub, Relationship, School
from tests.engagement.factories import make_contact_rules, make_conversation, make_officer, part_of
from tests.factories import make_hub, make_school

WEEKS = 13
LADDER = (("Email", "email", 1), ("Call", "call", 1), ("Letter", "letter", 2))
DAYS = st.integers(0, 420)  # ago
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("talk"), DAYS, st.sampled_from(["call", "event"]), st.sampled_from([None, 10, 40])),
        st.tuples(st.just("import"), DAYS, st.sampled_from(["call", "event"]), st.sampled_from([None, 40])),
        st.tuples(st.just("try"), DAYS, st.sampled_from(["email", "call", "letter", "visit"]), st.none()),
        st.tuples(st.just("decline"), DAYS, st.integers(1, 200), st.none()),
        st.tuples(st.just("pause"), st.just(0), st.integers(1, 200), st.none()),
        st.tuples(st.sampled_from(["end decline", "end pause", "undo talk", "undo try"]), DAYS, st.none(), st.none()),
    ),
    max_size=12,
)


@dataclass
class Model:
    """The story as lists, and the answers read off them."""

    talks: list[tuple[date, str, date | None, bool]] = field(default_factory=list)  # day, way, agreed, own
    tries: list[tuple[date, str]] = field(default_factory=list)
    declined: tuple[date, date] | None = None  # decided, until
    paused: date | None = None

    def counted(self) -> date | None:
        return max((day for day, way, _, own in self.talks if own and way == "call"), default=None)

    def agreed(self) -> date | None:
        """The newest talk that names a day, if none that counts is newer."""
        for _, way, then, own in reversed(self.in_order()):
            if then is not None:
                return then
            if own and way == "call":
                return None
        return None

    def in_order(self) -> list[tuple[date, str, date | None, bool]]:
        return sorted(self.talks, key=lambda talk: talk[0])  # of one day, in the order in which they were logged

    def decline(self) -> date | None:
        if self.declined is None:
            return None
        decided, until = self.declined
        talked = self.counted()
        return None if talked is not None and talked > decided else until

    def silent(self) -> list[tuple[date, str]]:
        talked = self.counted()
        return sorted((each for each in self.tries if talked is None or each[0] > talked), key=lambda each: each[0])

    def due(self) -> tuple[str, date | None]:
        because, on = self.before_a_pause()
        if self.paused is not None and (on is None or on < self.paused):
            return "paused", next_school_day(self.paused)
        return because, on

    def before_a_pause(self) -> tuple[str, date | None]:
        until, agreed, talked = self.decline(), self.agreed(), self.counted()
        asked = [each for each in self.silent() if until is None or each[0] >= until]
        if asked and (agreed is None or agreed <= asked[-1][0]):
            return "step", self.step_due(asked)
        if until is not None:
            return "declined", next_school_day(until)
        if agreed is not None:
            return "agreed", agreed
        return ("cadence", weeks_on(talked, WEEKS)) if talked is not None else ("", None)

    def step_due(self, asked: list[tuple[date, str]]) -> date:
        rung = 0
        climbed = False
        for _, way in asked:
            if way == LADDER[rung][1]:
                rung, climbed = (rung + 1) % len(LADDER), True
        over_again = climbed and rung == 0
        return weeks_on(asked[-1][0], WEEKS if over_again else LADDER[rung][2])

    def status(self, on: date) -> str:
        first, talked = date(academic_year(on), 9, 1), self.counted()
        if talked is not None and talked >= first:
            return "engaged"
        if (until := self.decline()) is not None and until > on:
            return "declined"
        if any(day >= first for day, _ in self.tries):
            return "attempted"
        return "lapsed" if talked is not None else "never"


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
    """The same story, told to the portal by its own actions."""

    hub: Hub
    school: School
    by: object
    model: Model = field(default_factory=Model)
    parts: list[ConversationPart] = field(default_factory=list)
    attempts: list = field(default_factory=list)

    def tell(self, move: tuple) -> None:
        what, days, how, then = move
        day = today() - timedelta(days=days)
        match what:
            case "talk" | "import":
                self.talk(day, how, then, is_own=what == "talk")
            case "try":
                at = timezone.make_aware(datetime.combine(day, time(12))) if days else timezone.now()
                attempt = attempts.log(school=self.school, how=how, by=self.by, at=at)
                if attempt not in self.attempts:  # the same twice in a breath is one
                    self.attempts.append(attempt)
                    self.model.tries.append((day, how))
            case "decline" | "pause":
                self.hold(what, day, today() + timedelta(days=how))
            case "end decline":
                self.end("declined")
                self.model.declined = None
            case "end pause":
                self.end("paused")
                self.model.paused = None
            case "undo talk" if self.parts:
                at = days % len(self.parts)
                part = self.parts.pop(at)
                self.model.talks.pop(at)
                ConversationPart.objects.filter(pk=part.pk).update(withdrawn_at=timezone.now(), withdrawn_by=self.by)
                contact_dates.refresh(hub=self.hub, school=self.school)
            case "undo try" if self.attempts and timezone.localdate(self.attempts[-1].at) == today():
                attempts.take_back(attempt=self.attempts.pop(), by=self.by)
                self.model.tries.pop()

    def talk(self, day: date, how: str, then: int | None, *, is_own: bool) -> None:
        agreed = day + timedelta(days=then) if then is not None else None
        part = part_of(make_conversation(self.school, by=self.by, on=day, how=how))
        ConversationPart.objects.filter(pk=part.pk).update(next_on=agreed)
        if not is_own:
            Conversation.objects.filter(pk=part.conversation_id).update(received_from=self.hub)
        contact_dates.refresh(hub=self.hub, school=self.school)
        self.parts.append(part)
        self.model.talks.append((day, how, agreed, is_own))

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
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_any_sequence_gives_the_due_date_and_status_of_the_model(moves):
    with transaction.atomic():
        hub = make_hub("Exampleshire Music Hub")
        school = make_school("Millbrook Junior School", hub=hub)
        make_contact_rules(hub, school_weeks=WEEKS)
        story = Story(hub, school, make_officer(hub))
        persistence.set_ladder(hub=hub, steps=[persistence.Step(*step) for step in LADDER], by=story.by)
        for move in moves:
            story.tell(move)
            row = Relationship.objects.filter(hub=hub, school=school).first()
            told = (row.due_because, row.due_on) if row else ("", None)
            assert told == story.model.due()
            seen = School.objects.with_engagement(story.by).get(pk=school.pk)
            assert seen.engagement == story.model.status(today())
        transaction.set_rollback(True)
