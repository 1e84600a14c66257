"""A school's line once another hub has it: what was handed over with the history still says which school it was."""

import pytest
from django.test import Client

from schools.access import today
from schools.actions import handovers, successions
from schools.formerly import line_of
from schools.models import HubArea, School, Succession
from schools.roles import Role
from tests import factories as make
from tests.schools.conftest import Town, make_town
from tests.schools.test_succession_pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(here: Town) -> Town:
    """First became Second, which became Third: the hub moved its records on, twice."""
    for old, new in ((here.first, here.second), (here.second, here.third)):
        row = make.make_succession(hub=here.hub, predecessor=old, successor=new)
        successions.apply(succession=row, how=Succession.How.MOVE, by=here[Role.HUB_MANAGER])
    return here


def area_goes(town: Town, to: Town) -> None:
    areas = HubArea.objects.filter(authority=town.first.authority)
    areas.update(ends_on=today())
    HubArea.objects.create(hub=to.hub, authority=town.first.authority, starts_on=today())


def hand_over(school: School, giver: Town, receiver: Town, *, with_history: bool) -> None:
    row = handovers.offer(school=school, giver=giver.hub, by=giver[Role.HUB_MANAGER], with_history=with_history)
    handovers.accept(handover=row, by=receiver[Role.HUB_MANAGER])


def assert_both_pages_say_it(chain: Town, client: Client) -> None:
    now = words(client.get(chain.third.get_absolute_url()))
    assert f"Formerly known as Exampleshire First School , URN {chain.first.urn}" in now
    assert f"Formerly known as Exampleshire Second School , URN {chain.second.urn}" in now
    for old in (chain.first, chain.second):
        address = old.get_absolute_url()
        assert client.get(address)["Location"] == chain.third.get_absolute_url()
        assert f"Now known as Exampleshire Third School, URN {chain.third.urn}" in words(
            client.get(f"{address}?former=1")
        )


def test_both_pages_say_it_to_the_hub_that_took_over_the_history(chain: Town, there: Town, as_) -> None:
    area_goes(chain, there)
    client = as_(there[Role.HUB_OFFICER])
    assert "Formerly known as" not in words(client.get(chain.third.get_absolute_url()))
    hand_over(chain.third, chain, there, with_history=True)
    assert_both_pages_say_it(chain, client)
    assert_both_pages_say_it(chain, as_(there[Role.HUB_MANAGER]))


def test_third_hub_reads_it_too_when_it_is_handed_on(chain: Town, there: Town, as_) -> None:
    last = make_town("Laststead")
    area_goes(chain, there)
    hand_over(chain.third, chain, there, with_history=True)
    HubArea.objects.filter(authority=chain.third.authority, hub=there.hub).delete()
    HubArea.objects.create(hub=last.hub, authority=chain.third.authority, starts_on=today())
    hand_over(chain.third, there, last, with_history=True)
    assert_both_pages_say_it(chain, as_(last[Role.HUB_OFFICER]))


def test_without_the_history_the_other_hub_learns_nothing_of_it(chain: Town, there: Town, as_) -> None:
    area_goes(chain, there)
    hand_over(chain.third, chain, there, with_history=False)
    page = words(as_(there[Role.HUB_OFFICER]).get(chain.third.get_absolute_url()))
    assert "Formerly known as" not in page


def test_reading_the_line_costs_the_same_after_a_handover(
    chain: Town, there: Town, as_, django_assert_num_queries
) -> None:
    area_goes(chain, there)
    hand_over(chain.third, chain, there, with_history=True)
    officer = there[Role.HUB_OFFICER]
    School.objects.visible_to(officer)
    with django_assert_num_queries(2):
        line = line_of(chain.third, hub=there.hub, user=officer)
    assert [each.school for each in line.before] == [chain.second, chain.first]
