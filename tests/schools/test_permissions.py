"""Who may give and end which role, keep contacts, and decide whose school it is: each role, and each who-not."""

import pytest

from hubportal.accounts.models import User
from schools.access import today
from schools.models import Contact, Membership
from schools.permissions import (
    can_change_owner,
    can_edit_contact,
    can_edit_contacts,
    can_end_membership,
    can_give,
    can_let_acknowledge,
    roles_to_give,
    rows_to_give,
)
from schools.roles import HUB_STAFF, PARTNER_PEOPLE, SCHOOL_PEOPLE, Role
from schools.standing import standing_of
from tests import factories as make
from tests.schools.conftest import Town

pytestmark = pytest.mark.django_db

GIVES = {
    Role.HUB_MANAGER: {*HUB_STAFF, *PARTNER_PEOPLE, *SCHOOL_PEOPLE, Role.TRUST_LEADER},
    Role.HUB_OFFICER: set(SCHOOL_PEOPLE),
    Role.PARTNER_OFFICER: {Role.PARTNER_STAFF, *SCHOOL_PEOPLE},
    Role.SCHOOL_LEADER: set(SCHOOL_PEOPLE),
    Role.TRUST_LEADER: {Role.TRUST_LEADER},
}


def organisation(town: Town, role: Role):
    if role in SCHOOL_PEOPLE:
        return town.first
    return {"hub": town.hub, "partner": town.partner, "trust": town.trust}[role.scope]


@pytest.mark.parametrize("giver", list(Role))
def test_can_give_follows_the_table_in_ones_own_organisations_alone(here: Town, there: Town, giver: Role) -> None:
    user = here[giver]
    given = GIVES.get(giver, set())
    assert set(roles_to_give(user)) == given
    assert {role for role in Role if can_give(user, role, organisation(here, role))} == given
    assert {role for role in Role if can_give(user, role, organisation(there, role))} == set()


def test_can_give_of_a_platform_administrator_is_everything(here: Town) -> None:
    user = make.make_user(is_superuser=True)
    assert {role for role in Role if can_give(user, role, organisation(here, role))} == set(Role)


def test_can_give_of_a_school_leader_stops_at_the_own_school(here: Town) -> None:
    assert not can_give(here[Role.SCHOOL_LEADER], Role.SCHOOL_EDITOR, here.second)


def test_can_give_of_a_partner_officer_stops_at_the_schools_entrusted_now(here: Town) -> None:
    officer = here[Role.PARTNER_OFFICER]
    assert not can_give(officer, Role.SCHOOL_LEADER, here.second)
    here.partner.commissions.update(ends_on=today())
    assert not can_give(User.objects.get(pk=officer.pk), Role.SCHOOL_LEADER, here.first)


@pytest.mark.parametrize("giver", list(Role))
def test_rows_to_give_agree_with_can_end_membership(here: Town, there: Town, giver: Role) -> None:
    user = here[giver]
    one_by_one = {row.pk for row in Membership.objects.all() if can_end_membership(user, row)}
    assert set(Membership.objects.filter(rows_to_give(user)).values_list("pk", flat=True)) == one_by_one


@pytest.mark.parametrize("role", list(Role))
def test_can_edit_contacts_is_an_officers_work(here: Town, there: Town, role: Role) -> None:
    writers = (Role.HUB_MANAGER, Role.HUB_OFFICER, Role.PARTNER_OFFICER)
    user = here[role]
    assert can_edit_contacts(user, here.first) is (role in writers)
    assert can_edit_contacts(user, here.second) is (role in writers[:2])
    assert not can_edit_contacts(user, there.first)
    assert can_edit_contact(user, Contact.objects.get(school=here.first)) is (role in writers)
    assert can_change_owner(user, here.first) is (role in writers)
    assert can_change_owner(user, here.second) is (role in writers[:2])
    assert not can_change_owner(user, there.first)


def test_can_edit_contact_ends_when_the_area_moves(here: Town, there: Town) -> None:
    area = here.hub.areas.get()
    area.ends_on = make.date(2026, 1, 1)
    area.save()
    make.make_area(hub=there.hub, authority=area.authority, starts_on=area.ends_on)
    contact = Contact.objects.get(school=here.first)
    assert not can_edit_contact(here[Role.HUB_MANAGER], contact)
    assert not can_edit_contact(there[Role.HUB_MANAGER], contact)
    assert can_edit_contacts(there[Role.HUB_MANAGER], here.first)


def test_can_let_acknowledge_is_the_leaders_of_that_school(here: Town, there: Town) -> None:
    editor = Membership.objects.get(user=here[Role.SCHOOL_EDITOR])
    may = [role for role in Role if can_let_acknowledge(here[role], editor)]
    assert may == [Role.SCHOOL_LEADER]
    assert not can_let_acknowledge(there[Role.SCHOOL_LEADER], editor)
    viewer = Membership.objects.get(user=here[Role.SCHOOL_VIEWER])
    assert not can_let_acknowledge(here[Role.SCHOOL_LEADER], viewer)


@pytest.mark.parametrize(
    ("role", "holds"),
    [
        (Role.HUB_VIEWER, {"is_hub_viewer", "is_hub_staff", "sees_engagement", "sees_facts"}),
        (Role.PARTNER_STAFF, {"is_partner_staff"}),
        (
            Role.PARTNER_OFFICER,
            {"is_partner_officer", "is_partner_staff", "sees_engagement", "writes", "sees_facts"},
        ),
        (Role.SCHOOL_EDITOR, {"is_school_editor", "is_school_person", "sees_facts"}),
        (Role.RELATIONSHIP_MANAGER, set()),
        (Role.TRUST_LEADER, set()),
    ],
)
def test_standing_of_each_role(here: Town, role: Role, holds: set[str]) -> None:
    standing = standing_of(User.objects.get(pk=here[role].pk), here.first)
    names = [name for name in dir(standing) if name.startswith(("is_", "sees_", "writes"))]
    assert {name for name in names if getattr(standing, name)} == holds
    assert standing.hub == here.hub
