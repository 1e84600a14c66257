"""What the worker does for schools."""

from celery import shared_task

from schools.models import RegisterImport
from schools.register import browser


@shared_task(
    name="schools.import_register",
    acks_late=True,
    reject_on_worker_lost=True,
    soft_time_limit=1800,
    time_limit=1860,
)
def import_register(*, import_id: int) -> None:
    """Read the files of one import, or apply them: its next step."""
    browser.work(import_id=import_id)


@shared_task(
    name="schools.take_up",
    acks_late=True,
    reject_on_worker_lost=True,
    soft_time_limit=30,
    time_limit=40,
)
def take_up() -> None:
    """Every ten seconds: send again what waits without a message, or was left by a worker that died."""
    for import_id in RegisterImport.objects.take_up(unsent_for=browser.UNSENT_FOR):
        import_register.delay(import_id=import_id)
