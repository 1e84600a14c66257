"""The portal as processes of its own: gunicorn on the test's database, which can be killed and started again."""

import email
import email.policy
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, suppress
from pathlib import Path

from tests.architecture.source import ROOT
from tests.worker import environment_of_a_worker

LONGEST_START = 60.0  # seconds, on a machine that is busy with other tests
LONGEST_WAY = 20.0  # of an email, in seconds


class Server:
    """A web server of the portal. Emails that it and its worker send are files in `mail`."""

    def __init__(self, folder: Path) -> None:
        with closing(socket.socket()) as door:
            door.bind(("127.0.0.1", 0))
            self.port = door.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.mail = folder / "mail"
        self.email_url = f"file://{self.mail}"
        self.log = folder / "web.log"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Come up and answer."""
        environment = {
            **environment_of_a_worker(),
            "BASE_URL": self.url,
            "EMAIL_URL": self.email_url,
            "PORT": str(self.port),
        }
        command = [sys.executable, "-m", "gunicorn", "hubportal.wsgi", f"--bind=127.0.0.1:{self.port}"]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [*command, "--config=python:hubportal.services.web", "--workers=1", "--threads=8"],
                cwd=ROOT,
                env=environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        deadline = time.monotonic() + LONGEST_START
        while not self._answers():
            assert self.process.poll() is None and time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)

    def _answers(self) -> bool:
        with (
            suppress(urllib.error.URLError, OSError),
            urllib.request.urlopen(f"{self.url}/health/", timeout=5) as answer,
        ):
            return answer.status == 200
        return False

    def kill(self) -> None:
        """As a power cut would: nothing is said, nothing is finished."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.kill()

    def letters_to(self, address: str, *, least: int = 0) -> list[str]:
        """Every email to an address so far, the oldest first, as one text each. With `least`: as soon as so many have
        come, for what stands as sent in the database is still on its way."""
        end = time.monotonic() + LONGEST_WAY
        while len(self._mail_to(address)) < least and time.monotonic() < end:
            time.sleep(0.2)
        return [f"{each['Subject']}\n{each.get_body().get_content()}" for each in self._mail_to(address)]

    def invitations_to(self, address: str) -> list[str]:
        """What calendars read in the emails to an address so far, the oldest first."""
        parts = [part for each in self._mail_to(address) for part in each.walk()]
        return [each.get_content() for each in parts if each.get_content_type() == "text/calendar"]

    def _mail_to(self, address: str) -> list:
        found = []
        for path in sorted(self.mail.glob("*"), key=lambda each: each.stat().st_mtime_ns):
            for text in path.read_text().split("-" * 79 + "\n"):
                letter = email.message_from_string(text, policy=email.policy.default)
                if address in str(letter["To"]):
                    found.append(letter)
        return found
