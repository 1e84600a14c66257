"""What the worker does for the relationship."""

from celery import shared_task

from engagement.actions import contact_dates
from schools.models import Hub


@shared_task(
    name="engagement.refresh_due_dates",
    acks_late=True,
    reject_on_worker_lost=True,
    soft_time_limit=1800,
    time_limit=1860,
)
def refresh_due_dates() -> None:
    """Each night: when each school is to be talked with. What hub and school do moves it at once; this follows the
    register, as when a school joins a trust with term dates of its own."""
    for hub in Hub.objects.all():
        contact_dates.refresh_hub(hub=hub)
