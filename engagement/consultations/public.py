"""What everybody may read of a hub's consultations: what came of those whose "You said, we did" was published."""

from uuid import UUID

from engagement.models import Consultation
from schools.models import Hub


def published_of(hub: Hub) -> list[Consultation]:
    """The newest first, each with how many schools were asked and answered. One query."""
    return list(Consultation.objects.filter(hub=hub).published().with_counts().select_related("hub"))


def published_at(hub: Hub, uuid: UUID) -> Consultation | None:
    """One of them. One query."""
    rows = Consultation.objects.filter(hub=hub, uuid=uuid).published().with_counts()
    return rows.select_related("hub").first()
