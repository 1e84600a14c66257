"""Reads environment variables. A missing or wrong one stops the process with a sentence that says what to do."""

import os
from pathlib import Path
from urllib.parse import urlsplit

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
CANNOT_START = "Hub portal cannot start: "
ROOT = Path(__file__).resolve().parent.parent


def stop(sentence: str) -> SystemExit:
    """The exception to raise when the portal cannot start: prints `sentence` and ends with status 1."""
    return SystemExit(f"{CANNOT_START}{sentence}")


def text(name: str, default: str | None = None, *, why: str = "") -> str:
    """The variable `name`; without a default it is required, and `why` completes the sentence 'Set NAME to ...'."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise stop(f"{name} is not set. Set {name} to {why}.")
    return default


def flag(name: str, default: bool) -> bool:
    """The variable `name` as yes or no."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in YES | NO:
        return value in YES
    raise stop(f"{name}={value!r} is neither yes nor no. Set {name}=1 or {name}=0.")


def whole(name: str, default: int, lowest: int, highest: int) -> int:
    """The variable `name` as a whole number from `lowest` to `highest`."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if value.isascii() and value.isdigit() and lowest <= int(value) <= highest:
        return int(value)
    raise stop(f"{name}={value!r} is not a whole number from {lowest} to {highest}. Set {name}={default}, for example.")


def words(name: str, default: list[str] | None = None, *, why: str = "") -> list[str]:
    """The variable `name` as words separated by commas or spaces."""
    value = text(name, None if default is None else "", why=why)
    return value.replace(",", " ").split() or (default or [])


def url(name: str, schemes: set[str], example: str) -> str:
    """The variable `name` as an address with one of `schemes`; empty when it is not set."""
    value = text(name, "")
    if value and urlsplit(value).scheme not in schemes:
        raise stop(f"{name} does not begin with {' or '.join(sorted(s + '://' for s in schemes))}. Example: {example}")
    return value


def local_dir() -> Path:
    """Where the portal keeps what is its own on this machine: LOCAL_DIR, by default `.local` beside manage.py."""
    return Path(text("LOCAL_DIR", str(ROOT / ".local"))).expanduser().absolute()
