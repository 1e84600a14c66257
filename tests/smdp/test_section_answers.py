"""Somebody without an account answers a section of a plan by an emailed link, and the school takes it over."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hubportal.kit import drafts
from hubportal.kit.models import SignedLink
from schools.roles import Role
from smdp import writing
from smdp.actions import plans, section_answers
from smdp.models import SectionAnswer
from tests import factories as make
from tests.smdp.factories import write

pytestmark = pytest.mark.django_db

PAGE = {"base_revision": "1", "draft_revision": "0", "draft_writer": "tab"}  # as it was opened first
SIGNED = {"who-name": "Ann Sparrow", "who-job_title": "Choir leader"}
ANN = {"name": "Ann Sparrow", "email": "ann@choirs.example"}


@pytest.fixture
def answer(plan, head) -> SectionAnswer:
    return section_answers.ask(section=plan.sections.get(key="vision"), by=head, **ANN)[0]


@pytest.fixture
def ask(plan, client, mailoutbox):
    """The head asks Ann for the vision; the token of the link in her email."""

    def press(**who: str) -> str:
        address = reverse("smdp:section-ask", args=[plan.uuid, "vision"])
        page = client.post(address, ANN | who, follow=True)
        assert "has an email with a link" in page.content.decode()
        return re.search(r"/s/([^/\s]+)/", mailoutbox[-1].body)[1]

    return press


@pytest.fixture
def ann(mailoutbox):
    """Ann's browser, once she has shown the code."""

    def come_in(token: str) -> Client:
        browser = Client()
        browser.post(reverse("smdp:section-link-code", args=[token]))
        code = re.search(r"\b(\d{6})\b", mailoutbox[-1].body)[1]
        assert browser.post(reverse("smdp:section-link-code", args=[token]), {"code": code}).url == write_url(token)
        return browser

    return come_in


def write_url(token: str) -> str:
    return reverse("smdp:section-link-write", args=[token])


def draft_url(token: str) -> str:
    return reverse("smdp:section-link-draft", args=[token])


def given(answer: SectionAnswer, **values: str) -> SectionAnswer:
    """Kept upon what stands in the section, and given to the school."""
    by, base = answer.link.created_by, answer.section.draft.revision
    draft = section_answers.begin_writing(answer=answer, base_revision=base)
    drafts.save(draft=draft, base_revision=draft.revision, values=values, by=by, words_of="Ann Sparrow")
    section_answers.give(answer=answer, name="Ann Sparrow", job_title="Choir leader")
    return SectionAnswer.objects.get(pk=answer.pk)


def now(plan) -> dict:
    return writing.drafts_of(plan)["vision"].values


def settle(client, answer, how: str = "take_over"):
    return client.post(answer.get_absolute_url(), {how: "1"}, follow=True)


def test_answers_arrive_and_are_taken_over(
    plan, head, client, ask, ann, mailoutbox, django_capture_on_commit_callbacks
):
    token = ask()
    assert "Every child sings" not in mailoutbox[-1].body
    browser = ann(token)
    page = browser.get(write_url(token)).content.decode()
    assert "Every child sings vision" in page and "Every child sings send" not in page
    said = {"vision": "Everybody sings in Latin", **PAGE, **SIGNED}
    with django_capture_on_commit_callbacks(execute=True):
        thanks = browser.post(write_url(token), said | {"give": "1"}, follow=True).content.decode()
    assert "has your answers" in thanks and "You sent your answers" in thanks
    assert mailoutbox[-1].to == [head.email] and "Ann Sparrow has answered" in mailoutbox[-1].subject
    assert "Latin" not in mailoutbox[-1].body
    assert now(plan)["vision"] == "Every child sings vision"
    section = client.get(plan.section_url("vision")).content.decode()
    assert "Ann Sparrow answered this section by link" in section
    answer = SectionAnswer.objects.get()
    shown = client.get(answer.get_absolute_url()).content.decode()
    assert "Latin" in shown and "Choir leader" in shown
    settle(client, answer)
    assert now(plan)["vision"] == "Everybody sings in Latin"
    assert "Thank you: your answers stand in the plan" in browser.get(write_url(token)).content.decode()


def test_what_is_saved_is_not_the_schools_before_it_is_sent(plan, client, ask, ann):
    token = ask()
    browser = ann(token)
    browser.post(write_url(token), PAGE | {"vision": "Half a thou", "draft_save": "1"})
    assert "Half a thou" in browser.get(write_url(token)).content.decode()
    answer = SectionAnswer.objects.get()
    assert "Half a thou" not in client.get(answer.get_absolute_url()).content.decode()
    assert "not been given to the school" in settle(client, answer).content.decode()
    assert now(plan)["vision"] == "Every child sings vision"


def test_both_wrote_it_and_every_word_is_kept(plan, head, client, answer):
    given(answer, vision="Ann’s words")
    write(plan, "vision", by=head, vision="The head’s words")
    page = settle(client, answer).content.decode()
    assert "Choose below which words stand" in page
    assert "Ann’s words" in page and "The head’s words" in page
    assert "Ann Sparrow also changed “What do you want for every pupil?”" in page
    assert "Ann Sparrow’s, taken over by you" in page and ">Yours<" in page
    assert "Keep Ann Sparrow’s" in page and "Keep yours" in page


def test_whose_words_they_are_is_told_to_everybody_and_stays(plan, head, lead, client, client_of, answer):
    given(answer, vision="Ann’s words", now="Ann’s too")
    write(plan, "vision", by=lead, vision="Tom’s words")
    settle(client, answer)
    page = client_of(lead).get(plan.section_url("vision")).content.decode()
    assert "Ann Sparrow’s, taken over by Ruth Pell" in page and ">Yours<" in page
    history = client.get(reverse("smdp:section-history", args=[plan.uuid, "vision"])).content.decode()
    assert "Ann Sparrow, taken over by Ruth Pell" in history
    stale = {"draft_revision": "2", "draft_writer": "tab", "vision": "Tom’s words", "now": "Tom’s as well"}
    saved = client_of(lead).post(reverse("smdp:section-draft", args=[plan.uuid, "vision"]), stale).json()
    panel = next(each for each in saved["conflicts"] if each["field"] == "now")
    assert (panel["heading"][:24], panel["theirs_title"]) == (
        "Ann Sparrow also changed",
        "Ann Sparrow’s, taken over by Ruth Pell",
    )


def test_what_the_school_changed_elsewhere_in_the_section_stays(plan, head, client, answer):
    given(answer, vision="Ann’s words")
    write(plan, "vision", by=head, now="The head’s words")
    settle(client, answer)
    assert (now(plan)["vision"], now(plan)["now"]) == ("Ann’s words", "The head’s words")


def test_laid_aside_stays_to_be_read(plan, client, answer):
    page = settle(client, given(answer, vision="Ann’s words"), "lay_aside").content.decode()
    assert "Laid aside by Ruth Pell" in page and "Ann’s words" in page
    assert now(plan)["vision"] == "Every child sings vision"


def test_the_page_of_readers_does_not_hide_whoever_reads_by_link(plan, client, answer, head):
    address = reverse("smdp:guest-list", args=[plan.uuid, "vision"])
    nobody = "Nobody outside your school reads this section"
    page = client.get(address).content.decode()
    assert nobody not in page and "Whoever you asked by link does" in page
    section_answers.end(answer=answer, by=head)
    assert nobody in client.get(address).content.decode()


def test_a_name_that_breaks_a_line_breaks_no_email(ask, ann, mailoutbox, django_capture_on_commit_callbacks):
    browser = ann(token := ask())
    said = PAGE | SIGNED | {"vision": "Loud", "who-name": "Ann\rSparrow", "give": "1"}
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(write_url(token), said).status_code == 302
    assert "Ann Sparrow has answered" in mailoutbox[-1].subject


def test_settled_twice_is_settled_once(plan, client, answer):
    settle(client, given(answer, vision="Ann’s words"))
    write(plan, "vision", by=plan.begun_by, vision="Later words")
    assert "settled this already" in settle(client, answer).content.decode()
    assert now(plan)["vision"] == "Later words"


def test_words_that_come_too_late_stay_on_the_page(plan, head, ask, ann):
    token = ask()
    browser = ann(token)
    answer = given(SectionAnswer.objects.get(), vision="First")
    section_answers.lay_aside(answer=answer, by=head)
    late = PAGE | {"vision": "Second thoughts", "draft_save": "1"}
    page = browser.post(write_url(token), late)
    assert page.status_code == 409
    assert "Second thoughts" in page.content.decode() and "copy them" in page.content.decode()
    saving = browser.post(draft_url(token), late)
    assert saving.status_code == 409 and "copy them" in saving.json()["error"]


def test_what_is_typed_is_saved_by_itself(plan, head, client, ask, ann):
    token = ask()
    browser = ann(token)
    said = browser.post(draft_url(token), PAGE | {"vision": "Half a thou", "who-job_title": "Choir"}).json()
    assert said["revision"] == 1 and said["saved_at"] and said["others"] == []
    page = browser.get(write_url(token)).content.decode()
    assert "Half a thou" in page and 'value="Choir"' in page and f"Saved at {said['saved_at']}" in page
    assert f'data-draft-url="{draft_url(token)}"' in page
    assert now(plan)["vision"] == "Every child sings vision"
    assert "Half a thou" not in client.get(SectionAnswer.objects.get().get_absolute_url()).content.decode()
    (kept,) = SectionAnswer.objects.get().draft.revisions.all()
    assert str(kept.author) == "Ann Sparrow, taken over by Ruth Pell"


def test_it_is_saved_upon_what_stood_on_the_page(plan, head, client, ask, ann):
    token = ask()
    browser = ann(token)
    browser.get(write_url(token))
    write(plan, "vision", by=head, now="The head’s later words")
    browser.post(draft_url(token), PAGE | {"vision": "Ann’s words", "now": ""})
    section_answers.give(answer=SectionAnswer.objects.get(), name="Ann Sparrow", job_title="Choir leader")
    settle(client, SectionAnswer.objects.get())
    assert (now(plan)["vision"], now(plan)["now"]) == ("Ann’s words", "The head’s later words")


def test_two_windows_and_every_word_is_kept(ask, ann):
    browser = ann(token := ask())
    first = PAGE | {"vision": "From the first window", "now": "Only there", "draft_save": "1"}
    browser.post(write_url(token), first)
    second = PAGE | {"vision": "From the second", "now": "", "draft_writer": "other", **SIGNED, "give": "1"}
    page = browser.post(write_url(token), second, follow=True)
    shown = page.content.decode()
    assert "in two windows" in shown
    assert "From the first window" in shown and "From the second" in shown
    answer = SectionAnswer.objects.get()
    assert (answer.values["vision"], answer.values["now"]) == ("From the first window", "Only there")
    assert answer.sent_at is None
    (conflict,) = drafts.open_conflicts(answer.draft)
    choice = {"draft_resolve": f"{conflict.pk}:both", "vision": answer.values["vision"], "now": "Only there"}
    fresh = {"base_revision": "1", "draft_revision": str(answer.draft.revision), "draft_writer": "third"}
    assert browser.post(write_url(token), fresh | choice).status_code == 302
    assert SectionAnswer.objects.get().values["vision"] == "From the first window\n\nFrom the second"


def test_second_thoughts_are_not_the_schools_before_they_are_sent_again(plan, client, ask, ann):
    browser = ann(token := ask())
    browser.post(write_url(token), PAGE | SIGNED | {"vision": "As sent", "give": "1"})
    answer = SectionAnswer.objects.get()
    again = PAGE | SIGNED | {"vision": "Half a thou", "draft_revision": "1"}
    assert browser.post(write_url(token), again | {"draft_save": "1"}).status_code == 302
    shown = client.get(answer.get_absolute_url()).content.decode()
    assert "As sent" in shown and "Half a thou" not in shown
    assert "Half a thou" in browser.get(write_url(token)).content.decode()
    settle(client, answer)
    assert now(plan)["vision"] == "As sent"
    done = browser.get(write_url(token)).content.decode()
    assert "did not send" in done and "Half a thou" in done


def test_pressed_twice_is_saved_once(ask, ann):
    browser = ann(token := ask())
    once = PAGE | {"vision": "Loud and clear", "draft_save": "1"}
    assert [browser.post(write_url(token), once).status_code for _ in range(2)] == [302, 302]
    assert SectionAnswer.objects.get().draft.revision == 1


def test_a_page_drawn_again_still_counts_from_where_it_began(plan, head, ask, ann):
    browser = ann(token := ask())
    write(plan, "vision", by=head, vision="The head’s words")
    page = browser.post(write_url(token), PAGE | {"vision": "x" * 100_001, "draft_save": "1"})
    assert page.status_code == 400 and page.context["base_revision"] == 1


def test_who_asked_and_left_is_not_told(answer, head, school, mailoutbox, django_capture_on_commit_callbacks):
    other = make.make_person(Role.SCHOOL_LEADER, school, "Dev Patel")
    head.memberships.update(ends_on=timezone.localdate(), ended_by=other)
    with django_capture_on_commit_callbacks(execute=True):
        given(answer, vision="Ann’s words")
    assert [each.to for each in mailoutbox] == [[other.email]]


def test_send_says_what_is_missing_and_keeps_the_words(ask, ann):
    token = ask()
    browser = ann(token)
    page = browser.post(write_url(token), PAGE | {"vision": "Loud and clear", "who-name": "", "give": "1"})
    assert page.status_code == 400
    assert "Enter your name" in page.content.decode() and "Loud and clear" in page.content.decode()
    assert SectionAnswer.objects.get().values["vision"] == "Loud and clear"
    assert SectionAnswer.objects.get().sent_at is None


def test_ended_link_opens_no_more(plan, client, ask, ann):
    token = ask()
    browser = ann(token)
    answer = SectionAnswer.objects.get()
    page = client.post(reverse("smdp:section-answer-end", args=[answer.uuid]), follow=True).content.decode()
    assert "opens nothing any more" in page and "Link ended" in page
    assert browser.get(write_url(token)).status_code == 410
    assert browser.post(write_url(token), {"vision": "x", "draft_save": "1"}).status_code == 410
    saving = browser.post(draft_url(token), {"vision": "x"})
    assert saving.status_code == 410 and "opens no more" in saving.json()["error"]


@pytest.mark.parametrize("how", ["adopted later", "closed", "expired"])
def test_link_ends_with_what_it_is_for(how, plan, head, school, ask, ann):
    token = ask()
    browser = ann(token)
    if how == "adopted later":
        plan.superseded_at = timezone.now()
        plan.save()
    elif how == "closed":
        school.status = 2
        school.save()
    else:
        SignedLink.objects.update(
            created_at=timezone.now() - timedelta(days=40), expires_at=timezone.now() - timedelta(days=12)
        )
    assert browser.get(write_url(token)).status_code == 410


def test_without_the_code_nothing_is_shown_or_kept(ask):
    token = ask()
    stranger = Client()
    page = stranger.get(reverse("smdp:section-link-open", args=[token])).content.decode()
    assert "Every child sings" not in page and "ann@choirs.example" not in page
    assert stranger.get(write_url(token)).url == reverse("smdp:section-link-open", args=[token])
    for address in (write_url(token), draft_url(token)):
        assert stranger.post(address, {"vision": "x", "draft_save": "1"}).status_code == 302
    assert SectionAnswer.objects.get().draft is None


def test_code_that_has_expired_is_said_with_the_way_to_a_new_one(ask, ann):
    token = ask()
    browser = ann(token)
    session = browser.session
    (key,) = [key for key, _ in session.items() if key.startswith("link:")]
    session[key] = 0
    session.save()
    page = browser.get(write_url(token), follow=True).text
    assert "The code that you entered here has expired. Press “Send me a code”, and enter the new one." in page
    assert "Send me a code</button>" in page and "sign-in has ended" not in page
    page = browser.post(write_url(token), {"vision": "Words", "draft_save": "1"}, follow=True).text
    assert "Nothing was sent: go back in your browser to see what you wrote" in page
    assert "has expired" not in Client().get(write_url(token), follow=True).text, "who was never here is just asked"
    assert browser.post(draft_url(token), {"vision": "Words"}).status_code == 302, "the page says it itself"


def test_asked_once_and_not_where_they_write_already(plan, lead, client, ask):
    ask()
    address = reverse("smdp:section-ask", args=[plan.uuid, "vision"])
    again = client.post(address, ANN)
    assert again.status_code == 400 and "asked already" in again.content.decode()
    page = client.post(address, {"name": "Tom", "email": lead.email.upper()})
    assert page.status_code == 400 and "write in this plan already" in page.content.decode()


def test_who_writes_the_plan_is_led_to_its_own_page(plan, client, ask):
    token = ask()
    assert client.get(reverse("smdp:section-link-open", args=[token])).url == plan.section_url("vision")


def test_answers_wait_under_today(head, client, answer):
    given(answer, vision="Ann’s words")
    page = client.get("/", follow=True).content.decode()
    assert "nswers by Ann Sparrow in “Vision” wait for you" in page and answer.get_absolute_url() in page


def test_hub_and_other_schools_see_nothing_of_it(answer, officer, client_of):
    given(answer, vision="Ann’s words")
    other = make.make_person(Role.SCHOOL_LEADER, make.make_school("Elsewhere School"), "Someone Else")
    for user in (officer, other):
        assert client_of(user).get(answer.get_absolute_url()).status_code == 404


def test_take_over_after_the_plan_ended_is_refused(plan, head, client, answer):
    given(answer, vision="Ann’s words")
    plans.adopt(plan=plan, presented_on=timezone.localdate(), by=head)
    plan.refresh_from_db()
    plan.superseded_at = timezone.now()
    plan.save()
    assert client.post(answer.get_absolute_url(), {"take_over": "1"}).status_code == 403
    assert "Take these answers over" not in client.get(answer.get_absolute_url()).content.decode()
