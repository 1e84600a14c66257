"""A real Celery worker, with beat inside it, on the test's own database and queue."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from tests.architecture.source import ROOT


def environment_of_a_worker() -> dict[str, str]:
    """The environment in which another process works on this test's database and Redis."""
    settings = connection.settings_dict
    user, password = quote(settings["USER"] or ""), quote(settings["PASSWORD"] or "")
    host, port = settings["HOST"], settings["PORT"]
    who = f"{user}:{password}@" if password else f"{user}@"
    if str(host).startswith("/"):
        address = f"postgresql://{who}/{settings['NAME']}?host={quote(str(host))}"
    else:
        address = f"postgresql://{who}{host}{f':{port}' if port else ''}/{settings['NAME']}"
    return {**os.environ, "DATABASE_URL": address, "PYTHONPATH": str(ROOT)}


@contextmanager
def worker(*, concurrency: int = 1, **environment: str) -> Iterator[subprocess.Popen]:
    """Run a worker until the block ends, with more in its environment: EMAIL_URL. Its log is printed when the block
    fails."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "worker.log"
        command = [
            *(sys.executable, "-m", "celery", "-A", "hubportal", "worker", "-B", "-s", f"{folder}/beat"),
            *("--concurrency", str(concurrency), "--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
        ]
        with log.open("wb") as out:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment_of_a_worker() | environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        try:
            yield process
        except BaseException:
            print(log.read_text())
            raise
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                process.wait()
