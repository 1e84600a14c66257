"""The hub reviews a shared plan and returns it: every word kept, nobody else reads it, nothing is blocked."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from engagement.desk import groups_for
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import Membership, School, TimelineEntry
from schools.roles import Role
from smdp import writing
from smdp.actions import elsewhere, evaluations, notes, plans, reviews
from smdp.models import Plan, PlanReview
from smdp.reviewing import newest_evaluation
from tests import factories as make
from tests.smdp.factories import (
    answer,
    fill,
    keep_elsewhere,
    make_evaluation,
    make_plan,
    priority,
    review_words,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(plan, head):
    return plans.share(plan=plan, by=head)


@pytest.fixture
def review(version, officer):
    return reviews.begin(version=version, by=officer)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(review: PlanReview) -> str:
    return reverse("smdp:review-edit", args=[review.version.plan.uuid, review.version.number])


def state_of(plan: Plan) -> str:
    return Plan.objects.get(pk=plan.pk).state


def test_sharing_tells_the_hubs_contact(plan, head, officer, hub, mailoutbox, django_capture_on_commit_callbacks):
    make.make_relationship(hub=hub, school=plan.school, owner=officer)
    with django_capture_on_commit_callbacks(execute=True):
        plans.share(plan=plan, by=head)
    (letter,) = mailoutbox
    assert letter.to == [officer.email]
    assert letter.subject == "Millbrook Junior School has shared its music development plan"
    assert "Every child sings" not in letter.body


def test_returned_review_stands_beside_the_text_and_tells_the_leaders(
    review, plan, head, officer, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        post = {"on_vision": "Say how you will know", "strengths": "Singing", "return": "1"}
        signed_in(officer).post(page_of(review), post)
    assert state_of(plan) == "reviewed"
    (letter,) = mailoutbox
    assert letter.to == [head.email]
    assert "Say how" not in letter.body
    client = signed_in(head)
    assert "Say how you will know" in client.get(plan.section_url("vision")).text
    assert "Say how you will know" not in client.get(plan.section_url("staffing")).text
    assert "Singing" in client.get(review.version.get_absolute_url()).text
    assert "What the hub says" in client.get(plan.get_absolute_url()).text
    entry = TimelineEntry.objects.get(source=review.timeline_source)
    assert entry.heading.endswith("reviewed by the hub")


def test_school_reads_nothing_until_it_is_returned(review, plan, head, officer):
    review_words(review, by=officer, on_vision="Half a thought")
    client = signed_in(head)
    for address in (plan.get_absolute_url(), plan.section_url("vision"), review.version.get_absolute_url()):
        assert "Half a thought" not in client.get(address).text
    assert not PlanReview.objects.visible_to(head).exists()
    assert client.get(page_of(review)).status_code == 403


def test_returned_twice_is_returned_once(review, officer, mailoutbox, django_capture_on_commit_callbacks):
    review_words(review, by=officer, strengths="Singing")
    with django_capture_on_commit_callbacks(execute=True):
        first = reviews.give_back(review=review, by=officer)
        again = reviews.give_back(review=review, by=officer)
    assert again.returned_at == first.returned_at
    assert len(mailoutbox) <= 1


def test_begun_twice_is_one_review(version, officer, hub):
    colleague = make.make_person(Role.HUB_OFFICER, hub, "Dai Rees")
    assert reviews.begin(version=version, by=officer) == reviews.begin(version=version, by=colleague)


def test_two_reviewers_keep_every_word(review, officer, hub):
    colleague = make.make_person(Role.HUB_OFFICER, hub, "Dai Rees")
    for who, name, words in ((officer, "on_vision", "Brave"), (colleague, "on_staffing", "Thin")):
        post = {name: words, "draft_save": "1", "draft_revision": "0"}
        assert signed_in(who).post(page_of(review), post).status_code == 302
    values = writing.review_draft_of(review).values
    assert (values["on_vision"], values["on_staffing"]) == ("Brave", "Thin")


def test_words_that_come_after_the_return_are_shown_again(review, officer):
    review_words(review, by=officer, strengths="Singing")
    reviews.give_back(review=review, by=officer)
    response = signed_in(officer).post(page_of(review), {"on_vision": "One thing more", "return": "1"})
    assert response.status_code == 400
    assert "One thing more" in response.text


def test_nothing_written_is_not_returned(review, plan, officer):
    response = signed_in(officer).post(page_of(review), {"strengths": " ", "return": "1"})
    assert response.status_code == 400
    assert "Write a comment, a strength or a suggestion first" in response.text
    assert state_of(plan) == "shared"


def test_sharing_again_waits_for_the_hub_again(review, plan, head, officer):
    review_words(review, by=officer, strengths="Singing")
    reviews.give_back(review=review, by=officer)
    write(plan, "vision", by=head, now="Changed")
    version = plans.share(plan=plan, by=head)
    assert state_of(plan) == "shared"
    assert reviews.begin(version=version, by=officer) != review


def test_review_of_an_earlier_version_leaves_the_plan_waiting(review, plan, head, officer):
    write(plan, "vision", by=head, now="Changed")
    plans.share(plan=plan, by=head)
    review_words(review, by=officer, strengths="Singing")
    reviews.give_back(review=review, by=officer)
    assert state_of(plan) == "shared"


@pytest.mark.parametrize("reviewed_first", [True, False])
def test_adopting_waits_for_nobody(review, plan, head, officer, reviewed_first):
    review_words(review, by=officer, strengths="Singing")
    if reviewed_first:
        reviews.give_back(review=review, by=officer)
    plans.adopt(plan=plan, presented_on=today(), by=head)
    reviews.give_back(review=review, by=officer)
    assert state_of(plan) == "adopted"


def test_shared_again_after_adopting_waits_for_the_hub(plan, head, officer, client):
    plans.adopt(plan=plan, presented_on=today(), by=head)
    write(plan, "vision", by=head, now="Changed since")
    version = plans.share(plan=plan, by=head)
    assert state_of(plan) == "adopted"
    reasons = [item.reason for group in groups_for(officer, today()) for item in group.items]
    assert sum("plan waits" in reason for reason in reasons) == 1
    assert "Waiting for your review" in signed_in(officer).get(plan.get_absolute_url()).text
    review = reviews.begin(version=version, by=officer)
    review_words(review, by=officer, strengths="Singing")
    reviews.give_back(review=review, by=officer)
    assert "Waiting for your review" not in signed_in(officer).get(plan.get_absolute_url()).text


def test_closed_school_keeps_what_is_written(review, officer):
    School.objects.filter(pk=review.version.plan.school_id).update(status=School.Status.CLOSED)
    response = signed_in(officer).post(page_of(review), {"strengths": "Singing", "return": "1"})
    assert response.status_code == 400
    assert "has closed" in response.text
    assert "Singing" in response.text
    assert writing.review_draft_of(review).values["strengths"] == "Singing"


def test_review_of_an_earlier_version_is_not_begun(version, plan, head, officer):
    write(plan, "vision", by=head, now="Changed")
    plans.share(plan=plan, by=head)
    with pytest.raises(ValidationError, match="a later version"):
        reviews.begin(version=version, by=officer)


def test_ended_membership_writes_nothing(review, officer):
    client = signed_in(officer)
    Membership.objects.filter(user=officer).update(starts_on=today().replace(year=2020), ends_on=today())
    assert client.post(page_of(review), {"strengths": "Singing", "draft_save": "1"}).status_code == 404
    assert not writing.review_draft_of(review).values


def test_last_years_plan_stands_beside(plan, head, officer):
    last = fill(make_plan(plan.school, by=head, year=plan.year - 1), by=head, word="Last year we sang")
    plans.share(plan=last, by=head)
    review = reviews.begin(version=plans.share(plan=plan, by=head), by=officer)
    response = signed_in(officer).get(page_of(review))
    assert "Last year we sang vision" in response.text


def test_last_years_plan_that_was_kept_elsewhere_stands_beside(review, plan, head, officer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert "and none is recorded that was kept elsewhere" in signed_in(officer).get(page_of(review)).text
    kept = keep_elsewhere(plan.school, "Agrimony", by=head)
    page = signed_in(officer).get(page_of(review)).text
    for words in (str(kept), kept.url, "Agrimony.pdf", "Agrimony choir", "Adopted on", kept.get_absolute_url()):
        assert words in page
    assert "and none is recorded" not in page
    elsewhere.remove(plan=kept, by=head)
    assert str(kept) not in signed_in(officer).get(page_of(review)).text


def test_notes_and_check_ins_of_both_years_stand_beside_the_priorities(school, head, officer):
    last = fill(make_plan(school, by=head, year=academic_year(today()) - 1), by=head)
    write(last, "priorities", by=head, **priority("A choir"))
    before = plans.share(plan=last, by=head)
    notes.check_in(version=before, said=[notes.Said(0, "amber", "Ten came")], help="A tutor, please", by=head)
    plan = fill(make_plan(school, by=head), by=head)
    write(plan, "priorities", by=head, **priority("A band"))
    version = plans.share(plan=plan, by=head)
    notes.note(version=version, said=notes.Said(0, "green", "Drums are here"), by=head)
    review = reviews.begin(version=version, by=officer)
    page = signed_in(officer).get(page_of(review)).text
    for words in (
        "Ten came",
        "A tutor, please",
        "Drums are here",
        f"priorities, {plan.when}",
        f"priorities, {last.when}",
    ):
        assert words in page
    assert before.check_ins.get().get_absolute_url() in page


def test_the_schools_self_evaluation_stands_beside(review, plan, head, officer):
    assert "has not submitted a self-evaluation" in signed_in(officer).get(page_of(review)).text
    last = answer(make_evaluation(plan.school, by=head, year=plan.year - 1), "singing", 1, "Hardly sung", by=head)
    evaluations.submit(evaluation=last, by=head)
    now = answer(make_evaluation(plan.school, by=head), "singing", 3, "Heard in assembly", by=head)
    assert "Hardly sung" in signed_in(officer).get(page_of(review)).text
    evaluations.submit(evaluation=now, by=head)
    text = signed_in(officer).get(page_of(review)).text
    assert "Heard in assembly" in text and "Hardly sung" not in text


def test_a_self_evaluation_stands_beside_for_those_who_may_read_it_alone(plan, head, officer):
    row = answer(make_evaluation(plan.school, by=head), "singing", 3, "Heard in assembly", by=head)
    assert newest_evaluation(officer, plan) is None, "still being written"
    version = evaluations.submit(evaluation=row, by=head)
    assert newest_evaluation(officer, plan) == version
    other = make.make_person(Role.HUB_MANAGER, make.make_hub("Samplefolk Music Hub"), "Olga Other")
    trust = make.make_trust("Larkrise Trust", schools=(plan.school,), joined_on=today() + timedelta(days=1))
    later = make.make_person(Role.TRUST_LEADER, trust, "Marcus Thwaite")
    assert newest_evaluation(other, plan) is None
    assert newest_evaluation(later, plan) is None


def test_todays_list_and_the_plans_list_name_what_waits(version, plan, officer):
    def waiting() -> list[str]:
        return [
            item.reason for group in groups_for(officer, today()) for item in group.items if "plan waits" in item.reason
        ]

    assert len(waiting()) == 1
    review = reviews.begin(version=version, by=officer)
    review_words(review, by=officer, strengths="Singing")
    reviews.give_back(review=review, by=officer)
    assert not waiting()
    rows = signed_in(officer).get(reverse("smdp:plan-list"), {"plan": "reviewed"})
    assert plan.school.name in rows.text
