"""The embedded Redis: the wheel's redis-server (or the one on PATH), on a socket only, keeping its queue on disk."""

import signal
import socket

from .binaries import reachable, redis_server
from .processes import wait_until
from .server import Server, ServerFailed


class Redis(Server):
    name = "redis"
    stop_signal = signal.SIGTERM

    def start(self) -> None:
        program = reachable(redis_server(), self.places)
        folder = self.own_folder()
        self.places.redis_socket.unlink(missing_ok=True)
        settings = {
            "port": "0",
            "unixsocket": str(self.places.redis_socket),
            "unixsocketperm": "700",
            "dir": str(folder),
            "appendonly": "yes",  # a queued task survives a kill -9
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",  # Celery's queue must never be evicted
        }
        self.process = self._spawn(
            [program, *(part for key, value in settings.items() for part in (f"--{key}", value))]
        )
        wait_until(lambda: not self.is_running() or self._answers() or self.is_unwanted(), 30)
        if not self.is_running():
            raise ServerFailed(f"the embedded Redis did not start. {self._last_words()}")

    def _answers(self) -> bool:
        """Whether it says PONG (it refuses while it reads its file)."""
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(2)
                line.connect(str(self.places.redis_socket))
                line.sendall(b"PING\r\n")
                return line.recv(64).startswith(b"+PONG")
        except OSError:
            return False
