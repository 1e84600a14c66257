"""A variable that is missing or wrong stops the process with a sentence that says what to do."""

import subprocess
import sys
from pathlib import Path

import pytest

from hubportal import environment

REAL = {"DEMO": "0", "SECRET_KEY": "s" * 50, "ALLOWED_HOSTS": "portal.example.org", "EMAIL_URL": "console://"}


def start(tmp_path: Path, **variables: str) -> str:
    """What the settings say on standard error with nothing but these variables; empty when they load."""
    done = subprocess.run(
        [sys.executable, "-c", "import hubportal.settings"],
        env={"LOCAL_DIR": str(tmp_path), "DATABASE_URL": "postgresql://u@h/d", "REDIS_URL": "redis://h", **variables},
        cwd=environment.ROOT,
        capture_output=True,
        text=True,
    )
    assert (done.returncode == 0) == (done.stderr == ""), done.stderr
    return done.stderr.strip()


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"BIND": "0.0.0.0"}, "Set BIND=127.0.0.1, or run it for real with DEMO=0, SECRET_KEY and ALLOWED_HOSTS."),
        ({"DEMO": "0"}, "SECRET_KEY is not set. Set SECRET_KEY to 50 random characters"),
        ({"SECRET_KEY": "s" * 50}, "ALLOWED_HOSTS is not set. Set ALLOWED_HOSTS to the names people type"),
        ({"DEMO": "perhaps"}, "DEMO='perhaps' is neither yes nor no. Set DEMO=1 or DEMO=0."),
        ({"PORT": "http"}, "PORT='http' is not a whole number from 1 to 65535."),
        ({"DATABASE_URL": "mysql://h/d"}, "DATABASE_URL does not begin with postgres:// or postgresql://."),
        ({"DATABASE_URL": "postgresql://u@h"}, "DATABASE_URL names no database."),
        ({"REDIS_URL": "127.0.0.1"}, "REDIS_URL does not begin with redis:// or rediss:// or unix://."),
        ({**REAL, "EMAIL_URL": ""}, "EMAIL_URL is not set, and people need email"),
        ({**REAL, "BASE_URL": "portal.example.org"}, "BASE_URL does not begin with http:// or https://."),
    ],
)
def test_settings_stop_with_a_sentence(tmp_path: Path, variables: dict[str, str], sentence: str) -> None:
    said = start(tmp_path, **variables)
    assert said.startswith("Hub portal cannot start: ")
    assert sentence in said
    assert "Traceback" not in said


@pytest.mark.parametrize("variables", [{}, REAL, {**REAL, "BIND": "0.0.0.0", "BASE_URL": "http://portal.example.org"}])
def test_settings_load(tmp_path: Path, variables: dict[str, str]) -> None:
    assert start(tmp_path, **variables) == ""


def test_secret_key_of_the_demo_is_made_once_and_private(tmp_path: Path) -> None:
    start(tmp_path)
    first = (tmp_path / "secret-key").read_text()
    start(tmp_path)
    assert (tmp_path / "secret-key").read_text() == first
    assert len(first) > 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
