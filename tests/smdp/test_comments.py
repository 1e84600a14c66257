"""Comments on a section: read by those who write the plan, dealt with, withdrawn, and never lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.access import today
from schools.models import Membership
from schools.roles import Role
from smdp.actions import comments, plans
from smdp.models import SectionComment
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(plan, head):
    return comments.say(section=plan.sections.get(key="vision"), text="Who leads the choir?", by=head)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(plan, key: str = "vision") -> str:
    return reverse("smdp:comment-list", args=[plan.uuid, key])


def mark(client: Client, comment, word: str):
    plan = comment.section.plan
    return client.post(reverse("smdp:comment-mark", args=[plan.uuid, "vision", comment.uuid]), {word: "1"}, follow=True)


def test_a_comment_stands_beside_its_section_and_is_counted_on_the_plans_page(plan, head, lead):
    answer = signed_in(head).post(address(plan), {"text": "Who leads the choir?"}, follow=True)
    assert "Who leads the choir?" in answer.content.decode()
    page = signed_in(lead).get(plan.section_url("vision")).content.decode()
    assert "1 open comment" in page
    assert "Who leads the choir?" in page
    assert "Who leads the choir?" not in signed_in(lead).get(plan.section_url("inclusion")).content.decode()
    assert signed_in(lead).get(plan.get_absolute_url()).content.decode().count("1 open comment") == 1


def test_what_is_dealt_with_says_who_did_it_and_can_be_opened_again(plan, comment, lead):
    client = signed_in(lead)
    page = mark(client, comment, "resolve").content.decode()
    assert "Dealt with: Tom Adeyemi" in page
    assert "open comment" not in client.get(plan.get_absolute_url()).content.decode()
    assert "Who leads the choir?" not in client.get(plan.section_url("vision")).content.decode()
    mark(client, comment, "reopen")
    assert "1 open comment" in client.get(plan.get_absolute_url()).content.decode()


def test_a_withdrawn_comment_leaves_its_mark_and_not_its_words(plan, comment, head, lead):
    page = mark(signed_in(head), comment, "withdraw").content.decode()
    assert "Withdrawn by whoever wrote it" in page
    assert "Who leads the choir?" not in page
    assert "Who leads the choir?" not in signed_in(lead).get(plan.section_url("vision")).content.decode()


def test_nobody_withdraws_what_another_said(comment, lead):
    page = mark(signed_in(lead), comment, "withdraw").content.decode()
    assert "Only the person who wrote a comment can withdraw it." in page
    assert "Who leads the choir?" in page
    with pytest.raises(ValidationError):
        comments.withdraw(comment=comment, by=lead)


def test_what_is_dealt_with_twice_keeps_who_was_first(comment, head, lead):
    comments.resolve(comment=comment, by=head)
    assert comments.resolve(comment=comment, by=lead).resolved_by == head


def test_a_second_press_says_nothing_twice(plan, head):
    for _ in range(2):
        signed_in(head).post(address(plan), {"text": "Who leads the choir?"})
    assert SectionComment.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Enter your comment"),
        ("  \n ", "Enter your comment"),
        ("null\x00", "Null characters are not allowed."),
        ("a" * 4001, "Use 4,000 characters or fewer. There are 4001 now"),
    ],
    ids=["empty", "blank", "null", "long"],
)
def test_bad_words_are_refused_with_a_sentence(plan, head, text, sentence):
    answer = signed_in(head).post(address(plan), {"text": text})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not SectionComment.objects.exists()


def test_words_that_look_like_a_script_are_shown_as_words(plan, head):
    client = signed_in(head)
    client.post(address(plan), {"text": "<script>alert(1)</script>"})
    for page in (address(plan), plan.section_url("vision")):
        shown = client.get(page).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
        assert "<script>alert(1)" not in shown


@pytest.mark.parametrize("is_shared", [False, True], ids=["before sharing", "after sharing"])
def test_the_hub_reads_no_comment_of_the_school(plan, comment, head, hub, is_shared):
    if is_shared:
        plans.share(plan=plan, by=head)
    officer = make.make_person(Role.HUB_OFFICER, hub, "Priya Nair")
    assert signed_in(officer).get(address(plan)).status_code == 403
    assert "open comment" not in signed_in(officer).get(plan.get_absolute_url()).content.decode()
    assert not SectionComment.objects.visible_to(officer).exists()


def test_a_comment_is_kept_after_its_writers_membership_ends_who_reads_it_no_more(plan, comment, head, lead):
    Membership.objects.filter(user=head).update(starts_on=today() - timedelta(days=9), ends_on=today())
    assert signed_in(head).get(address(plan)).status_code == 404
    page = signed_in(lead).get(address(plan)).content.decode()
    assert "Ruth Pell" in page
    assert "Who leads the choir?" in page


def test_many_comments_cost_the_same_queries_as_one(plan, comment, head, django_assert_num_queries):
    client = signed_in(head)

    with CaptureQueriesContext(connection) as one:
        client.get(address(plan))
    for number in range(9):
        comments.say(section=comment.section, text=f"Comment {number}", by=head)
    with django_assert_num_queries(len(one)):
        client.get(address(plan))
