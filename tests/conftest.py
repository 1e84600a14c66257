"""Fixtures of the whole: the cast of people across two hubs, and a walk through every page as each of them."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cast import Cast, make_cast
from tests.side_by_side import SideBySide


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SideBySide:
    return SideBySide(config, log)


@pytest.fixture
def cast(db, settings, tmp_path) -> Cast:
    """Two hubs, everybody in them, and everything that could leak. Files go to a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    return make_cast()


@pytest.fixture(scope="module")
def standing_cast(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Cast]:
    """The same cast, made once for a module that only looks at it or takes back what it did."""
    from django.db import transaction
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("files")
    with override_settings(MEDIA_ROOT=folder), django_db_blocker.unblock(), transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)


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
