"""How far a school's part of a conversation has come, in words: for lists, the conversation's page and the school's."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

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
RECEIVED = PartState("received", "From another hub", "quiet")
WITHDRAWN = PartState("withdrawn", "Withdrawn", "bad")


def part_state(part: ConversationPart, conversation: Conversation) -> PartState:
    """The state of a part from `with_sharing()`: no query. What the school said of the newest version counts."""
    number, answer = part.version_number, part.answer_kind  # type: ignore[attr-defined]  # annotated
    if conversation.state == Conversation.State.DRAFT:
        return DRAFT
    if conversation.received_from_id is not None:
        return RECEIVED
    if part.withdrawn_at:
        return WITHDRAWN
    if not number:
        return NOT_SHARED if part.is_filled else EMPTY
    if answer == DISPUTED:
        return PartState("disputed", f"Version {number}: not accurate, the school says", "bad")
    if answer:
        return PartState("acknowledged", f"Version {number} acknowledged", "good")
    return PartState("shared", f"Shared, version {number}", "plum")


TOUCHED = Q(versions__isnull=False) | Q(withdrawn_at__isnull=False)

# What the list of conversations can be narrowed to, by those of their parts that the person sees: the answer to the
# newest version of one is no, yes, or not there yet.
FILTERS: dict[str, tuple[str, Callable]] = {
    "draft": ("Drafts", lambda rows, parts: rows.drafts()),
    "not_shared": ("Logged, not shared", lambda rows, parts: rows.logged().own().without_part(parts.filter(TOUCHED))),
    "shared": ("Shared, no answer yet", lambda rows, parts: rows.with_part(parts.given().filter(answer_kind=None))),
    "acknowledged": (
        "Acknowledged by the school",
        lambda rows, parts: rows.with_part(parts.given().exclude(answer_kind=None).exclude(answer_kind=DISPUTED)),
    ),
    "disputed": (
        "Not accurate, the school says",
        lambda rows, parts: rows.with_part(parts.given().filter(answer_kind=DISPUTED)),
    ),
    "withdrawn": ("Withdrawn", lambda rows, parts: rows.with_part(parts.filter(withdrawn_at__isnull=False))),
}
