"""Comments on a section: read by those who write the plan, dealt with, withdrawn, and never lost."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from schools.access import today
from schools.models import Membership
from schools.roles import Role
from smdp.actions import comments, plans
from smdp.models import SectionComment, Side
from smdp.today import comments_to_answer, comments_to_deal_with
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
        ("a" * 4001, "Shorten “Your comment” to 4,000 characters or fewer. It has 4,001"),
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
def test_the_hub_reads_no_comment_of_the_school_that_is_not_meant_for_it(plan, comment, head, officer, is_shared):
    if is_shared:
        plans.share(plan=plan, by=head)
    answer = signed_in(officer).get(address(plan))
    assert answer.status_code == (200 if is_shared else 403)
    assert "Who leads the choir?" not in answer.content.decode()
    assert "open comment" not in signed_in(officer).get(plan.get_absolute_url()).content.decode()
    assert not SectionComment.objects.visible_to(officer).exists()


def test_school_and_hub_talk_about_what_was_shared(plan, head, lead, officer):
    plans.share(plan=plan, by=head)
    answer = signed_in(officer).post(address(plan), {"text": "Which key stages sing?"}, follow=True)
    assert "Which key stages sing?" in answer.content.decode()
    page = signed_in(head).get(address(plan)).content.decode()
    assert "Priya Nair (Exampleshire Music Hub)" in page
    assert re.search(r'value="hub"[^>]*checked', page)  # an answer goes to who asked
    signed_in(head).post(address(plan), {"text": "All of them", "readers": ["hub"]})
    signed_in(lead).post(address(plan), {"text": "Do we say so?"})
    page = signed_in(officer).get(address(plan)).content.decode()
    assert "All of them" in page and "Do we say so?" not in page
    assert "2 open comments" in signed_in(officer).get(plan.get_absolute_url()).content.decode()


def test_the_hub_answers_what_it_reads_and_sees_the_words(plan, head, officer):
    assert signed_in(officer).get(address(plan)).status_code == 403
    plans.share(plan=plan, by=head)
    assert "What it says in version 1" in signed_in(officer).get(address(plan)).content.decode()


def test_a_hub_that_reads_nothing_is_not_offered_as_a_reader(plan, head):
    assert "Who else reads it?" not in signed_in(head).get(address(plan)).content.decode()
    signed_in(head).post(address(plan), {"text": "For the hub", "readers": ["hub"]})
    assert not SectionComment.objects.filter(for_hub=True).exists()


def test_the_trust_reads_what_was_said_to_it_since_the_school_joined(plan, head, school):
    trust = make.make_trust("Larkrise Trust", schools=(school,), joined_on=today() - timedelta(days=90))
    marcus = make.make_person(Role.TRUST_LEADER, trust, "Marcus Thwaite")
    section, readers = plan.sections.get(key="vision"), [Side.TRUST]
    before = timezone.now() - timedelta(days=100)
    comments.say(section=section, text="To the trust before", by=head, readers=readers, at=before)
    comments.say(section=section, text="To this trust", by=head, readers=readers)
    comments.say(section=section, text="To the hub", by=head, readers=[Side.HUB])
    plans.share(plan=plan, by=head)
    page = signed_in(marcus).get(address(plan)).content.decode()
    assert "To this trust" in page
    assert "To the trust before" not in page and "To the hub" not in page
    signed_in(marcus).post(address(plan), {"text": "Thank you"})
    assert SectionComment.objects.get(text="Thank you").for_trust
    assert "Marcus Thwaite (Larkrise Trust)" in signed_in(head).get(address(plan)).content.decode()


def test_who_is_named_has_an_email_without_a_word_of_it(
    plan, head, lead, officer, mailoutbox, django_capture_on_commit_callbacks
):
    plans.share(plan=plan, by=head)
    post = {"text": "Ask @tom adeyemi whether the choir meets", "told": [str(officer.pk)]}
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            signed_in(head).post(address(plan), post)
    assert sorted(letter.to[0] for letter in mailoutbox) == sorted([lead.email, officer.email])
    assert all("choir" not in letter.body and address(plan) in letter.body for letter in mailoutbox)
    page = signed_in(officer).get(address(plan)).content.decode()
    assert "Ask @tom adeyemi" in page  # whoever is named reads it
    assert "Told by email: " in page


def test_an_at_that_names_nobody_says_so_beside_the_comment_and_whom_one_can_name(plan, head, lead, mailoutbox):
    words = "@Kelly please look, @tom adeyemi too; or write to office@school.example. @Kelly!"
    page = signed_in(head).post(address(plan), {"text": words}, follow=True).text
    assert words in page, "nothing typed is lost"
    said = "<strong>@Kelly</strong> names nobody who can read this comment, so no email went for it."
    assert said in page and "You can mention Tom Adeyemi: write @ and the full name" in page
    assert list(SectionComment.objects.get().told.all()) == [lead]
    assert "names nobody" not in signed_in(lead).get(address(plan)).text, "it is for whoever wrote it"
    signed_in(head).post(address(plan), {"text": "@Tom Adeyemi look"})
    assert signed_in(head).get(address(plan)).text.count("names nobody") == 1


def test_nobody_to_name_is_said(plan, head):
    page = signed_in(head).post(address(plan), {"text": "@Somebody?"}, follow=True).text
    assert "Nobody else can be mentioned here yet." in page


def test_nobody_is_named_who_may_not_read_it(plan, head, lead, officer):
    answer = signed_in(head).post(address(plan), {"text": "For the hub", "told": [str(officer.pk)]})
    assert answer.status_code == 400
    assert "Select a valid choice" in answer.content.decode()
    assert "For the hub" in answer.content.decode()
    assert not SectionComment.objects.exists()


def test_open_comments_stand_in_the_list_of_today(plan, head, lead, officer, hub):
    plans.share(plan=plan, by=head)
    other = make.make_person(Role.HUB_OFFICER, hub, "Amira Okafor")
    make.make_relationship(hub=hub, school=plan.school, owner=other)
    section = plan.sections.get(key="vision")
    said = comments.say(section=section, text="Will you come?", by=head, readers=[Side.HUB])
    comments.say(section=section, text="Only ours", by=head)
    found = {user: [each.reason for each in comments_to_answer(user, today())] for user in (officer, other, head)}
    assert [len(each) for each in found.values()] == [0, 1, 0]
    said.told.add(officer)
    assert len(list(comments_to_answer(officer, today()))) == 1
    (mine,) = comments_to_deal_with(lead, plan.school, today())
    assert "2 open comments" in mine.reason
    comments.resolve(comment=said, by=lead)
    assert not list(comments_to_answer(other, today()))


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
