"""drafts.js in a real browser, on a page of the kit's own: nothing typed is lost."""

import json
import re
import shutil
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.sessions.backends.cached_db import SessionStore
from django.db import connection
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from hubportal.accounts.models import User
from hubportal.kit import drafts
from hubportal.kit.models import Draft

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.kit.draft_pages")]


def in_database(do):
    """Do something with the database from beside Playwright's loop, which forbids it."""

    def run():
        try:
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}


@pytest.fixture(scope="module")
def chromium():
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # pytest-django flushes tables while Playwright's loop runs
        path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Somebody:
    """A person with a browser of their own."""

    def __init__(self, chromium, address, name, settings):
        self.address, self.settings = address, settings
        self.user = in_database(
            lambda: User.objects.create_user(f"{name.split()[0]}@people.example".lower(), name=name)
        )
        self.context = chromium.new_context(base_url=address)
        self.context.set_default_timeout(8000)
        self.sign_in()

    def sign_in(self, user=None):
        def session():
            client = Client()
            client.force_login(user or self.user)
            return client.cookies[self.settings.SESSION_COOKIE_NAME].value

        cookie = {"name": self.settings.SESSION_COOKIE_NAME, "value": in_database(session), "url": self.address}
        self.context.add_cookies([cookie])

    def end_session(self):
        name = self.settings.SESSION_COOKIE_NAME
        key = next(each["value"] for each in self.context.cookies() if each["name"] == name)
        in_database(lambda: SessionStore(key).flush())

    def open(self, target):
        page = self.context.new_page()
        page.goto(f"/notes/{target}/")
        return page

    def copies(self, page):
        kept = page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('draft:'))")
        return {key: list(json.loads(value).values()) for key, value in kept}


@pytest.fixture
def somebody(chromium, live_server, settings):
    made = []

    def make(name):
        made.append(Somebody(chromium, live_server.url, name, settings))
        return made[-1]

    yield make
    for each in made:
        each.context.close()


@pytest.fixture
def ann(somebody):
    return somebody("Ann Archer")


@pytest.fixture
def ben(somebody):
    return somebody("Ben Baker")


@pytest.fixture
def target():
    return uuid.uuid4()


def values(target):
    return in_database(lambda: Draft.objects.get(target=target).values)


def line(page):
    return page.locator("[data-draft-line]")


def saved(page):
    expect(line(page)).to_have_text(re.compile(r"^Saved at (\d|mid)"))


def type_in(page, text, label="What was said"):
    field = page.get_by_role("textbox", name=label)
    field.focus()
    field.press("End")
    field.press_sequentially(text)


def test_drafts_saves_after_a_pause_and_clears_the_copy(ann, target):
    page = ann.open(target)
    type_in(page, "Singing in every class")
    draft = in_database(lambda: Draft.objects.get(target=target).pk)
    (key,) = ann.copies(page)
    assert key == f"draft:{ann.user.pk}:{draft}"
    saved(page)
    assert (values(target)["text"], ann.copies(page)) == ("Singing in every class", {})
    page.reload()
    expect(page.get_by_role("textbox", name="What was said")).to_have_value("Singing in every class")
    expect(page.locator("[data-draft-copy]")).to_be_hidden()


def test_drafts_saves_within_two_seconds_of_steady_typing(ann, target):
    page = ann.open(target)
    page.get_by_role("textbox", name="What was said").press_sequentially("steadily typing on and on", delay=110)
    assert values(target).get("text", "")


def test_drafts_keeps_words_offline_and_saves_them_when_back(ann, target):
    page = ann.open(target)
    ann.context.set_offline(True)
    type_in(page, "In the car park")
    expect(line(page)).to_contain_text("You are offline: your words are kept in this browser")
    assert [copy["values"] for copies in ann.copies(page).values() for copy in copies] == [{"text": "In the car park"}]
    ann.context.set_offline(False)
    saved(page)
    assert values(target)["text"] == "In the car park"


def test_drafts_offers_words_back_after_a_tab_was_closed_offline(ann, target):
    page = ann.open(target)
    ann.context.set_offline(True)
    type_in(page, "Half a sentence")
    expect(line(page)).to_contain_text("You are offline")
    page.close()
    ann.context.set_offline(False)
    page = ann.open(target)
    banner = page.locator("[data-draft-copy]")
    expect(banner).to_be_visible()
    expect(banner).to_contain_text("Half a sentence")
    expect(page.get_by_role("textbox", name="What was said")).to_have_value("")
    page.get_by_role("button", name="Put my words back").click()
    saved(page)
    expect(banner).to_be_hidden()
    assert (values(target)["text"], ann.copies(page)) == ("Half a sentence", {})


def test_drafts_discards_a_copy_when_told_to(ann, target):
    page = ann.open(target)
    ann.context.set_offline(True)
    type_in(page, "Not this")
    expect(line(page)).to_contain_text("You are offline")
    page.close()
    ann.context.set_offline(False)
    page = ann.open(target)
    page.get_by_role("button", name="Discard").click()
    expect(page.locator("[data-draft-copy]")).to_be_hidden()
    assert (ann.copies(page), values(target).get("text", "")) == ({}, "")


def test_drafts_put_back_upon_words_of_somebody_else_shows_both(ann, ben, target):
    page = ann.open(target)
    ann.context.set_offline(True)
    type_in(page, "Ann's")
    expect(line(page)).to_contain_text("You are offline")
    page.close()
    other = ben.open(target)
    type_in(other, "Ben's")
    saved(other)
    ann.context.set_offline(False)
    page = ann.open(target)
    expect(page.locator("[data-draft-copy]")).to_contain_text("Ben's")
    page.get_by_role("button", name="Put my words back").click()
    expect(page.get_by_text("Ben Baker also changed “What was said”", exact=True)).to_be_visible()
    assert values(target)["text"] == "Ben's"


def test_drafts_keeps_words_when_the_sign_in_ends_and_saves_after_a_new_one(ann, target):
    page = ann.open(target)
    ann.end_session()
    type_in(page, "Mid-sen")
    expect(line(page)).to_contain_text("Your sign-in has ended: your words are kept in this browser.")
    expect(page.get_by_role("link", name="Sign in again")).to_be_visible()
    ann.sign_in()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(page)
    expect(page.get_by_role("link", name="Sign in again")).to_be_hidden()
    assert values(target)["text"] == "Mid-sen"


def test_drafts_words_do_not_change_hands_when_somebody_else_signs_in(ann, ben, target):
    page = ann.open(target)
    ann.end_session()
    type_in(page, "Ann's own words")
    expect(line(page)).to_contain_text("Your sign-in has ended")
    ann.sign_in(ben.user)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(line(page)).to_contain_text("you are now signed in as Ben Baker")
    assert values(target).get("text", "") == ""
    page.close()
    page = ann.open(target)  # the same browser, now Ben's
    page.wait_for_timeout(500)
    expect(page.locator("[data-draft-copy]")).to_be_hidden()
    assert "Ann's own words" not in page.content()
    assert len(ann.copies(page)) == 1


def test_drafts_sign_out_saves_first_and_clears_every_copy(ann, target):
    page = ann.open(target)
    page.evaluate("localStorage.setItem('draft:999:x', '{}')")
    type_in(page, "Last words")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/gone/")
    assert (values(target)["text"], ann.copies(page)) == ("Last words", {})


def test_drafts_sign_out_offline_asks_once(ann, target):
    page = ann.open(target)
    type_in(page, "x")
    saved(page)
    page.route("**/draft/", lambda route: route.abort())
    type_in(page, "y")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("Your last words could not be saved.")).to_be_visible()
    assert len(ann.copies(page)) == 1
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/gone/")
    assert ann.copies(page) == {}


def test_drafts_two_people_in_different_fields_see_each_other(ann, ben, target):
    first, second = ann.open(target), ben.open(target)
    type_in(first, "A title", label="Title")
    saved(first)
    type_in(second, "Ben's text")
    saved(second)
    expect(second.get_by_role("textbox", name="Title")).to_have_value("A title")
    expect(second.get_by_text("Changed by Ann Archer just now")).to_be_visible()
    expect(second.locator("[data-draft-others]")).to_have_text("Also here now: Ann Archer")
    type_in(first, "!", label="Title")
    expect(first.get_by_role("textbox", name="What was said")).to_have_value("Ben's text")


@pytest.mark.parametrize(
    ("button", "kept"),
    [("Keep yours", "Ben's, on"), ("Keep Ann Archer’s", "Ann's"), ("Keep both", "Ann's\n\nBen's, on")],
)
def test_drafts_two_people_in_one_field_choose_side_by_side(ann, ben, target, button, kept):
    first, second = ann.open(target), ben.open(target)
    type_in(first, "Ann's")
    saved(first)
    type_in(second, "Ben's")
    panel = second.locator("[data-draft-conflict]")
    expect(panel).to_contain_text("Ann Archer also changed “What was said”")
    expect(second.get_by_role("textbox", name="What was said")).to_have_value("Ben's")
    type_in(second, ", on")
    expect(panel.locator("[data-slot=mine]")).to_have_text("Ben's, on")
    assert values(target)["text"] == "Ann's"
    second.get_by_role("button", name=button, exact=True).click()
    expect(panel).to_have_count(0)
    expect(second.get_by_role("textbox", name="What was said")).to_have_value(kept)
    assert values(target)["text"] == kept
    type_in(second, " and more")
    second.wait_for_timeout(1800)
    assert values(target)["text"].endswith(" and more")
    assert second.locator("[data-draft-conflict]").count() == 0


def test_drafts_conflict_shows_after_a_reload_too(ann, ben, target):
    first, second = ann.open(target), ben.open(target)
    type_in(first, "Ann's")
    saved(first)
    type_in(second, "Ben's")
    expect(second.locator("[data-draft-conflict]")).to_be_visible()
    second.reload()
    expect(second.get_by_role("textbox", name="What was said")).to_have_value("Ann's")
    second.get_by_role("button", name="Keep both").click()
    expect(second.get_by_role("textbox", name="What was said")).to_have_value("Ann's\n\nBen's")


def test_drafts_share_sends_what_was_typed_a_moment_ago_once(ann, target):
    page = ann.open(target)
    type_in(page, "Typed and sent at once")
    page.get_by_role("button", name="Share").dblclick()
    page.wait_for_url("**/shared/")
    kept = in_database(lambda: Draft.objects.get(target=target))
    assert (kept.values["text"], kept.is_open) == ("Typed and sent at once", False)


def test_drafts_share_offline_stays_on_the_page(ann, target):
    page = ann.open(target)
    ann.context.set_offline(True)
    type_in(page, "Precious")
    page.get_by_role("button", name="Share").click()
    expect(line(page)).to_contain_text("You are offline")
    expect(page.get_by_role("textbox", name="What was said")).to_have_value("Precious")


def test_drafts_save_draft_button_saves_at_once(ann, target):
    page = ann.open(target)
    page.get_by_label("Agreed").check()
    page.get_by_label("How").select_option("call")
    page.get_by_role("button", name="Save draft").click()
    saved(page)
    kept = values(target)
    assert (kept["agreed"], kept["how"]) == ("on", "call")
    page.reload()
    assert page.get_by_label("Agreed").is_checked()
    page.get_by_label("Agreed").uncheck()
    page.wait_for_timeout(1600)
    assert values(target)["agreed"] == ""


def test_drafts_survives_a_server_that_answers_with_errors(ann, target):
    page = ann.open(target)
    failing = {"on": True}
    page.route("**/draft/", lambda route: route.fulfill(status=502, body="bad") if failing["on"] else route.continue_())
    type_in(page, "While it restarts")
    expect(line(page)).to_contain_text("The portal does not answer: your words are kept in this browser")
    failing["on"] = False
    saved(page)
    assert values(target)["text"] == "While it restarts"


def test_drafts_back_button_shows_what_is_saved(ann, target):
    page = ann.open(target)
    type_in(page, "Before leaving")
    page.goto("/shared/")
    page.go_back()
    expect(page.get_by_role("textbox", name="What was said")).to_have_value("Before leaving")
    type_in(page, ", after")
    for _ in range(40):  # the line may still say when it was saved before
        if values(target)["text"] == "Before leaving, after":
            break
        page.wait_for_timeout(500)
    saved(page)
    page.wait_for_timeout(1500)
    assert values(target)["text"] == "Before leaving, after"
    # What this tab had sent on leaving is its own, whether the page was drawn before it arrived or after.
    assert page.locator("[data-draft-conflict]").count() == 0
    expect(page.locator("[data-draft-copy]")).to_be_hidden()


def test_drafts_two_tabs_of_one_person_lose_nothing(ann, target):
    first, second = ann.open(target), ann.open(target)
    type_in(first, "one")
    saved(first)
    type_in(second, "two")
    expect(second.get_by_text("“What was said” was written in two places", exact=True)).to_be_visible()
    second.get_by_role("button", name="Keep both").click()
    expect(second.get_by_role("textbox", name="What was said")).to_have_value("one\n\ntwo")


def test_drafts_two_tabs_of_one_person_name_nobody_else(ann, target):
    first, second = ann.open(target), ann.open(target)
    type_in(first, "A title", label="Title")
    saved(first)
    type_in(second, "words")
    saved(second)
    expect(second.get_by_text("Changed by you, in another window, just now")).to_be_visible()
    expect(second.locator("[data-draft-others]")).to_have_text("")


def test_drafts_retries_when_an_answer_was_lost(ann, target):
    page = ann.open(target)
    lose = {"once": True}

    def handle(route):
        if lose.pop("once", False):
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/draft/", handle)
    type_in(page, "one")
    expect(line(page)).to_contain_text("The portal does not answer")
    type_in(page, " two")
    saved(page)
    page.wait_for_timeout(1500)
    assert values(target)["text"] == "one two"
    assert page.locator("[data-draft-conflict]").count() == 0


def test_drafts_restored_by_the_history_reaches_an_open_page(ann, ben, target):
    page = ann.open(target)
    type_in(page, "first")
    saved(page)

    def restore():
        draft = Draft.objects.get(target=target)
        return drafts.restore(draft=draft, number=0, by=ben.user)

    in_database(restore)
    type_in(page, "T", label="Title")
    expect(page.get_by_role("textbox", name="What was said")).to_have_value("")
