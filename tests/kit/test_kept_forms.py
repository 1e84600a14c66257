"""Forms that are sent once, in a real browser: their words wait in the browser until the server has taken them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.cached_db import SessionStore
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from playwright.sync_api import expect

from hubportal.kit.kept_forms import TAKEN, TakenMiddleware, not_taken
from tests.kit import draft_pages
from tests.kit.test_drafts_js import ann, ben, chromium, line, plain_static_files, somebody  # noqa: F401  # fixtures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.kit.draft_pages")]
NAME = "3f58ae49-d9af-4b57-8189-a9ec53556dba"


@pytest.fixture(autouse=True)
def nothing_asked():
    draft_pages.ASKED.clear()


def asking(person):
    page = person.context.new_page()
    page.goto("/ask/")
    return page


def write(page, words="Brass on a Thursday?", when="June"):
    page.get_by_label("Your words").fill(words)
    page.get_by_label("When").fill(when)


def test_kept_form_keeps_its_words_until_they_are_taken(ann):  # noqa: F811
    page = asking(ann)
    write(page, when="")
    ((key, kept),) = ann.copies(page).items()
    assert key == f"draft:{ann.user.pk}:/ask/"
    assert [each["values"] for each in kept] == [{"words": "Brass on a Thursday?", "when": ""}]
    page.get_by_role("button", name="Send").click()  # a mistake: the page comes again, with its words
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert [each["values"]["words"] for each in ann.copies(page)[key]] == ["Brass on a Thursday?"]
    page.get_by_label("When").fill("June")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/shared/")
    assert draft_pages.ASKED == [("Ann Archer", "Brass on a Thursday?")]
    assert ann.copies(page) == {}
    later = asking(ann)
    later.wait_for_timeout(500)
    expect(later.locator("[data-draft-copy]")).to_be_hidden()


def test_kept_form_stays_on_its_page_when_the_sign_in_has_ended_and_goes_on_after_it(ann):  # noqa: F811
    page = asking(ann)
    write(page)
    ann.end_session()
    page.get_by_role("button", name="Send").click()
    expect(line(page)).to_contain_text("Your sign-in has ended: your words are kept in this browser.")
    ann.sign_in()
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/shared/")
    assert draft_pages.ASKED == [("Ann Archer", "Brass on a Thursday?")]
    assert ann.copies(page) == {}


def test_kept_form_offers_its_words_to_whoever_wrote_them_after_the_page_is_lost(ann, ben):  # noqa: F811
    page = asking(ann)
    write(page)
    page.close()
    page = asking(ann)
    banner = page.locator("[data-draft-copy]")
    expect(banner).to_contain_text("Brass on a Thursday?")
    ann.sign_in(ben.user)
    other = asking(ann)
    other.wait_for_timeout(500)
    expect(other.locator("[data-draft-copy]")).to_be_hidden()
    other.close()
    ann.sign_in()
    page.get_by_role("button", name="Put my words back").click()
    expect(page.get_by_label("Your words")).to_have_value("Brass on a Thursday?")


def test_kept_form_is_not_sent_under_another_persons_name(ann, ben):  # noqa: F811
    page = asking(ann)
    write(page)
    ann.sign_in(ben.user)
    page.get_by_role("button", name="Send").click()
    expect(line(page)).to_contain_text("Somebody else is signed in here now")
    assert draft_pages.ASKED == []


def test_kept_form_words_go_at_sign_out_after_a_warning(ann):  # noqa: F811
    page = asking(ann)
    write(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("[data-draft-notes]")).to_contain_text("they are lost")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/gone/")
    assert ann.copies(page) == {}


def answered(response: HttpResponse, reached: bool = True, led_away: bool = False, name: str = NAME) -> str | None:
    def answer(request: HttpRequest) -> HttpResponse:
        if reached:
            middleware.process_view(request, answer, (), {})
        if led_away:
            not_taken(request)
        return response

    middleware = TakenMiddleware(answer)
    request = RequestFactory().post("/ask/", {"draft_kept": name})
    request.user = AnonymousUser()
    request.session = SessionStore()
    cookie = middleware(request).cookies.get(TAKEN)
    return cookie.value if cookie else None


def test_taken_names_a_form_only_when_its_view_led_on():
    assert answered(HttpResponseRedirect("/shared/")) == NAME
    assert answered(HttpResponse("again")) is None
    assert answered(HttpResponse("wrong", status=400)) is None
    assert answered(HttpResponseRedirect("/sign-in/"), reached=False) is None
    assert answered(HttpResponseRedirect("/code/"), led_away=True) is None
    assert answered(HttpResponseRedirect("/shared/"), name="x; path=/evil") is None
