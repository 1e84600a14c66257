"""What the hub's page of a conversation shows of each part: its versions, who has them, who opened them, what was
said."""

from django.http import HttpRequest

from engagement.models import ConversationPart
from engagement.panels import PartPanel
from engagement.permissions import can_edit_conversation
from engagement.sharing_state import has_changed_since, shared_state_of

HUB_PAGES = {"conversation-detail"}  # the panel is the hub's own: the school's page shows answers in its own way


def shared_with_school(request: HttpRequest, part: ConversationPart) -> list[PartPanel]:
    """The panel of a shared part on the hub's page, for those who see it as the hub. Six queries at the most, a dozen
    more where the record was changed after it was shared."""
    user = request.user
    if not user.is_authenticated or not request.resolver_match or request.resolver_match.url_name not in HUB_PAGES:
        return []
    if not ConversationPart.objects.of_hub_for(user).filter(pk=part.pk).exists():
        return []
    state = shared_state_of(part)
    if not state.versions:
        return []
    context = {
        "part": part,
        "state": state,
        "can_note": can_edit_conversation(user, part.conversation),
        "has_changed": has_changed_since(part, state.versions[0]),
    }
    return [PartPanel(template="engagement/_part_sharing.html", context=context, position=10)]
