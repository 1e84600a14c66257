"""The embedded PostgreSQL: the wheel's own initdb and postgres, run as a child."""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from .binaries import postgres_bin, reachable
from .processes import is_alive, wait_until
from .server import Server, ServerFailed

if TYPE_CHECKING:
    import psycopg

ROLE = DATABASE = "hubportal"
BOOTSTRAP_ROLE = "postgres"  # the superuser; used only to make the ordinary role and its database

SETTINGS = {
    "listen_addresses": "",  # a socket in a private folder only
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "dynamic_shared_memory_type": "posix",
    "max_wal_size": "2GB",
    "log_min_messages": "warning",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


class Postgres(Server):
    name = "postgres"
    stop_signal = signal.SIGINT  # "fast": sends everybody away and writes everything down

    def start(self) -> None:
        programs = reachable(postgres_bin() / "postgres", self.places).parent
        if not (self.folder / "PG_VERSION").exists():
            self._make_cluster(programs)
        self._check_version(programs)
        self._clear_stale()
        options = [part for key, value in SETTINGS.items() for part in ("-c", f"{key}={value}")]
        command: list[str | Path] = [programs / "postgres", "-D", self.folder, "-k", self.places.sockets, *options]

        def ready_or_dead() -> bool:
            return not self.is_running() or self._answers() or self.is_unwanted()

        def up() -> bool:
            """One attempt; a backend of a killed server may hold the shared memory a moment longer."""
            self.process = self._spawn(command)
            wait_until(ready_or_dead, 60)
            return self.is_running()

        wait_until(lambda: up() or self.is_unwanted(), 15, every=0.2)
        if self.is_unwanted():
            return
        if not self.is_running():
            raise ServerFailed(f"the embedded PostgreSQL did not start. {self._last_words()}")
        self._make_role()

    def _make_cluster(self, programs: Path) -> None:
        """Run initdb aside and rename, so that a half-made cluster is never taken for a whole one."""
        aside = self.folder.with_name("postgres.new")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
        self._give(aside)
        done = subprocess.run(
            [
                *(programs / "initdb", "-D", aside, "-U", BOOTSTRAP_ROLE, "--auth=trust", "--encoding=UTF8"),
                *("--locale=C.UTF-8", "--no-sync", "--no-instructions"),
            ],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            cwd="/",
            user=self.places.uid,
            group=self.places.gid,
            extra_groups=None if self.places.uid is None else [],
        )
        if done.returncode:
            raise ServerFailed(f"the embedded PostgreSQL could not make its files: {done.stderr.strip()[-500:]}")
        aside.rename(self.folder)

    def _check_version(self, programs: Path) -> None:
        made_by = (self.folder / "PG_VERSION").read_text().strip()
        have = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True)
        now = have.stdout.split()[-1].split(".")[0] if have.stdout else "?"
        if made_by != now:
            raise ServerFailed(
                f"the data in {self.folder} were made by PostgreSQL {made_by}, and the one installed is {now}. "
                "Put back the locked dependencies (`make setup`), or dump and load the data, or move that folder away."
            )

    def _clear_stale(self) -> None:
        """Remove the pid file of a server that was killed; end one that has outlived its keeper.

        We hold the keeper's lock, so no other keeper runs a server here.
        """
        record = self.folder / "postmaster.pid"
        try:
            pid = int(record.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            pid = 0
        if pid and is_alive(pid) and self._is_ours(pid):
            os.kill(pid, signal.SIGQUIT)
            wait_until(lambda: not is_alive(pid), 10)
        record.unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        """Whether `pid` is a PostgreSQL on this very folder (a pid may have been given to another program)."""
        try:
            return Path(f"/proc/{pid}/cwd").resolve() == self.folder.resolve()
        except OSError:
            return False

    def _answers(self) -> bool:
        import psycopg  # loaded only where a server is asked: every command starts here

        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        import psycopg  # loaded only where a server is asked: every command starts here

        return psycopg.connect(
            host=str(self.places.sockets), user=BOOTSTRAP_ROLE, dbname="postgres", autocommit=True, connect_timeout=5
        )

    def _make_role(self) -> None:
        """The application's role (no superuser; may make test databases) and its database, when they lack."""
        with self._connect() as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                connection.execute(f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER CREATEDB")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")
