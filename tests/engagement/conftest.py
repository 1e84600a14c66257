"""A hub and two of its people, for tests that ask nothing particular of them."""

import pytest

from hubportal.accounts.models import User
from schools.models import Hub
from schools.roles import Role
from tests.engagement.factories import make_officer
from tests.factories import make_hub, make_person


@pytest.fixture
def hub(db) -> Hub:
    return make_hub("Exampleshire Music Hub")


@pytest.fixture
def manager(hub: Hub) -> User:
    return make_person(Role.HUB_MANAGER, hub, "Mo Manager")


@pytest.fixture
def officer(hub: Hub) -> User:
    return make_officer(hub)
