"""Children that never outlive their parent, and locks that the kernel takes back from the dead."""

import ctypes
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(how: signal.Signals) -> None:
    """Have the kernel send this process `how` when its parent ends, in whatever way."""
    _libc.prctl(PR_SET_PDEATHSIG, how)


def spawn(
    command: Sequence[str | Path], *, at_parents_death: signal.Signals, **options: Any
) -> subprocess.Popen[bytes]:
    """Start `command` in a session of its own, so that a terminal's Ctrl-C does not reach it.

    The kernel sends it `at_parents_death` when this process ends in whatever way, kill -9 included. Call it from the
    main thread only: the kernel means the thread that forked. `options` go to Popen.
    """
    parent = os.getpid()

    def tie() -> None:
        die_with_parent(at_parents_death)
        if os.getppid() != parent:  # it died between fork and prctl
            os.kill(os.getpid(), signal.SIGKILL)

    return subprocess.Popen(
        [str(part) for part in command], stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=tie, **options
    )


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """End at once whatever is left of `process` and of what it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    except PermissionError:
        process.kill()


def wait_until(done: Callable[[], bool], seconds: float, *, every: float = 0.02) -> bool:
    """Ask `done` until it says yes (True) or `seconds` have passed (False)."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(every)
    return True


def wait_all(processes: Sequence[subprocess.Popen[bytes]], seconds: float) -> bool:
    """Wait until every one of `processes` has ended; False when some still run after `seconds`."""
    return wait_until(lambda: all(process.poll() is not None for process in processes), seconds)


def is_alive(pid: int) -> bool:
    """Whether `pid` runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in {"Z", "X"}
    except OSError:
        return False


class FileLock:
    """A lock on a file that the kernel drops when its holder dies. Not inherited by programs that are started."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def take(self, *, shared: bool = False, wait: bool = False) -> bool:
        """Take the lock; True when it is ours. With `wait` it blocks."""
        if self._handle is None:
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        how = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(self._handle, how)
        except BlockingIOError:
            return False
        return True

    def drop(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def is_taken(self) -> bool:
        """Whether somebody holds the lock exclusively."""
        probe = FileLock(self.path)
        try:
            return not probe.take(shared=True)
        finally:
            probe.drop()
