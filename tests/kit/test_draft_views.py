"""The address a page saves itself to: what it answers to whom."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hubportal.accounts.models import User
from hubportal.kit import drafts, wording
from hubportal.kit.models import Draft
from tests.kit import draft_pages

TARGET = uuid.UUID(int=7)
PAGE = f"/notes/{TARGET}/"

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.kit.draft_pages")]


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}


@pytest.fixture
def ann():
    return User.objects.create_user("ann@people.example", name="Ann Archer")


@pytest.fixture
def ben():
    return User.objects.create_user("ben@people.example", name="Ben Baker")


@pytest.fixture
def client_of():
    def sign_in(user, **options):
        client = Client(**options)
        client.force_login(user)
        return client

    return sign_in


def send(client, page=PAGE, **fields):
    return client.post(
        f"{page}draft/", {"draft_revision": "0", "draft_writer": "tab", **fields}, headers={"X-Draft": "1"}
    )


def test_draft_saved_is_answered_in_full(client_of, ann):
    reply = send(client_of(ann), title="A title", draft_person=str(ann.pk))
    said = reply.json()
    clock = {wording.clock(timezone.now() - timedelta(minutes=ago)) for ago in (0, 1)}
    assert said.pop("saved_at") in clock
    assert (reply.status_code, said) == (
        200,
        {"revision": 1, "others": [], "changed": {}, "settled": {}, "conflicts": [], "refused": {}, "notes": []},
    )


def test_draft_conflict_is_answered_with_both_sides(client_of, ann, ben):
    send(client_of(ann), text="Ann's")
    said = send(client_of(ben), text="Ben's", title="Ben's title").json()
    (conflict,) = said["conflicts"]
    assert conflict.pop("id")
    assert conflict == {
        "field": "text",
        "label": "What was said",
        "mine": "Ben's",
        "theirs": "Ann's",
        "heading": "Ann Archer also changed “What was said”",
        "mine_title": "Yours",
        "theirs_title": "Ann Archer’s",
        "keep_mine": "Keep yours",
        "keep_theirs": "Keep Ann Archer’s",
        "yours": True,
        "here": True,
        "joinable": True,
        "mine_html": "",
        "theirs_html": "",
    }
    assert (said["others"], said["revision"]) == (["Ann Archer"], 2)


def test_draft_signed_out_is_told_where_to_sign_in():
    reply = send(Client(), text="x")
    assert (reply.status_code, reply.json()["sign_in_url"], Draft.objects.count()) == (401, "/sign-in/", 0)


def test_draft_signed_out_without_the_header_is_sent_to_sign_in():
    reply = Client().post(f"{PAGE}draft/", {})
    assert (reply.status_code, reply.headers["Location"]) == (302, f"/sign-in/?next={PAGE}draft/")


def test_draft_of_a_row_that_is_not_there(client_of, ann):
    reply = send(client_of(ann), page=f"/notes/{uuid.UUID(int=0)}/", text="x")
    assert (reply.status_code, reply.json()["error"][:22]) == (404, "You have no access to ")


def test_draft_that_one_may_not_write_in(client_of, ann, monkeypatch):
    monkeypatch.setattr(draft_pages, "SHUT", {str(TARGET)})
    reply = send(client_of(ann), text="x")
    assert (reply.status_code, reply.json()["error"][:17]) == (403, "You may read this")
    assert Draft.objects.get().values == {}


def test_draft_of_a_page_made_for_somebody_else(client_of, ann, ben):
    reply = send(client_of(ben), text="Ann's words", draft_person=str(ann.pk))
    assert (reply.status_code, reply.json()["reason"], Draft.objects.get().values) == (409, "other_person", {})
    assert "you are now signed in as Ben Baker" in reply.json()["error"]


def test_draft_that_is_closed(client_of, ann, monkeypatch):
    closed = drafts.begin(kind="notes", target=TARGET, by=ann)
    drafts.close(draft=closed, by=ann)
    monkeypatch.setattr(draft_pages.NotesDraft, "get_draft", lambda view: closed)
    reply = send(client_of(ann), text="late")
    assert (reply.status_code, reply.json()["reason"]) == (409, "closed")


def test_draft_with_a_choice_that_is_gone(client_of, ann):
    reply = send(client_of(ann), text="x", draft_resolve="gone:mine")
    assert (reply.status_code, reply.json()["error"]) == (400, "This choice is not there any more. Reload the page.")
    assert Draft.objects.get().values == {}


def test_draft_get_is_not_answered(client_of, ann):
    assert client_of(ann).get(f"{PAGE}draft/").status_code == 405


def test_draft_needs_the_token(client_of, ann, settings):
    settings.CSRF_FAILURE_VIEW = "tests.kit.draft_pages.refused"
    assert send(client_of(ann, enforce_csrf_checks=True), text="x").status_code == 403


def test_draft_rows_that_others_added_come_with_their_words(client_of, ann, ben):
    rows = {"rows-INITIAL_FORMS": "0", "rows-TOTAL_FORMS": "2", "rows-1-what": "Ring back"}
    send(client_of(ann), **rows)
    said = send(client_of(ben), **{"rows-INITIAL_FORMS": "0", "rows-TOTAL_FORMS": "1"}).json()
    assert said["changed"] == {
        "rows-TOTAL_FORMS": {"value": "2", "by": "Ann Archer"},
        "rows-1-what": {"value": "Ring back", "by": "Ann Archer"},
    }


def test_page_without_javascript_saves_and_shows_a_conflict(client_of, ann, ben):
    for_ann, for_ben = client_of(ann), client_of(ben)
    before = {"rows-INITIAL_FORMS": "0", "rows-TOTAL_FORMS": "1", "draft_revision": "0", "draft_save": "1"}
    for_ann.post(PAGE, {**before, "draft_writer": "a", "text": "Ann's"})
    for_ben.post(PAGE, {**before, "draft_writer": "b", "text": "Ben's"})
    page = for_ben.get(PAGE).content.decode()
    conflict = Draft.objects.get().conflicts.get()
    assert f'name="draft_resolve" value="{conflict.pk}:both"' in page
    assert 'data-slot="keep_theirs" formnovalidate>Keep Ann Archer’s</button>' in page
    after = {
        "rows-INITIAL_FORMS": "0",
        "rows-TOTAL_FORMS": "1",
        "draft_revision": "2",
        "draft_writer": "c",
        "text": "Ann's",
    }
    for_ben.post(PAGE, {**after, "draft_resolve": f"{conflict.pk}:both"})
    assert Draft.objects.get().values["text"] == "Ann's\n\nBen's"
    assert "Keep both" not in for_ben.get(PAGE).content.decode().split("<template")[0]
