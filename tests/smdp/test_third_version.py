"""Version 3 of a plan's questions: to each school its own, and nothing lost on the way there."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hubportal.kit.drafts.merge import COUNTER
from schools.models import School
from smdp import answers, features, writing
from smdp.actions import moving, summaries
from smdp.actions import plans as actions
from smdp.asking import asked_in, sections_of, settings_of
from smdp.earlier import earlier_answers
from smdp.forms import AddressField
from smdp.models import Plan
from smdp.sections import SPECIFICATIONS, Field, Kind, newest, sections_for
from tests import factories as make
from tests.smdp.factories import (
    confirm_at,
    fill,
    make_plan,
    make_trust_plan,
    must,
    share_with_schools,
    write,
    write_for_trust,
)

pytestmark = pytest.mark.django_db

STAGES = ("early_years", "taught_ks1", "taught_ks2", "taught_ks3", "taught_ks4", "taught_ks5")
PHASE = School.Phase
# Phase, ages, and what is asked: the stages, the number of key features, whether of minutes by year group, of exams.
SCHOOLS = {
    "nursery": (PHASE.NURSERY, (2, 5), ["early_years"], 2, False, False),
    "infant": (PHASE.PRIMARY, (4, 7), ["early_years", "taught_ks1"], 7, True, False),
    "infant from 5": (PHASE.PRIMARY, (5, 7), ["early_years", "taught_ks1"], 7, True, False),
    "junior": (PHASE.PRIMARY, (7, 11), ["taught_ks2"], 7, True, False),
    "primary": (PHASE.PRIMARY, (3, 11), ["early_years", "taught_ks1", "taught_ks2"], 7, True, False),
    "primary without ages": (PHASE.PRIMARY, (None, None), ["early_years", "taught_ks1", "taught_ks2"], 7, True, False),
    "middle": (PHASE.MIDDLE_SECONDARY, (9, 13), ["taught_ks2", "taught_ks3"], 7, True, False),
    "secondary": (PHASE.SECONDARY, (11, 16), ["taught_ks3", "taught_ks4"], 7, True, True),
    "with a sixth form": (PHASE.SECONDARY, (11, 18), ["taught_ks3", "taught_ks4", "taught_ks5"], 7, True, True),
    "from 14": (PHASE.SECONDARY, (14, 19), ["taught_ks4", "taught_ks5"], 6, True, True),
    "16-plus college": (PHASE.POST_16, (16, 99), ["taught_ks5"], 6, False, True),
    "all-through": (PHASE.ALL_THROUGH, (4, 18), list(STAGES), 7, True, True),
    "special": (PHASE.NOT_APPLICABLE, (4, 19), [], 7, False, True),
    "special primary": (PHASE.NOT_APPLICABLE, (4, 11), [], 7, False, False),
}


@pytest.fixture
def special(db):
    return make.make_type(code="7", name="Community special school")


@pytest.mark.parametrize("kind", SCHOOLS)
def test_each_school_sees_the_questions_that_apply_to_it(kind, special):
    phase, (low, high), stages, number, by_year, exams = SCHOOLS[kind]
    more = {"type": special} if phase == PHASE.NOT_APPLICABLE else {}
    school = make.make_school(phase=phase, low_age=low, high_age=high, **more)
    asked = {each.key: each for each in sections_of(3, school)}
    names = {part.name: part for fieldset in asked["curriculum"].fieldsets for part in fieldset.parts}
    assert [each for each in STAGES if each in names] == stages
    assert all(names[each].is_required for each in stages if each != "early_years" or kind == "nursery")
    assert ("time" in names, "groups" in names) == (by_year, kind.startswith("special"))
    assert names["taught"].is_required == kind.startswith("special")
    assert ("qualifications" in names) == exams
    assert sum(1 for each in asked["features"].fields() if each.kind == Kind.CHOICE) == number
    assert len(asked) == 12, "every school has something to say in every section"
    assert all(len(each) <= 10 for each in settings_of(school)), "as long as a version keeps them"


def test_earlier_versions_are_asked_as_before(special):
    for kind, (phase, (low, high), *_rest) in SCHOOLS.items():
        more = {"type": special} if phase == PHASE.NOT_APPLICABLE else {}
        school = make.make_school(phase=phase, low_age=low, high_age=high, **more)
        four = [each for each in settings_of(school) if each in ("primary", "secondary", "special", "post-16")]
        for number in (1, 2):
            assert sections_of(number, school) == sections_for(number, four), kind


def everything(specification: int, school: School) -> dict[str, dict[str, str]]:
    """An answer to every question of a version that the school is asked, one row in each table."""
    found: dict[str, dict[str, str]] = {}
    for section in sections_of(specification, school):
        values = found.setdefault(section.key, {})
        for field in section.fields():
            values |= said_to(field, field.name, section.key)
        for table in section.tables():
            values[f"{table.name}{COUNTER}"] = "1"
            for column in table.answered:
                values |= said_to(column, f"{table.name}-0-{column.name}", section.key)
    return found


def said_to(field: Field, name: str, key: str) -> dict[str, str]:
    if field.kind == Kind.DATE:
        return {f"{name}_0": "3", f"{name}_1": "7", f"{name}_2": "2027"}
    if field.kind == Kind.CHOICE:
        return {name: field.choices[-1][0]}
    return {name: "60" if field.kind in (Kind.NUMBER, Kind.MONEY) else f"{key} {name} said"}


@pytest.mark.parametrize("kind", ["primary", "junior", "16-plus college", "nursery", "secondary"])
@pytest.mark.parametrize("begun_under", [1, 2])
def test_moving_a_filled_plan_loses_no_answer(begun_under, kind, head, hub, client_of):
    phase, (low, high), *_rest = SCHOOLS[kind]
    school = make.make_school("Moving School", hub=hub, phase=phase, low_age=low, high_age=high)
    leader = make.make_person("school_leader", school, "Moira Head")
    plan = make_plan(school, by=leader)
    Plan.objects.filter(pk=plan.pk).update(specification=begun_under)
    plan.refresh_from_db()
    said = everything(begun_under, school)
    for key, values in said.items():
        write(plan, key, by=leader, **values)
    before = writing.answers_of(writing.drafts_of(plan))
    version = actions.share(plan=plan, by=leader)
    moving.move(plan=plan, by=leader)
    plan.refresh_from_db()
    assert plan.specification == newest() == 3
    after = writing.answers_of(writing.drafts_of(plan))
    assert after == before
    page = client_of(leader).get(plan.get_absolute_url()).content.decode()
    now = answers.chapters(asked_in(plan), after)
    then = earlier_answers(plan.specification, settings_of(school), after)
    shown = {each.words for chapter in [*now, *then] for _title, found in chapter.passages for each in found}
    shown |= {
        words
        for chapter in [*now, *then]
        for _title, found in chapter.passages
        for passage in found
        for row in passage.rows
        for words in (row.heading, *(each.words for each in row.said))
    }
    texts = {value for values in said.values() for value in values.values() if value.endswith(" said")}
    assert {each for each in texts if each not in shown} == set()
    assert ("Answers to earlier questions" in page) == bool(then)
    version.refresh_from_db()
    assert version.specification == begun_under and version.answers == before


def test_the_page_that_offers_to_move_says_what_becomes_public_and_what_is_worded_anew(plan, client):
    Plan.objects.filter(pk=plan.pk).update(specification=2)
    page = client.get(reverse("smdp:plan-move", args=[plan.uuid])).content.decode()
    assert "<li>Lessons and ensembles: Where can pupils rehearse and practise, and on what?</li>" in page
    assert page.count("May go into the public summary from now on") == 1
    assert "Now: What do you use from the hub?" in page
    assert "<li>Curriculum music: Key stage 2: what do pupils learn?</li>" in page


def test_what_a_trust_wrote_where_it_was_not_public_stays_out_of_the_summary(school, head, hub):
    trust = make.make_trust("Ashby Trust", (school,))
    leader = make.make_person("trust_leader", trust, "Marcus Lead")
    plan = fill(make_plan(school, by=head), by=head)
    theirs = make_trust_plan(trust, by=leader)
    type(theirs).objects.filter(pk=theirs.pk).update(specification=2)
    theirs.refresh_from_db()
    write_for_trust(theirs, "lessons", by=leader, space="Only for ourselves", remissions="Told to families")
    share_with_schools(theirs, by=leader)
    confirm_at(plan, "lessons", by=head)
    words = summaries.prefill(plan)["co_curricular"]
    assert "Told to families" in words and "Only for ourselves" not in words


def test_where_pupils_practise_and_the_policy_reach_part_b_and_wishes_do_not(plan, head):
    write(plan, "lessons", by=head, space="In the hall")
    write(plan, "overview", by=head, charging_policy="https://school.example/charging(2)")
    write(plan, "partnership", by=head, hub_support="Brass in Year 4", hub_wanted="A harp, please")
    found = summaries.prefill(plan)
    assert "# Where pupils practise\nIn the hall" in found["co_curricular"]
    assert "[Our charging and remissions policy](https://school.example/charging%282%29)" in found["co_curricular"]
    assert found["further"] == "Brass in Year 4"
    assert "harp" not in "".join(map(str, found.values()))


def test_the_register_names_the_trust_of_a_new_plan_and_of_one_that_moves(school, head):
    make.make_trust("Ashby Trust", (school,))
    plan = make_plan(school, by=head)
    assert writing.drafts_of(plan)["overview"].values["trust"] == "Ashby Trust"
    write(plan, "overview", by=head, trust="")
    Plan.objects.filter(pk=plan.pk).update(specification=2)
    moving.move(plan=plan, by=head)
    assert writing.drafts_of(plan)["overview"].values["trust"] == "Ashby Trust"


@pytest.mark.parametrize("words", ["javascript:alert(1)", "ftp://x.example/a", "our website", "www.school.example"])
def test_an_address_that_is_none_is_refused_and_never_a_link(words):
    with pytest.raises(ValidationError, match="whole address of a page"):
        AddressField(label="Policy", required=False).clean(words)
    assert answers.web_address(words) == ""


def test_an_address_is_read_as_a_link_and_anything_else_as_words(plan, head, client):
    write(plan, "overview", by=head, charging_policy="https://school.example/p", trust_plan="javascript:alert(1)")
    page = client.get(actions.share(plan=plan, by=head).get_absolute_url()).content.decode()
    assert 'href="https://school.example/p"' in page
    assert "javascript:alert(1)" in page and 'href="javascript' not in page


def test_the_form_says_what_may_go_into_the_summary_and_helps(plan, client):
    page = client.get(plan.section_url("partnership")).content.decode()
    assert page.count("<b>May go into the public summary.</b>") == 1
    assert page.count("Help with this question") == 3
    page = client.get(plan.section_url("lessons")).content.decode()
    assert "<b>May go into the public summary: Instrument or voice; Who pays. Nothing else.</b>" in page
    blank = client.get(reverse("smdp:plan-print", args=[plan.uuid]), {"blank": "1"}).content.decode()
    assert blank.count("<b>May go into the public summary.</b>") == sum(
        field.is_public for section in asked_in(plan) for field in section.fields()
    )
    assert "Say what a lesson costs" in blank
    assert "Say what a lesson costs" not in client.get(reverse("smdp:plan-print", args=[plan.uuid])).content.decode()


def test_guidance_names_questions_that_there_are():
    names = {
        f"{section.key}.{part.name}": part
        for section in SPECIFICATIONS[3]
        for fieldset in section.fieldsets
        for part in fieldset.parts
    }
    helped = {name for name, part in names.items() if part.guidance}
    assert {name for name in names if not name.endswith("_evidence")} - helped == {
        "overview.trust_plan",
        "curriculum.scheme_name",
        "partnership.others",
    }


def test_a_college_has_a_picture_of_six_features(hub):
    college = make.make_school("Ashby College", hub=hub, phase=PHASE.POST_16)
    head = make.make_person("school_leader", college, "Cora Head")
    plan = make_plan(college, by=head)
    write(plan, "features", by=head, **must(plan, "features", "yes"))
    picture = features.picture_of(asked_in(plan), writing.answers_of(writing.drafts_of(plan)))
    assert (picture.title, picture.finding) == ("The key features", "6 yes")
    assert picture.note == "Six of the National Plan’s seven apply to this school."


def test_a_question_worded_anew_is_one_change_between_versions(plan, head, client):
    Plan.objects.filter(pk=plan.pk).update(specification=2)
    plan.refresh_from_db()
    write(plan, "partnership", by=head, hub_support="Brass in Year 4")
    actions.share(plan=plan, by=head)
    moving.move(plan=plan, by=head)
    plan.refresh_from_db()
    write(plan, "partnership", by=head, hub_support="Brass in Year 5")
    actions.share(plan=plan, by=head)
    page = client.get(reverse("smdp:version-compare", args=[plan.uuid]))
    labels = [
        each.label for each in page.context["changes"] if not each.label.startswith("Curriculum music: Key stage")
    ]
    assert labels == ["Partnership: What do you use from the hub?"]
