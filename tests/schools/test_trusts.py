"""Trusts: the list, the page of one, and what each role finds there; beside a second hub whose rows could leak."""

from datetime import timedelta

import pytest
from django.urls import reverse

from engagement.models import Conversation
from schools.access import today
from schools.models import Membership, School, TrustSchool
from schools.roles import Role
from tests import factories as make
from tests.engagement.factories import make_conversation
from tests.schools.conftest import Town

pytestmark = pytest.mark.django_db

LIST = reverse("schools:trust-list")


def shown(stays) -> list[str]:
    return [stay.school.name for stay in stays]


def join(trust, school: School, *, ago: int = 400, left_ago: int | None = None) -> None:
    left_on = None if left_ago is None else today() - timedelta(days=left_ago)
    TrustSchool.objects.create(trust=trust, school=school, joined_on=today() - timedelta(days=ago), left_on=left_on)


@pytest.fixture
def across(both: Town, there: Town) -> Town:
    """Exampleshire Trust with two schools here, one in the other hub's area, and one that left it."""
    join(both.trust, both.third)
    join(both.trust, there.third)
    join(both.trust, both.first, left_ago=30)
    join(both.trust, there.first, left_ago=30)
    return both


def test_trust_list_counts_schools_here_and_elsewhere(across: Town, as_) -> None:
    page = as_(across[Role.HUB_VIEWER]).get(LIST)
    rows = [
        (row.record.name, row.record.schools_seen, row.record.schools_elsewhere) for row in page.context["table"].rows
    ]
    assert rows == [("Exampleshire Trust", 2, 1)]
    assert "Samplefolk" not in page.content.decode()


def test_trust_list_searches_and_sorts(both: Town, as_) -> None:
    make.make_trust("Aspen Trust", schools=(both.first, both.third))
    client = as_(both[Role.HUB_OFFICER])

    def found(query: str) -> list[str]:
        return [row.record.name for row in client.get(LIST + query).context["table"].rows]

    assert found("") == ["Aspen Trust", "Exampleshire Trust"]
    assert found("?sort=schools_seen") == ["Exampleshire Trust", "Aspen Trust"]
    assert found("?q=aspen") == ["Aspen Trust"]
    assert found(f"?q={both.trust.group_uid}") == ["Exampleshire Trust"]
    assert found("?q=samplefolk") == []


def test_trust_list_costs_the_same_for_one_and_three(both: Town, as_, django_assert_num_queries) -> None:
    client = as_(both[Role.HUB_OFFICER])
    client.get(LIST)
    with django_assert_num_queries(5):  # one of them for the saved views
        client.get(LIST)
    for school in (both.first, both.third):
        make.make_trust(schools=(school,))
    with django_assert_num_queries(5):  # one of them for the saved views
        assert len(client.get(LIST).context["table"].rows) == 3


@pytest.mark.parametrize(
    ("role", "now", "elsewhere", "former", "former_elsewhere"),
    [
        (Role.HUB_MANAGER, ["Second", "Third"], 1, ["First"], 1),
        (Role.HUB_VIEWER, ["Second", "Third"], 1, ["First"], 1),
        (Role.PARTNER_OFFICER, ["Third"], 2, ["First"], 1),
        (Role.TRUST_LEADER, ["Second", "Third", "Samplefolk"], 0, [], 2),
    ],
)
def test_trust_detail_names_the_schools_one_may_see_and_counts_the_others(
    across: Town, there: Town, as_, role, now, elsewhere, former, former_elsewhere
) -> None:
    if role == Role.PARTNER_OFFICER:
        make.make_commission(partner=across.partner, school=across.third)
    page = as_(across[role]).get(across.trust.get_absolute_url())
    schools = page.context["schools"]
    names = {"Samplefolk": there.third.name} | {
        word: f"Exampleshire {word} School" for word in ("First", "Second", "Third")
    }
    assert shown(schools.now) == [names[word] for word in now]
    assert shown(schools.former) == [names[word] for word in former]
    assert (schools.elsewhere, schools.former_elsewhere) == (elsewhere, former_elsewhere)
    said = page.content.decode()
    assert (there.third.name in said) is ("Samplefolk" in now)
    assert there.first.name not in said


def test_trust_detail_shows_engagement_to_those_who_see_it_alone(across: Town, there: Town, as_) -> None:
    assert "Engagement" in as_(across[Role.HUB_VIEWER]).get(across.trust.get_absolute_url()).content.decode()
    page = as_(across[Role.TRUST_LEADER]).get(across.trust.get_absolute_url())
    assert "Engagement" not in page.content.decode()
    assert {stay.school.engagement for stay in page.context["schools"].now} == {None}


def test_trust_detail_shows_a_school_that_came_back_once(both: Town, as_) -> None:
    join(both.trust, both.first, ago=900, left_ago=300)
    join(both.trust, both.first, ago=100)
    schools = as_(both[Role.HUB_VIEWER]).get(both.trust.get_absolute_url()).context["schools"]
    assert (shown(schools.now), shown(schools.former)) == ([both.first.name, both.second.name], [])


def test_trust_detail_says_when_a_school_will_join_or_leave(both: Town, as_) -> None:
    join(both.trust, both.first, ago=-10)
    TrustSchool.objects.filter(school=both.second).update(left_on=today() + timedelta(days=20))
    schools = as_(both[Role.HUB_VIEWER]).get(both.trust.get_absolute_url()).context["schools"]
    assert [stay.note.split(" on ")[0] for stay in schools.now] == ["Joins", "Leaves"]
    assert schools.open_now == 1


@pytest.mark.parametrize("role", [Role.SCHOOL_LEADER, Role.SCHOOL_VIEWER, Role.PARTNER_STAFF])
def test_trust_detail_is_closed_to_schools_and_partner_staff(across: Town, as_, role) -> None:
    join(across.trust, make.make_school(hub=across.hub))
    TrustSchool.objects.filter(school=across.first).update(left_on=None)
    assert as_(across[role]).get(across.trust.get_absolute_url()).status_code == 403


def test_trust_detail_of_another_hub_does_not_exist(both: Town, there: Town, as_) -> None:
    assert as_(both[Role.HUB_MANAGER]).get(there.trust.get_absolute_url()).status_code == 404


def test_trust_detail_has_one_timeline_of_what_one_may_see(across: Town, there: Town, as_) -> None:
    def headings(role: str) -> list[str]:
        page = as_(across[role]).get(across.trust.get_absolute_url())
        return sorted(entry["heading"] for entry in page.context["entries"])

    words = ("hub", "released", "school")
    assert headings(Role.HUB_VIEWER) == sorted(f"Exampleshire {word} {number}" for word in words for number in (2, 3))
    assert headings(Role.TRUST_LEADER) == [
        "Exampleshire released 2",
        "Exampleshire released 3",
        "Samplefolk released 3",
    ]


def test_trust_detail_names_each_entrys_school(both: Town, as_) -> None:
    page = as_(both[Role.HUB_VIEWER]).get(both.trust.get_absolute_url())
    assert {entry["detail"] for entry in page.context["entries"]} == {both.second.name}


def test_trust_detail_lists_its_leaders_and_whom_the_hub_knows(both: Town, there: Town, as_) -> None:
    make.make_contact("Hedda Head", hub=both.hub, school=both.second, is_leader=True)
    make.make_contact("Gone Already", hub=both.hub, school=both.second, is_leader=True, left_on=today())
    make.make_contact("Other Hub", hub=there.hub, school=both.second, is_leader=True)
    for role in (Role.HUB_OFFICER, Role.HUB_VIEWER):
        page = as_(both[role]).get(both.trust.get_absolute_url())
        assert [held.user for held in page.context["leaders"]] == [both[Role.TRUST_LEADER]]
        assert [person.name for person in page.context["contacts"]] == ["Hedda Head"]
    assert list(as_(both[Role.TRUST_LEADER]).get(both.trust.get_absolute_url()).context["contacts"]) == []


def test_hub_staff_see_who_leads_a_trust_with_a_school_in_their_area_now(both: Town, there: Town) -> None:
    def leaders(town: Town) -> set[str]:
        seen = Membership.objects.visible_to(town[Role.HUB_VIEWER]).filter(role=Role.TRUST_LEADER)
        return {held.user.name for held in seen}

    assert leaders(both) == {"Exampleshire Trust leader"}
    TrustSchool.objects.filter(trust=both.trust).update(left_on=today())
    make.make_user()
    both[Role.HUB_VIEWER].__dict__.pop("_access", None)
    assert leaders(both) == set()


def test_trust_detail_lists_the_hubs_own_meetings_with_the_trust(both: Town, there: Town, as_) -> None:
    officer = both[Role.HUB_OFFICER]
    meeting = make_conversation(
        both.second, by=officer, on=today() - timedelta(days=3), kind=Conversation.Kind.TRUST_MEETING
    )
    Conversation.objects.filter(pk=meeting.pk).update(trust=both.trust)
    page = as_(officer).get(both.trust.get_absolute_url()).content.decode()
    assert meeting.get_absolute_url() in page and f"?trust={both.trust.group_uid}" in page
    assert "Log a meeting" not in as_(both[Role.HUB_VIEWER]).get(both.trust.get_absolute_url()).content.decode()
    assert (
        "Meetings with the trust"
        not in as_(both[Role.TRUST_LEADER]).get(both.trust.get_absolute_url()).content.decode()
    )


def test_trust_detail_costs_the_same_for_one_and_three(both: Town, as_, django_assert_num_queries) -> None:
    client = as_(both[Role.HUB_OFFICER])
    address = both.trust.get_absolute_url()
    client.get(address)
    with django_assert_num_queries(15):  # two of them for the trust's plan, two for its term dates
        client.get(address)
    for school in (both.first, both.third):
        join(both.trust, school)
        make.make_contact(hub=both.hub, school=school, is_leader=True)
    with django_assert_num_queries(15):
        assert len(client.get(address).context["schools"].now) == 3


def test_school_detail_and_trust_home_lead_to_the_trust(both: Town, as_) -> None:
    address = both.trust.get_absolute_url()
    for role in (Role.HUB_VIEWER, Role.TRUST_LEADER):
        assert address in as_(both[role]).get(both.second.get_absolute_url()).content.decode()
    assert address in as_(both[Role.TRUST_LEADER]).get(reverse("engagement:trust-home")).content.decode()
    TrustSchool.objects.filter(trust=both.trust).update(school=both.first)
    school = as_(both[Role.SCHOOL_LEADER]).get(both.first.get_absolute_url()).content.decode()
    assert both.trust.name in school and address not in school
