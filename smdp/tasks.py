"""What the worker does for plans."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from schools.access import today
from smdp.actions import reminders, sending
from smdp.models import PlanReminder

# A reminder whose message is older than this, in case the queue lost it, is sent again.
UNSENT_FOR = timedelta(seconds=60)


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


@shared_task(
    name="smdp.send_plan_reminder",
    acks_late=True,
    reject_on_worker_lost=True,
    soft_time_limit=60,
    time_limit=90,
)
def send_plan_reminder(*, reminder_id: int) -> None:
    """Send one reminder, once."""
    sending.deliver(reminder_id=reminder_id)


@shared_task(
    name="smdp.take_up_reminders",
    acks_late=True,
    reject_on_worker_lost=True,
    soft_time_limit=30,
    time_limit=40,
)
def take_up_reminders() -> None:
    """Every minute: send again what waits without a message, in case the queue lost it."""
    for reminder_id in PlanReminder.objects.waiting(timezone.now() - UNSENT_FOR).values_list("pk", flat=True):
        send_plan_reminder.delay(reminder_id=reminder_id)
