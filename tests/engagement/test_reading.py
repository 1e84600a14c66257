"""What school, governors and trust read, compare and release; and that nobody else reads any of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagement.actions import sharing
from engagement.comparing import compare, words
from engagement.models import Reading
from schools.models import TrustSchool
from schools.roles import Role
from tests.engagement.factories import make_conversation, part_of
from tests.engagement.shared_world import OTHER_WORDS, leaks, make_other_world, make_world, stranger
from tests.engagement.test_sharing import edit
from tests.factories import make_contact, make_membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def shared(world):
    world.share()
    return world


def url(name: str, world, *more) -> str:
    return reverse(f"engagement:{name}", args=[world.part.uuid, *more])


def read(client, person, address):
    client.force_login(person)
    return client.get(address)


def contexts(page) -> str:
    return str([each.flatten() for each in page.context])


def test_part_detail_shows_what_was_shared_and_who_can_see_it(client, shared):
    text = read(client, shared.head, url("part-detail", shared)).content.decode()
    for words_ in (
        "Music at Millbrook Junior School",
        "Singing is a strength the school would share.",
        "After whole-class brass",
        "Six of 58 go on.",
        "Tutor for a Year 5 band",
        "It is not shared with the funder, Ofsted or the local authority.",
        "What happens to pupils who leave whole-class brass?",
    ):
        assert words_ in text
    assert text.count("<h1") == 1


def test_reading_pages_hold_no_private_notes_even_in_their_context(client, shared):
    make_other_world().share()
    edit(shared, "Other words.")
    shared.share()
    for address in (
        url("part-detail", shared),
        url("version-detail", shared, 1),
        url("version-compare", shared),
        url("part-respond", shared),
        url("part-release", shared),
        reverse("engagement:shared-list"),
        reverse("engagement:school-home"),
    ):
        page = read(client, shared.head, address)
        assert page.status_code == 200
        assert leaks(page.content.decode() + contexts(page)) == []
        assert OTHER_WORDS not in page.content.decode()


PEOPLE = ("officer", "head", "music_lead", "governor", "trust_leader", "partner_officer", "partner_staff", "funder")


def statuses(client, world, address) -> dict[str, int]:
    return {person: read(client, getattr(world, person), address).status_code for person in PEOPLE}


def test_part_detail_by_role_before_and_after_release(client, shared):
    address = url("part-detail", shared)
    before = {
        "officer": 302,
        "head": 200,
        "music_lead": 200,
        "governor": 404,
        "trust_leader": 404,
        "partner_officer": 302,
        "partner_staff": 404,
        "funder": 404,
    }
    assert statuses(client, shared, address) == before
    sharing.release(part=shared.part, by=shared.head)
    assert statuses(client, shared, address) == {**before, "governor": 200, "trust_leader": 200}
    sharing.take_back(part=shared.part, by=shared.head)
    assert statuses(client, shared, address) == before


def test_nothing_is_there_before_sharing(client, world):
    expected = dict.fromkeys(PEOPLE, 404) | {"officer": 302, "partner_officer": 302}
    assert statuses(client, world, url("part-detail", world)) == expected
    assert statuses(client, world, url("version-detail", world, 1)) == dict.fromkeys(PEOPLE, 404)


@pytest.mark.parametrize("name", ["part-detail", "version-compare", "part-respond", "part-release"])
def test_other_tenants_find_nothing(client, shared, name):
    other = make_other_world()
    other.share()
    people = [other.officer, other.manager, other.head, other.governor, other.trust_leader, other.partner_officer]
    for person in [*people, other.funder, shared.more["other_partner_officer"], stranger()]:
        assert read(client, person, url(name, shared)).status_code == 404
        assert client.post(url(name, shared)).status_code in (404, 405)


def test_hub_people_see_the_version_the_school_reads(client, shared):
    page = read(client, shared.officer, url("version-detail", shared, 1))
    assert (page.status_code, "This is what the school reads." in page.content.decode()) == (200, True)
    assert leaks(page.content.decode() + contexts(page)) == []
    assert not Reading.objects.exists()
    assert read(client, shared.officer, url("version-detail", shared, 2)).status_code == 404


def test_a_receipt_a_person_version_and_day(client, shared):
    for _ in range(2):
        read(client, shared.head, url("part-detail", shared))
    read(client, shared.music_lead, url("part-detail", shared))
    assert [each.name for each in Reading.objects.all()] == ["Hetty Head", "Mia Musiclead"]


def test_version_compare_shows_words_put_in_and_taken_out(client, shared):
    edit(shared, "Singing is a joy the school would share.")
    shared.share()
    text = read(client, shared.head, url("version-compare", shared)).content.decode()
    assert "taken out: </span>strength " in text
    assert "put in: </span>joy " in text
    same = read(client, shared.officer, url("version-compare", shared)).content.decode()
    assert "put in: </span>joy " in same


@pytest.mark.parametrize("query", ["?from=9", "?from=x", "?to=-1", "?from=99999999999999"])
def test_version_compare_of_a_version_that_is_not_there(client, shared, query):
    edit(shared, "Other words.")
    shared.share()
    assert read(client, shared.head, url("version-compare", shared) + query).status_code == 404


def test_version_compare_needs_two(client, shared):
    assert read(client, shared.head, url("version-compare", shared)).status_code == 404


def test_compare_words():
    pieces = [(each.kind, each.text) for each in words("We sing once a week.", "We sing every week.")]
    assert pieces == [("same", "We sing "), ("del", "once a "), ("ins", "every "), ("same", "week.")]


def test_compare_of_equal_contents_is_empty(world):
    content = world.share().version.content
    assert compare(content, content) == []


def test_part_release_by_post_for_leaders_alone(client, shared):
    address = url("part-release", shared)
    assert read(client, shared.music_lead, address).status_code == 403
    assert client.post(address, {"do": "release"}).status_code == 403
    assert read(client, shared.officer, address).status_code == 403
    client.force_login(shared.head)
    assert "Millbrook Junior School Trust" in client.get(address).content.decode()
    assert client.post(address, {"do": "release"}).status_code == 302
    assert shared.part.released_by == shared.head
    assert "Take it back" in client.get(address).content.decode()
    client.post(address, {"do": "take_back"})
    assert shared.part.released_by is None


def test_trust_reads_from_the_day_the_school_joined(client, shared):
    sharing.release(part=shared.part, by=shared.head)
    TrustSchool.objects.update(joined_on=shared.on.replace(day=28, month=8, year=2050))
    assert read(client, shared.trust_leader, url("part-detail", shared)).status_code == 404


def test_shared_list_by_role(client, shared):
    make_other_world().share()
    listed = {}
    for person in ("head", "music_lead", "governor", "trust_leader"):
        page = read(client, getattr(shared, person), reverse("engagement:shared-list"))
        listed[person] = [version.part_id for version in page.context["rows"]]
    assert listed == {"head": [shared.part.pk], "music_lead": [shared.part.pk], "governor": [], "trust_leader": []}
    for person in (shared.officer, shared.funder, shared.partner_staff, stranger()):
        assert read(client, person, reverse("engagement:shared-list")).status_code == 403


def test_shared_list_costs_the_same_for_one_and_for_three(client, shared):
    def cost() -> int:
        client.force_login(shared.head)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("engagement:shared-list"))
        return len(queries)

    one = cost()
    for _ in range(2):
        conversation = make_conversation(shared.school, by=shared.officer)
        sharing.share(part=part_of(conversation), recipients=shared.addressees(), by=shared.officer)
    assert cost() == one


def test_a_leader_of_two_schools_reads_each_schools_own(client, shared):
    other = make_other_world()
    other.share()
    make_membership(shared.head, Role.SCHOOL_LEADER, other.school)
    make_contact(hub=other.hub, school=other.school)
    page = read(client, shared.head, reverse("engagement:shared-list"))
    assert {version.part_id for version in page.context["rows"]} == {shared.part.pk, other.part.pk}
