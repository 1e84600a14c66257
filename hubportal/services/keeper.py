"""The keeper: one process per LOCAL_DIR that runs the embedded servers while anybody uses them.

Whoever needs the servers holds `users.lock` shared (see embedded.py) and starts a keeper if there is none. The keeper
holds `keeper.lock`, runs the servers as its own children, starts one that dies again, and ends with them when
`users.lock` is free. All locks are the kernel's, so a kill -9 of any part leaves nothing to tidy by hand: the servers
die with the keeper (PR_SET_PDEATHSIG), the keeper notices dead users, the next start finds the locks free.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from . import places as _places
from .binaries import NoServer
from .postgres import Postgres
from .processes import FileLock
from .redis import Redis
from .server import Server, ServerFailed

LOOK_EVERY = 0.1  # seconds


class Keeper:
    def __init__(self, local: Path, wanted: set[str]) -> None:
        self.places = _places.find(local)
        kinds: list[type[Server]] = [kind for kind in (Postgres, Redis) if kind.name in wanted]
        self.servers = [kind(self.places) for kind in kinds]
        self.stopping = False

    def run(self) -> int:
        """Keep the servers until nobody needs them. Returns the exit status."""
        lock = FileLock(self.places.keeper_lock)
        if not lock.take():
            return 0  # somebody else was faster
        self._say("starting")
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        users = FileLock(self.places.users_lock)
        for server in self.servers:
            server.is_unwanted = lambda: self.stopping or users.take()
        try:
            for server in self.servers:
                server.start()
            self._say("ready")
            while not self.stopping and not users.take():
                time.sleep(LOOK_EVERY)
                self._mend()
        except (NoServer, ServerFailed, OSError) as trouble:
            self._say("failed", str(trouble))
            return 1
        finally:
            for server in reversed(self.servers):
                server.stop()
            if users.take():
                self.places.status.unlink(missing_ok=True)
            lock.drop()
        return 0

    def _mend(self) -> None:
        for server in self.servers:
            if not server.is_running():
                server.start()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _say(self, state: str, trouble: str = "") -> None:
        """Write the state where those who wait read it; whole or not at all."""
        names = [server.name for server in self.servers]
        aside = self.places.status.with_suffix(".new")
        aside.write_text(json.dumps({"pid": os.getpid(), "state": state, "servers": names, "trouble": trouble}) + "\n")
        aside.rename(self.places.status)


if __name__ == "__main__":
    sys.exit(Keeper(Path(sys.argv[1]), set(sys.argv[2:])).run())
