"""A hub reads its own records of a school that has left its area, handed over or not; nobody else does."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools import timeline
from schools.actions import handovers
from schools.models import School
from schools.roles import Role
from tests import factories as make
from tests.engagement.factories import make_conversation
from tests.engagement.shared_world import World, make_other_world, make_world
from tests.engagement.test_handing import moves, offer, signed_in

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def address(school: School) -> str:
    return reverse("schools:school-records", args=[school.urn])


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def there(world: World) -> World:
    """The other hub, which has the school now, and has written of it too."""
    other = make_other_world()
    moves(world, other)
    make_conversation(world.school, by=other.officer, common_summary="Samplefolk was here")
    make.make_contact("Samplefolk Contact", hub=other.hub, school=world.school)
    return other


@pytest.mark.parametrize("is_handed_over", [False, True])
def test_hubs_people_read_what_they_recorded_and_nothing_of_the_other_hub(
    world: World, there: World, is_handed_over: bool
) -> None:
    if is_handed_over:
        handovers.accept(handover=offer(world), by=there.manager)
    for user in (world.manager, world.officer, make.make_person(Role.HUB_VIEWER, world.hub)):
        page = signed_in(user).get(world.school.get_absolute_url(), follow=True)
        assert page.redirect_chain == [(address(world.school), 302)]
        assert f"This school has left our area. {there.hub} looks after it now." in words(page)
        held = world.part.conversation.get_absolute_url()
        assert held in [row["url"] for row in page.context["entries"]]
        assert signed_in(user).get(held).status_code == 200
        assert {each.hub for each in page.context["contacts"]} == {world.hub}
        assert "Samplefolk was here" not in words(page) and "Samplefolk Contact" not in words(page)


def test_records_are_not_there_for_anybody_else(world: World, there: World) -> None:
    third = make_world("Thirdshire Music Hub", "Third School")
    for user in (there.manager, there.officer, third.manager, world.head):
        assert signed_in(user).get(address(world.school)).status_code == 404
    assert Client().get(address(world.school)).status_code == 302
    assert signed_in(third.manager).get(world.school.get_absolute_url()).status_code == 404


def test_search_that_finds_no_school_leads_to_the_records_of_one_that_left(world: World, there: World) -> None:
    found = reverse("schools:school-list", query={"q": world.school.name})
    link = f'href="{address(world.school)}"'
    assert link in signed_in(world.officer).get(found).content.decode()
    for user in (there.officer, make_world("Thirdshire Music Hub", "Third School").officer):
        assert link not in signed_in(user).get(found).content.decode()


def test_school_in_the_area_has_its_page_and_no_other(world: World) -> None:
    client = signed_in(world.officer)
    assert client.get(address(world.school)).status_code == 404
    assert client.get(world.school.get_absolute_url()).status_code == 200


def test_officer_gets_no_link_to_the_managers_page_of_a_handover(world: World, there: World) -> None:
    row = handovers.accept(handover=offer(world), by=there.manager)
    pages = {
        (world.manager, address(world.school)): True,
        (world.officer, address(world.school)): False,
        (there.manager, world.school.get_absolute_url()): True,
        (there.officer, world.school.get_absolute_url()): False,
    }
    for (user, page), is_shown in pages.items():
        body = signed_in(user).get(page).content.decode()
        assert (row.get_absolute_url() in body) == is_shown, (user, page)
        assert signed_in(user).get(row.get_absolute_url()).status_code == (200 if is_shown else 403)


def test_nobody_is_led_to_add_a_contact_at_a_school_of_another_hub(world: World, there: World) -> None:
    share = reverse("engagement:part-share", args=[world.part.uuid])
    body = signed_in(world.officer).get(share).content.decode()
    assert reverse("schools:contact-create", args=[world.school.urn]) not in body


def test_manager_is_led_there_from_the_offer_and_the_list(world: World, there: World) -> None:
    client = signed_in(world.manager)
    assert f'href="{world.school.get_absolute_url()}"' in client.get(reverse("schools:handover-list")).content.decode()
    row = offer(world)
    assert f'href="{world.school.get_absolute_url()}"' in client.get(row.get_absolute_url()).content.decode()
    row.school = make.make_school("Never Known", authority=world.school.authority)
    row.save()
    assert f'href="{row.school.get_absolute_url()}"' not in client.get(row.get_absolute_url()).content.decode()


def test_records_cost_the_same_for_one_and_three(world: World, there: World, django_assert_num_queries) -> None:
    client = signed_in(world.officer)
    client.get(address(world.school))
    with django_assert_num_queries(8):
        client.get(address(world.school))
    for number in range(2):
        make.make_contact(hub=world.hub, school=world.school)
        told = {"hub": world.hub, "school": world.school, "kind": "people", "audience": "hub"}
        timeline.write(**told, source=f"note:{number}", at=timezone.now(), heading="A note")
    with django_assert_num_queries(8):
        client.get(address(world.school))
