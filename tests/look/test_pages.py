"""The shell of every page, the pages without a room, and what is said when something goes wrong."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from hubportal import pages
from hubportal.navigation import Portal, context, entries_for, home_name, hub_of, items_for
from schools.permissions import can_invite
from schools.roles import Role
from tests.factories import (
    make_authority,
    make_hub,
    make_membership,
    make_partner,
    make_person,
    make_school,
    make_trust,
    make_user,
)

PUBLIC = ["help", "accessibility", "privacy", "cookies"]


@pytest.mark.parametrize("name", PUBLIC)
def test_page_of_words_is_open_to_all(client, db, name):
    html = client.get(reverse(name)).content.decode()
    assert html.count("<h1") == 1
    assert '<html lang="en-GB"' in html
    assert 'href="#main"' in html
    assert "Sign out" not in html


@pytest.mark.parametrize("name", PUBLIC)
def test_signed_in_every_page_has_sign_out(client, db, name):
    client.force_login(make_user())
    html = client.get(reverse(name)).content.decode()
    assert re.search(r'<form method="post" action="/sign-out/"[^>]*>.*?<button[^>]*>Sign out</button>', html, re.S)


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_page_draws_with_an_empty_context(name):
    html = render_to_string(f"{name}.html", {})
    assert html.count("<h1") == 1
    assert len(re.findall(r'class="govuk-body"', html)) >= 1


def test_unknown_address_is_answered_in_words(client, db):
    client.force_login(make_user())
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "may belong to a hub or school that is not yours" in response.content.decode()


def test_late_form_is_answered_in_words(rf):
    response = pages.csrf_failure(rf.get("/"))
    assert response.status_code == 403
    assert "came back too late" in response.content.decode()


def test_theme_is_readable_and_kept_for_ever(client):
    response = client.get("/theme/ffee00.css")
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response.headers["Cache-Control"]
    assert "#ffee00" not in response.content.decode()
    assert client.get("/theme/red.css").status_code == 404


def test_hub_staff_see_their_hubs_name_and_colour(client, db):
    hub = make_hub("Exampleshire Music Hub", accent_colour="#123456")
    user = make_user()
    make_membership(user, Role.HUB_OFFICER, hub)
    client.force_login(user)
    html = client.get("/help/").content.decode()
    assert "Exampleshire Music Hub" in html
    assert "/theme/123456.css" in html


def test_school_people_see_the_name_of_the_hub_of_their_school(db):
    authority = make_authority()
    hub = make_hub("Exampleshire Music Hub", authority=authority)
    user = make_user()
    make_membership(user, Role.SCHOOL_LEADER, make_school(authority=authority))
    assert hub_of(user) == hub


def test_the_funders_person_carries_no_hubs_colours(db):
    user = make_user()
    make_membership(user, Role.RELATIONSHIP_MANAGER, make_hub())
    assert hub_of(user) is None


def test_navigation_of_each_role_begins_with_its_home(db):
    hub = make_hub()
    user = make_user()
    make_membership(user, Role.HUB_MANAGER, hub)
    assert [label for label, _ in entries_for(user)] == [
        "Today",
        "Schools",
        "Coverage",
        "Conversations",
        "Actions",
        "Plans",
        "Offers",
        "People",
    ]
    assert home_name(user) == "engagement:today"


@pytest.mark.parametrize("role", Role)
def test_whoever_may_invite_finds_the_page_of_people(db, role):
    """Who may give a role to nobody has no use for the page."""
    hub = make_hub()
    school = make_school(hub=hub)
    places = {"hub": hub, "school": school, "partner": make_partner(hub=hub), "trust": make_trust(schools=(school,))}
    user = make_person(role, places[role.scope])
    assert ("People" in [label for label, _ in entries_for(user)]) == can_invite(user)


def test_several_roles_share_one_navigation_without_repeats(db):
    authority = make_authority()
    user = make_user()
    make_membership(user, Role.SCHOOL_EDITOR, make_school(authority=authority))
    make_membership(user, Role.HUB_VIEWER, make_hub(authority=authority))
    names = [name for _, name in entries_for(user)]
    assert names[0] == "engagement:today"
    assert len(names) == len(set(names))
    assert "engagement:school-home" in names


def test_administrator_finds_the_administration(db):
    user = make_user(is_superuser=True)
    assert home_name(user) == "admin:index"


def test_someone_with_no_role_is_told_whom_to_ask(client, db):
    user = make_user(email="lost@people.example")
    client.force_login(user)
    response = client.get("/", follow=True)
    assert response.redirect_chain == [("/no-membership/", 302)]
    assert "Ask them to invite <b>lost@people.example</b>" in response.content.decode()


def test_navigation_marks_where_one_is(db):
    user = make_user(is_superuser=True)
    admin = reverse("admin:index")
    assert [item.current for item in items_for(user, admin)] == ["page", ""]
    assert [item.current for item in items_for(user, f"{admin}schools/hub/")] == ["true", ""]
    assert [item.current for item in items_for(user, "/help/")] == ["", ""]
    assert [item.current for item in items_for(user, reverse("schools:register-import-list"))] == ["", "page"]


def test_shell_of_a_request_without_a_person_is_plain():
    portal = context(RequestFactory().get("/"))["portal"]
    assert portal == Portal()


def test_account_says_who_one_is(client, db):
    user = make_user("Ruth Pell", email="ruth@people.example")
    make_membership(user, Role.HUB_MANAGER, make_hub("Exampleshire Music Hub"))
    client.force_login(user)
    html = client.get("/account/").content.decode()
    for words in ("Ruth Pell", "ruth@people.example", "Hub manager", "Exampleshire Music Hub", "/password/change/"):
        assert words in html
