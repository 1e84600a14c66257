"""What the worker does for plans."""

from celery import shared_task

from schools.access import today
from smdp.actions import reminders


@shared_task(
    name="smdp.remind",
    acks_late=True,
    reject_on_worker_lost=True,
    soft_time_limit=900,
    time_limit=960,
)
def remind() -> None:
    """Every morning: one email for each thing that schools and hubs are to be reminded of."""
    reminders.send_due(on=today())
