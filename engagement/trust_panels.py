"""What this room adds to a trust's page: the hub's meetings with the trust."""

from collections.abc import Iterable

from django.db.models import Count, Q
from django.http import HttpRequest

from engagement import written
from engagement.models import Conversation, ConversationPart
from engagement.permissions import can_list_conversations, can_start_conversations
from schools.models import Trust
from schools.panels import Panel

SHOWN = 5


def meetings(request: HttpRequest, trust: Trust) -> Iterable[Panel]:
    """The newest meetings with the trust, for those who see them as the hub's own, and the way to log one. One
    query."""
    user = request.user
    if not user.is_authenticated or not can_list_conversations(user):
        return
    held = Conversation.objects.visible_to(user).logged().filter(trust=trust).select_related("hub")
    seen = Q(parts__in=ConversationPart.objects.of_hub_for(user))
    found = list(held.annotate(schools=Count("parts", filter=seen)).defer(*written.CONVERSATION)[: SHOWN + 1])
    context = {
        "trust": trust,
        "meetings": found[:SHOWN],
        "more": len(found) > SHOWN,
        "can_log": can_start_conversations(user),
    }
    yield Panel("engagement/_trust_meetings.html", context, position=10, column="main")
