"""The embedded servers: started by whoever is first, ended by whoever is last, and back after any kill -9."""

import os
import signal
import stat

import psycopg
import pytest
import redis

from hubportal.services.processes import is_alive, wait_until
from tests.services.installation import Installation

pytestmark = pytest.mark.xdist_group("services")


def test_running_gives_an_ordinary_role_and_leaves_nothing_behind(installation: Installation) -> None:
    with installation.user():
        assert installation.ask(
            "SELECT current_user::text, rolsuper, rolcreatedb, current_setting('listen_addresses') "
            "FROM pg_roles WHERE rolname = current_user"
        ) == [("hubportal", False, True, "")]
        assert redis.Redis(unix_socket_path=str(installation.places.redis_socket)).ping() is True
        assert stat.S_IMODE(installation.places.sockets.stat().st_mode) == 0o700
    assert installation.is_idle()


def test_running_is_shared_and_ends_with_the_last(installation: Installation) -> None:
    with installation.user() as second:
        with installation.user():
            keeper = installation.keeper()
        assert installation.keeper() == keeper
        assert installation.ask("SELECT 1") == [(1,)]
        assert second.poll() is None
    assert installation.is_idle()


def test_running_started_by_four_at_once_has_one_keeper(installation: Installation) -> None:
    users = [installation.start_user() for _ in range(4)]
    assert [user.stdout.readline() for user in users if user.stdout] == ["running\n"] * 4
    assert installation.ask("SELECT 1") == [(1,)]
    for user in users:
        installation.end_user(user)
    assert [user.returncode for user in users] == [0] * 4
    assert installation.is_idle()


def test_running_ends_when_its_user_is_killed(installation: Installation) -> None:
    with installation.user() as user:
        user.send_signal(signal.SIGKILL)
        user.wait()
        assert wait_until(installation.is_idle, 10)


def test_running_mends_a_killed_postgres_and_keeps_what_was_written(installation: Installation) -> None:
    with installation.user():
        installation.ask("CREATE TABLE kept AS SELECT 42 AS answer")
        killed = installation.postmaster()
        os.kill(killed, signal.SIGKILL)

        def back() -> bool:
            try:
                return installation.ask("SELECT answer FROM kept") == [(42,)] and installation.postmaster() != killed
            except psycopg.OperationalError:
                return False

        assert wait_until(back, 20)
        installation.ask("DROP TABLE kept")


def test_start_recovers_after_the_keeper_was_killed(installation: Installation) -> None:
    with installation.user():
        installation.ask("CREATE TABLE kept AS SELECT 43 AS answer")
        keeper, server = installation.keeper(), installation.postmaster()
        os.kill(keeper, signal.SIGKILL)
        assert wait_until(lambda: not is_alive(server), 10), "the server outlived its keeper"
        with installation.user():
            assert installation.keeper() != keeper
            assert installation.ask("SELECT answer FROM kept") == [(43,)]
            installation.ask("DROP TABLE kept")


def test_start_does_not_trust_a_stale_pid_file(installation: Installation) -> None:
    """The number in it may belong to any other program by now; this one, here."""
    stale = installation.places.data / "postgres" / "postmaster.pid"
    stale.write_text(
        f"{os.getpid()}\n{stale.parent}\n1700000000\n5432\n{installation.places.sockets}\n\n  1 1\nready\n"
    )
    with installation.user():
        assert installation.postmaster() != os.getpid()
        assert installation.ask("SELECT 1") == [(1,)]
