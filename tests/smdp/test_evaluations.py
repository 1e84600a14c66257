"""A self-evaluation is begun from a conversation, written and submitted; nobody reads what is not submitted."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from engagement.actions import sharing
from engagement.actions.entries import JudgementEntry, PartEntry
from engagement.addressees import addressees_at
from hubportal.kit.models import Draft
from hubportal.kit.wording import academic_year, long_date
from schools.access import today
from schools.actions import successions
from schools.models import School, TimelineEntry
from schools.roles import Role
from smdp.actions import evaluations as actions
from smdp.evaluations import evaluating
from smdp.models import SelfEvaluation, SelfEvaluationVersion
from tests import factories as make
from tests.engagement.factories import criterion, make_conversation, part_of
from tests.smdp.factories import answer, make_evaluation

pytestmark = pytest.mark.django_db

YEAR = academic_year(today())


def talked(school, officer, *judgements, days=9, share=True):
    """A conversation some days ago that judged this, as the school was given it."""
    hub = officer.memberships.get().hub
    make.make_contact("Ruth Pell", hub=hub, school=school, is_leader=True)
    told = make_conversation(
        school,
        by=officer,
        on=today() - timedelta(days=days),
        form="full",
        parts={school: PartEntry(summary="We spoke.", judgements=list(judgements))},
    )
    part = part_of(told)
    if share:
        sharing.share(part=part, recipients=addressees_at(school=school, hub=hub), by=officer)
    return part


def judged(code, school_level=None, hub_level=None, agreed=None):
    return JudgementEntry(criterion(code), school_level, hub_level, agreed)


def values_of(evaluation) -> dict:
    return evaluating.draft_of(evaluation).values


def submitted(school, head, *, level=2, year=None, at=None, evidence="Heard in assembly"):
    row = answer(make_evaluation(school, by=head, year=year), "singing", level, evidence, by=head)
    return actions.submit(evaluation=row, by=head, at=at)


# --- Beginning, and what a conversation suggests -------------------------------------------------------------------


def test_begin_from_the_page_leads_to_the_writing(school, head, client_of):
    client = client_of(head)
    assert "Begin a self-evaluation" in client.get(reverse("smdp:plan-list")).content.decode()
    page = client.post(reverse("smdp:evaluation-begin", args=[school.urn]), {"year": YEAR}, follow=True)
    evaluation = SelfEvaluation.objects.get()
    assert page.redirect_chain[-1][0] == evaluation.write_url
    assert "Begun. Answer in any order" in page.content.decode()
    assert (evaluation.year, evaluation.when, evaluation.state) == (YEAR, f"{YEAR} to {YEAR + 1}", "draft")


def test_begin_without_a_year_says_so(school, head, client_of):
    page = client_of(head).post(reverse("smdp:evaluation-begin", args=[school.urn]), {})
    assert "Answer “Which academic year is it about?”" in page.content.decode()
    assert not SelfEvaluation.objects.exists()


@pytest.mark.parametrize(
    ("year", "sentence"),
    [(YEAR - 2, "Choose last, this or the next"), (YEAR + 2, "Choose last, this or the next"), (YEAR, "already")],
)
def test_begin_twice_or_for_a_year_far_away_is_refused(school, head, year, sentence):
    make_evaluation(school, by=head)
    with pytest.raises(ValidationError, match=sentence):
        make_evaluation(school, by=head, year=year)


def test_begin_for_a_closed_school_is_refused(school, head):
    School.objects.filter(pk=school.pk).update(status=School.Status.CLOSED)
    school.refresh_from_db()
    with pytest.raises(ValidationError, match="has closed"):
        make_evaluation(school, by=head)


def test_begin_for_a_year_before_one_that_was_submitted_is_refused(school, head):
    submitted(school, head)
    with pytest.raises(ValidationError, match="submitted one for a later year"):
        make_evaluation(school, by=head, year=YEAR - 1)


def test_levels_of_the_last_shared_conversation_are_suggested_and_are_no_answers(school, head, officer, client_of):
    talked(school, officer, judged("singing", 1, 1, 1), days=20)
    talked(school, officer, judged("singing", 2, 3, 3), judged("choir", 2, 4), days=9)
    talked(school, officer, judged("singing", 4, 4, 4), days=2, share=False)
    evaluation = make_evaluation(school, by=head)
    page = client_of(head).get(evaluation.write_url).content.decode()
    day = long_date(today() - timedelta(days=9))
    assert f"2 levels are suggested from your conversation of {day}" in page
    assert f"<b>Established</b>, from your conversation of {day}" in page
    assert f"<b>Emerging</b>, from your conversation of {day}" in page  # they differed: the school's own
    assert values_of(evaluation) == {}
    with pytest.raises(ValidationError, match="Choose a level for at least one criterion first"):
        actions.submit(evaluation=evaluation, by=head)


def test_a_suggestion_becomes_an_answer_by_one_press_that_keeps_what_was_typed(school, head, officer, client_of):
    talked(school, officer, judged("singing", 3, 3, 3))
    evaluation = make_evaluation(school, by=head)
    client = client_of(head)
    answered = client.post(evaluation.write_url, {"take_over": "singing", "choir-evidence": "Forty sing"})
    assert answered.headers["Location"] == f"{evaluation.write_url}#singing"
    assert values_of(evaluation) | {"singing-level": "3", "choir-evidence": "Forty sing"} == values_of(evaluation)
    assert "from your conversation of" not in client.get(evaluation.write_url).content.decode()


def test_a_level_that_was_never_suggested_cannot_be_taken_over(school, head, client_of):
    evaluation = make_evaluation(school, by=head)
    client_of(head).post(evaluation.write_url, {"take_over": "singing"})
    assert not values_of(evaluation).get("singing-level")


def test_a_withdrawn_conversation_suggests_nothing(school, head, officer, client_of):
    part = talked(school, officer, judged("singing", 3, 3, 3))
    evaluation = make_evaluation(school, by=head)
    sharing.withdraw(part=part, reason="By mistake", by=officer)
    assert "from your conversation of" not in client_of(head).get(evaluation.write_url).content.decode()


def test_last_years_level_stands_beside_the_question(school, head, client_of):
    submitted(school, head, level=2, year=YEAR - 1)
    evaluation = make_evaluation(school, by=head)
    assert "Not answered yet; last year Emerging" in client_of(head).get(evaluation.write_url).content.decode()


# --- Writing -------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_as_it_is_typed(school, head, client_of):
    evaluation = make_evaluation(school, by=head)
    address = reverse("smdp:evaluation-draft", args=[evaluation.uuid])
    saved = client_of(head).post(
        address, {"draft_revision": 0, "draft_person": head.pk, "singing-evidence": "Each class daily"}
    )
    assert saved.status_code == 200
    assert values_of(evaluation)["singing-evidence"] == "Each class daily"


def test_too_long_an_evidence_is_kept_and_named(school, head, client_of):
    evaluation = make_evaluation(school, by=head)
    long = "x" * 2001
    page = client_of(head).post(evaluation.write_url, {"singing-evidence": long, "singing-level": "2", "done": "1"})
    assert page.status_code == 400
    assert "Shorten “Your evidence” to 2,000 characters or fewer. It has 2,001" in page.content.decode()
    assert values_of(evaluation)["singing-evidence"] == long
    with pytest.raises(ValidationError, match="Shorten the evidence of “Singing every week”"):
        actions.submit(evaluation=evaluation, by=head)


def test_an_earlier_state_is_shown_by_its_criteria_and_brought_back(school, head, client_of):
    evaluation = make_evaluation(school, by=head)
    answer(evaluation, "singing", 2, "First words", by=head)
    answer(evaluation, "singing", 3, "Second words", by=head)
    client, address = client_of(head), reverse("smdp:evaluation-history", args=[evaluation.uuid])
    listed = client.get(address).content.decode()
    assert "Singing every week: your level" in listed
    assert "First words" not in listed
    assert "First words" in client.get(f"{address}?state=1").content.decode()
    assert client.get(f"{address}?state=9").status_code == 404
    page = client.post(reverse("smdp:evaluation-restore", args=[evaluation.uuid]), {"state": "1"}, follow=True)
    assert "Brought back" in page.content.decode()
    assert values_of(evaluation)["singing-evidence"] == "First words"


def test_the_writing_costs_the_same_with_two_hundred_states(school, head, client_of):
    evaluation = make_evaluation(school, by=head)
    client, costs = client_of(head), []
    for times in (1, 199):
        for number in range(times):
            answer(evaluation, "singing", 2, f"Words {times} {number}", by=head)
        for address in (evaluation.write_url, reverse("smdp:evaluation-history", args=[evaluation.uuid])):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            costs.append(len(queries))
    assert costs[:2] == costs[2:]


# --- Submitting ----------------------------------------------------------------------------------------------------


def test_submit_freezes_what_is_written_and_says_what_is_open(school, head, client_of):
    evaluation = answer(make_evaluation(school, by=head), "singing", 3, "Heard", by=head)
    client, address = client_of(head), reverse("smdp:evaluation-submit", args=[evaluation.uuid])
    page = client.post(address, follow=True)
    assert "Your governors, your hub and your trust read version 1 now" in page.content.decode()
    version = SelfEvaluationVersion.objects.get()
    answer(evaluation, "singing", 1, "Changed", by=head)
    version.refresh_from_db()
    assert version.answers == {"singing": {"level": 3, "evidence": "Heard"}}
    assert (version.number, version.made_by) == (1, head)
    evaluation.refresh_from_db()
    assert evaluation.state == "submitted"


def test_submit_again_needs_a_change(school, head):
    version = submitted(school, head)
    with pytest.raises(ValidationError, match="Nothing has changed since version 1"):
        actions.submit(evaluation=version.evaluation, by=head)
    answer(version.evaluation, "choir", 2, by=head)
    assert actions.submit(evaluation=version.evaluation, by=head).number == 2


def test_submit_waits_for_a_choice_between_two_peoples_words(school, head, client_of):
    evaluation = answer(make_evaluation(school, by=head), "singing", 3, by=head)
    Draft.objects.filter(target=evaluation.uuid).update(conflicts_ever=1, conflicts_open=1)
    page = client_of(head).post(reverse("smdp:evaluation-submit", args=[evaluation.uuid]))
    assert page.status_code == 400
    assert "Two people wrote the same answer" in page.content.decode()


def test_submitting_the_next_year_ends_the_writing_of_this_one(school, head, client_of):
    old = submitted(school, head, year=YEAR - 1).evaluation
    submitted(school, head, level=3)
    old.refresh_from_db()
    assert old.superseded_at is not None
    assert evaluating.draft_of(old) is None
    client = client_of(head)
    assert client.get(old.write_url).status_code == 403
    assert "That of a later year was submitted" in client.get(old.get_absolute_url()).content.decode()


def test_it_stands_in_the_timeline_without_a_word_of_it(school, head):
    version = submitted(school, head)
    entry = TimelineEntry.objects.get(source=version.timeline_source)
    assert (entry.heading, entry.audience, entry.text) == (f"{version.evaluation}: submitted", "released", "")
    assert entry.url == version.get_absolute_url()


# --- Who reads what ------------------------------------------------------------------------------------------------


def test_nobody_else_knows_of_it_before_it_is_submitted(hub, school, head, officer, client_of):
    trust = make.make_trust("Larkrise", schools=(school,))
    people = [
        officer,
        make.make_person(Role.SCHOOL_VIEWER, school, "Sheila Okonjo"),
        make.make_person(Role.TRUST_LEADER, trust, "Marcus Thwaite"),
        make.make_person(Role.RELATIONSHIP_MANAGER, hub, "Fay Under"),
    ]
    evaluation = answer(make_evaluation(school, by=head), "singing", 3, "Cowslip", by=head)
    for person in people:
        assert not SelfEvaluation.objects.visible_to(person).exists()
        assert client_of(person).get(evaluation.get_absolute_url()).status_code == 404
    actions.submit(evaluation=evaluation, by=head)
    answer(evaluation, "singing", 1, "Foxglove", by=head)
    for person in people[:3]:
        page = client_of(person).get(evaluation.get_absolute_url()).content.decode()
        assert "Cowslip" in page
        assert "Foxglove" not in page
        assert client_of(person).get(evaluation.write_url).status_code == 403
        history = reverse("smdp:evaluation-history", args=[evaluation.uuid])
        assert client_of(person).get(history).status_code == 403
    assert client_of(people[3]).get(evaluation.get_absolute_url()).status_code == 404


def test_a_trust_reads_from_the_day_the_school_joined_while_it_is_in_it(school, head):
    before = submitted(school, head, year=YEAR - 1, at=timezone.now() - timedelta(days=30))
    since = submitted(school, head, level=4)
    trust = make.make_trust("Larkrise", schools=(school,), joined_on=today() - timedelta(days=9))
    leader = make.make_person(Role.TRUST_LEADER, trust, "Marcus Thwaite")
    assert list(SelfEvaluationVersion.objects.visible_to(leader)) == [since]
    assert list(SelfEvaluation.objects.visible_to(leader)) == [since.evaluation]
    trust.trust_schools.update(left_on=today())
    again = type(leader).objects.get(pk=leader.pk)
    assert not SelfEvaluationVersion.objects.visible_to(again).exists()
    assert before.evaluation.year == YEAR - 1


def test_an_editor_whose_membership_has_ended_is_told_and_nothing_changes(school, head, client_of):
    evaluation = make_evaluation(school, by=head)
    editor = make.make_person(Role.SCHOOL_EDITOR, school, "Tom Adeyemi")
    client = client_of(editor)
    editor.memberships.update(ends_on=today())
    answered = client.post(reverse("smdp:evaluation-draft", args=[evaluation.uuid]), {"singing-evidence": "Mine"})
    assert answered.status_code == 404
    assert "Your words are still in this browser" in answered.json()["error"]
    assert values_of(evaluation) == {}


def test_the_schools_page_leads_to_it(school, head, officer, client_of):
    address = school.get_absolute_url()
    assert "Begin this year’s self-evaluation" in client_of(head).get(address).content.decode()
    assert "None submitted in the portal yet" in client_of(officer).get(address).content.decode()
    evaluation = submitted(school, head).evaluation
    for person in (head, officer):
        assert f'href="{evaluation.get_absolute_url()}"' in client_of(person).get(address).content.decode()


# --- A school that becomes another ---------------------------------------------------------------------------------


def test_it_goes_over_to_the_successor_and_back(hub, school, head):
    manager = make.make_person(Role.HUB_MANAGER, hub, "Jo Marsh")
    evaluation = submitted(school, head).evaluation
    academy = make.make_school("Millbrook Academy", hub=hub)
    succession = make.make_succession(hub=hub, predecessor=school, successor=academy)
    successions.apply(succession=succession, how="move", by=manager)
    evaluation.refresh_from_db()
    assert evaluation.school == academy
    successions.undo(succession=succession, by=manager)
    evaluation.refresh_from_db()
    assert evaluation.school == school


# --- Year beside year ----------------------------------------------------------------------------------------------


def test_two_years_stand_side_by_side_by_words_and_symbol(school, head, officer, client_of):
    last = make_evaluation(school, by=head, year=YEAR - 1)
    for code, level in (("singing", 2), ("choir", 3), ("lessons", 3), ("ensemble", 1)):
        answer(last, code, level, f"{code} then", by=head)
    actions.submit(evaluation=last, by=head)
    this = make_evaluation(school, by=head)
    for code, level in (("singing", 4), ("choir", 1), ("lessons", 3), ("performance", 2)):
        answer(this, code, level, f"{code} now", by=head)
    client, address = client_of(head), reverse("smdp:evaluation-years", args=[this.uuid])
    assert f"Once this year’s is submitted, it stands here beside {last.when}" in client.get(address).content.decode()
    actions.submit(evaluation=this, by=head)
    page = client_of(officer).get(address)
    found = {
        move.title: (move.symbol, move.words, move.was, move.now)
        for _area, moves in page.context["areas"]
        for move in moves
        if move.words != "Not answered"
    }
    assert found == {
        criterion("singing").title: ("↑", "Up", "Emerging", "Embedded"),
        criterion("choir").title: ("↓", "Down", "Established", "Not yet in place"),
        criterion("lessons").title: ("=", "The same", "Established", "Established"),
        criterion("ensemble").title: ("–", "Not answered this year", "Not yet in place", "Not answered"),
        criterion("performance").title: ("+", "Answered for the first time", "Not answered", "Emerging"),
    }
    words = page.content.decode()
    assert "1 up, 1 down, 1 the same" in words
    assert "singing then" in words
    assert "singing now" in words
    assert f"Beside {last.when}: what has moved" in client.get(this.get_absolute_url()).content.decode()


def test_the_first_year_has_nothing_to_stand_beside(school, head, client_of):
    evaluation = submitted(school, head).evaluation
    page = client_of(head).get(reverse("smdp:evaluation-years", args=[evaluation.uuid])).content.decode()
    assert "Next year’s self-evaluation will stand here beside this one" in page


def test_a_trust_compares_with_no_year_from_before_the_school_joined(school, head, client_of):
    submitted(school, head, year=YEAR - 1, at=timezone.now() - timedelta(days=30), evidence="Cowslip")
    evaluation = submitted(school, head, level=4).evaluation
    trust = make.make_trust("Larkrise", schools=(school,), joined_on=today() - timedelta(days=9))
    leader = make.make_person(Role.TRUST_LEADER, trust, "Marcus Thwaite")
    page = client_of(leader).get(reverse("smdp:evaluation-years", args=[evaluation.uuid])).content.decode()
    assert "Nothing to compare yet" in page
    assert "Cowslip" not in page
