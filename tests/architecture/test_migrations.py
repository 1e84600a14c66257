"""Migrations are in step with the models, lie in one line, and can be walked back."""

import pytest
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests.database import copied

ROOMS = ("accounts", "kit", "schools", "engagement", "smdp", "reports")


def test_no_change_of_a_model_lacks_its_migration(db):
    loader = MigrationLoader(connection)
    from django.apps import apps

    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)
    assert {label: [str(each) for each in found] for label, found in changes.items()} == {}


def test_no_two_migrations_end_the_line(db):
    loader = MigrationLoader(connection)
    assert loader.detect_conflicts() == {}


def test_every_operation_can_be_taken_back(db):
    loader = MigrationLoader(connection)
    one_way = [
        f"{app}.{name}: {operation.describe()}"
        for (app, name), migration in loader.disk_migrations.items()
        if app in ROOMS
        for operation in migration.operations
        if not operation.reversible
    ]
    assert one_way == []


@pytest.mark.django_db(transaction=True)
def test_down_to_nothing():
    """In a copy of the tests' database, which is where all of them have led on the way up."""
    with copied():
        assert {"schools_school", "engagement_conversation", "reports_document"} <= _what_is_there()
        executor = MigrationExecutor(connection)
        leaves = {app for app, _ in executor.loader.graph.leaf_nodes()}
        executor.migrate([(app, None) for app in reversed(ROOMS) if app in leaves])
        assert {name for name in _what_is_there() if name.startswith(tuple(f"{app}_" for app in ROOMS))} == set()


def _what_is_there() -> set[str]:
    """Names of the schema's tables, indexes and sequences."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace")
        return {name for (name,) in cursor.fetchall()}
