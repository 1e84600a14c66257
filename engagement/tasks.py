"""What the worker does for the relationship."""

from celery import shared_task

from engagement.actions import contact_dates
from engagement.models import PastImport
from engagement.past import work


@shared_task(
    name="engagement.refresh_all",
    acks_late=True,
    reject_on_worker_lost=True,
    soft_time_limit=1800,
    time_limit=1860,
)
def refresh_all() -> None:
    """Each night: when each school is to be talked with, and how each hub stands with its schools."""
    contact_dates.refresh_all()


@shared_task(
    name="engagement.import_past",
    acks_late=True,
    reject_on_worker_lost=True,
    soft_time_limit=1200,
    time_limit=1260,
)
def import_past(*, import_id: int) -> None:
    """Check one file of what was, bring it in, or take it out again: its next step."""
    work.work(import_id=import_id)


@shared_task(
    name="engagement.take_up",
    acks_late=True,
    reject_on_worker_lost=True,
    soft_time_limit=30,
    time_limit=40,
)
def take_up() -> None:
    """Every ten seconds: send again what waits without a message, or was left by a worker that died."""
    for import_id in PastImport.objects.take_up(unsent_for=work.UNSENT_FOR):
        import_past.delay(import_id=import_id)
