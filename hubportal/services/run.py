"""The supervisor of `make run`: embedded servers, web server, Celery worker and beat, together.

Ctrl-C or a SIGTERM ends all of them. A child that dies is started again. A kill -9 of this process takes every child
along (the kernel sees to it), and the next start finds nothing to tidy.
"""

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import FrameType

from hubportal import environment

from . import embedded
from .prepare import ACCOUNTS_FILE
from .processes import FileLock, die_with_parent, kill_group, spawn, wait_all

LONGEST_STOP = 10.0  # seconds for the children; the servers' own stop comes after it, and all of it within 15
LONGEST_READY = 60.0
LOG_LIMIT = 10 * 1024 * 1024  # bytes; a longer log is put aside at the start


class Child:
    """One program that is kept running."""

    def __init__(self, name: str, command: list[str], stop_signal: signal.Signals, logs: Path) -> None:
        self.name, self.command, self.stop_signal = name, command, stop_signal
        self.log = logs / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.pause = 0.5  # seconds before it is started again; doubles while it keeps dying at once

    def start(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = spawn(
                # Killed with us, not asked: by then its servers have gone too, and Celery would wait for them for ever.
                self.command,
                at_parents_death=signal.SIGKILL,
                stdout=log,
                stderr=log,
                cwd=environment.ROOT,
            )
        self.started_at = time.monotonic()

    def mend(self) -> None:
        """Start it again if it has died, and end what it left behind (a worker's own children)."""
        if self.process is None or self.process.poll() is None:
            return
        lived = time.monotonic() - self.started_at
        self.pause = 0.5 if lived > 30 else min(self.pause, 10.0)
        if lived < self.pause:
            return
        say(f"{self.name} ended (status {self.process.returncode}); starting it again. Its log: {self.log}")
        kill_group(self.process)
        self.pause *= 2
        self.start()

    def ask_to_stop(self) -> None:
        """One signal to the program itself, never to its group: a second one makes Celery drop what it holds."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    def __init__(self, bind: str, port: int, *, until_make_ends: bool) -> None:
        self.bind, self.port = bind, port
        self.use = embedded.Use()
        self.logs = environment.local_dir() / "logs"
        self.stopping = False
        self.make_is_told = _parent_told() if until_make_ends else lambda: False
        self.children = self._children()

    def _children(self) -> list[Child]:
        python = [sys.executable, "-m"]
        host = f"[{self.bind}]" if ":" in self.bind else self.bind
        web = ["gunicorn", "--config=python:hubportal.services.web", f"--bind={host}:{self.port}", "hubportal.wsgi"]
        celery = ["celery", "--app=hubportal", "--quiet"]
        return [
            Child("web", [*python, *web], signal.SIGTERM, self.logs),
            # SIGQUIT is Celery's soft shutdown: a running task gets a few seconds (settings), then goes back into the
            # queue. SIGTERM would wait for the task however long it takes.
            Child("worker", [*python, *celery, "worker", "--loglevel=INFO"], signal.SIGQUIT, self.logs),
            Child("beat", [*python, *celery, "beat", "--loglevel=WARNING", "--pidfile="], signal.SIGTERM, self.logs),
        ]

    def run(self) -> int:
        """Run everything until told to stop. Returns the exit status."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        self.logs.mkdir(parents=True, exist_ok=True)
        lock = FileLock(environment.local_dir() / "run.lock")
        if not lock.take():
            raise environment.stop(
                f"it is running already from {environment.local_dir()}. End that one first, or set LOCAL_DIR to "
                "another folder (and PORT to another number) to run a second one."
            )
        self._check_port()
        try:
            self.use.begin(self._told_to_stop)
            if not self._told_to_stop():
                self._prepare()
            if not self._told_to_stop():
                self._start()
                self._watch()
        finally:
            self._end()
            lock.drop()
        return 0

    def _check_port(self) -> None:
        family = socket.AF_INET6 if ":" in self.bind else socket.AF_INET
        with closing(socket.socket(family)) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind((self.bind, self.port))
            except OSError as trouble:
                raise environment.stop(
                    f"port {self.port} of {self.bind} cannot be used ({trouble.strerror}). "
                    f"Try: make run PORT={self.port + 1}"
                ) from trouble

    def _prepare(self) -> None:
        """Migrations, static files, the demo: in a process of its own, so that this one stays small."""
        step = spawn([sys.executable, "-m", "hubportal.services.prepare"], at_parents_death=signal.SIGTERM)
        while step.poll() is None and not self._told_to_stop():
            time.sleep(0.05)
        if step.poll() is None:
            step.terminate()
            wait_all([step], LONGEST_STOP)
            kill_group(step)
        elif step.returncode:
            raise SystemExit(step.returncode)

    def _start(self) -> None:
        for child in self.children:
            child.start()
        until = time.monotonic() + LONGEST_READY
        while not self._told_to_stop() and time.monotonic() < until:
            if self._answers():
                self._announce()
                return
            if not self.children[0].is_running():
                break
            time.sleep(0.1)
        if not self._told_to_stop():
            raise environment.stop(f"the web server does not answer. Its log: {self.children[0].log}")

    def _watch(self) -> None:
        trouble = ""
        while not self._told_to_stop():
            time.sleep(1.0 if trouble else 0.2)
            before, trouble = trouble, self._mend_servers()
            if trouble and not before:
                say(f"{trouble}\nTrying again until it starts.")
            elif before and not trouble:
                say("It has started.")
            for child in self.children:
                child.mend()

    def _mend_servers(self) -> str:
        """Have the embedded servers running. What forbids it, in words: with a full disk, say, people keep their pages
        and what they typed, and the portal answers again as soon as there is room."""
        try:
            self.use.ensure(self._told_to_stop)
        except SystemExit as trouble:
            return str(trouble).removeprefix(environment.CANNOT_START)
        return ""

    def _end(self) -> None:
        for child in self.children:
            child.ask_to_stop()
        processes = [child.process for child in self.children if child.process is not None]
        wait_all(processes, LONGEST_STOP)
        for process in processes:
            kill_group(process)
            process.wait()
        self.use.end()

    def _told_to_stop(self) -> bool:
        """Whether a signal came, or make was told. Writes nothing: only the handler does, at any moment of this."""
        return self.make_is_told() or self.stopping

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _answers(self) -> bool:
        """Whether the web server answers at all; what its health page says of other servers is for monitoring."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(self.bind, self.bind)  # noqa: S104 - compared
        try:
            with urllib.request.urlopen(f"http://{host}:{self.port}/health/", timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def _announce(self) -> None:
        host = f"[{self.bind}]" if ":" in self.bind else self.bind
        say(f"Hub portal is ready at http://{host}:{self.port}")
        accounts = environment.local_dir() / ACCOUNTS_FILE
        if accounts.exists():
            say(accounts.read_text().rstrip())
        say(f"Logs are in {self.logs}. Ctrl-C ends it.")


def _parent_told() -> Callable[[], bool]:
    """Whether make, our parent, has been told to stop.

    Make passes a SIGTERM on, but a SIGINT sent to make alone it keeps to itself and waits for us. It gives up its own
    handler while it waits, which the kernel shows.
    """
    parent = os.getppid()
    die_with_parent(signal.SIGTERM)
    caught_at_start = _catches_interrupt(parent)
    return lambda: os.getppid() != parent or (caught_at_start and not _catches_interrupt(parent))


def _catches_interrupt(pid: int) -> bool:
    try:
        found = re.search(r"^SigCgt:\s*([0-9a-f]+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    except OSError:
        return False
    return bool(found and int(found[1], 16) >> (signal.SIGINT - 1) & 1)


def say(words: str) -> None:
    try:
        print(words, flush=True)
    except OSError:
        pass  # whoever read our words has gone; the portal runs on


def main() -> int:
    parser = argparse.ArgumentParser(prog="make run")
    parser.add_argument("--until-make-ends", action="store_true", help="end when the parent process, make, is told to")
    asked = parser.parse_args()
    bind, port = environment.text("BIND", "127.0.0.1"), environment.whole("PORT", 8000, 1, 65535)
    return Supervisor(bind, port, until_make_ends=asked.until_make_ends).run()


if __name__ == "__main__":
    sys.exit(main())
