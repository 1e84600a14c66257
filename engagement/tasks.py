"""What the worker does for the relationship."""

from celery import shared_task

from engagement.actions import contact_dates
from engagement.digests import sending as digests
from engagement.mailings import bounces
from engagement.mailings import sending as mailings
from engagement.models import PastImport
from engagement.past import work
from schools.access import today


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


@shared_task(
    name="engagement.digests",
    acks_late=True,
    reject_on_worker_lost=True,
    soft_time_limit=120,
    time_limit=150,
)
def write_digests() -> None:
    """Each morning, and again in case it was missed: who is to hear today what is due."""
    digests.write_down(on=today())
    send_digests.delay()


@shared_task(
    name="engagement.send_digests",
    acks_late=True,
    reject_on_worker_lost=True,
    soft_time_limit=1500,
    time_limit=1560,
)
def send_digests() -> None:
    """A chunk of them; the next chunk is a task of its own."""
    if digests.send_chunk(on=today()):
        send_digests.delay()


@shared_task(
    name="engagement.send_mailings",
    acks_late=True,
    reject_on_worker_lost=True,
    soft_time_limit=840,
    time_limit=870,
)
def send_mailings() -> None:
    """Each minute, and when one is confirmed: as many emails of mailings as a minute may have."""
    mailings.send_some()


@shared_task(
    name="engagement.read_bounces",
    acks_late=True,
    reject_on_worker_lost=True,
    soft_time_limit=240,
    time_limit=270,
)
def read_bounces() -> None:
    """Every ten minutes: what came back, where a mailbox for it is set."""
    bounces.read_mailbox()
