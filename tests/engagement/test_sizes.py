"""The pages of a working day cost the same statements in a hub of thirty schools and in one of three hundred."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import _area
from bench.area import pages_of
from tests.factories import make_authority

pytestmark = pytest.mark.django_db


def cost_of(made: _area.Made) -> dict[str, list[str]]:
    """The statements of each page."""
    found = {}
    for page, (address, person) in pages_of(made).items():
        client = Client()
        client.force_login(person)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        found[page] = [each["sql"] for each in queries.captured_queries]
    return found


def test_every_page_costs_the_same_at_thirty_schools_and_at_three_hundred():
    small = _area.make_hub(schools=30, records=500, authority=make_authority())
    large = _area.make_hub(schools=300, records=5000, authority=make_authority())
    _area.analyse()  # else the database plans as for empty tables
    few, many = cost_of(small), cost_of(large)
    assert {page: len(each) for page, each in few.items()} == {page: len(each) for page, each in many.items()}
