"""How priorities go: noted at any time, followed from version to version, gone through on one page."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from schools.access import today
from schools.models import School, TimelineEntry
from schools.roles import Role
from smdp import noting, priorities, writing
from smdp.actions import notes as actions
from smdp.actions import plans
from smdp.actions.notes import Said
from smdp.models import Plan, PlanCheckIn, PlanVersion, PriorityNote
from tests import factories as make
from tests.smdp.factories import write

pytestmark = pytest.mark.django_db

CHOIR = {"what": "A choir that meets all year", "who": "Tom", "rag": "amber", "progress": "4 May: twelve singers"}
BAND = {"what": "A band", "why": "Nobody plays on after Year 4", "who": "Tom"}


def set_rows(plan: Plan, *rows: dict[str, str], by) -> None:
    current = writing.drafts_of(plan)[priorities.SECTION].values
    write(plan, "priorities", by=by, **priorities.values_of(rows, current))


@pytest.fixture
def version(plan, head) -> PlanVersion:
    """Adopted, with two priorities."""
    set_rows(plan, CHOIR, BAND, by=head)
    return plans.adopt(plan=plan, presented_on=today(), by=head)


def going(plan: Plan) -> noting.Going:
    return noting.going(list(plan.versions.all()), PriorityNote.objects.all())


def noted(all_of_them) -> list[tuple[str, list[str]]]:
    return [(each.words, [note.text for note in each.notes]) for each in all_of_them]


def adopt_again(plan, *rows, by) -> PlanVersion:
    set_rows(plan, *rows, by=by)
    return plans.adopt(plan=plan, presented_on=today(), by=by)


# --- One note ------------------------------------------------------------------------------------------------------


def test_editor_notes_how_a_priority_goes_after_the_plan_was_adopted(plan, version, lead, client_of):
    client = client_of(lead)
    page = client.get(plan.get_absolute_url()).text
    address = reverse("smdp:note-create", args=[plan.uuid, 1, 0])
    assert f'href="{address}"' in page and "4 May: twelve singers" in page
    assert "A choir that meets all year" in client.get(address).text
    answer = client.post(address, {"rag": "green", "text": "Thirty came."})
    assert answer.url == plan.get_absolute_url()
    note = PriorityNote.objects.get()
    assert (note.version, note.row, note.rag, note.by) == (version, 0, "green", lead)
    page = client.get(plan.get_absolute_url()).text
    assert "Thirty came." in page and "On track" in page and "Tom Adeyemi" in page
    assert "4 May: twelve singers" in page, "what the plan itself says stays"
    assert PlanVersion.objects.get().answers == version.answers


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"text": "Thirty came."}, "Choose how it goes"),
        ({"rag": "green"}, "Enter what has happened"),
        ({"rag": "green", "text": "x" * 1001}, "to 1,000 characters or fewer. It has 1,001"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, plan, version, typed, words):
    answer = client.post(reverse("smdp:note-create", args=[plan.uuid, 1, 0]), typed)
    assert answer.status_code == 400
    assert words in answer.text and typed.get("text", "") in answer.text
    assert not PriorityNote.objects.exists()


def test_there_is_no_note_on_a_priority_that_is_not_there(client, plan, version):
    assert client.get(reverse("smdp:note-create", args=[plan.uuid, 1, 2])).status_code == 404
    assert client.get(reverse("smdp:note-create", args=[plan.uuid, 2, 0])).status_code == 404
    said = {"rag": "green", "text": "Words"}
    assert client.post(reverse("smdp:note-create", args=[plan.uuid, 1, 2]), said).status_code == 404
    assert not PriorityNote.objects.exists()


def test_pressed_twice_it_is_one(version, head):
    first = actions.note(version=version, said=Said(0, "green", "Thirty came."), by=head)
    assert actions.note(version=version, said=Said(0, "green", "Thirty came."), by=head) == first
    actions.note(version=version, said=Said(0, "red", "Thirty came."), by=head)
    assert PriorityNote.objects.count() == 2


def test_nothing_is_noted_once_a_later_plan_follows_or_the_school_has_closed(plan, version, head, client):
    plan.superseded_at = timezone.now()
    plan.save()
    with pytest.raises(ValidationError, match="A later plan has followed this one"):
        actions.note(version=version, said=Said(0, "green", "Words"), by=head)
    assert client.get(version.check_in_url).status_code == 403
    Plan.objects.update(superseded_at=None)
    School.objects.update(status=School.Status.CLOSED)
    with pytest.raises(ValidationError, match="has closed"):
        actions.check_in(version=version, said=[], changed="Words", by=head)


# --- A priority through the versions of its plan -------------------------------------------------------------------


def test_notes_follow_a_priority_that_is_put_in_other_words(plan, version, head):
    actions.note(version=version, said=Said(0, "amber", "Choir note"), by=head)
    actions.note(version=version, said=Said(1, "red", "Band note"), by=head)
    renamed = "A choir that meets each week"
    adopt_again(plan, CHOIR | {"what": renamed}, BAND | {"what": "Brass for all"}, by=head)
    assert noted(going(plan).standing) == [(renamed, ["Choir note"]), ("Brass for all", ["Band note"])]
    assert going(plan).gone == []


def test_notes_follow_a_priority_to_another_row(plan, version, head):
    actions.note(version=version, said=Said(0, "amber", "Choir note"), by=head)
    later = adopt_again(plan, BAND, CHOIR, by=head)
    actions.note(version=later, said=Said(1, "green", "Later note"), by=head)
    assert noted(going(plan).standing) == [("A band", []), (CHOIR["what"], ["Later note", "Choir note"])]


def test_note_on_a_priority_that_was_taken_out_stays_readable(plan, version, head, client):
    actions.note(version=version, said=Said(0, "amber", "Choir note"), by=head)
    adopt_again(plan, {"what": "Ukuleles in Year 3", "who": "Tom"}, BAND, by=head)
    found = going(plan)
    assert noted(found.standing) == [("Ukuleles in Year 3", []), ("A band", [])]
    assert noted(found.gone) == [("A choir that meets all year", ["Choir note"])]
    page = client.get(plan.get_absolute_url()).text
    assert page.index("In the plan no more") < page.index("Choir note")


def test_priority_noted_as_done_is_an_achievement_of_the_next_plan(plan, version, head):
    actions.note(version=version, said=Said(1, "done", ""), by=head)
    actions.note(version=version, said=Said(0, "done", ""), by=head, at=timezone.now() - timedelta(days=9))
    actions.note(version=version, said=Said(0, "amber", ""), by=head)
    later = plans.begin(school=plan.school, year=plan.year + 1, carry=True, by=head)
    values = writing.drafts_of(later)["priorities"].values
    assert [row["what"] for row in priorities.rows_in(values)] == ["A choir that meets all year"]
    assert "A band" in values["achieved"]


def test_priority_noted_as_done_counts_no_more_among_what_plans_need(plan, head, officer, client_of):
    set_rows(plan, CHOIR | {"strand": "provision", "ask": "A singing leader"}, by=head)
    version = plans.share(plan=plan, by=head)
    client, address = client_of(officer), reverse("smdp:priority-needs")
    assert "A singing leader" in client.get(address).text
    actions.note(version=version, said=Said(0, "done", "It meets."), by=head)
    assert "A singing leader" not in client.get(address).text


# --- The check-in --------------------------------------------------------------------------------------------------


def test_check_in_is_one_page_that_hub_and_governors_read(
    plan, version, head, lead, officer, hub, school, client, client_of, mailoutbox, django_capture_on_commit_callbacks
):
    make.make_relationship(hub=hub, school=school, owner=officer)
    before = timezone.now() - timedelta(days=40)
    actions.note(version=version, said=Said(0, "amber", "Noted before"), by=lead, at=before)
    page = client.get(version.check_in_url).text
    assert "Noted before" in page and "Nothing noted yet." in page
    said = {"rag_0": "green", "text_0": "Thirty came.", "changed": "A new head of Year 4.", "help": "A band leader."}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(version.check_in_url, said)
    found = PlanCheckIn.objects.get()
    assert answer.url == found.get_absolute_url()
    assert (found.changed, found.help, found.by) == ("A new head of Year 4.", "A band leader.", head)
    assert noted(going(plan).standing)[0] == ("A choir that meets all year", ["Thirty came.", "Noted before"])
    (letter,) = mailoutbox
    assert letter.to == [officer.email] and "has checked in" in letter.subject
    assert "A band leader" not in letter.body and found.get_absolute_url() in letter.body
    governor = make.make_person(Role.SCHOOL_VIEWER, school, "Sheila Okonjo")
    for user in (officer, governor, lead):
        page = client_of(user).get(found.get_absolute_url()).text
        assert all(words in page for words in ("Thirty came.", "A new head of Year 4.", "A band leader."))
        assert "Noted before" not in page and "Nothing was said of it this time." in page
        assert found.get_absolute_url() in client_of(user).get(plan.get_absolute_url()).text
    entry = TimelineEntry.objects.get(source=found.timeline_source)
    assert (entry.audience, entry.url) == ("released", found.get_absolute_url())
    assert "check-in" in client_of(officer).get(school.get_absolute_url()).text


def test_check_in_sent_twice_is_one(version, head, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            actions.check_in(version=version, said=[Said(0, "green", "Words")], help="Help", by=head)
        actions.check_in(version=version, said=[Said(0, "green", "Other words")], help="Help", by=head)
    assert PlanCheckIn.objects.count() == PriorityNote.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Say how at least one priority goes, what has changed, or what help you need"),
        ({"text_1": "Typed words"}, "Choose how “A band” goes"),
        ({"rag_0": "blue", "changed": "Typed words"}, "Select a valid choice"),
    ],
)
def test_check_in_that_is_not_right_comes_back_with_its_words(client, version, typed, words):
    answer = client.post(version.check_in_url, typed)
    assert answer.status_code == 400 and words in answer.text
    assert not typed or "Typed words" in answer.text
    assert not PlanCheckIn.objects.exists()


def test_check_in_of_an_earlier_version_leads_to_the_newest_and_loses_no_word(plan, version, head, client):
    later = adopt_again(plan, BAND, CHOIR, by=head)
    assert client.get(version.check_in_url).url == later.check_in_url
    client.post(version.check_in_url, {"rag_0": "green", "text_0": "Typed before the plan was adopted anew"})
    assert noted(going(plan).standing)[1][1] == ["Typed before the plan was adopted anew"]


def test_who_reads_no_version_reads_no_note(school, plan, head, client_of):
    set_rows(plan, CHOIR, by=head)
    version = plans.share(plan=plan, by=head)
    actions.note(version=version, said=Said(0, "green", "Cowslip"), by=head)
    found = actions.check_in(version=version, said=[], changed="Cowslip", by=head)
    governor = make.make_person(Role.SCHOOL_VIEWER, school, "Sheila Okonjo")
    other = make.make_person(Role.HUB_OFFICER, make.make_hub("Samplefolk Music Hub"), "Olga Other")
    for user in (governor, other):
        assert client_of(user).get(found.get_absolute_url()).status_code == 404
        assert list(PriorityNote.objects.visible_to(user)) == list(PlanCheckIn.objects.visible_to(user)) == []
    assert "Cowslip" not in client_of(governor).get(plan.get_absolute_url()).text


def test_trust_reads_the_notes_on_what_was_frozen_since_the_school_joined(school, plan, version, head, client_of):
    found = actions.check_in(version=version, said=[Said(0, "green", "Thirty came.")], by=head)
    trust = make.make_trust("Larkrise Trust", schools=(school,), joined_on=today() - timedelta(days=90))
    client = client_of(make.make_person(Role.TRUST_LEADER, trust, "Marcus Thwaite"))
    page = client.get(plan.get_absolute_url()).text
    assert "Thirty came." in page and "Note how it goes" not in page
    assert client.get(version.check_in_url).status_code == 403
    PlanVersion.objects.update(made_at=timezone.now() - timedelta(days=120))
    assert "Thirty came." not in client.get(plan.get_absolute_url()).text
    assert client.get(found.get_absolute_url()).status_code == 404


def test_notes_go_with_the_plan_to_another_hub_and_another_school(school, plan, version, head, officer, client_of):
    found = actions.check_in(version=version, said=[Said(0, "green", "Thirty came.")], by=head)
    new_hub = make.make_hub("Samplefolk Music Hub")
    academy = make.make_school("Millbrook Academy", hub=new_hub)
    Plan.objects.update(school=academy)
    theirs = make.make_person(Role.HUB_OFFICER, new_hub, "Olga Other")
    its_head = make.make_person(Role.SCHOOL_LEADER, academy, "New Head")
    assert client_of(officer).get(found.get_absolute_url()).status_code == 404
    for user in (theirs, its_head):
        assert "Thirty came." in client_of(user).get(found.get_absolute_url()).text


def test_many_notes_cost_the_plan_page_the_same_queries_as_one(plan, version, head, client, django_assert_num_queries):
    actions.note(version=version, said=Said(0, "green", "One"), by=head)
    client.get(plan.get_absolute_url())
    with CaptureQueriesContext(connection) as one:
        client.get(plan.get_absolute_url())
    for at in range(5):
        actions.check_in(version=version, said=[Said(0, "red", f"{at}"), Said(1, "red", f"{at}")], by=head)
    with django_assert_num_queries(len(one)):
        client.get(plan.get_absolute_url())
