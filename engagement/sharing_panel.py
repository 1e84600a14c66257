"""What the hub's page of a conversation shows of each part: its versions, who has them, who opened them, what was
said."""

from dataclasses import dataclass

from django.http import HttpRequest

from engagement.models import Conversation, ConversationPart, PartVersion, Reading, Recipient, Response
from engagement.panels import PartPanel
from engagement.permissions import can_edit_conversation

HUB_PAGES = {"conversation-detail"}  # the panel is the hub's own: the school's page shows answers in its own way


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


def shared_state_of(part: ConversationPart) -> SharedState:
    """Four queries. For hub people only: the caller scoped the conversation."""
    versions = list(part.versions.select_related("shared_by").defer("content"))
    readings = Reading.objects.filter(version__part=part).select_related("version", "link").order_by("-at", "-pk")
    answers = Response.objects.filter(version__part=part).select_related("version", "link", "noted_by")
    return SharedState(versions, sent_to(part), list(readings), list(answers.order_by("at", "pk")))


def shared_with_school(request: HttpRequest, part: ConversationPart) -> list[PartPanel]:
    """The panel of a shared part on the hub's page, for those who see the conversation. Six queries at the most."""
    user = request.user
    if not user.is_authenticated or not request.resolver_match or request.resolver_match.url_name not in HUB_PAGES:
        return []
    if not Conversation.objects.visible_to(user).filter(pk=part.conversation_id).exists():
        return []
    state = shared_state_of(part)
    if not state.versions:
        return []
    can_note = can_edit_conversation(user, part.conversation)
    context = {"part": part, "state": state, "can_note": can_note}
    return [PartPanel(template="engagement/_part_sharing.html", context=context, position=10)]
