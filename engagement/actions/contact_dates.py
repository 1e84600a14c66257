"""When a hub and a school last spoke, worked out from the records and written down on their relationship."""

from django.utils import timezone

from engagement.models import Attempt, ConversationPart
from schools.actions import relationships
from schools.models import Hub, School


def refresh(*, hub: Hub, school: School) -> None:
    """Work the dates out again and write them down. Call it in the same transaction as whatever changed them: a
    conversation logged, moved, withdrawn, or an attempt. Only parts that are filled and not withdrawn count; of
    what was received from another hub, only when hub and school meant to talk next. Five or six queries."""
    counted = ConversationPart.objects.filter(
        school=school, is_filled=True, withdrawn_at=None, conversation__hub=hub, conversation__state="logged"
    )
    newest = counted.order_by("-conversation__date", "-conversation__logged_at").values("conversation__date", "next_on")
    latest, promised = newest.filter(conversation__received_from=None).first(), newest.first()
    attempts = Attempt.objects.own().filter(hub=hub, school=school).order_by("-at")
    last_attempt = attempts.first()
    since = attempts.filter(at__date__gt=latest["conversation__date"]) if latest else attempts
    relationships.note_contact(
        hub=hub,
        school=school,
        last_conversation_on=latest["conversation__date"] if latest else None,
        last_attempt_on=timezone.localdate(last_attempt.at) if last_attempt else None,
        attempts_since=since.count(),
        next_conversation_on=promised["next_on"] if promised else None,
    )
