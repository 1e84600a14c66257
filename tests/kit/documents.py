"""A document to try the lease on, with the least of a conversation that it hangs on."""

from datetime import date

from django.utils import timezone

from engagement.models import Conversation, ConversationPart, Framework, PartVersion
from reports.models import Document
from tests.factories import make_hub, make_school, make_user


def make_document() -> Document:
    hub, by = make_hub(), make_user()
    conversation = Conversation.objects.create(
        hub=hub, author=by, framework=Framework.objects.earliest("pk"), date=date(2026, 11, 2)
    )
    part = ConversationPart.objects.create(conversation=conversation, school=make_school(hub=hub))
    version = PartVersion.objects.create(part=part, number=1, content={}, shared_at=timezone.now(), shared_by=by)
    return Document.objects.create(version=version, requested_by=by)
