"""A plan moves to a newer version of the questions, and no answer is lost."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hubportal.kit.models import Draft
from smdp import writing
from smdp.actions import moving
from smdp.actions import plans as actions
from smdp.sections import SPECIFICATIONS, Fieldset, Section, newest
from smdp.sections.kinds import text
from tests.smdp.factories import fill, make_plan, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(school, head):
    plan = fill(make_plan(school, by=head), by=head)
    write(plan, "vision", by=head, now="Strong in assembly")
    write(plan, "partnership", by=head, others="The brass band")
    return plan


@pytest.fixture
def second(monkeypatch):
    """A version that asks a new question, one no more, and has a section less and one more."""
    sections = []
    for section in SPECIFICATIONS[newest()]:
        if section.key == "vision":
            kept = tuple(part for part in section.fieldsets[0].parts if part.name != "now")
            section = replace(section, fieldsets=(Fieldset("", (*kept, text("dream", "What do you dream of?"))),))
        if section.key != "partnership":
            sections.append(section)
    sections.append(Section("voice", "Pupil voice", "What pupils say.", (Fieldset("", (text("said", "What?"),)),)))
    monkeypatch.setitem(SPECIFICATIONS, newest() + 1, tuple(sections))


def test_a_plan_stays_with_its_questions_until_it_is_moved(plan, second, client):
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "8 of 12 sections complete" in page
    assert "See what is new, and move the plan" in page
    assert "Answers to earlier questions" not in page
    page = client.get(reverse("smdp:plan-move", args=[plan.uuid])).content.decode()
    assert "<li>Vision: What do you dream of?</li><li>Pupil voice: What?</li>" in page
    assert "<li>Vision: Where are you now?</li>" in page
    assert "<li>Partnership: Who else do you work with?</li>" in page


def test_moving_keeps_every_answer(plan, second, client):
    before = writing.answers_of(writing.drafts_of(plan))
    page = client.post(reverse("smdp:plan-move", args=[plan.uuid]), follow=True).content.decode()
    plan.refresh_from_db()
    assert plan.specification == newest()
    assert writing.answers_of(writing.drafts_of(plan)) == before | {"voice": {}}
    assert "Every answer was kept" in page
    assert "Answers to earlier questions" in page
    assert "Strong in assembly" in page
    assert "The brass band" in page
    assert "See what is new" not in page


def test_writing_goes_on_after_the_move_and_earlier_answers_stay(plan, second, head, client):
    moving.move(plan=plan, by=head)
    revision = writing.drafts_of(plan)["vision"].revision
    said = {"vision": "Every child plays", "dream": "A hall", "draft_revision": str(revision), "done": "1"}
    client.post(plan.section_url("vision"), said)
    client.post(plan.section_url("voice"), {"said": "More drums", "done": "1"})
    rows = writing.drafts_of(plan)
    assert rows["vision"].values == {"vision": "Every child plays", "now": "Strong in assembly", "dream": "A hall"}
    assert rows["voice"].values == {"said": "More drums"}


def test_earlier_answers_are_in_the_versions_frozen_afterwards(plan, second, head, client):
    actions.share(plan=plan, by=head)
    moving.move(plan=plan, by=head)
    version = actions.share(plan=plan, by=head)
    assert version.specification == newest()
    page = client.get(version.get_absolute_url()).content.decode()
    assert "Answers to earlier questions" in page
    assert "The brass band" in page
    assert (
        "Answers to earlier questions"
        not in client.get(reverse("smdp:version-detail", args=[plan.uuid, 1])).content.decode()
    )


def test_a_plan_with_the_newest_questions_is_not_moved(plan, head, client):
    with pytest.raises(ValidationError, match="answers the newest questions already"):
        moving.move(plan=plan, by=head)
    assert "There is nothing to do" in client.get(reverse("smdp:plan-move", args=[plan.uuid])).content.decode()


def test_moving_waits_for_a_choice_between_two_peoples_words(plan, second, head, client):
    Draft.objects.filter(pk=writing.drafts_of(plan)["vision"].pk).update(conflicts_ever=1, conflicts_open=1)
    page = client.post(reverse("smdp:plan-move", args=[plan.uuid]))
    assert page.status_code == 400
    assert "Two people wrote the same answer" in page.content.decode()
    plan.refresh_from_db()
    assert plan.specification == newest() - 1


def test_answers_of_a_school_that_became_of_another_kind_are_kept(plan, head, client):
    write(plan, "curriculum", by=head, qualifications="Grade exams since 2020")  # as a secondary school would
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "Answers to earlier questions" in page
    assert "Grade exams since 2020" in page
