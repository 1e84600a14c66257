"""The servers' programs, found and within reach of the user they run as."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hubportal.services import binaries, places


@pytest.fixture
def found(tmp_path: Path) -> Iterator[places.Places]:
    made = places.find(tmp_path / "local")
    yield made
    for folder in (made.data, made.sockets):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("which", ["postgres", "redis-server"])
def test_reachable_copies_what_a_closed_folder_holds(tmp_path: Path, found: places.Places, which: str) -> None:
    """As root under /root, say: the copy runs where it stands, with the wheel's own libraries."""
    original = binaries.postgres_bin() / "postgres" if which == "postgres" else binaries.redis_server()
    site = next(step for step in original.resolve().parents if step.name == "site-packages")
    package = original.resolve().relative_to(site).parts[0]
    closed = tmp_path / "closed"
    for name in (package, f"{package}.libs"):
        shutil.copytree(site / name, closed / "site-packages" / name, symlinks=True)
    closed.chmod(0o700)
    program = closed / "site-packages" / original.resolve().relative_to(site)

    as_somebody_else = replace(found, uid=os.geteuid(), gid=os.getegid())
    copy = binaries.reachable(program, as_somebody_else)
    assert copy.is_relative_to(found.data)
    assert closed.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(closed)
    said = subprocess.run([copy, "--version"], capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    assert binaries.reachable(original, replace(found, uid=None, gid=None)) == original.resolve()


def test_missing_programs_are_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "_package_folder", lambda package: None)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(binaries.NoServer, match="export DATABASE_URL=postgresql://"):
        binaries.postgres_bin()
    with pytest.raises(binaries.NoServer, match="sudo apt-get install redis-server"):
        binaries.redis_server()
