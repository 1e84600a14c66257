"""What a conversation's record holds, as plain data: made by a form that has been checked, or by whoever writes one."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from engagement.models import AgreedAction, Conversation, Criterion, Participant, Strand
from schools.models import Contact, Partner


@dataclass(frozen=True)
class Person:
    """Somebody who was there. `contact` is somebody the hub knows at the school; then name and role may be left out."""

    name: str = ""
    job_title: str = ""
    side: str = Participant.Side.SCHOOL
    contact: Contact | None = None


@dataclass(frozen=True)
class JudgementEntry:
    criterion: Criterion
    school_level: int | None = None
    hub_level: int | None = None
    agreed_level: int | None = None
    evidence: str = ""
    next_step: str = ""


@dataclass(frozen=True)
class FindingEntry:
    """`row` is the id of the finding that this one rewrites, if it stood there before."""

    kind: str
    heading: str
    text: str = ""
    next_step: str = ""
    criterion: Criterion | None = None
    row: int | None = None


@dataclass(frozen=True)
class ActionEntry:
    """`row` is the uuid of the action that this one rewrites: it keeps its state, notes and history."""

    what: str
    side: str = AgreedAction.Side.HUB
    owner_name: str = ""
    due_on: date | None = None
    partner: Partner | None = None
    row: UUID | None = None


@dataclass(frozen=True)
class ActionChange:
    """What became of an action agreed earlier. `state` "" leaves it as it is."""

    action: AgreedAction
    state: str = ""
    note: str = ""
    reason: str = ""


@dataclass(frozen=True)
class PartEntry:
    """What concerns one school."""

    people: list[Person] = field(default_factory=list)
    summary: str = ""
    challenge: str = ""
    answer: str = ""
    help_offered: str = ""
    could_offer: str = ""
    judgements: list[JudgementEntry] = field(default_factory=list)
    findings: list[FindingEntry] = field(default_factory=list)
    actions: list[ActionEntry] = field(default_factory=list)
    changes: list[ActionChange] = field(default_factory=list)
    next_on: date | None = None
    next_note: str = ""

    @property
    def is_filled(self) -> bool:
        """Whether something was written for this school: a meeting counts for a school only then."""
        texts = (self.summary, self.challenge, self.answer, self.help_offered, self.could_offer)
        return any(text.strip() for text in texts) or bool(self.judgements or self.findings or self.actions)


@dataclass(frozen=True)
class Entry:
    """All that is logged of one conversation. `parts` is by the part's uuid; a part left out counts as empty."""

    date: date
    how: str = Conversation.How.CALL
    kind: str = Conversation.Kind.CATCH_UP
    minutes: int | None = None
    people: list[Person] = field(default_factory=list)
    strands: list[Strand] = field(default_factory=list)
    common_summary: str = ""
    private_notes: str = ""
    parts: dict[UUID, PartEntry] = field(default_factory=dict)
