"""The tests' database: where several processes run side by side, one of them migrates, and each copies what came of it.

Migrating an empty database takes most of a minute: Django renders its models anew for every field that is added.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection


@contextmanager
def migrated(name: str, run: str) -> Iterator[None]:
    """In the block there is a database `name` that the migrations have made, and nobody uses. The first process of this
    `run` to come makes it while the others wait; the first to leave drops it (one that comes later makes it anew). What
    a run that was killed has left is replaced."""
    _migrate(name, run)
    yield
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def _migrate(name: str, run: str) -> None:
    creation, here = connection.creation, connection.settings_dict
    own, tests_own = here["NAME"], here["TEST"]["NAME"]
    with creation._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])  # held until this block ends
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() == (run,):
            return
        here["TEST"]["NAME"] = name
        try:
            creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        finally:
            connection.close()  # PostgreSQL copies no database that somebody uses
            here["TEST"]["NAME"] = tests_own
            here["NAME"] = settings.DATABASES[connection.alias]["NAME"] = own
        cursor.execute(f"COMMENT ON DATABASE \"{name}\" IS '{run}'")


@contextmanager
def copied() -> Iterator[None]:
    """In the block, the connection leads to a copy of the tests' database, to do with as one likes."""
    here = connection.settings_dict
    own, copy = here["NAME"], f"{here['NAME']}_copy"
    connection.close()
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}"')
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{own}"')
        here["NAME"] = copy
        try:
            yield
        finally:
            connection.close()
            here["NAME"] = own
            cursor.execute(f'DROP DATABASE "{copy}"')
