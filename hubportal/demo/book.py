"""Rows of the relationship, gathered and then written in one go, with the same invariants as `engagement.actions`.

The actions cost some sixty queries a conversation; six hundred of them would take a minute. What they keep true is kept
here: a logged conversation has a date, a part says whether it is filled, every record stands in the timeline, and the
relationship's dates are worked out from the rows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from engagement.actions import contact_dates
from engagement.actions.attempts import timeline_fields
from engagement.actions.recording import TIMELINE_TEXT
from engagement.models import (
    ActionNote,
    AgreedAction,
    Attempt,
    Conversation,
    ConversationPart,
    Finding,
    Judgement,
    Participant,
)
from hubportal.accounts.models import User
from hubportal.demo.words.calls import DONE, DROPPED, IN_PROGRESS
from hubportal.demo.world import Place, World, chunked
from schools.models import TimelineEntry


@dataclass
class Meeting:
    """A conversation with its parts and everything in them, not yet written."""

    conversation: Conversation
    strands: list[str]
    parts: list[ConversationPart] = field(default_factory=list)
    people: list[Participant] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    actions: list[AgreedAction] = field(default_factory=list)

    def part_of(self, school_id: int) -> ConversationPart:
        return next(each for each in self.parts if each.school_id == school_id)


@dataclass
class Book:
    """Everything of one hub."""

    place: Place
    world: World
    meetings: list[Meeting] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    notes: list[tuple[ActionNote, datetime]] = field(default_factory=list)
    entries: list[TimelineEntry] = field(default_factory=list)

    def write(self) -> None:
        """Insert all of it. About thirty queries."""
        conversations = [each.conversation for each in self.meetings]
        chunked(Conversation, conversations)
        chunked(ConversationPart, [part for each in self.meetings for part in each.parts])
        chunked(Participant, [person for each in self.meetings for person in each.people])
        chunked(Judgement, [row for each in self.meetings for row in each.judgements])
        chunked(Finding, [row for each in self.meetings for row in each.findings])
        chunked(AgreedAction, [row for each in self.meetings for row in each.actions])
        chunked(ActionNote, [note for note, _ in self.notes])
        for note, at in self.notes:
            note.at = at
        ActionNote.objects.bulk_update([note for note, _ in self.notes], ["at"], batch_size=500)
        through = Conversation.strands.through
        chunked(
            through,
            [
                through(conversation=each.conversation, strand=self.world.strands[code])
                for each in self.meetings
                for code in each.strands
            ],
        )
        chunked(Attempt, self.attempts)
        self.entries += [TimelineEntry(**timeline_fields(each)) for each in self.attempts]
        self.entries += [
            self._part_entry(each, part)
            for each in self.meetings
            for part in each.parts
            if not each.conversation.is_draft
        ]
        chunked(TimelineEntry, self.entries)
        contact_dates.refresh_hub(hub=self.place.hub)

    def _part_entry(self, meeting: Meeting, part: ConversationPart) -> TimelineEntry:
        """As `engagement.actions.recording.write_timeline` writes it."""
        conversation = meeting.conversation
        ours = ", ".join(each.name for each in meeting.people if each.part is None)
        theirs = ", ".join(each.name for each in meeting.people if each.part is part)
        minutes = f", {conversation.minutes} minutes" if conversation.minutes else ""
        heading = conversation.get_kind_display()
        said = part.summary or (conversation.common_summary if part.is_filled else "")
        return TimelineEntry(
            hub=self.place.hub,
            school=part.school,
            source=part.timeline_source,
            kind=TimelineEntry.Kind.CONVERSATION,
            audience=TimelineEntry.Audience.HUB,
            at=self.world.at(conversation.date),
            is_whole_day=True,
            heading=heading if part.is_filled else f"{heading}: nothing noted for this school",
            detail=f"{conversation.get_how_display()}{minutes} · {' with '.join(filter(None, [ours, theirs]))}",
            text=said if len(said) <= TIMELINE_TEXT else f"{said[: TIMELINE_TEXT - 1].rstrip()}…",
            url=conversation.get_absolute_url(),
        )


def close_action(book: Book, action: AgreedAction, state: str, note: str, on: date, by: User) -> None:
    """Bring an action to a state with a dated note, as `engagement.actions.promises.change` does."""
    at = book.world.office_hour(on)
    action.state = state
    if state == AgreedAction.State.DROPPED:
        action.dropped_reason = note
    else:
        book.notes.append((ActionNote(action=action, text=note, by=by, by_name=str(by)), at))
    if state in (AgreedAction.State.DONE, AgreedAction.State.DROPPED):
        action.closed_at, action.closed_by_name = at, str(by)


def settle(book: Book, action: AgreedAction, agreed_on: date, say: Callable[..., str]) -> None:
    """Decide what became of an action: most of the old ones are done, some late, a few dropped with a reason."""
    rng, today = book.world.rng, book.world.on
    due = action.due_on or agreed_on + timedelta(days=30)
    age = (today - due).days
    by = book.place.owners.get(action.school_id) or book.place.manager
    dice = rng.random()
    state = None
    if age > 45:
        state = "dropped" if dice < 0.1 else "done"
    elif age > 0:
        state = "done" if dice < 0.62 else "dropped" if dice < 0.69 else "in_progress" if dice < 0.82 else None
    elif dice < 0.3:
        state = "in_progress"
    if state:
        days = (min(due, today) - agreed_on).days * rng.randint(40, 100) // 100
        day = min(agreed_on + timedelta(days=max(1, days)), today - timedelta(days=1))
        choices = {
            "done": DONE["hub" if action.side == "partner" and action.part.conversation.partner else action.side],
            "in_progress": IN_PROGRESS,
            "dropped": DROPPED,
        }[state]
        note = say(rng.choice(choices), day=f"{day:%A}", month=f"{day:%B}")
        close_action(book, action, state, note, day, by)
