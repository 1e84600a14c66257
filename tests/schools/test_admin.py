"""What platform administrators keep in Django's admin."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from schools.access import today
from schools.models import EstablishmentType, Invitation, Membership, RegisterCode
from schools.roles import Role
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(make.make_user("Nadia Farouk", is_superuser=True))
    return client


@pytest.mark.parametrize("noun", ["hub", "partner", "membership", "invitation", "localauthority", "establishmenttype"])
def test_admin_lists_and_adds(admin: Client, noun: str) -> None:
    assert admin.get(reverse(f"admin:schools_{noun}_changelist")).status_code == 200
    assert admin.get(reverse(f"admin:schools_{noun}_add")).status_code == 200


def test_admin_is_closed_to_a_hub_manager() -> None:
    client = Client()
    client.force_login(make.make_person(Role.HUB_MANAGER, make.make_hub()))
    assert client.get(reverse("admin:schools_hub_changelist")).status_code in (302, 403, 404)


def test_admin_invites_a_relationship_manager(admin: Client) -> None:
    hub = make.make_hub()
    values = {"role": "relationship_manager", "hub": hub.pk, "name": "Helen Stroud", "email": "helen@funder.example"}
    add = reverse("admin:schools_invitation_add")
    refused = admin.post(add, {**values, "hub": ""})
    assert "Choose the hub in which they are relationship manager." in refused.content.decode()
    assert admin.post(add, values).status_code == 302
    assert [(row.role, row.hub) for row in Invitation.objects.all()] == [("relationship_manager", hub)]
    assert mail.outbox[-1].to == ["helen@funder.example"]


@pytest.mark.parametrize("way", ["ends_on", "role", "hub", "starts_on", "user"])
def test_admin_keeps_the_last_manager_of_a_hub(admin: Client, way: str) -> None:
    """Whatever is changed of their row; with a second manager each of them can be done."""
    row = make.make_membership(role=Role.HUB_MANAGER, organisation=make.make_hub())
    values = {"user": row.user_id, "role": row.role, "hub": row.hub_id, "starts_on": "2020-09-01"}
    values[way] = {
        "ends_on": "2026-01-01",
        "role": Role.HUB_VIEWER,
        "hub": make.make_hub("Samplefolk Music Hub").pk,
        "starts_on": today() + timedelta(days=30),
        "user": make.make_user(is_active=False).pk,
    }[way]
    address = reverse("admin:schools_membership_change", args=[row.pk])
    response = admin.post(address, values)
    said = f"{row.user} is the last manager of {row.hub}. Make somebody else a manager first."
    assert list(response.context["adminform"].form.errors.items()) == [(way, [said])]
    assert Membership.objects.filter(pk=row.pk, user=row.user, role=row.role, hub=row.hub, ends_on=None).exists()
    make.make_membership(role=Role.HUB_MANAGER, organisation=row.hub)
    assert admin.post(address, values).status_code == 302


def test_admin_has_no_page_that_deletes_a_manager(admin: Client) -> None:
    row = make.make_membership(role=Role.HUB_MANAGER, organisation=make.make_hub())
    assert admin.post(reverse("admin:schools_membership_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    assert admin.post(reverse("admin:schools_hub_delete", args=[row.hub_id]), {"post": "yes"}).status_code == 403
    assert Membership.objects.filter(pk=row.pk).exists()


def test_admin_decides_what_is_state_funded_with_its_history(admin: Client) -> None:
    kind = EstablishmentType.objects.create(code="xx", name="Forest school", is_state_funded=False)
    address = reverse("admin:schools_establishmenttype_change", args=[kind.pk])
    values = {"code": "xx", "name": "Forest school", "group_name": "", "is_state_funded": "on"}
    assert admin.post(address, values).status_code == 302
    kind.refresh_from_db()
    assert kind.is_state_funded is True
    page = admin.get(address).content.decode()
    assert "Forest school, state-funded, by user nadia" in page
    assert page.index("Forest school, state-funded, by user") < page.index("Forest school, not state-funded, by")


def test_admin_reviews_codes_that_an_import_met(admin: Client) -> None:
    code = RegisterCode.objects.create(listed_in="Diocese", code="CE99", name="Dioc. Avalon", needs_review=True)
    address = reverse("admin:schools_registercode_changelist")
    page = admin.get(address, {"needs_review__exact": 1})
    assert [found.pk for found in page.context["cl"].result_list] == [code.pk]
    values = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": code.pk, "_save": "Save"}
    response = admin.post(f"{address}?needs_review__exact=1", {**values, "form-0-name": "Diocese of Avalon"})
    assert response.status_code == 302
    code.refresh_from_db()
    assert (code.name, code.code, code.needs_review) == ("Diocese of Avalon", "CE99", False)
    assert admin.get(reverse("admin:schools_registercode_add")).status_code == 403
