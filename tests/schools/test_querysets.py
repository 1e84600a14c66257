"""Who sees which rows, role by role: equality, beside a second hub whose rows could leak."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from hubportal.accounts.models import User
from schools.access import today
from schools.models import (
    ChangeNotice,
    Commission,
    Contact,
    DatedFact,
    EngagementYear,
    Hub,
    Membership,
    Partner,
    Relationship,
    School,
    TimelineEntry,
    Trust,
)
from schools.roles import PARTNER_PEOPLE, SCHOOL_PEOPLE, Role
from tests import factories as make
from tests.schools.conftest import Town

pytestmark = pytest.mark.django_db

ALL = ("First", "Second", "Third")
SCHOOLS = {
    Role.HUB_MANAGER: ALL,
    Role.HUB_OFFICER: ALL,
    Role.HUB_VIEWER: ALL,
    Role.PARTNER_OFFICER: ("First",),
    Role.PARTNER_STAFF: ("First",),
    Role.SCHOOL_LEADER: ("First",),
    Role.SCHOOL_EDITOR: ("First",),
    Role.SCHOOL_VIEWER: ("First",),
    Role.TRUST_LEADER: ("Second",),
    Role.RELATIONSHIP_MANAGER: (),
}
NUMBER = {"First": 1, "Second": 2, "Third": 3}


def fresh(user: User) -> User:
    """The person as the next request meets them."""
    return User.objects.get(pk=user.pk)


def names(rows) -> list[str]:
    return sorted(str(row.name) for row in rows)


@pytest.mark.parametrize("role", list(Role))
def test_schools_visible_to_role(both: Town, role: Role) -> None:
    expected = [f"Exampleshire {name} School" for name in SCHOOLS[role]]
    assert names(School.objects.visible_to(both[role])) == expected


@pytest.mark.parametrize("role", list(Role))
def test_schools_writable_by_role(both: Town, role: Role) -> None:
    writers = (Role.HUB_MANAGER, Role.HUB_OFFICER, Role.PARTNER_OFFICER)
    expected = [f"Exampleshire {name} School" for name in SCHOOLS[role]] if role in writers else []
    assert names(School.objects.writable_by(both[role])) == expected


@pytest.mark.parametrize("role", list(Role))
def test_contacts_visible_to_role(both: Town, role: Role) -> None:
    blind = (Role.SCHOOL_VIEWER, Role.TRUST_LEADER)
    numbers = [] if role in blind else [NUMBER[name] for name in SCHOOLS[role]]
    assert names(Contact.objects.visible_to(both[role])) == [f"Exampleshire Contact {number}" for number in numbers]


def test_contacts_not_marked_are_hidden_from_partner_staff(both: Town) -> None:
    make.make_contact("Not marked", hub=both.hub, school=both.first)
    assert names(Contact.objects.visible_to(both[Role.PARTNER_STAFF])) == ["Exampleshire Contact 1"]
    assert names(Contact.objects.visible_to(both[Role.PARTNER_OFFICER])) == ["Exampleshire Contact 1", "Not marked"]


@pytest.mark.parametrize("role", list(Role))
def test_relationships_visible_to_role(both: Town, role: Role) -> None:
    seeing = (Role.HUB_MANAGER, Role.HUB_OFFICER, Role.HUB_VIEWER, Role.PARTNER_OFFICER)
    expected = [f"Exampleshire {name} School" for name in SCHOOLS[role]] if role in seeing else []
    assert sorted(row.school.name for row in Relationship.objects.visible_to(both[role])) == expected


@pytest.mark.parametrize("role", list(Role))
def test_timeline_visible_to_role(both: Town, role: Role) -> None:
    audiences = {
        **dict.fromkeys(
            (Role.HUB_MANAGER, Role.HUB_OFFICER, Role.HUB_VIEWER, Role.PARTNER_OFFICER), ("hub", "released", "school")
        ),
        **dict.fromkeys((Role.SCHOOL_LEADER, Role.SCHOOL_EDITOR), ("released", "school")),
        **dict.fromkeys((Role.SCHOOL_VIEWER, Role.TRUST_LEADER), ("released",)),
    }.get(role, ())
    expected = sorted(f"Exampleshire {word} {NUMBER[name]}" for word in audiences for name in SCHOOLS[role])
    assert sorted(entry.heading for entry in TimelineEntry.objects.visible_to(both[role])) == expected


def test_timeline_before_joining_is_hidden_from_the_trust(both: Town) -> None:
    times = both.second.trust_schools.get()
    times.joined_on = today()
    times.save()
    make.make_entry(
        hub=both.hub,
        school=both.second,
        heading="Before the trust",
        audience="released",
        at=timezone.now() - timedelta(days=400),
    )
    shown = [entry.heading for entry in TimelineEntry.objects.visible_to(both[Role.TRUST_LEADER])]
    assert shown == ["Exampleshire released 2"]


@pytest.mark.parametrize(
    ("role", "hubs"),
    [
        (Role.HUB_VIEWER, ["Exampleshire Music Hub"]),
        (Role.PARTNER_STAFF, ["Exampleshire Music Hub"]),
        (Role.SCHOOL_VIEWER, ["Exampleshire Music Hub"]),
        (Role.TRUST_LEADER, ["Exampleshire Music Hub"]),
        (Role.RELATIONSHIP_MANAGER, ["Exampleshire Music Hub"]),
    ],
)
def test_hubs_visible_to_role(both: Town, role: Role, hubs: list[str]) -> None:
    assert names(Hub.objects.visible_to(both[role])) == hubs


def test_partners_commissions_and_trusts_stay_in_their_hub(both: Town) -> None:
    assert names(Partner.objects.visible_to(both[Role.HUB_VIEWER])) == ["Exampleshire Brass"]
    assert names(Partner.objects.visible_to(both[Role.PARTNER_STAFF])) == ["Exampleshire Brass"]
    assert names(Partner.objects.visible_to(both[Role.SCHOOL_LEADER])) == []
    seen = Commission.objects.visible_to(both[Role.PARTNER_STAFF])
    assert [row.partner.name for row in seen] == ["Exampleshire Brass"]
    assert names(Trust.objects.visible_to(both[Role.HUB_VIEWER])) == ["Exampleshire Trust"]
    assert names(Trust.objects.visible_to(both[Role.TRUST_LEADER])) == ["Exampleshire Trust"]
    assert names(Trust.objects.visible_to(both[Role.PARTNER_STAFF])) == []


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.HUB_MANAGER, set(Role)),
        (Role.HUB_VIEWER, set(Role)),
        (Role.PARTNER_OFFICER, {*PARTNER_PEOPLE, *SCHOOL_PEOPLE}),
        (Role.PARTNER_STAFF, {Role.PARTNER_STAFF}),
        (Role.SCHOOL_LEADER, {Role.SCHOOL_LEADER, Role.SCHOOL_EDITOR, Role.SCHOOL_VIEWER}),
        (Role.SCHOOL_EDITOR, {Role.SCHOOL_EDITOR}),
        (Role.TRUST_LEADER, {Role.TRUST_LEADER}),
        (Role.RELATIONSHIP_MANAGER, {Role.RELATIONSHIP_MANAGER}),
    ],
)
def test_memberships_visible_to_role(both: Town, role: Role, seen: set[Role]) -> None:
    rows = Membership.objects.visible_to(both[role]).select_related("user")
    expected = sorted(both[each].name for each in seen)
    assert sorted(row.user.name for row in rows) == expected


def test_area_moved_shows_its_schools_to_the_new_hub_alone(both: Town, there: Town) -> None:
    area = both.hub.areas.get()
    area.ends_on = today()
    area.save()
    make.make_area(hub=there.hub, authority=area.authority, starts_on=today())
    ours = [f"Exampleshire {name} School" for name in ALL]
    theirs = [f"Samplefolk {name} School" for name in ALL]
    assert names(School.objects.visible_to(fresh(both[Role.HUB_MANAGER]))) == []
    assert names(School.objects.visible_to(fresh(both[Role.PARTNER_OFFICER]))) == []
    assert names(School.objects.visible_to(fresh(there[Role.HUB_MANAGER]))) == ours + theirs
    # What the first hub wrote down stays its own.
    kept = [f"Exampleshire Contact {number}" for number in (1, 2, 3)]
    assert names(Contact.objects.visible_to(fresh(both[Role.HUB_MANAGER]))) == kept
    seen = School.objects.visible_to(there[Role.HUB_MANAGER]).with_engagement(fresh(there[Role.HUB_MANAGER]))
    moved = seen.get(pk=both.first.pk)
    assert (moved.owner_name, moved.last_conversation_on, moved.engagement) == (None, None, "never")


def test_officer_of_two_hubs_partners_sees_each_hubs_records_where_that_hubs_partner_is_entrusted(
    both: Town, there: Town
) -> None:
    """The area moved, and the new hub entrusts the school to a partner of its own: the old hub's records of it stay
    behind, also for one who is an officer of both partners."""
    person = both[Role.PARTNER_OFFICER]
    make.make_membership(person, Role.PARTNER_OFFICER, there.partner)
    area = both.hub.areas.get()
    area.ends_on = today()
    area.save()
    make.make_area(hub=there.hub, authority=area.authority, starts_on=today())
    assert names(School.objects.visible_to(fresh(person))) == ["Samplefolk First School"]
    make.make_commission(partner=there.partner, school=both.first)
    make.make_contact("Samplefolk Contact of the new school", hub=there.hub, school=both.first)
    make.make_dated_fact(hub=both.hub, school=both.first, by=both[Role.HUB_MANAGER])
    make.make_notice(hub=both.hub, school=both.first)
    person = fresh(person)
    assert names(School.objects.visible_to(person)) == ["Exampleshire First School", "Samplefolk First School"]
    assert names(Contact.objects.visible_to(person)) == ["Samplefolk Contact 1", "Samplefolk Contact of the new school"]
    for rows in (Relationship, TimelineEntry, DatedFact, ChangeNotice):
        assert {row.hub for row in rows.objects.visible_to(person)} <= {there.hub}, rows


def test_membership_that_ended_opens_nothing(both: Town) -> None:
    Membership.objects.filter(user=both[Role.HUB_OFFICER]).update(ends_on=today())
    assert names(School.objects.visible_to(fresh(both[Role.HUB_OFFICER]))) == []


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([{"engaged_on": date(2026, 9, 1)}], "engaged"),
        ([{"engaged_on": date(2026, 9, 1), "several_on": date(2026, 11, 22), "ways": ["venue", "board"]}], "several"),
        ([{"engaged_on": date(2026, 9, 1), "several_on": date(2026, 11, 23), "ways": ["venue", "board"]}], "engaged"),
        ([{"engaged_on": date(2026, 11, 23)}], "never"),
        ([{"engaged_on": date(2026, 8, 31)}], "lapsed"),
        ([{"engaged_on": date(2026, 8, 31)}, {"year": 2026, "attempts": 1}], "attempted"),
        ([{"engaged_on": date(2026, 9, 1), "attempts": 1}], "engaged"),
        ([{"year": 2025, "attempts": 2}], "never"),
        ([], "never"),
    ],
)
def test_with_engagement_follows_the_academic_year(both: Town, years: list[dict], expected: str) -> None:
    EngagementYear.objects.filter(school=both.first).delete()
    for year in years:
        if "engaged_on" in year:
            make.make_engagement_year(hub=both.hub, school=both.first, **year)
        else:
            EngagementYear.objects.create(hub=both.hub, school=both.first, **year)
    user = both[Role.HUB_VIEWER]
    school = School.objects.visible_to(user).with_engagement(user, date(2026, 11, 22)).get(pk=both.first.pk)
    assert school.engagement == expected


def test_with_engagement_is_silent_where_the_person_may_not_know(both: Town) -> None:
    user = both[Role.PARTNER_OFFICER]
    make.make_membership(user, Role.TRUST_LEADER, both.trust)
    seen = School.objects.visible_to(fresh(user)).with_engagement(fresh(user)).order_by("name_key")
    assert [(school.name, school.engagement, school.owner_name) for school in seen] == [
        ("Exampleshire First School", "engaged", "Exampleshire Hub officer"),
        ("Exampleshire Second School", None, None),
    ]


@pytest.mark.parametrize("words", ["st marys", "St. Mary’s", "ST  MARY'S ashby", "700123", "ex1 2ab", "EX12AB"])
def test_matching_finds_by_name_urn_postcode_and_town(here: Town, words: str) -> None:
    make.make_school("St Mary's School", hub=here.hub, urn=700123, postcode="EX1 2AB", town="Ashby")
    found = [school.name for school in School.objects.matching(words.replace("St.", "St"))]
    assert found == ["St Mary's School"]


def test_matching_finds_a_former_urn_once(here: Town) -> None:
    make.SchoolIdentifier.objects.create(school=here.first, urn=123456)
    assert names(School.objects.matching("123456")) == ["Exampleshire First School"]


def test_matching_finds_nothing_for_absurd_numbers(here: Town) -> None:
    assert names(School.objects.matching("9" * 40)) == []
