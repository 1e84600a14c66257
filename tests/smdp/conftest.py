"""The people and the school of most tests of plans, and a browser for each of them."""

from collections.abc import Callable

import pytest
from django.test import Client

from hubportal.accounts.models import User
from schools.models import Hub, School
from schools.roles import Role
from smdp.models import Plan
from tests import factories as make
from tests.smdp.factories import fill, make_plan


@pytest.fixture
def hub() -> Hub:
    return make.make_hub("Exampleshire Music Hub")


@pytest.fixture
def school(hub) -> School:
    return make.make_school("Millbrook Junior School", hub=hub)


@pytest.fixture
def head(school) -> User:
    return make.make_person(Role.SCHOOL_LEADER, school, "Ruth Pell")


@pytest.fixture
def lead(school) -> User:
    return make.make_person(Role.SCHOOL_EDITOR, school, "Tom Adeyemi")


@pytest.fixture
def officer(hub) -> User:
    return make.make_person(Role.HUB_OFFICER, hub, "Priya Nair")


@pytest.fixture
def plan(school, head) -> Plan:
    return fill(make_plan(school, by=head), by=head)


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def client(head, client_of) -> Client:
    """The head's browser."""
    return client_of(head)
