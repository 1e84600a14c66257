"""What the worker does for the relationship."""

from celery import shared_task

from engagement.actions import contact_dates


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
