"""An installation of the embedded servers to break on purpose: a LOCAL_DIR of its own, and processes that use it."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from hubportal import environment
from hubportal.services import places
from hubportal.services.embedded import Use
from hubportal.services.processes import FileLock, is_alive, wait_until

USER = """
import sys
from hubportal.services import embedded
with embedded.running():
    print("running", flush=True)
    sys.stdin.read()
"""


class Installation:
    def __init__(self, local: Path) -> None:
        self.places = places.find(local)

    def environment(self, **more: str) -> dict[str, str]:
        """What its processes find: this LOCAL_DIR, and nothing of the test run's own."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("HUBPORTAL_", "PYTEST_"))}
        for name in ("DATABASE_URL", "REDIS_URL", "REDIS_PREFIX", "SECRET_KEY", "ALLOWED_HOSTS", "PORT", "BIND"):
            kept.pop(name, None)
        return {**kept, "LOCAL_DIR": str(self.places.local), **more}

    @contextlib.contextmanager
    def user(self) -> Iterator[subprocess.Popen[str]]:
        """A process that uses the servers, from when they answer until the block ends."""
        process = self.start_user()
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "running\n"
            yield process
        finally:
            self.end_user(process)

    def start_user(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", USER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=environment.ROOT,
            env=self.environment(),
        )

    def end_user(self, process: subprocess.Popen[str]) -> None:
        process.communicate(timeout=30)

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        """Run one statement as the portal's role."""
        with psycopg.connect(host=str(self.places.sockets), user="hubportal", dbname="hubportal") as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def postmaster(self) -> int:
        return int((self.places.data / "postgres" / "postmaster.pid").read_text().split()[0])

    def keeper(self) -> int:
        import json

        pid: int = json.loads(self.places.status.read_text())["pid"]
        return pid

    def is_idle(self) -> bool:
        """Whether no keeper and no server of this installation runs."""
        return not FileLock(self.places.keeper_lock).is_taken() and not self.processes()

    def processes(self) -> list[int]:
        """Every process that names this installation's folders in its command."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    words = (entry / "cmdline").read_bytes()
                    ours = str(self.places.data).encode() in words or str(self.places.local).encode() + b"\0" in words
                    if ours and is_alive(int(entry.name)):
                        found.append(int(entry.name))
        return found

    def remove(self) -> None:
        """End what a failed test left, and take the folders away."""
        wait_until(self.is_idle, 10)
        for pid in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)
        for folder in (self.places.local, self.places.data, self.places.sockets):
            shutil.rmtree(folder, ignore_errors=True)


def use(local: Path) -> Use:
    """A user of the servers in this very process."""
    held = Use()
    assert held.places is not None
    assert held.places.local == local.resolve()
    return held
