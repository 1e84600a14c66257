"""Fixtures of the whole: the cast of people across two hubs, and a walk through every page as each of them."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg.errors import DeadlockDetected

from reports import building, development_report  # noqa: F401 - loads the drawing libraries before a test waits for them
from tests.cast import Cast, make_cast
from tests.side_by_side import SideBySide

# Most tests hold their rows in a transaction that the thread renewing a lease cannot see: no lease runs out in them,
# however slow the machine. Workers are processes of their own and keep theirs (tests/reports/test_killed.py).
building.LEASE = timedelta(minutes=5)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SideBySide:
    return SideBySide(config, log)


@pytest.fixture(scope="session", autouse=True)
def patient_flush() -> Iterator[None]:
    """Try a test's closing flush again if the database ends it.

    A page or a worker may still be writing when a test is over. Where it and the flush each hold what the other wants,
    the database ends one of the two; if that is the flush, the other is through a moment later.
    """
    flush, tries = DatabaseOperations.execute_sql_flush, 5

    def flush_patiently(self: DatabaseOperations, statements: list[str]) -> None:
        for left in reversed(range(tries)):
            try:
                flush(self, statements)
            except OperationalError as error:
                if left == 0 or not isinstance(error.__cause__, DeadlockDetected):
                    raise
            else:
                return

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush_patiently)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, django_db_blocker, django_db_keepdb, worker_id, testrun_uid
) -> Iterator[None]:
    """pytest-django's place for settings of the tests' database: side by side, it is copied from one that is migrated
    once a run."""
    if worker_id == "master" or django_db_keepdb:
        yield
        return
    from django.db import connection

    from tests.database import migrated

    here, name = connection.settings_dict, f"test_{connection.settings_dict['NAME']}_migrated"
    with django_db_blocker.unblock(), migrated(name, testrun_uid), pytest.MonkeyPatch.context() as patch:
        patch.setitem(here["TEST"], "TEMPLATE", name)
        yield


@pytest.fixture(scope="module")
def standing_cast(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Cast]:
    """Two hubs, everybody in them, and everything that could leak, made once for a module that only looks at it or
    takes back what it did. Files go to a folder of the module's own."""
    from django.db import transaction
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("files")
    with override_settings(MEDIA_ROOT=folder), django_db_blocker.unblock(), transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)


@pytest.fixture
def cast(standing_cast: Cast, db) -> Cast:
    """The same cast for one test to change: the rows go back with the test's transaction, the objects are its own."""
    return deepcopy(standing_cast)


@pytest.fixture(scope="session")
def walk(django_db_setup, django_db_blocker, tmp_path_factory) -> list:
    """What everybody saw at every address of the matrix that is opened by GET. The rows are gone again afterwards."""
    from django.db import transaction
    from django.test import override_settings

    from tests.architecture.walking import walk_everywhere

    folder = tmp_path_factory.mktemp("files")
    with override_settings(MEDIA_ROOT=folder), django_db_blocker.unblock(), transaction.atomic():
        visits = walk_everywhere(make_cast())
        transaction.set_rollback(True)
    return visits
