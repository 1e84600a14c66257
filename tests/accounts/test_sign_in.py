"""Signing in and out, and passwords: plain words, nothing told to a stranger, nothing done by a GET."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
NEW = "brass-otter-lantern"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield
    cache.clear()


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def test_front_door_is_the_sign_in_form(client):
    html = client.get("/").content.decode()
    assert "<h1" in html
    assert 'action="/sign-in/"' in html
    assert 'name="password"' in html


def test_right_password_opens_the_front_door(client):
    user = make_user(email="ruth@people.example", password=PASSWORD)
    response = sign_in(client, "Ruth@People.example")
    assert response.status_code == 302
    assert response.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_one_is_taken_where_one_was_going(client):
    make_user(email="ruth@people.example", password=PASSWORD)
    page = client.get("/account/")
    assert page.headers["Location"] == "/sign-in/?next=/account/"
    form = client.get(page.headers["Location"]).content.decode()
    assert '<input type="hidden" name="next" value="/account/">' in form
    assert sign_in(client, "ruth@people.example", next="/account/").headers["Location"] == "/account/"


def test_one_is_not_sent_to_a_strangers_site(client):
    make_user(email="ruth@people.example", password=PASSWORD)
    assert sign_in(client, "ruth@people.example", next="https://evil.example/").headers["Location"] == "/"


@pytest.mark.parametrize("email", ["ruth@people.example", "nobody@people.example"])
def test_wrong_password_and_unknown_address_are_answered_alike(client, email):
    make_user(email="ruth@people.example", password=PASSWORD)
    html = sign_in(client, email, "wrong").content.decode()
    assert '<a href="#id_login">That email address and password do not go together. Check both</a>' in html
    assert f'value="{email}"' in html
    assert "<title>Error: Sign in" in html


def test_empty_form_names_each_problem_and_links_to_its_field(client):
    html = sign_in(client, "", "").content.decode()
    assert '<a href="#id_login">Enter your email address</a>' in html
    assert '<a href="#id_password">Enter your password</a>' in html


def test_many_tries_are_stopped_in_words(client):
    make_user(email="ruth@people.example", password=PASSWORD)
    for _ in range(12):
        last = sign_in(client, "ruth@people.example", "wrong")
    assert "Too many tries" in last.content.decode()
    assert "Too many tries" in sign_in(client, "ruth@people.example").content.decode()


def test_closed_account_does_not_open(client):
    make_user(email="ruth@people.example", password=PASSWORD, is_active=False)
    sign_in(client, "ruth@people.example")
    assert "_auth_user_id" not in client.session


def test_reading_the_sign_out_page_signs_nobody_out(client):
    client.force_login(make_user())
    assert "Do you want to sign out?" in client.get("/sign-out/").content.decode()
    assert "_auth_user_id" in client.session


def test_sign_out_leads_to_the_front_door_and_marks_it_once(client):
    client.force_login(make_user())
    html = client.post("/sign-out/", follow=True).content.decode()
    assert "You are signed out." in html
    assert "data-signed-out" in html
    assert "data-signed-out" not in client.get("/").content.decode()
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_unasked():
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_forgotten_password_is_mended_by_a_link_that_works_once(client):
    user = make_user(email="ruth@people.example", password=PASSWORD)
    html = client.post("/password/forgotten/", {"email": "ruth@people.example"}, follow=True).content.decode()
    assert "Check your email" in html
    assert mail.outbox[0].to == ["ruth@people.example"]
    assert mail.outbox[0].subject == "Set a new password for the hub portal"
    link = re.search(r"https?://[^/]+(/password/new/\S+)", mail.outbox[0].body)[1]
    opened = client.get(link, follow=True)
    assert "Choose a new password" in opened.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    done = client.post(opened.request["PATH_INFO"], {"password1": NEW, "password2": NEW}, follow=True)
    assert "Your password is changed" in done.content.decode()
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert "This link no longer works" in client.get(link, follow=True).content.decode()


def test_asking_for_an_unknown_address_looks_the_same(client):
    html = client.post("/password/forgotten/", {"email": "nobody@people.example"}, follow=True).content.decode()
    assert "Check your email" in html
    assert "There is no account with that address here" in mail.outbox[0].body


def test_forgotten_password_email_says_who_writes_and_what_to_do(client):
    make_user(email="ruth@people.example", password=PASSWORD)
    client.post("/password/forgotten/", {"email": "ruth@people.example"})
    body = mail.outbox[0].body
    assert body.startswith("Hello,")
    assert "asked for a new password. To choose one, open this link within three days:" in body
    assert "If it was not you, do nothing: your password stays as it is." in body
    assert body.rstrip().endswith("The hub portal")


def test_many_new_passwords_are_stopped_in_words(client):
    make_user(email="ruth@people.example", password=PASSWORD)
    for _ in range(6):
        last = client.post("/password/forgotten/", {"email": "ruth@people.example"})
    html = last.content.decode()
    assert last.status_code == 429
    assert "Too many tries in a short time" in html
    assert "Wait five minutes, then try again." in html
    assert len(mail.outbox) == 5


def test_password_change_asks_for_the_old_one(client):
    user = make_user(password=PASSWORD)
    client.force_login(user)
    wrong = client.post("/password/change/", {"oldpassword": "x", "password1": NEW, "password2": NEW})
    assert "That is not your current password" in wrong.content.decode()
    right = client.post("/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert right.headers["Location"] == "/account/"
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert mail.outbox[-1].subject == "Your password was changed"


def test_administration_has_no_front_door_of_its_own(client):
    response = client.get(reverse("admin:index"), follow=True)
    assert response.redirect_chain[-1][0].startswith("/sign-in/?next=")


def test_administration_is_shut_to_others(client):
    client.force_login(make_user())
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_administration_has_sign_out(client):
    client.force_login(make_user(is_superuser=True))
    html = client.get(reverse("admin:index")).content.decode()
    assert re.search(r'<form[^>]*method="post" action="/sign-out/">.*?<button[^>]*>Sign out</button>', html, re.S)
