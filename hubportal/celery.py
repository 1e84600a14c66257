"""The Celery application. Tasks live in each app's tasks.py; settings begin with CELERY_."""

import os
import signal
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

from hubportal.services.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hubportal.settings")

app = Celery("hubportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def end_with_the_worker(**_: Any) -> None:
    """A process of the pool ends with its worker, also with one that was killed: nobody would take its result.

    Otherwise it works on at its task while the next worker takes the same one up.
    """
    die_with_parent(signal.SIGKILL)
