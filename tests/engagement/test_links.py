"""Reading and answering by link: a code from the mailbox, nothing spent by opening, nothing left after withdrawing."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from engagement.actions import sharing
from engagement.models import Reading, Response
from hubportal.kit.models import LinkCode, LinkOpening, SignedLink
from tests.engagement.shared_world import OTHER_WORDS, leaks, make_other_world, make_world
from tests.engagement.test_sharing import edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def token(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        world.share("Ruth Pell")
    found = re.search(r"/r/([^/]+)/", mail.outbox[-1].body)
    mail.outbox.clear()
    return found[1]


def url(name: str, token: str) -> str:
    return reverse(f"engagement:{name}", args=[token])


def let_in(client, token: str) -> None:
    client.post(url("link-code", token))
    code = re.search(r"\b(\d{6})\b", mail.outbox[-1].body)[1]
    response = client.post(url("link-code", token), {"code": code})
    assert response.url == url("link-read", token)


def test_link_open_says_whom_it_is_for_and_spends_nothing(client, world, token):
    for _ in range(3):
        page = client.get(url("link-open", token))
    text = page.content.decode()
    assert page.status_code == 200
    assert "r•••@millbrook.example" in text
    assert "ruth.pell@millbrook.example" not in text
    assert "Singing is a strength" not in text
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    assert (LinkOpening.objects.count(), LinkCode.objects.count(), mail.outbox) == (3, 0, [])


def test_pages_of_a_link_carry_the_hubs_name_and_colour(client, world, token):
    colour = world.hub.accent_colour.removeprefix("#")
    for address in (url("link-open", token), url("link-code", token)):
        page = client.get(address, follow=True)
        assert page.context["portal"].name == "Exampleshire Music Hub"
        assert reverse("theme", args=[colour]) in page.content.decode()
    assert client.get(reverse("account_login")).context["portal"].name == "Hub portal"


def test_link_read_needs_the_code(client, token):
    for name in ("link-read", "link-respond"):
        assert client.get(url(name, token)).url == url("link-open", token)
    assert client.post(url("link-respond", token), {"kind": "accurate"}).url == url("link-open", token)
    assert not Response.objects.exists()


def test_link_read_after_the_code_shows_the_report_and_writes_a_receipt(client, world, token):
    let_in(client, token)
    page = client.get(url("link-read", token))
    text = page.content.decode()
    assert "Singing is a strength the school would share." in text
    assert "It is not shared with the funder, Ofsted or the local authority." in text
    assert leaks(text + str([each.flatten() for each in page.context])) == []
    assert [(each.name, each.link.email) for each in Reading.objects.all()] == [
        ("Ruth Pell", "ruth.pell@millbrook.example")
    ]
    assert client.get(url("link-open", token)).url == url("link-read", token)


def test_link_code_goes_to_the_links_own_address_and_a_wrong_one_is_refused(client, world, token):
    client.post(url("link-code", token))
    assert [letter.to for letter in mail.outbox] == [["ruth.pell@millbrook.example"]]
    assert leaks(mail.outbox[0].body) == []
    page = client.post(url("link-code", token), {"code": "000000x"})
    assert "That is not the code" in page.content.decode()
    assert client.get(url("link-read", token)).url == url("link-open", token)


def test_link_passed_on_needs_the_code_again_in_another_browser(client, token):
    let_in(client, token)
    from django.test import Client  # a second browser

    assert Client().get(url("link-read", token)).url == url("link-open", token)


def test_link_respond_keeps_name_role_and_whose_link(client, world, token):
    let_in(client, token)
    empty = client.post(url("link-respond", token), {"kind": "add", "text": "We sing."})
    assert "Enter your name" in empty.content.decode()
    page = client.post(
        url("link-respond", token),
        {"kind": "add", "text": "We sing.", "name": "Dee Deputy", "job_title": "Deputy head"},
        follow=True,
    )
    answer = Response.objects.get()
    assert (answer.name, answer.job_title, answer.link.name, answer.user) == (
        "Dee Deputy",
        "Deputy head",
        "Ruth Pell",
        None,
    )
    assert "by the link sent to Ruth Pell" in page.content.decode()
    client.force_login(world.officer)
    assert "by the link sent to Ruth Pell" in client.get(world.conversation.get_absolute_url()).content.decode()


def test_link_reads_the_newest_version(client, world, token):
    edit(world, "Words of version two.")
    world.share()
    let_in(client, token)
    assert "Words of version two." in client.get(url("link-read", token)).content.decode()


@pytest.mark.parametrize("end", ["withdrawn", "expired"])
def test_link_that_ended_names_the_hub_and_shows_nothing(client, world, token, end):
    let_in(client, token)
    if end == "withdrawn":
        sharing.withdraw(part=world.part, reason="Wrong school", by=world.officer)
    else:
        now = timezone.now()
        SignedLink.objects.update(created_at=now - timedelta(days=91), expires_at=now - timedelta(days=1))
    for name in ("link-open", "link-code", "link-read", "link-respond"):
        page = client.get(url(name, token))
        text = page.content.decode()
        assert page.status_code == 410
        assert world.hub.phone in text
        assert [words in text for words in ("Millbrook", "Singing is a strength", "Wrong school")] == [False] * 3
    mail.outbox.clear()
    assert client.post(url("link-code", token)).status_code == 410
    assert mail.outbox == []


def test_link_unknown_is_a_plain_404(client, world, token):
    page = client.get(url("link-open", "not-a-token"))
    assert (page.status_code, world.hub.name in page.content.decode()) == (404, False)
    assert client.get(url("link-read", "not-a-token")).status_code == 404


def test_link_of_another_purpose_does_not_open(client, world, token):
    SignedLink.objects.update(purpose="invitation")
    assert client.get(url("link-open", token)).status_code == 404


def test_link_leads_an_entitled_person_to_the_usual_page(client, world, token):
    client.force_login(world.head)
    assert client.get(url("link-open", token)).url == world.part.get_absolute_url()
    other = make_other_world()
    client.force_login(other.head)
    page = client.get(url("link-open", token))
    assert (page.status_code, OTHER_WORDS in page.content.decode()) == (200, False)


def test_link_code_after_five_in_an_hour_says_wait(client, token):
    for _ in range(6):
        page = client.post(url("link-code", token), follow=True)
    assert "codes in the last hour" in page.content.decode()
    assert len(mail.outbox) == 5
