"""The school's right of reply: every answer stays, and the hub's people are told."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from engagement.actions import responses, sharing
from engagement.models import Recipient, Response
from schools.models import Membership, TimelineEntry
from tests.engagement.shared_world import leaks, make_other_world, make_world
from tests.engagement.test_sharing import edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def version(world):
    return world.share().version


def test_respond_keeps_who_said_what_and_writes_the_timeline(world, version):
    answer = responses.respond(version=version, kind="not_accurate", text="We do have a choir.", by=world.head)
    assert (answer.name, answer.job_title, answer.text) == ("Hetty Head", "School leader", "We do have a choir.")
    entry = TimelineEntry.objects.get(source=f"response:{answer.uuid}")
    assert (entry.heading, entry.audience, entry.text) == (
        "Report answered: not accurate",
        "school",
        "We do have a choir.",
    )


def test_respond_emails_the_officer_without_the_words(world, version, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        responses.respond(version=version, kind="not_accurate", text="We do have a choir.", by=world.head)
    letters = [each for each in mail.outbox if "answered" in each.subject]
    assert [each.to for each in letters] == [[world.officer.email]]
    assert "not accurate, because" in letters[0].body
    assert "choir" not in letters[0].body
    assert leaks(letters[0].body) == []


def test_respond_emails_the_hub_when_the_officer_has_gone(world, version, django_capture_on_commit_callbacks):
    Membership.objects.filter(user=world.officer).update(ends_on=world.on)
    with django_capture_on_commit_callbacks(execute=True):
        responses.respond(version=version, kind="accurate", by=world.head)
    assert [each.to for each in mail.outbox if "answered" in each.subject] == [[world.hub.email]]


def test_respond_pressed_twice_is_kept_once_and_another_answer_is_added(world, version):
    for _ in range(2):
        responses.respond(version=version, kind="accurate", by=world.head)
    responses.respond(version=version, kind="add", text="We sing daily.", by=world.head)
    assert [each.kind for each in Response.objects.all()] == ["accurate", "add"]


def test_respond_needs_words_to_add_or_to_correct(world, version):
    for kind in ("add", "not_accurate"):
        with pytest.raises(ValidationError, match="Say what"):
            responses.respond(version=version, kind=kind, by=world.head)


def test_respond_refuses_an_old_version_and_a_withdrawn_one(world, version):
    edit(world, "Other words.")
    newest = world.share().version
    with pytest.raises(ValidationError, match="newer version"):
        responses.respond(version=version, kind="accurate", by=world.head)
    sharing.withdraw(part=world.part, reason="Wrong school", by=world.officer)
    with pytest.raises(ValidationError, match="withdrawn"):
        responses.respond(version=newest, kind="accurate", by=world.head)


def test_respond_refuses_another_schools_people_and_links(world, version):
    other = make_other_world()
    other.share()
    link = Recipient.objects.filter(version__part=other.part).first().link
    with pytest.raises(ValidationError, match="Only the school"):
        responses.respond(version=version, kind="accurate", by=other.head)
    with pytest.raises(ValidationError, match="does not belong"):
        responses.respond(version=version, kind="accurate", link=link, name="X", job_title="Head")


def test_part_respond_by_post_stands_on_both_sides(client, world, version):
    client.force_login(world.head)
    url = reverse("engagement:part-respond", args=[world.part.uuid])
    assert client.get(url).status_code == 200
    page = client.post(url, {"kind": "add", "text": "We sing daily."}, follow=True)
    assert page.redirect_chain[-1][0] == world.part.get_absolute_url()
    assert "We sing daily." in page.content.decode()
    client.force_login(world.officer)
    page = client.get(world.conversation.get_absolute_url())
    assert page.status_code == 200
    assert "We sing daily." in page.content.decode()


def test_part_respond_without_words_keeps_the_choice(client, world, version):
    client.force_login(world.head)
    url = reverse("engagement:part-respond", args=[world.part.uuid])
    page = client.post(url, {"kind": "not_accurate", "text": ""})
    assert "Say what is not accurate, and why" in page.content.decode()
    assert not Response.objects.exists()


def test_part_respond_opens_for_leaders_and_editors(client, world, version):
    url = reverse("engagement:part-respond", args=[world.part.uuid])

    def status(person):
        client.force_login(person)
        return client.get(url).status_code

    assert status(world.music_lead) == 200
    assert status(world.officer) == 403
    assert status(world.governor) == 404
    sharing.release(part=world.part, by=world.head)
    assert {name: status(getattr(world, name)) for name in ("governor", "trust_leader", "funder", "partner_staff")} == {
        "governor": 403,
        "trust_leader": 403,
        "funder": 404,
        "partner_staff": 404,
    }
    other = make_other_world()
    assert [status(each) for each in (other.head, other.officer)] == [404, 404]


def test_editor_says_what_is_not_accurate_and_that_it_is_only_with_a_leaders_leave(client, world, version):
    url = reverse("engagement:part-respond", args=[world.part.uuid])
    client.force_login(world.music_lead)
    page = client.get(url).content.decode()
    assert ("Not accurate, because" in page, "we would add" in page, "We have read it" in page) == (True, False, False)
    assert client.post(url, {"kind": "accurate"}).status_code == 200
    with pytest.raises(ValidationError, match="A leader of your school says whether it is accurate"):
        responses.respond(version=version, kind="acknowledged", by=world.music_lead)
    assert not Response.objects.exists()
    assert client.post(url, {"kind": "not_accurate", "text": "We have a choir."}).status_code == 302
    Membership.objects.filter(user=world.music_lead).update(may_acknowledge=True)
    assert client.post(url, {"kind": "accurate"}).status_code == 302
    assert [each.kind for each in Response.objects.order_by("pk")] == ["not_accurate", "accurate"]


def test_response_note_takes_it_off_the_worklist(client, world, version):
    answer = responses.respond(version=version, kind="accurate", by=world.head)
    url = reverse("engagement:response-note", args=[answer.uuid])
    other = make_other_world()
    for person, status in ((other.officer, 404), (world.head, 404), (world.partner_officer, 403), (world.funder, 404)):
        client.force_login(person)
        assert client.post(url).status_code == status
    client.force_login(world.officer)
    assert client.get(url).status_code == 405
    assert client.post(url, {"back": "/today/"}).url == "/today/"
    assert client.post(url, {"back": "https://elsewhere.example/"}).url == world.conversation.get_absolute_url()
    answer.refresh_from_db()
    assert answer.noted_by == world.officer
