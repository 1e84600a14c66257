"""Contacts, owners, people and invitations, page by page."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hubportal.accounts.models import User
from schools.access import today
from schools.actions import invitations
from schools.models import Contact, Invitation, Membership, Relationship
from schools.roles import Role
from tests import factories as make
from tests.schools.conftest import Town

pytestmark = pytest.mark.django_db

PEOPLE = reverse("schools:people-list")
INVITE = reverse("schools:invitation-create")


def link_in_mail() -> str:
    return re.search(r"https?://[^/]+(/invitation/\S+)", mail.outbox[-1].body)[1]


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def summary(response) -> list[tuple[str, str]]:
    """The error summary's links: (where they lead, their words)."""
    box = re.search(r'class="govuk-error-summary".*?</ul>', response.content.decode(), re.S)[0]
    return re.findall(r'<a href="#([^"]+)">([^<]+)</a>', box)


# --- contacts and owners ---------------------------------------------------------------------------------------------


def test_contact_create_adds_one_to_the_hub(here: Town, as_) -> None:
    address = reverse("schools:contact-create", args=[here.first.urn])
    values = {"name": " Tom  Adeyemi ", "email": "tom@first.example", "is_music_lead": "on"}
    response = as_(here[Role.PARTNER_OFFICER]).post(address, values)
    assert response["Location"] == here.first.get_absolute_url()
    contact = Contact.objects.get(name="Tom Adeyemi")
    assert (contact.hub, contact.school, contact.is_music_lead, contact.is_leader) == (
        here.hub,
        here.first,
        True,
        False,
    )


def test_contact_create_keeps_what_was_typed_and_names_each_problem(here: Town, as_) -> None:
    address = reverse("schools:contact-create", args=[here.first.urn])
    response = as_(here[Role.HUB_OFFICER]).post(address, {"name": "", "email": "tom at first", "phone": "123"})
    assert summary(response) == [
        ("id_name", "Enter full name"),
        ("id_email", "Enter an email address in the right form, like name@example.com"),
    ]
    page = response.content.decode()
    assert 'value="tom at first"' in page
    assert 'value="123"' in page


def test_contact_edit_changes_it_and_end_notes_the_day(here: Town, as_) -> None:
    contact = Contact.objects.get(school=here.first)
    client = as_(here[Role.HUB_OFFICER])
    client.post(reverse("schools:contact-edit", args=[contact.uuid]), {"name": "New Name", "email": contact.email})
    end = reverse("schools:contact-end", args=[contact.uuid])
    tomorrow = today() + timedelta(days=1)
    boxes = {"left_on_0": tomorrow.day, "left_on_1": tomorrow.month, "left_on_2": tomorrow.year}
    assert errors(client.post(end, boxes)) == {"left_on": ["The date they left must be today or in the past"]}
    assert errors(client.post(end, {})) == {"left_on": ["Answer “When did they leave?”"]}
    assert errors(client.post(end, {**boxes, "left_on_1": "13"})) == {
        "left_on": ["The date must be a real date, for example 12 11 2026"]
    }
    assert client.post(end, {"left_on_0": "1", "left_on_1": "9", "left_on_2": "2026"}).status_code == 302
    contact.refresh_from_db()
    assert (contact.name, str(contact.left_on)) == ("New Name", "2026-09-01")


def test_whoever_is_missing_after_somebody_left_is_told(here: Town, as_) -> None:
    contact = Contact.objects.get(school=here.first)
    Contact.objects.filter(pk=contact.pk).update(is_music_lead=True, is_leader=True)
    make.make_contact("Ann Lee", hub=here.hub, school=here.first, is_leader=True)
    boxes = {"left_on_0": "1", "left_on_1": "9", "left_on_2": "2026"}
    client = as_(here[Role.HUB_OFFICER])
    response = client.post(reverse("schools:contact-end", args=[contact.uuid]), boxes, follow=True)
    assert [str(each) for each in response.context["messages"]] == [
        f"{contact.name} is noted as having left {here.first}. Nobody is noted as leading music there now."
    ]


def test_somebody_noted_as_left_by_mistake_has_not_left(here: Town, as_) -> None:
    contact = Contact.objects.get(school=here.first)
    end = reverse("schools:contact-end", args=[contact.uuid])
    client = as_(here[Role.HUB_OFFICER])
    button = "They have not left"
    assert button not in client.get(end).content.decode()
    client.post(end, {"left_on_0": "1", "left_on_1": "9", "left_on_2": "2026"})
    assert f"{contact.name} left" in client.get(here.first.get_absolute_url()).content.decode()
    assert button in client.get(end).content.decode()
    namesake = make.make_contact(contact.name, hub=here.hub, school=here.first, email=contact.email)
    refused = client.post(end, {"not_left": "yes"}, follow=True)
    assert "is already a contact at" in refused.content.decode()
    Contact.objects.filter(pk=namesake.pk).update(left_on=today())
    assert client.post(end, {"not_left": "yes"})["Location"] == contact.get_absolute_url()
    contact.refresh_from_db()
    assert contact.left_on is None
    assert f"{contact.name} left" not in client.get(here.first.get_absolute_url()).content.decode()
    assert "1 September 2026 → nothing" in client.get(contact.get_absolute_url()).content.decode()


def test_ending_a_contact_says_that_they_can_still_sign_in(here: Town, as_) -> None:
    leader, words = here[Role.SCHOOL_LEADER], "can still sign in for the school"
    contact = make.make_contact("Ann Lee", hub=here.hub, school=here.first, user=leader)
    client = as_(here[Role.HUB_OFFICER])
    assert words in client.get(reverse("schools:contact-end", args=[contact.uuid])).content.decode()
    other = Contact.objects.exclude(pk=contact.pk).get(school=here.first)
    assert words not in client.get(reverse("schools:contact-end", args=[other.uuid])).content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_contacts_of_another_hub_do_not_exist(here: Town, there: Town, as_, role: Role) -> None:
    theirs = Contact.objects.get(school=there.first)
    client = as_(here[role])
    addresses = [
        reverse("schools:contact-create", args=[there.first.urn]),
        reverse("schools:contact-edit", args=[theirs.uuid]),
        reverse("schools:contact-end", args=[theirs.uuid]),
        reverse("schools:relationship-edit", args=[there.first.urn]),
    ]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404, 404]
    assert [client.post(address).status_code for address in addresses] == [404, 404, 404, 404]


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        (Role.HUB_OFFICER, [200, 200, 200, 200]),
        (Role.HUB_VIEWER, [403, 403, 403, 403]),
        (Role.PARTNER_OFFICER, [200, 200, 200, 200]),
        (Role.PARTNER_STAFF, [403, 403, 403, 403]),
        (Role.SCHOOL_LEADER, [403, 403, 403, 403]),
        (Role.SCHOOL_VIEWER, [403, 404, 404, 403]),
        (Role.RELATIONSHIP_MANAGER, [404, 404, 404, 404]),
    ],
)
def test_contacts_and_owner_follow_the_role(here: Town, as_, role: Role, statuses: list[int]) -> None:
    contact = Contact.objects.get(school=here.first)
    client = as_(here[role])
    addresses = [
        reverse("schools:contact-create", args=[here.first.urn]),
        reverse("schools:contact-edit", args=[contact.uuid]),
        reverse("schools:contact-end", args=[contact.uuid]),
        reverse("schools:relationship-edit", args=[here.first.urn]),
    ]
    assert [client.get(address).status_code for address in addresses] == statuses


def test_relationship_edit_chooses_among_the_hubs_people(here: Town, there: Town, as_) -> None:
    address = reverse("schools:relationship-edit", args=[here.first.urn])
    client = as_(here[Role.HUB_MANAGER])
    page = client.get(address)
    choices = page.context["form"].fields["owner"].choices
    assert [words for _, words in choices] == [
        *("Exampleshire Hub manager", "Exampleshire Hub officer", "Exampleshire Partner officer", "Nobody for now")
    ]
    assert "Looks after 3 schools" in page.content.decode()
    assert page.context["form"].initial["owner"] == choices[1][0]
    assert client.post(address, {"owner": choices[0][0]}).status_code == 302
    assert Relationship.objects.get(school=here.first).owner == here[Role.HUB_MANAGER]
    stranger = Membership.objects.get(user=there[Role.HUB_OFFICER])
    assert list(errors(client.post(address, {"owner": str(stranger.uuid)}))) == ["owner"]
    client.post(address, {"owner": "nobody"})
    assert Relationship.objects.get(school=here.first).owner is None


# --- people ----------------------------------------------------------------------------------------------------------


def people(response) -> list[str]:
    return [row.record.user.name.removeprefix("Exampleshire ") for row in response.context["table"].page.object_list]


def test_people_list_shows_what_one_may_see(both: Town, as_) -> None:
    labels = sorted(role.label for role in Role)
    assert people(as_(both[Role.HUB_MANAGER]).get(PEOPLE)) == labels
    assert people(as_(both[Role.SCHOOL_VIEWER]).get(PEOPLE)) == ["School viewer"]
    assert people(as_(both[Role.HUB_MANAGER]).get(PEOPLE + "?q=first+school")) == [
        *("School editor", "School leader", "School viewer")
    ]
    assert people(as_(both[Role.HUB_MANAGER]).get(PEOPLE + "?role=hub_viewer")) == ["Hub viewer"]


def test_people_list_costs_the_same_for_one_and_three(here: Town, as_, django_assert_num_queries) -> None:
    user = make.make_person(Role.HUB_MANAGER, make.make_hub("Small Hub"))
    client = as_(user)
    client.get(PEOPLE)
    with django_assert_num_queries(6):  # one of them for the saved views
        client.get(PEOPLE)
    hub = user.memberships.get().hub
    for role in (Role.HUB_OFFICER, Role.HUB_VIEWER):
        make.make_person(role, hub)
        make.make_invitation(role=role, organisation=hub, by=user)
    with django_assert_num_queries(6):  # one of them for the saved views
        assert len(people(client.get(PEOPLE))) == 3


def test_membership_end_asks_then_ends(here: Town, as_) -> None:
    membership = Membership.objects.get(user=here[Role.HUB_OFFICER])
    address = reverse("schools:membership-end", args=[membership.uuid])
    client = as_(here[Role.HUB_MANAGER])
    assert client.get(address).status_code == 200
    membership.refresh_from_db()
    assert membership.ends_on is None
    assert client.post(address)["Location"] == PEOPLE
    membership.refresh_from_db()
    assert (membership.ends_on, membership.ended_by) == (today(), here[Role.HUB_MANAGER])
    assert client.post(address).status_code == 404


def test_membership_end_of_the_last_manager_says_why_not(here: Town, as_) -> None:
    membership = Membership.objects.get(user=here[Role.HUB_MANAGER])
    response = as_(here[Role.HUB_MANAGER]).post(reverse("schools:membership-end", args=[membership.uuid]))
    assert response.status_code == 409
    assert "is the last manager of Exampleshire Music Hub. Make somebody else a manager first." in (
        response.content.decode()
    )


@pytest.mark.parametrize("role", list(Role))
def test_membership_end_in_another_hub_does_not_exist(here: Town, there: Town, as_, role: Role) -> None:
    theirs = Membership.objects.filter(user__in=there.people.values())
    client = as_(here[role])
    for name in ("membership-end", "membership-acknowledge"):
        found = {client.post(reverse(f"schools:{name}", args=[row.uuid])).status_code for row in theirs}
        assert found == {404}


def test_membership_end_is_refused_to_those_who_could_not_give_it(here: Town, as_) -> None:
    manager = Membership.objects.get(user=here[Role.HUB_MANAGER])
    for role in (Role.HUB_OFFICER, Role.HUB_VIEWER):
        assert as_(here[role]).post(reverse("schools:membership-end", args=[manager.uuid])).status_code == 403
    assert Membership.objects.get(pk=manager.pk).ends_on is None


def test_membership_acknowledge_is_the_leaders_to_give(here: Town, as_) -> None:
    editor = Membership.objects.get(user=here[Role.SCHOOL_EDITOR])
    address = reverse("schools:membership-acknowledge", args=[editor.uuid])
    assert as_(here[Role.HUB_MANAGER]).post(address, {"allowed": "yes"}).status_code == 403
    client = as_(here[Role.SCHOOL_LEADER])
    assert client.get(address).status_code == 405
    assert address in client.get(PEOPLE).content.decode()
    for allowed in ("yes", "no"):
        client.post(address, {"allowed": allowed})
        editor.refresh_from_db()
        assert editor.may_acknowledge is (allowed == "yes")


# --- invitations -----------------------------------------------------------------------------------------------------


def test_invitation_create_asks_the_role_first(here: Town, as_) -> None:
    client = as_(here[Role.HUB_MANAGER])
    first = client.get(INVITE)
    roles = [value for value, _ in first.context["form"].fields["role"].choices]
    assert roles == [role.value for role in Role if role != Role.RELATIONSHIP_MANAGER]
    assert client.get(INVITE + "?role=relationship_manager").context["role"] is None
    second = client.get(INVITE + f"?role=school_leader&school={here.second.urn}")
    assert second.context["form"]["organisation"].value() == str(here.second.urn)
    names = [words for _, words in second.context["form"].fields["organisation"].choices]
    assert names == ["Choose one"] + [f"{school.name}, Ashby ({school.urn})" for school in here.schools]


@pytest.mark.parametrize(
    "role", [Role.HUB_VIEWER, Role.PARTNER_STAFF, Role.SCHOOL_EDITOR, Role.SCHOOL_VIEWER, Role.RELATIONSHIP_MANAGER]
)
def test_invitation_create_is_closed_to_those_with_nothing_to_give(here: Town, as_, role: Role) -> None:
    assert as_(here[role]).get(INVITE).status_code == 403


def test_invitation_create_by_a_leader_is_for_the_own_school(here: Town, as_) -> None:
    values = {"name": "Mia Chen", "email": "mia@first.example", "may_acknowledge": "on"}
    response = as_(here[Role.SCHOOL_LEADER]).post(INVITE + "?role=school_editor", values)
    assert response["Location"] == PEOPLE
    made = Invitation.objects.get()
    assert (made.role, made.school, made.may_acknowledge, made.created_by) == (
        *("school_editor", here.first, True),
        here[Role.SCHOOL_LEADER],
    )
    assert mail.outbox[-1].to == ["mia@first.example"]


def test_invitation_create_refuses_another_hubs_school(here: Town, there: Town, as_) -> None:
    values = {"name": "Mia", "email": "mia@first.example", "organisation": there.first.urn}
    response = as_(here[Role.HUB_MANAGER]).post(INVITE + "?role=school_leader", values)
    assert errors(response) == {"organisation": ["Choose a school from the list"]}
    assert mail.outbox == []


@pytest.fixture
def invited(here: Town) -> Invitation:
    return invitations.invite(
        role=Role.SCHOOL_LEADER,
        organisation=here.first,
        email="mia@first.example",
        name="Mia Chen",
        by=here[Role.HUB_MANAGER],
    )


def test_invitation_is_listed_sent_again_and_withdrawn(invited: Invitation, here: Town, there: Town, as_) -> None:
    first = link_in_mail()
    client = as_(here[Role.HUB_MANAGER])
    assert [row.email for row in client.get(PEOPLE).context["invitations"]] == ["mia@first.example"]
    assert as_(there[Role.HUB_MANAGER]).get(PEOPLE).context["invitations"] == []
    for name in ("invitation-send", "invitation-revoke"):
        address = reverse(f"schools:{name}", args=[invited.uuid])
        assert as_(there[Role.HUB_MANAGER]).post(address).status_code == 404
        assert as_(here[Role.HUB_VIEWER]).post(address).status_code == 403
    client = as_(here[Role.HUB_MANAGER])
    client.post(reverse("schools:invitation-send", args=[invited.uuid]))
    second = link_in_mail()
    assert len(mail.outbox) == 2
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200
    revoke = reverse("schools:invitation-revoke", args=[invited.uuid])
    assert client.get(revoke).status_code == 200
    assert Client().get(second).status_code == 200
    client.post(revoke)
    assert Client().get(second).status_code == 410
    assert client.get(PEOPLE).context["invitations"] == []


def test_invitation_accept_by_somebody_new(invited: Invitation, here: Town) -> None:
    address, client = link_in_mail(), Client()
    page = client.get(address)
    assert (page.status_code, page["Referrer-Policy"]) == (200, "strict-origin")
    assert (User.objects.filter(email="mia@first.example").exists(), Membership.objects.count()) == (False, 10)
    response = client.post(address, {"name": "Mia Chen", "password": "short"})
    assert list(errors(response)) == ["password"]
    assert 'value="Mia Chen"' in response.content.decode()
    response = client.post(address, {"name": "Mia Chen", "password": "three odd words"})
    assert response["Location"] == "/"
    user = User.objects.get(email="mia@first.example")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert [(row.role, row.school) for row in user.memberships.all()] == [("school_leader", here.first)]
    assert Contact.objects.get(user=user).is_leader is True
    again = Client().get(address)
    assert again.status_code == 410
    assert "has been accepted already" in again.content.decode()


def test_invitation_accept_by_somebody_with_an_account(invited: Invitation, here: Town, as_) -> None:
    user = make.make_user("Mia Chen", "MIA@first.example")
    address = link_in_mail()
    page = Client().get(address)
    assert f"/accounts/login/?next={address.replace('/', '%2F')}" in page.content.decode().replace(
        reverse("account_login"), "/accounts/login/"
    )
    assert Client().post(address, {"name": "X", "password": "three odd words"}).status_code == 200
    assert user.memberships.count() == 0
    client = as_(user)
    assert client.get(address).status_code == 200
    assert user.memberships.count() == 0
    assert client.post(address)["Location"] == "/"
    assert [row.role for row in user.memberships.all()] == ["school_leader"]


def test_invitation_accept_by_somebody_else_says_whose_it_is(invited: Invitation, here: Town, as_) -> None:
    address = link_in_mail()
    client = as_(here[Role.HUB_OFFICER])
    for response in (client.get(address), client.post(address)):
        said = f"It was sent to mia@first.example, and you are signed in as {here[Role.HUB_OFFICER].email}."
        assert said in response.content.decode()
    assert here[Role.HUB_OFFICER].memberships.count() == 1


@pytest.mark.parametrize(
    ("state", "status", "words"),
    [
        ("expired", 410, "This link has expired."),
        ("unknown", 404, "This link is not one of ours."),
        ("closed account", 410, "has been closed"),
    ],
)
def test_invitation_accept_says_why_it_cannot_be(invited: Invitation, state: str, status: int, words: str) -> None:
    address = link_in_mail()
    if state == "expired":
        made = timezone.now() - timedelta(days=20)
        invitations.links.SignedLink.objects.update(created_at=made, expires_at=made + timedelta(days=14))
    elif state == "unknown":
        address = reverse("schools:invitation-accept", args=["no-such-token"])
    else:
        make.make_user("Mia Chen", "mia@first.example", is_active=False)
    response = Client().get(address)
    assert response.status_code == status
    assert words in response.content.decode()
    assert Client().post(address, {"name": "Mia", "password": "three odd words"}).status_code == status


def test_invite_without_a_role_asks_for_one(here: Town, as_) -> None:
    client = as_(here[Role.HUB_MANAGER])
    assert "There is a problem" not in client.get(INVITE).content.decode()
    assert summary(client.get(INVITE, {"asked": "role"})) == [("id_role_0", "Choose what they will do")]
