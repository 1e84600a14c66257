"""What the two embedded servers have in common."""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

from .places import Places
from .processes import kill_group, spawn, wait_all


class ServerFailed(Exception):
    """A server did not start; the message says where it wrote why."""


class Server:
    name: str
    stop_signal: signal.Signals
    longest_stop = 5.0  # seconds

    def __init__(self, places: Places) -> None:
        self.places = places
        self.process: subprocess.Popen[bytes] | None = None
        self.is_unwanted: Callable[[], bool] = lambda: False  # asked while a start takes long

    @property
    def log(self) -> Path:
        return self.places.logs / f"{self.name}.log"

    @property
    def folder(self) -> Path:
        """The server's data."""
        return self.places.data / self.name

    def start(self) -> None:
        """Start the server and wait until it answers or nobody wants it. Raises ServerFailed, NoServer."""
        raise NotImplementedError

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Ask the server to end, wait, and end it if it does not."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            wait_all([self.process], self.longest_stop)
        kill_group(self.process)
        self.process.wait()
        self.process = None

    def own_folder(self) -> Path:
        """The data folder, made for the servers' user."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._give(self.folder)
        return self.folder

    def _give(self, path: Path) -> None:
        """Make `path` the servers' user's own."""
        if self.places.uid is not None and self.places.gid is not None:
            os.chown(path, self.places.uid, self.places.gid)

    def _spawn(self, command: list[str | Path]) -> subprocess.Popen[bytes]:
        """Run the server's program as the servers' user, its words into the log."""
        with self.log.open("ab") as log:
            return spawn(
                command,
                at_parents_death=self.stop_signal,
                cwd="/",
                stdout=log,
                stderr=log,
                user=self.places.uid,
                group=self.places.gid,
                extra_groups=None if self.places.uid is None else [],
            )

    def _last_words(self) -> str:
        """The end of the log, for a message."""
        try:
            lines = self.log.read_text(errors="replace").strip().splitlines()[-3:]
        except OSError:
            lines = []
        return f"Its log, {self.log}, ends: " + " / ".join(lines)
