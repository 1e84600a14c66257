"""What tells that the scheduler and a worker are at work."""

from typing import Any

from celery import shared_task
from celery.signals import after_task_publish, beat_embedded_init, beat_init, worker_ready

from hubportal.kit import heartbeats
from hubportal.kit.models import Heartbeat

SEEN = "hubportal.seen"


@shared_task(name=SEEN, acks_late=True, reject_on_worker_lost=True, soft_time_limit=20, time_limit=30)
def seen() -> None:
    """Each minute: a worker was here."""
    heartbeats.stamp(Heartbeat.Who.WORKER)


@beat_init.connect
@beat_embedded_init.connect
def scheduler_began(**_: Any) -> None:
    """The scheduler is seen when it starts, not only a minute later."""
    heartbeats.stamp_alone(Heartbeat.Who.SCHEDULER)


@after_task_publish.connect(sender=SEEN)
def scheduler_sent(**_: Any) -> None:
    """Only the scheduler sends this task, so it is seen by sending it, whether or not a worker takes it."""
    heartbeats.stamp_alone(Heartbeat.Who.SCHEDULER)


@worker_ready.connect
def worker_began(**_: Any) -> None:
    """A worker is seen when it starts."""
    heartbeats.stamp_alone(Heartbeat.Who.WORKER)
