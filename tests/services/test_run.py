"""The supervisor of `make run`, as one story: all of it comes up, a dead worker comes back, all of it ends in time."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from celery import Celery
from django.conf import settings

from hubportal import environment
from hubportal.services.processes import is_alive, wait_until
from hubportal.services.run import Supervisor
from tests.services.installation import Installation

pytestmark = pytest.mark.xdist_group("services")

LONGEST_STOP = 15.0  # seconds, as promised in the README


class Portal:
    """The portal as `make run` runs it, outside demo mode so that it comes up empty and soon."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.diary = installation.places.local / "diary"
        self.process: subprocess.Popen[str] | None = None
        with closing(socket.socket()) as door:
            door.bind(("127.0.0.1", 0))
            self.port = door.getsockname()[1]

    def environment(self) -> dict[str, str]:
        return self.installation.environment(
            DEMO="0",
            SECRET_KEY="s" * 50,
            ALLOWED_HOSTS="127.0.0.1",
            BASE_URL=f"http://127.0.0.1:{self.port}",
            EMAIL_URL="file:///dev/null",
            PORT=str(self.port),
            WORKERS="1",
            STATIC_ROOT=str(settings.LOCAL_DIR / "static"),  # gathered once for all runs of this test
        )

    def start(
        self, module: str = "tests.services.supervised", more: dict[str, str] | None = None
    ) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", module, str(self.port)][: 4 if "tests" in module else 3],
            stdin=subprocess.DEVNULL,  # no terminal
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=environment.ROOT,
            env={**self.environment(), **(more or {})},
        )

    def start_and_wait(self) -> None:
        self.process = self.start()
        self.wait_for_words(f"Hub portal is ready at http://127.0.0.1:{self.port}\n")

    def wait_for_words(self, words: str) -> None:
        """Read what it says as far as the line that holds `words`."""
        said = []
        assert self.process is not None
        assert self.process.stdout is not None
        for line in self.process.stdout:
            said.append(line)
            if words in line:
                return
        raise AssertionError("".join(said))

    def database_answers(self) -> bool:
        try:
            return bool(self.installation.ask("SELECT 1"))
        except psycopg.OperationalError:
            return False

    def stop(self, how: signal.Signals) -> float:
        """Send the signal; how many seconds until it has ended by itself."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(how)
        self.process.communicate(timeout=60)
        return time.monotonic() - began

    def worker(self) -> int:
        """The Celery worker: the child of the supervisor that leads its session."""
        assert self.process is not None
        for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
            if b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
                return int(pid)
        return 0

    def send_slow_task(self) -> None:
        # Not the current application: the tests after this one have theirs.
        broker = f"redis+socket://{self.installation.places.redis_socket}?virtual_host=0"
        with Celery(broker=broker, set_as_current=False) as sender:
            sender.conf.broker_transport_options = {"global_keyprefix": "hubportal:celery:"}
            sender.send_task("tests.sleep", kwargs={"diary": str(self.diary), "seconds": 600}, queue="portal")

    def times_begun(self) -> int:
        return len(self.diary.read_text().split()) if self.diary.exists() else 0


@pytest.fixture
def portal(installation: Installation) -> Iterator[Portal]:
    made = Portal(installation)
    yield made
    if made.process is not None and made.process.poll() is None:
        made.process.kill()
        made.process.communicate()


def test_run_from_first_start_to_last_stop(portal: Portal) -> None:
    portal.start_and_wait()

    second = portal.start("hubportal.services.run")
    said, _ = second.communicate(timeout=30)
    assert second.returncode == 1
    assert "it is running already" in said

    killed = portal.worker()
    os.kill(killed, signal.SIGKILL)
    assert wait_until(lambda: portal.worker() not in {0, killed}, 10), "a killed worker comes back within seconds"

    portal.send_slow_task()
    assert wait_until(lambda: portal.times_begun() == 1, 30)
    task = int(portal.diary.read_text().split()[0])
    assert portal.stop(signal.SIGINT) < LONGEST_STOP, "Ctrl-C, while a task runs"
    assert portal.process is not None
    assert portal.process.returncode == 0
    assert not is_alive(task)
    assert portal.installation.is_idle()

    portal.start_and_wait()
    assert wait_until(lambda: portal.times_begun() == 2, 30), "the task is taken up at the next start"
    worker, task = portal.worker(), int(portal.diary.read_text().split()[1])
    portal.stop(signal.SIGKILL)
    assert wait_until(portal.installation.is_idle, LONGEST_STOP), "its servers end with a killed supervisor"
    assert wait_until(lambda: not is_alive(worker) and not is_alive(task), LONGEST_STOP)

    portal.start_and_wait()
    assert portal.stop(signal.SIGTERM) < LONGEST_STOP
    assert portal.installation.is_idle()


def test_run_outlives_a_database_that_cannot_start(portal: Portal) -> None:
    portal.start_and_wait()
    mark = portal.installation.places.data / "postgres" / "PG_VERSION"
    right, wrong = mark.read_text(), "9\n"  # stands for whatever keeps it from starting, such as a full disk

    mark.write_text(wrong)
    os.kill(portal.installation.postmaster(), signal.SIGKILL)
    portal.wait_for_words("were made by PostgreSQL 9")
    assert not portal.database_answers()

    mark.write_text(right)
    portal.wait_for_words("It has started.")
    assert portal.database_answers()

    mark.write_text(wrong)
    os.kill(portal.installation.postmaster(), signal.SIGKILL)
    portal.wait_for_words("were made by PostgreSQL 9")
    assert portal.stop(signal.SIGINT) < LONGEST_STOP, "Ctrl-C, while it tries"
    assert wait_until(portal.installation.is_idle, LONGEST_STOP)
    mark.write_text(right)


def test_run_says_when_its_port_is_taken(portal: Portal) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", portal.port))
        other.listen()
        process = portal.start()
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"Try: make run PORT={portal.port + 1}" in said
    assert portal.installation.is_idle()


def test_run_forgets_no_signal_that_comes_while_it_looks_at_make() -> None:
    supervisor = Supervisor("127.0.0.1", 8000, until_make_ends=False)

    def told_meanwhile() -> bool:
        supervisor._stop(signal.SIGTERM, None)
        return False  # make as it was a moment before

    supervisor.make_is_told = told_meanwhile
    supervisor._told_to_stop()
    supervisor.make_is_told = lambda: False
    assert supervisor._told_to_stop()


@pytest.mark.parametrize(
    ("variable", "address", "sentence"),
    [
        ("DATABASE_URL", "postgresql://u:hidden-word@127.0.0.1:1/d", "the database does not let us in (connection"),
        ("REDIS_URL", "redis://:hidden-word@127.0.0.1:1/0", "Redis does not let us in (Error 111 connecting"),
    ],
)
def test_run_says_which_server_does_not_answer(portal: Portal, variable: str, address: str, sentence: str) -> None:
    process = portal.start(more={variable: address})
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.startswith(f"Hub portal cannot start: {sentence}")
    assert said.endswith(f" Check {variable}.\n")
    assert "hidden-word" not in said
    assert portal.installation.is_idle()
