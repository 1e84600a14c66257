"""How one part's sharing stands, for the hub: its versions, who was sent them, who opened them, what was answered."""

from dataclasses import dataclass

from engagement import content
from engagement.models import ConversationPart, PartVersion, Reading, Recipient, Response


@dataclass(frozen=True)
class SharedState:
    """One part's sharing as the hub sees it; lists are the newest first, answers as they came."""

    versions: list[PartVersion]
    recipients: list[Recipient]
    readings: list[Reading]
    answers: list[Response]

    @property
    def newest(self) -> PartVersion | None:
        return self.versions[0] if self.versions else None


def sent_to(part: ConversationPart) -> list[Recipient]:
    """Who was sent any version, each address once, as last sent. One query. The caller scoped the part."""
    rows = (
        Recipient.objects.filter(version__part=part).select_related("version", "link").order_by("version__number", "pk")
    )
    return list({each.email.lower(): each for each in rows}.values())


def has_changed_since(part: ConversationPart, version: PartVersion) -> bool:
    """Whether the record now says something else than this version gave the school. No query unless the record was
    written again after it."""
    if part.withdrawn_at or part.conversation.updated_at <= version.shared_at:
        return False
    return content.freeze(part) != version.content


def shared_state_of(part: ConversationPart) -> SharedState:
    """Four queries. For hub people only: the caller scoped the conversation."""
    versions = list(part.versions.select_related("shared_by").defer("content"))
    readings = Reading.objects.filter(version__part=part).select_related("version", "link").order_by("-at", "-pk")
    answers = Response.objects.filter(version__part=part).select_related("version", "link", "noted_by")
    return SharedState(versions, sent_to(part), list(readings), list(answers.order_by("at", "pk")))
