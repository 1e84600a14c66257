"""What must not get out: into a browser's cache, through the administration, by an invitation that gives too much."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.core import mail
from django.urls import reverse

from schools.access import today
from schools.models import Invitation, Membership
from schools.roles import Role
from tests.factories import make_hub, make_membership, make_partner, make_person, make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    return make_hub("Exampleshire Music Hub")


@pytest.fixture
def other_school():
    return make_school("Quillfeather Primary School", hub=make_hub("Samplefolk Music Hub"))


# --- What a browser keeps ------------------------------------------------------------------------------------------


def test_no_page_or_file_with_somebodys_words_is_kept_by_a_browser(client, hub):
    make_school(hub=hub)
    client.force_login(make_person(Role.HUB_MANAGER, hub))
    addresses = [
        "/today/",
        "/schools/",
        "/schools/export.csv",
        "/schools/export.xlsx",
        "/people/",
        "/account/",
        "/nowhere/",
    ]
    for address in addresses:
        answer = client.get(address)
        assert "no-store" in answer["Cache-Control"], address
        assert "private" in answer["Cache-Control"], address
        assert "default-src 'none'" in answer["Content-Security-Policy"], address
    assert "immutable" in client.get("/theme/4b2067.css")["Cache-Control"]


def test_the_administration_and_failures_carry_the_same_policy(client):
    client.force_login(make_user("Nadia Farouk", is_superuser=True))
    for address in ("/administration/", "/administration/schools/hub/", "/people/?q=%00", "/schools/"):
        assert "default-src 'none'" in client.get(address)["Content-Security-Policy"], address
    assert client.get("/", HTTP_HOST="evil.example")["Content-Security-Policy"]


def test_an_address_with_a_null_character_is_refused_in_words(client, hub):
    client.force_login(make_person(Role.HUB_MANAGER, hub))
    for address in ("/people/?q=%00", "/schools/?trust=a%00b", "/schools/%00/"):
        answer = client.get(address)
        assert answer.status_code == 400
        assert "We could not read that request" in answer.content.decode()


# --- The administration --------------------------------------------------------------------------------------------


def test_the_administration_shows_no_conversation_and_deletes_nothing(rf):
    request = rf.get("/")
    request.user = make_user("Nadia Farouk", is_superuser=True)
    shown = {model._meta.label for model in admin.site._registry}
    assert shown == {
        *("schools.Hub", "schools.Partner", "schools.Membership", "schools.Invitation", "schools.LocalAuthority"),
        *(
            "schools.EstablishmentType",
            "schools.School",
            "schools.Trust",
            "schools.RegisterFile",
            "schools.RegisterRow",
            "schools.RegisterCode",
            "schools.SchoolLink",
            "schools.DatedFactValue",
            "schools.Handover",  # of a hub that has ended: who, which school and how many records, none of their words
        ),
        *("engagement.Strand", "engagement.Framework", "engagement.Criterion", "engagement.Offer"),
        *("engagement.ContactRules", "engagement.LadderStep"),  # of every hub: what counts, and when to try again
        *("engagement.MetRole", "engagement.TrainingTopic"),  # of every hub: whom one meets, and what one is trained in
        *("engagement.Guide", "engagement.CodeEntry"),  # of every hub: what schools read, and the lists of deliveries
    }
    for model, pages in admin.site._registry.items():
        assert (model._meta.label, pages.has_delete_permission(request)) == (model._meta.label, False)
        assert (model._meta.label, list(pages.get_actions(request))) == (model._meta.label, [])


# --- Invitations ---------------------------------------------------------------------------------------------------


def invite(client, asked: str, **posted):
    posted = {"name": "Eve Else", "email": "eve@else.example", **posted}
    return client.post(f"{reverse('schools:invitation-create')}?role={asked}", posted)


@pytest.mark.parametrize("role", [Role.HUB_MANAGER, Role.HUB_OFFICER, Role.PARTNER_OFFICER, Role.RELATIONSHIP_MANAGER])
def test_an_officer_gives_no_role_of_the_hub(client, hub, role):
    make_school(hub=hub)
    client.force_login(make_person(Role.HUB_OFFICER, hub))
    answer = invite(client, role, role=role, hub=hub.pk, organisation=hub.uuid)
    assert (answer.status_code, Invitation.objects.count(), mail.outbox) == (200, 0, [])


def test_nobody_invites_to_a_school_that_is_not_theirs(client, hub, other_school):
    school, neighbour = make_school(hub=hub), make_school(hub=hub)
    for person, foreign in (
        (make_person(Role.SCHOOL_LEADER, school), neighbour),
        (make_person(Role.HUB_OFFICER, hub), other_school),
        (make_person(Role.HUB_MANAGER, hub), other_school),
    ):
        client.force_login(person)
        answer = invite(client, Role.SCHOOL_EDITOR, organisation=foreign.urn, school=foreign.pk, may_acknowledge="on")
        assert foreign.name not in answer.content.decode()
        assert not Invitation.objects.filter(school=foreign).exists()


def test_a_partner_officer_gives_no_officers_role_and_none_of_another_partner(client, hub):
    mine, other = make_partner("Brass", hub=hub), make_partner("Strings", hub=hub)
    client.force_login(make_person(Role.PARTNER_OFFICER, mine))
    invite(client, Role.PARTNER_OFFICER, organisation=mine.uuid)
    invite(client, Role.PARTNER_STAFF, organisation=other.uuid)
    assert [(each.role, each.partner) for each in Invitation.objects.all()] in ([], [(Role.PARTNER_STAFF, mine)])


# --- A role that has ended -----------------------------------------------------------------------------------------


def test_an_editor_whose_role_ended_yesterday_finds_every_page_closed_in_the_same_session(client, hub):
    school = make_school(hub=hub)
    editor = make_person(Role.SCHOOL_EDITOR, school)
    client.force_login(editor)
    pages = [school.get_absolute_url(), "/our-school/", "/shared/", "/actions/", "/offers/", "/schools/"]
    assert {client.get(page).status_code for page in pages} == {200}
    Membership.objects.filter(user=editor).update(ends_on=today() - timedelta(days=1))
    assert [client.get(page).status_code for page in pages] == [404, 403, 403, 403, 403, 403]
    assert client.get("/", follow=True).request["PATH_INFO"] == "/no-membership/"
    assert school.name not in client.get("/account/").content.decode()


def test_a_role_that_starts_tomorrow_opens_nothing_today(client, hub):
    school = make_school(hub=hub)
    user = make_user()
    make_membership(user, Role.SCHOOL_LEADER, school, starts_on=today() + timedelta(days=1))
    client.force_login(user)
    assert client.get(school.get_absolute_url()).status_code == 404
