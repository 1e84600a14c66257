"""A plan on a phone: one sees where one stands."""

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import PHONE
from tests.smdp.factories import make_plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_row_of_sections_shows_the_one_that_is_open(town, visitor):
    plan = make_plan(town.school, by=town.head)
    head = visitor(town.head, size=PHONE)
    for key, title in (("overview", "Overview"), ("priorities", "Priorities")):
        head.go(plan.section_url(key))
        head.look(title)
        sections = head.page.get_by_role("navigation", name="Sections of the plan")
        expect(sections.get_by_role("link", name=title)).to_be_in_viewport(ratio=1)
