"""A task that takes far longer than anybody waits, for the supervisor's tests."""

import os
import time
from pathlib import Path

from celery import shared_task


@shared_task(name="tests.sleep")
def sleep(*, diary: str, seconds: float) -> None:
    """Write down that it began, and by which process, then sleep."""
    with Path(diary).open("a") as lines:
        lines.write(f"{os.getpid()}\n")
    time.sleep(seconds)
