"""What the worker does for documents."""

from datetime import timedelta

from celery import shared_task

from reports import building
from reports.models import Document

# A queued document whose message is older than this, in case the queue lost it, is sent again.
UNSENT_FOR = timedelta(seconds=60)


@shared_task(
    name="reports.build_document",
    acks_late=True,
    reject_on_worker_lost=True,
    soft_time_limit=120,
    time_limit=150,
)
def build_document(*, document_id: int) -> None:
    """Build one document."""
    building.build(document_id=document_id)


@shared_task(
    name="reports.take_up",
    acks_late=True,
    reject_on_worker_lost=True,
    soft_time_limit=30,
    time_limit=40,
)
def take_up() -> None:
    """Every ten seconds: send again what waits without a message, or was left by a worker that died."""
    for document_id in Document.objects.take_up(unsent_for=UNSENT_FOR):
        build_document.delay(document_id=document_id)
