"""What was sent after the sign-in had ended, without JavaScript: it comes back to its form, for whoever wrote it."""

import re

import pytest
from django.urls import reverse

from engagement.actions import attempts
from engagement.models import AgreedAction, Response
from tests.engagement.shared_world import make_world

pytestmark = pytest.mark.django_db
WORDS = "Tuesday after school & before band"


@pytest.fixture
def world():
    made = make_world()
    made.share()
    return made


def whose(client, address):
    """What the page says, signed, about whom its form is for."""
    return re.search(r'name="draft_whose" value="([^"]+)"', client.get(address).content.decode())[1]


def send_too_late(client, person, address, **fields):
    """Open the form, lose the sign-in, press the button."""
    client.force_login(person)
    mark = whose(client, address)
    client.logout()
    return client.post(address, {**fields, "draft_whose": mark})


def put_back(client, person):
    """Sign in, and press the button of the page with the words; the answer of the form's own page."""
    client.force_login(person)
    html = client.get("/words-kept/").content.decode()
    address = re.search(r'<form class="reading" method="post" action="([^"]+)"', html)[1]
    inside = html.split('<form class="reading"')[1].split("</form>")[0]
    fields = re.findall(r'name="(\w[\w-]*)" value="([^"]*)"', inside)
    return client.post(address, {name: value.replace("&amp;", "&") for name, value in fields})


def forms(world):
    """Address, the person and what they type, of each form."""
    attempt = attempts.log(school=world.school, how="call", by=world.officer)
    action = AgreedAction.objects.filter(part=world.part).first()
    return {
        "attempt": (reverse("engagement:attempt-edit", args=[attempt.uuid]), world.officer, {"note": WORDS}),
        "action": (
            reverse("engagement:action-detail", args=[action.uuid]),
            world.head,
            {"state": "done", "seen": action.state, "note": WORDS},
        ),
        "response": (
            reverse("engagement:part-respond", args=[world.part.uuid]),
            world.head,
            {"kind": "accurate_and", "text": WORDS},
        ),
        "withdrawal": (
            reverse("engagement:part-withdraw", args=[world.part.uuid]),
            world.officer,
            {"reason": WORDS},
        ),
    }


@pytest.mark.parametrize("name", ["attempt", "action", "response", "withdrawal"])
def test_words_come_back_into_their_form_and_nothing_is_done_yet(world, client, name):
    address, person, fields = forms(world)[name]
    sent = send_too_late(client, person, address, **fields)
    assert sent.headers["Location"] == "/sign-in/?next=/words-kept/"
    assert "Your words are kept" in client.get(sent.headers["Location"]).content.decode()
    html = put_back(client, person).content.decode()
    assert "Your sign-in had ended, so this was not sent" in html
    assert WORDS.replace("&", "&amp;") in html
    assert not Response.objects.exists()
    assert not AgreedAction.objects.filter(state="done").exists()
    world.part.refresh_from_db()
    assert world.part.withdrawn_at is None
    assert client.get("/words-kept/").headers["Location"] == "/"


def test_words_of_another_are_neither_shown_nor_kept(world, client):
    address, person, fields = forms(world)["response"]
    send_too_late(client, person, address, **fields)
    client.force_login(world.music_lead)
    assert client.get("/words-kept/").headers["Location"] == "/"
    assert "forms_carried" not in client.session
    client.logout()
    client.force_login(person)
    assert client.get("/words-kept/").headers["Location"] == "/"


@pytest.mark.parametrize(
    "change",
    [
        lambda fields: {**fields, "draft_whose": "1:forged:mark"},
        lambda fields: {**fields, "password": "learn-to-play"},
        lambda fields: {**fields, "text": "long " * 100_000},
    ],
    ids=["forged", "a password", "too long"],
)
def test_what_cannot_be_carried_is_not(world, client, change):
    address, person, fields = forms(world)["response"]
    client.force_login(person)
    fields = change({"draft_whose": whose(client, address), **fields})
    client.logout()
    assert client.post(address, fields).headers["Location"].startswith("/sign-in/?next=/shared/")
    assert "forms_carried" not in client.session


def test_form_from_before_a_new_sign_in_is_handed_back_too(world, client):
    """Signed in again in another tab: the old page's protection against forgery no longer fits."""
    address, person, fields = forms(world)["response"]
    client.handler.enforce_csrf_checks = True
    client.force_login(person)
    mark = whose(client, address)
    sent = client.post(address, {**fields, "draft_whose": mark})
    assert sent.headers["Location"] == "/words-kept/"
    assert WORDS.replace("&", "&amp;") in client.get("/words-kept/").content.decode()
    client.force_login(world.music_lead)
    assert client.post(address, {**fields, "draft_whose": mark}).status_code == 403


def test_two_forms_are_both_kept(world, client):
    made = forms(world)
    client.force_login(world.officer)
    marks = {name: whose(client, made[name][0]) for name in ("attempt", "withdrawal")}
    client.logout()
    for name, mark in marks.items():
        address, _, fields = made[name]
        client.post(address, {**fields, "draft_whose": mark})
    client.force_login(world.officer)
    assert client.get("/words-kept/").content.decode().count("Put my words back") == 2
