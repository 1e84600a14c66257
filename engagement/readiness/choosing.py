"""What the forms offer: colleagues, and conversations of the person."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, Q

from engagement.colleagues import members_of
from engagement.models import Conversation, ConversationPart
from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.models import Hub, Membership
from schools.naming import told_apart

MOST = 50  # conversations to choose from


def colleagues_of(hub: Hub, held: Membership, *, everybody: bool) -> list[Membership]:
    """Those who may have come along: for a partner's officer who enters it, the hub's own people and the partner's, and
    not another partner's. One query."""
    others = [each for each in members_of(hub) if each.user_id != held.user_id]
    if everybody or held.partner_id is None:
        return others
    return [each for each in others if each.partner_id in (None, held.partner_id)]


def conversations_of(hub: Hub, person: User, user: User) -> list[tuple[Conversation, str]]:
    """The person's newest logged conversations that `user` sees, with words to tell them by. Two queries."""
    parts = ConversationPart.objects.of_hub_for(user).select_related("school").order_by("school__name_key", "pk")
    there = Q(author=person) | Q(participants__user=person, participants__part=None)
    rows: Iterable[Any] = (
        Conversation.objects.visible_to(user)
        .logged()
        .own()
        .filter(pk__in=Conversation.objects.filter(there, hub=hub).values("pk"))
        .defer("private_notes", "common_summary")
        .prefetch_related(Prefetch("parts", parts, to_attr="parts_shown"))
        .order_by("-date", "-pk")[:MOST]
    )
    return [(each, _words(each)) for each in rows]


def _words(conversation: Any) -> str:
    """ "12 November 2026, Challenging conversation: Millbrook Junior School"."""
    schools = told_apart(part.school for part in conversation.parts_shown)
    more = f" and {len(schools) - 2} more" if len(schools) > 2 else ""
    when = long_date(conversation.date) if conversation.date else ""
    return f"{when}, {conversation.get_kind_display()}: {', '.join(schools[:2])}{more}"
