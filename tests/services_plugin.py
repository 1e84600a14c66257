"""The pytest plugin under all tests: the servers they run on, and the rules that hold for every one of them.

Loaded by `-p tests.services_plugin` (pyproject.toml) before pytest-django reads the settings.

* The embedded PostgreSQL and Redis run once for the whole run, started before xdist's workers; where DATABASE_URL or
  REDIS_URL is set, that server is used instead.
* Everything in Redis begins with a prefix of this run and is deleted by it at the end; nothing is ever flushed.
* A socket to another machine fails the test. An undefined template variable fails the test.
"""

import os
import socket
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hubportal import environment
from tests.local_dir import tests_local_dir

_use: Any = None


def _prepare_environment() -> None:
    """Set what the settings read. A worker of xdist inherits the first process's values."""
    local = tests_local_dir()
    os.environ["LOCAL_DIR"] = str(local)
    if not os.environ.get("HUBPORTAL_TESTS"):
        os.environ["HUBPORTAL_TESTS"] = "1"
        os.environ["REDIS_PREFIX"] = f"hubportal-test-{uuid.uuid4().hex[:8]}"
        for name in ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "EMAIL_URL", "BIND", "PORT", "STATIC_ROOT"):
            os.environ.pop(name, None)
        os.environ["DEMO"] = "1"
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        os.environ["REDIS_PREFIX"] = f"{os.environ['REDIS_PREFIX'].split(':')[0]}:{worker}"


_prepare_environment()


def pytest_configure(config: pytest.Config) -> None:
    global _use
    if hasattr(config, "workerinput") or _use is not None:
        return
    from hubportal.services import embedded

    _use = embedded.Use()
    _use.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    global _use
    if _use is not None:
        _delete_own_keys(os.environ["REDIS_PREFIX"])
        _use.end()
        _use = None


def _delete_own_keys(prefix: str) -> None:
    import redis
    from django.conf import settings

    if not settings.configured:
        return
    for address in {settings.CACHE_URL, settings.CELERY_BROKER_URL}:
        plain = address.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
        with redis.Redis.from_url(plain) as client:
            for key in client.scan_iter(match=f"{prefix}:*", count=1000):
                client.unlink(key)


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """No test sees what another left in the cache (rate limits, above all)."""
    from django.core.cache import cache

    cache.clear()


# --- The network ---------------------------------------------------------------------------------------------------


class NetworkForbidden(AssertionError):
    """A test tried to reach another machine."""


def _stays_here(family: int, address: Any) -> bool:
    if family == socket.AF_UNIX:
        return True
    host = address[0] if isinstance(address, tuple) else ""
    return host in {"127.0.0.1", "::1", "localhost", "", "0.0.0.0", "::"} or str(host).startswith("127.")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket outside this machine fails the test; so does asking for another machine's address."""
    allowed = _outside_servers()
    connect, connect_ex, lookup = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def check(family: int, address: Any) -> None:
        if not _stays_here(family, address) and address[0] not in allowed:
            raise NetworkForbidden(f"a test may not reach {address}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        check(self.family, address)
        return connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        check(self.family, address)
        return connect_ex(self, address)

    def guarded_lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None:
            check(socket.AF_INET, (name, 0))
        return lookup(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_lookup)


def _outside_servers() -> set[str]:
    """The hosts of DATABASE_URL and REDIS_URL: named by the person who runs the tests."""
    from urllib.parse import urlsplit

    return {urlsplit(os.environ.get(name, "")).hostname or "" for name in ("DATABASE_URL", "REDIS_URL")} - {""}


# --- Templates -----------------------------------------------------------------------------------------------------


OUR_TEMPLATES = str(environment.ROOT / "templates")


class Undefined:
    """What Django puts in place of an undefined variable that is shown; it remembers those in templates of ours.

    Django asks whether it contains "%s", and then formats it with the variable.
    """

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def __contains__(self, what: str) -> bool:
        return what == "%s"

    def __mod__(self, variable: object) -> str:
        frame = sys._getframe(1)
        while frame is not None:  # the innermost template that is being rendered
            origin = getattr(frame.f_locals.get("self"), "origin", None)
            if origin is not None:
                if str(origin.name).startswith(OUR_TEMPLATES):
                    self.seen.add(f"{variable} in {Path(origin.name).relative_to(OUR_TEMPLATES)}")
                break
            frame = frame.f_back  # type: ignore[assignment]  # the last frame has None
        return ""

    def __str__(self) -> str:
        return ""


_undefined = Undefined()


@pytest.fixture(autouse=True)
def _undefined_template_variable_fails() -> Iterator[None]:
    """A variable that a template of ours shows and that no context holds fails the test that rendered it."""
    from django.template import engines

    engine: Any = engines["django"]
    engine.engine.string_if_invalid = _undefined
    _undefined.seen.clear()
    yield
    seen = sorted(_undefined.seen)
    _undefined.seen.clear()
    if seen:
        pytest.fail(f"templates show variables that nobody defines: {', '.join(seen)}", pytrace=False)
