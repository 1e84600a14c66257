"""Real workers, each of which kills itself (-9) at a point of building a document.

`python -m tests.reports.killed_worker POINT ...` starts one a point, on the queues killed-0, killed-1 and so on, and
prints the signal that ended each. They are forked from one process, so that the portal is loaded once.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

LONGEST = 90  # seconds


def die_around(owner: Any, name: str, point: str, *, before: str = "", after: str = "") -> None:
    """Die before or after the first call of a function, if that is the point that was asked for."""
    if point not in (before, after):
        return
    original: Callable = getattr(owner, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if point == before:
            os.kill(os.getpid(), signal.SIGKILL)
        original(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, wrapped)


def work(queue: str, point: str) -> None:
    from hubportal.celery import app  # the parent has loaded it; the names are wanted only here
    from reports import building, development_report  # as above
    from reports.querysets import DocumentQuerySet  # as above

    building.LEASE = timedelta(seconds=2)
    die_around(DocumentQuerySet, "claim", point, before="before the claim", after="after the claim")
    die_around(development_report, "html", point, before="before the page is laid out", after="before it is drawn")
    die_around(development_report, "write_pdf", point, after="after it is drawn")
    die_around(building, "keep", point, before="before the file is written", after="after the file is kept")
    die_around(os, "replace", point, before="before the file is renamed")
    die_around(DocumentQuerySet, "finish", point, before="before it is marked ready", after="after it is marked ready")
    app.worker_main(["worker", "--pool=solo", "-Q", queue, "-n", queue, "--without-gossip", "--without-mingle"])


def main(points: list[str]) -> None:
    django.setup()
    import reports.development_report  # loaded once, before the fork
    import reports.tasks  # noqa: F401 - as above

    children = []
    for number, point in enumerate(points):
        child = os.fork()
        if not child:
            try:
                work(f"killed-{number}", point)
            finally:
                os._exit(1)
        children.append(child)
    end = time.monotonic() + LONGEST
    for child in children:
        done, status = os.waitpid(child, os.WNOHANG)
        while not done and time.monotonic() < end:
            time.sleep(0.1)
            done, status = os.waitpid(child, os.WNOHANG)
        if not done:
            os.kill(child, signal.SIGTERM)
        print("ended by", os.WTERMSIG(status) if done and os.WIFSIGNALED(status) else "itself", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
