"""gunicorn's configuration under the supervisor (`--config python:hubportal.services.web`)."""

import signal
from typing import Any

from .processes import die_with_parent

workers = 2
threads = 4
timeout = 60  # seconds
graceful_timeout = 5  # seconds for requests that are being answered when it stops
control_socket_disable = True  # it would lie in the home folder, shared by all portals of one person
loglevel = "warning"


def post_fork(server: Any, worker: Any) -> None:
    """A worker ends with its master, also with one that was killed, and so gives the port back at once."""
    die_with_parent(signal.SIGKILL)
