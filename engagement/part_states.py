"""How far a school's part of a conversation has come, in words: for lists, the conversation's page and the school's."""

from collections.abc import Callable
from dataclasses import dataclass

from engagement.models import Conversation, ConversationPart, Response

DISPUTED = Response.Kind.NOT_ACCURATE


@dataclass(frozen=True)
class PartState:
    """`code` for filters and tests, `words` and `variant` for a tag."""

    code: str
    words: str
    variant: str


DRAFT = PartState("draft", "Draft", "warning")
EMPTY = PartState("empty", "Nothing noted for this school", "quiet")
NOT_SHARED = PartState("not_shared", "Not shared", "quiet")
WITHDRAWN = PartState("withdrawn", "Withdrawn", "bad")


def part_state(part: ConversationPart, conversation: Conversation) -> PartState:
    """The state of a part from `with_sharing()`: no query. What the school said of the newest version counts."""
    number, answer = part.version_number, part.answer_kind  # type: ignore[attr-defined]  # annotated
    if conversation.state == Conversation.State.DRAFT:
        return DRAFT
    if part.withdrawn_at:
        return WITHDRAWN
    if not number:
        return NOT_SHARED if part.is_filled else EMPTY
    if answer == DISPUTED:
        return PartState("disputed", f"Version {number}: not accurate, the school says", "bad")
    if answer:
        return PartState("acknowledged", f"Version {number} acknowledged", "good")
    return PartState("shared", f"Shared, version {number}", "plum")


# What the list of conversations can be narrowed to.
FILTERS: dict[str, tuple[str, Callable]] = {
    "draft": ("Drafts", lambda rows: rows.drafts()),
    "not_shared": ("Logged, not shared", lambda rows: rows.logged().with_no_part_shared()),
    "shared": ("Shared, no answer yet", lambda rows: rows.with_part_answered(None)),
    "acknowledged": ("Acknowledged by the school", lambda rows: rows.with_part_answered(True)),
    "disputed": ("Not accurate, the school says", lambda rows: rows.with_part_answered(False)),
    "withdrawn": ("Withdrawn", lambda rows: rows.filter(parts__withdrawn_at__isnull=False).distinct()),
}
