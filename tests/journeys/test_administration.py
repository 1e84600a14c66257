"""The platform administrator's pages: Django's own, which must be as usable as the portal's."""

import re

import pytest

from engagement.models import Framework
from tests import factories as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ADMINISTRATION = "/administration/"


def test_administration_for_those_who_cannot_see_it(town, visitor):
    """Every list, every form to add something, and a form with rows inside it: labelled, without an empty heading."""
    partner = make.make_partner("Exampleshire Brass", hub=town.hub)
    make.make_commission(partner=partner, school=town.school)
    person = make.make_user("Nadia Farouk", is_superuser=True, password=make.PASSWORD)
    nadia = visitor()
    page = nadia.page
    nadia.go(ADMINISTRATION)
    nadia.look("Sign in")
    page.get_by_label("Email address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(make.PASSWORD)
    nadia.button("Sign in").click()
    page.wait_for_url(f"**{ADMINISTRATION}")
    ways = page.locator("#content-main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    lists_and_forms = sorted(way for way in set(ways) if re.fullmatch(r"/administration/\w+/\w+/(add/)?", way))
    rows = [
        f"{ADMINISTRATION}schools/hub/{town.hub.pk}/change/",
        f"{ADMINISTRATION}schools/partner/{partner.pk}/change/",
        f"{ADMINISTRATION}schools/membership/{town.officer.memberships.get().pk}/change/",
        f"{ADMINISTRATION}engagement/framework/{Framework.objects.first().pk}/change/",
    ]
    assert len(lists_and_forms) > 15
    for address in (ADMINISTRATION, *lists_and_forms, *rows):
        assert nadia.go(address) == 200, address
        assert nadia.violations() == []
        assert nadia.button("Sign out").is_visible(), address
