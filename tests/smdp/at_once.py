"""Two things done at the same moment, over two connections."""

import time
from collections.abc import Callable
from threading import Thread

from django.db import connection, transaction

WAITS = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"


def meanwhile(first: Callable[[], object], second: Callable[[], object]) -> None:
    """Do `first`, and before it is committed begin `second`, which has to wait for it and is done afterwards."""

    def elsewhere() -> None:
        try:
            second()
        finally:
            connection.close()

    thread = Thread(target=elsewhere)
    with transaction.atomic():
        first()
        thread.start()
        _until_it_waits()
    thread.join(timeout=30)
    assert not thread.is_alive()


def _until_it_waits() -> None:
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute(WAITS)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    raise AssertionError("nothing waited")
