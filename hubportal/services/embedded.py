"""Have the embedded servers running for as long as something needs them."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from hubportal import environment

from . import places as _places
from .processes import FileLock, is_alive, wait_until

LONGEST_START = 90.0  # seconds; the first start makes the database's files
LONGEST_STOP = 20.0


def wanted() -> set[str]:
    """The servers to run here: those that DATABASE_URL and REDIS_URL do not name elsewhere."""
    named = {"postgres": "DATABASE_URL", "redis": "REDIS_URL"}
    return {server for server, variable in named.items() if not os.environ.get(variable, "").strip()}


def places() -> _places.Places:
    """The folders of this installation. Stops the process with a sentence where they cannot be made."""
    local = environment.local_dir()
    try:
        return _places.find(local)
    except OSError as trouble:
        raise environment.stop(f"{trouble}. Set LOCAL_DIR to a folder that you may write to.") from trouble


@contextlib.contextmanager
def running() -> Iterator[None]:
    """Inside this block the embedded servers answer; they end with the last of those who use them.

    Stops the process with a sentence when they cannot be started. Nothing happens where both variables are set.
    """
    use = Use()
    use.begin()
    try:
        yield
    finally:
        use.end()


class Use:
    """One user's hold on the embedded servers."""

    def __init__(self) -> None:
        self.wanted = wanted()
        self.places = places() if self.wanted else None
        self.lock = FileLock(self.places.users_lock) if self.places else None
        self.keeper: subprocess.Popen[bytes] | None = None

    def begin(self, unless: Callable[[], bool] = lambda: False) -> None:
        """Hold the servers, starting them if none run. Raises SystemExit with a sentence. `unless`: see `ensure`."""
        if self.lock:
            self.lock.take(shared=True, wait=True)
            self.ensure(unless)

    def end(self) -> None:
        """Let go. If nobody else holds them, return when they have stopped."""
        if not self.lock or not self.places:
            return
        keeper = int(str(_state(self.places).get("pid") or 0))
        self.lock.drop()
        keeper_lock, users_lock = FileLock(self.places.keeper_lock), FileLock(self.places.users_lock)
        end = time.monotonic() + LONGEST_STOP
        times_held = 0  # by others; once may be another one's look at it, like ours
        while keeper_lock.is_taken() and times_held < 3 and time.monotonic() < end:
            times_held = times_held + 1 if _is_held_by_users(users_lock) else 0
            users_lock.drop()
            time.sleep(0.02)
        if times_held < 3 and keeper:
            if self.keeper:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.keeper.wait(timeout=5)
            wait_until(lambda: not is_alive(keeper), 5)

    def ensure(self, unless: Callable[[], bool] = lambda: False) -> None:
        """Start a keeper if none runs, and wait until its servers answer, or until `unless` says that nobody needs them
        any more. Raises SystemExit with a sentence; it can be asked again then.
        """
        if not self.places or self._is_ready():
            return
        starter = FileLock(self.places.starter_lock)  # of several that find no keeper, one starts it
        end = time.monotonic() + LONGEST_START
        try:
            while time.monotonic() < end:
                if self._is_ready() or unless():
                    return
                if starter.take() and not FileLock(self.places.keeper_lock).is_taken():
                    self._look_after_keeper()
                time.sleep(0.02)
        finally:
            starter.drop()
        raise environment.stop(f"the embedded servers did not start. See {self.places.logs}.")

    def _is_ready(self) -> bool:
        assert self.places
        state = _state(self.places)
        alive = is_alive(int(str(state.get("pid") or 0))) and FileLock(self.places.keeper_lock).is_taken()
        if alive and state["state"] == "ready":
            self._check_covers(state)
            return True
        return False

    def _look_after_keeper(self) -> None:
        """Start a keeper, once; stop with its words if it has failed."""
        assert self.places
        if self.keeper is not None and self.keeper.poll() is not None:
            state, pid = _state(self.places), self.keeper.pid
            self.keeper = None
            if state.get("state") == "failed" and state.get("pid") == pid:
                raise environment.stop(str(state["trouble"]))
        if self.keeper is None:
            self.keeper = self._start_keeper()

    def _check_covers(self, state: dict[str, object]) -> None:
        names = state.get("servers")
        missing = self.wanted - set(names if isinstance(names, list) else [])
        if missing:
            raise environment.stop(
                f"this LOCAL_DIR is in use by a process that runs no {' and no '.join(sorted(missing))} of its own. "
                "End that process, or set DATABASE_URL and REDIS_URL as it does, or use another LOCAL_DIR."
            )

    def _start_keeper(self) -> subprocess.Popen[bytes]:
        assert self.places
        root = Path(__file__).resolve().parent.parent.parent
        with (self.places.logs / "keeper.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "hubportal.services.keeper", self.places.local, *sorted(self.wanted)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=root,
                start_new_session=True,  # outlives us when another process uses the servers too
            )


def _is_held_by_users(users_lock: FileLock) -> bool:
    """Whether somebody holds the users' lock as a user (shared), not the keeper as it closes (exclusive)."""
    return not users_lock.take() and users_lock.take(shared=True)


def _state(found: _places.Places) -> dict[str, object]:
    try:
        state: dict[str, object] = json.loads(found.status.read_text())
    except (OSError, ValueError):
        return {}
    return state
