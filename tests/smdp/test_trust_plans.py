"""A trust's plan: written as a school's, seen by its schools once shared, confirmed by them, frozen with theirs."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hubportal.kit.wording import academic_year, long_date
from schools.access import today
from schools.models import TrustSchool
from schools.roles import Role
from smdp import priorities, writing
from smdp.actions import elsewhere, notes, plans, summaries, trust_plans
from smdp.actions.notes import Said
from smdp.asking import sections_of
from smdp.models import LiftedPriority, TrustConfirmation, TrustPlan
from smdp.progress import progress_of
from smdp.trusts import writing as trust_writing
from smdp.trusts.mirroring import mirror_of
from tests import factories as make
from tests.smdp.factories import (
    confirm_at,
    fill,
    keep_elsewhere,
    lift_first,
    make_plan,
    make_trust_plan,
    priority,
    share_with_schools,
    write,
    write_for_trust,
)

pytestmark = pytest.mark.django_db

WORDS = "Every child of the trust sings each week"


@pytest.fixture
def trust(school):
    return make.make_trust("Larkrise Trust", schools=(school,), joined_on=today() - timedelta(days=90))


@pytest.fixture
def marcus(trust):
    return make.make_person(Role.TRUST_LEADER, trust, "Marcus Thwaite")


@pytest.fixture
def plan(school, head):
    return fill(make_plan(school, by=head), by=head, word="Own words")


@pytest.fixture
def theirs(trust, marcus):
    found = make_trust_plan(trust, by=marcus)
    write_for_trust(found, "vision", by=marcus, vision=WORDS)
    return found


def as_(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user, address: str, status: int = 200) -> str:
    answer = as_(user).get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def leave(school) -> None:
    TrustSchool.objects.filter(school=school).update(left_on=today())


def adopt(plan, by):
    return plans.adopt(plan=plan, presented_on=today(), by=by)


# --- Writing and sharing -------------------------------------------------------------------------------------------


def test_trust_plan_is_begun_from_the_trusts_page_without_the_sections_of_each_school(trust, marcus):
    address = reverse("smdp:trust-plan-begin", args=[trust.group_uid])
    assert address in page(marcus, trust.get_absolute_url())
    answer = as_(marcus).post(address, {"year": academic_year(today()), "years": 3})
    plan = TrustPlan.objects.get()
    assert answer.headers["Location"] == plan.get_absolute_url()
    keys = set(trust_writing.drafts_of(plan))
    assert {"vision", "curriculum", "priorities"} <= keys and not keys & {"overview", "features"}
    words = page(marcus, plan.get_absolute_url())
    assert plan.when in words and "None yet. Sharing freezes a version" in words


def test_trust_is_asked_nothing_of_what_is_between_a_school_and_its_hub(theirs, plan, marcus, head):
    ours, schools = page(marcus, theirs.section_url("priorities")), page(head, plan.section_url("priorities"))
    for asked in ("priorities-0-offer", "priorities-0-ask"):
        assert asked in schools and asked not in ours
    assert "priorities-0-strand" in ours


def test_trust_plan_begins_once_a_year_and_within_a_year_of_this(trust, marcus, theirs):
    with pytest.raises(ValidationError, match="Go on with that one"):
        make_trust_plan(trust, by=marcus)
    with pytest.raises(ValidationError, match="Choose last, this or the next"):
        make_trust_plan(trust, by=marcus, year=academic_year(today()) + 2)


def test_trust_section_keeps_words_and_its_history_brings_them_back(marcus, theirs):
    client = as_(marcus)
    draft = trust_writing.drafts_of(theirs)["vision"]
    post = {"vision": "Other words", "now": "", "draft_revision": draft.revision, "done": "1"}
    assert client.post(theirs.section_url("vision"), post).headers["Location"] == theirs.get_absolute_url()
    assert trust_writing.drafts_of(theirs)["vision"].values["vision"] == "Other words"
    history = reverse("smdp:trust-section-history", args=[theirs.uuid, "vision"])
    assert WORDS in client.get(history, {"state": 1}).content.decode()
    client.post(reverse("smdp:trust-section-restore", args=[theirs.uuid, "vision"]), {"state": "1"})
    assert trust_writing.drafts_of(theirs)["vision"].values["vision"] == WORDS


def test_schools_and_hubs_see_nothing_of_a_draft(theirs, plan, head, officer):
    for user in (head, officer):
        page(user, theirs.get_absolute_url(), 404)
        page(user, theirs.section_url("vision"), 404)
    assert WORDS not in page(head, plan.section_url("vision"))
    assert mirror_of(plan) is None


def test_shared_words_stand_read_only_above_the_schools_own(theirs, plan, head, marcus):
    share_with_schools(theirs, by=marcus, asks=False)
    words = page(head, plan.section_url("vision"))
    assert "From Larkrise Trust, version 1 of" in words
    assert words.index(WORDS) < words.index("Own words vision")
    assert "Your trust wrote this, for you to know" in words
    assert "From Larkrise Trust" not in page(head, plan.section_url("staffing"))
    assert "Larkrise Trust has shared its plan" in page(head, plan.get_absolute_url())
    assert "Larkrise Trust: Music plan of the trust" in page(head, reverse("smdp:plan-list"))
    write_for_trust(theirs, "vision", by=marcus, vision="A later thought")
    assert "A later thought" not in page(head, plan.section_url("vision"))


def test_leaders_of_its_schools_have_an_email_without_a_word_of_it(
    theirs, head, marcus, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        version = share_with_schools(theirs, by=marcus)
    [letter] = mail.outbox
    assert letter.to == [head.email] and letter.reply_to == [marcus.email]
    assert version.get_absolute_url() in letter.body and "asks you to confirm" in letter.body
    assert WORDS not in letter.body


def test_share_says_what_stands_in_the_way_and_changes_nothing(trust, marcus, theirs):
    empty = make_trust_plan(trust, by=marcus, year=academic_year(today()) + 1)
    answer = as_(marcus).post(reverse("smdp:trust-plan-share", args=[empty.uuid]), {"asks": "on"})
    assert "Nothing is written yet, so there is nothing to share" in answer.content.decode()
    share_with_schools(theirs, by=marcus)
    with pytest.raises(ValidationError, match="Nothing has changed since version 1"):
        share_with_schools(theirs, by=marcus)
    share_with_schools(theirs, by=marcus, with_hubs=True)  # for others to read is a change
    assert theirs.versions.count() == 2 and not empty.versions.exists()


def test_sharing_a_later_years_plan_ends_the_writing_of_this_one(trust, marcus, theirs):
    share_with_schools(theirs, by=marcus)
    later = make_trust_plan(trust, by=marcus, year=theirs.year + 1)
    write_for_trust(later, "vision", by=marcus, vision="Next year")
    share_with_schools(later, by=marcus)
    page(marcus, theirs.section_url("vision"), 403)
    assert "nothing is written in this one any more" in page(marcus, theirs.get_absolute_url())
    with pytest.raises(ValidationError, match="has followed"):
        share_with_schools(theirs, by=marcus)


def test_plan_mirrors_the_trusts_plan_that_covers_its_years(trust, marcus, school, head):
    year = academic_year(today())
    long = make_trust_plan(trust, by=marcus, year=year - 1, years=3)
    write_for_trust(long, "vision", by=marcus, vision="Three years")
    share_with_schools(long, by=marcus)
    plan = make_plan(school, by=head)
    assert mirror_of(plan).version.plan == long
    newer = make_trust_plan(trust, by=marcus, year=year + 1)
    write_for_trust(newer, "vision", by=marcus, vision="Next year")
    share_with_schools(newer, by=marcus)
    assert mirror_of(plan).version.plan == long
    assert mirror_of(make_plan(school, by=head, year=year + 1)).version.plan == newer


# --- Confirming ----------------------------------------------------------------------------------------------------


def progress(plan):
    mirror = mirror_of(plan)
    return progress_of(sections_of(1, plan.school), writing.drafts_of(plan), mirrored=mirror.counted if mirror else {})


def test_confirmed_words_count_and_unconfirmed_ones_do_not(school, head, theirs, marcus):
    plan = make_plan(school, by=head)
    version = share_with_schools(theirs, by=marcus)
    vision = next(each for each in progress(plan).sections if each.section.key == "vision")
    assert not vision.is_begun and [field.name for field in vision.missing] == ["vision"]
    assert "Your trust asks you to confirm this" in page(head, plan.section_url("vision"))
    assert "It asks you to confirm what it says in 1 section" in page(head, plan.get_absolute_url())

    draft = writing.drafts_of(plan)["vision"]
    post = {"vision": "", "now": "Typed meanwhile", "draft_revision": draft.revision, "confirm_trust": version.uuid}
    answer = as_(head).post(plan.section_url("vision"), post)
    assert answer.headers["Location"] == plan.section_url("vision")
    assert writing.drafts_of(plan)["vision"].values["now"] == "Typed meanwhile"
    said = TrustConfirmation.objects.get()
    assert (said.plan, said.version, said.key, said.by) == (plan, version, "vision", head)
    vision = next(each for each in progress(plan).sections if each.section.key == "vision")
    assert vision.is_complete
    assert "Confirmed for the school by Ruth Pell" in page(head, plan.section_url("vision"))
    assert "You have confirmed all of it" in page(head, plan.get_absolute_url())


def test_confirmed_words_let_a_plan_be_shared_that_lacks_its_own(plan, head, theirs, marcus):
    write(plan, "vision", by=head, vision="")
    share_with_schools(theirs, by=marcus)
    with pytest.raises(ValidationError, match="What do you want for every pupil"):
        plans.share(plan=plan, by=head)
    confirm_at(plan, by=head)
    assert plans.share(plan=plan, by=head).number == 1


def test_newer_version_asks_again_only_where_it_says_something_else(plan, head, theirs, marcus):
    write_for_trust(theirs, "staffing", by=marcus, needs="Training each term")
    first = share_with_schools(theirs, by=marcus)
    confirm_at(plan, "vision", by=head)
    confirm_at(plan, "staffing", by=head)
    write_for_trust(theirs, "vision", by=marcus, vision="Something else")
    share_with_schools(theirs, by=marcus)
    mirror = mirror_of(plan)
    assert set(mirror.confirmed) == {"staffing"}
    assert [each.section.key for each in mirror.to_confirm] == ["vision"]
    with pytest.raises(ValidationError, match="shared a newer version"):
        trust_plans.confirm(plan=plan, key="vision", seen=str(first.uuid), by=head)
    with pytest.raises(ValidationError, match="says nothing here"):
        trust_plans.confirm(plan=plan, key="funding", seen=str(mirror.version.uuid), by=head)
    confirm_at(plan, by=head)
    confirm_at(plan, by=head)  # twice is once
    assert TrustConfirmation.objects.count() == 3


def test_trust_sees_which_schools_have_confirmed(plan, head, theirs, marcus, hub, trust):
    ashby = make.make_school("Ashby High School", hub=hub)
    TrustSchool.objects.create(trust=trust, school=ashby, joined_on=today())
    share_with_schools(theirs, by=marcus)
    confirm_at(plan, by=head)
    words = page(marcus, theirs.get_absolute_url())
    assert "1 of 1 sections confirmed" in words and "Ruth Pell" in words
    assert "No plan of these years yet" in words
    write_for_trust(theirs, "vision", by=marcus, vision="Something else")
    share_with_schools(theirs, by=marcus)
    assert "0 of 1 sections confirmed" in page(marcus, theirs.get_absolute_url())


def test_trust_plan_costs_the_same_for_one_and_three_schools(
    plan, theirs, marcus, hub, trust, head, django_assert_num_queries
):
    share_with_schools(theirs, by=marcus)
    confirm_at(plan, by=head)
    adopt(plan, head)
    client = as_(marcus)
    pages = [theirs.get_absolute_url(), reverse("smdp:trust-priority-list", args=[trust.group_uid])]
    for address, number in zip(pages, (11, 11), strict=True):
        with django_assert_num_queries(number):
            client.get(address)
    for name in ("Ashby High School", "Cole Primary School"):
        school = make.make_school(name, hub=hub)
        TrustSchool.objects.create(trust=trust, school=school, joined_on=today())
        person = make.make_person(Role.SCHOOL_LEADER, school)
        another = fill(make_plan(school, by=person), by=person)
        write(another, "priorities", by=person, **priority("A choir"))
        confirm_at(another, by=person)
        adopt(another, person)
    for address, number in zip(pages, (11, 11), strict=True):
        with django_assert_num_queries(number):
            client.get(address)


# --- Frozen with the school's plan, and read by others ---------------------------------------------------------------


def test_version_carries_the_trusts_words_for_the_hub_and_the_review(plan, head, officer, theirs, marcus):
    share_with_schools(theirs, by=marcus)
    confirm_at(plan, by=head)
    version = plans.share(plan=plan, by=head)
    words = page(officer, version.get_absolute_url())
    assert "From Larkrise Trust, version 1 of" in words and WORDS in words and "Confirmed for the school by" in words
    assert "Confirm what the trust says" not in words
    client = as_(officer)
    client.post(reverse("smdp:review-begin", args=[plan.uuid, 1]))
    assert WORDS in client.get(reverse("smdp:review-edit", args=[plan.uuid, 1])).content.decode()
    for address in (theirs.get_absolute_url(), theirs.versions.get().get_absolute_url()):
        page(officer, address, 404)


def test_newer_words_of_the_trust_are_a_reason_to_share_and_stand_in_the_comparison(plan, head, theirs, marcus):
    share_with_schools(theirs, by=marcus)
    plans.share(plan=plan, by=head)
    with pytest.raises(ValidationError, match="Nothing has changed since version 1"):
        plans.share(plan=plan, by=head)
    write_for_trust(theirs, "vision", by=marcus, vision="Every child plays")
    share_with_schools(theirs, by=marcus)
    plans.share(plan=plan, by=head)
    assert WORDS in page(head, reverse("smdp:version-detail", args=[plan.uuid, 1]))
    assert "Every child plays" in page(head, reverse("smdp:version-detail", args=[plan.uuid, 2]))
    words = page(head, reverse("smdp:version-compare", args=[plan.uuid]))
    assert "From Larkrise Trust: Vision: What do you want for every pupil?" in words


def test_hubs_read_it_once_the_trust_lets_them(theirs, officer, marcus, trust):
    version = share_with_schools(theirs, by=marcus)
    page(officer, version.get_absolute_url(), 404)
    version = share_with_schools(theirs, by=marcus, with_hubs=True)
    assert WORDS in page(officer, version.get_absolute_url())
    page(officer, theirs.versions.get(number=1).get_absolute_url(), 404)
    assert version.get_absolute_url() in page(officer, trust.get_absolute_url())
    page(officer, theirs.section_url("vision"), 404)


def test_school_that_leaves_keeps_what_it_froze_and_sees_nothing_new(plan, head, school, theirs, marcus):
    version = share_with_schools(theirs, by=marcus)
    frozen = plans.share(plan=plan, by=head)
    leave(school)
    assert WORDS in page(head, frozen.get_absolute_url())
    assert WORDS not in page(head, plan.section_url("vision"))
    page(head, version.get_absolute_url(), 404)
    write_for_trust(theirs, "vision", by=marcus, vision="After it left")
    share_with_schools(theirs, by=marcus)
    assert "After it left" not in page(head, plan.section_url("vision"))
    assert WORDS in page(head, frozen.get_absolute_url())
    write(plan, "vision", by=head, now="On our own")
    assert WORDS not in page(head, plans.share(plan=plan, by=head).get_absolute_url())


def test_school_that_joins_sees_it_from_that_day(hub, theirs, marcus, trust):
    version = share_with_schools(theirs, by=marcus)
    ashby = make.make_school("Ashby High School", hub=hub)
    stay = TrustSchool.objects.create(trust=trust, school=ashby, joined_on=today() + timedelta(days=1))
    editor = make.make_person(Role.SCHOOL_EDITOR, ashby, "Ed Itor")
    plan = make_plan(ashby, by=editor)
    assert WORDS not in page(editor, plan.section_url("vision"))
    page(editor, version.get_absolute_url(), 404)
    stay.joined_on = today()
    stay.save()
    assert WORDS in page(editor, plan.section_url("vision"))
    assert WORDS in page(editor, version.get_absolute_url())


def test_another_trusts_plan_does_not_exist(hub, head, plan, marcus, theirs):
    school = make.make_school("Cole Primary School", hub=hub)
    other = make.make_trust("Other Trust", schools=(school,))
    leader = make.make_person(Role.TRUST_LEADER, other, "Olga Other")
    share_with_schools(theirs, by=marcus)
    page(leader, theirs.get_absolute_url(), 404)
    page(leader, theirs.section_url("vision"), 404)
    page(leader, theirs.versions.get().get_absolute_url(), 404)
    page(leader, reverse("smdp:trust-priority-list", args=[theirs.trust.group_uid]), 404)
    mine = make_trust_plan(other, by=leader)
    write_for_trust(mine, "vision", by=leader, vision="Other words")
    share_with_schools(mine, by=leader)
    assert "Other words" not in page(head, plan.section_url("vision"))
    version = adopt(plan, head)
    answer = as_(leader).post(
        reverse("smdp:trust-priority-lift", args=[other.group_uid]), {"version": version.uuid, "row": "0"}
    )
    assert answer.status_code == 404 and not LiftedPriority.objects.exists()


# --- Priorities side by side ---------------------------------------------------------------------------------------


@pytest.fixture
def adopted(plan, head):
    write(plan, "priorities", by=head, **priority("A choir for all", why="Few sing", who="Tom Adeyemi", rag="red"))
    version = adopt(plan, head)
    write(plan, "priorities", by=head, **priority("Not adopted yet"))
    return version


def test_only_adopted_priorities_of_open_schools_in_the_trust_stand_side_by_side(adopted, trust, marcus, school):
    address = reverse("smdp:trust-priority-list", args=[trust.group_uid])
    words = page(marcus, address)
    assert "A choir for all" in words and "Few sing" in words and "Not adopted yet" not in words
    assert "1 priority of your schools" in words and "Begin the trust’s plan" in words
    export = reverse("smdp:trust-priority-export", args=[trust.group_uid, "csv"])
    lines = as_(marcus).get(export).content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("School,URN,Plan,Presented to governors or adopted,What will be different,Why")
    assert "A choir for all" in lines[1] and len(lines) == 2
    assert "Started from" not in lines[0]
    assert as_(marcus).get(export.replace("csv", "pdf")).status_code == 404
    leave(school)
    assert "A choir for all" not in page(marcus, address)
    assert "No school has adopted a plan with priorities yet" in page(marcus, address)


def test_priority_goes_side_by_side_as_it_was_noted_last(adopted, trust, marcus, head, plan):
    address = reverse("smdp:trust-priority-list", args=[trust.group_uid])
    words = page(marcus, address)
    assert "Needs help" in words and "as the plan was adopted; nothing noted since" in words
    notes.note(version=adopted, said=Said(0, "amber", "Twelve came"), by=head, at=timezone.now() - timedelta(days=9))
    assert "Some way to go" in page(marcus, address)

    # Shared again since, not adopted: what is noted there is of the same priority.
    write(plan, "priorities", by=head, **priority("A choir for all", who="Nobody yet"))
    later = plans.share(plan=plan, by=head)
    notes.note(version=later, said=Said(0, "green", "Thirty came"), by=head)
    words = page(marcus, address)
    assert "On track" in words and f"noted on {long_date(today())}" in words
    assert "Needs help" not in words and "Some way to go" not in words
    export = reverse("smdp:trust-priority-export", args=[trust.group_uid, "csv"])
    first, line = as_(marcus).get(export).content.decode("utf-8-sig").splitlines()
    assert first.endswith("How it goes now,Noted on") and "On track," in line


def test_priority_is_carried_into_the_trusts_plan_with_its_source(adopted, trust, marcus, theirs, head, plan):
    write_for_trust(theirs, "priorities", by=marcus, **priority("Our own"))
    address = reverse("smdp:trust-priority-lift", args=[trust.group_uid])
    answer = as_(marcus).post(address, {"version": adopted.uuid, "row": "0"})
    assert answer.headers["Location"] == theirs.section_url("priorities")
    rows = priorities.rows_in(trust_writing.drafts_of(theirs)["priorities"].values)
    assert [row["what"] for row in rows] == ["Our own", "A choir for all"]
    assert rows[1] == {"what": "A choir for all", "why": "Few sing"}  # not who leads it there, nor how it goes
    source = LiftedPriority.objects.get()
    assert (source.plan, source.version, source.row, source.by) == (theirs, adopted, 0, marcus)
    words = page(marcus, theirs.section_url("priorities"))
    assert "Carried over from your schools" in words and "Millbrook Junior School, version 1" in words
    assert "In the trust’s plan: carried over by Marcus Thwaite" in page(
        marcus, reverse("smdp:trust-priority-list", args=[trust.group_uid])
    )
    as_(marcus).post(address, {"version": adopted.uuid, "row": "0"})
    assert LiftedPriority.objects.count() == 1
    share_with_schools(theirs, by=marcus)
    words = page(head, plan.section_url("priorities"))
    assert "A choir for all" in words and "Carried over from your schools" not in words


def test_priorities_find_no_room_beyond_ten_and_nothing_changes(adopted, marcus, theirs, plan):
    full = {}
    for at in range(priorities.MOST):
        full |= priority(f"Number {at}", at, priorities.MOST)
    write_for_trust(theirs, "priorities", by=marcus, **full)
    with pytest.raises(ValidationError, match="takes no more"):
        lift_first(theirs, plan, by=marcus)
    assert not LiftedPriority.objects.exists()


def test_lift_refuses_what_is_no_adopted_priority(adopted, trust, marcus, theirs):
    address = reverse("smdp:trust-priority-lift", args=[trust.group_uid])
    answer = as_(marcus).post(address, {"version": adopted.uuid, "row": "7"}, follow=True)
    assert "not in the school’s adopted plan any more" in answer.content.decode()
    assert as_(marcus).post(address, {"version": "nonsense", "row": "0"}).status_code == 404


def test_what_a_school_adopted_elsewhere_stands_beside_and_can_be_carried_over(trust, marcus, theirs, school, head):
    kept = keep_elsewhere(school, "Old", by=head)
    address = reverse("smdp:trust-priority-list", args=[trust.group_uid])
    words = page(marcus, address)
    assert "Old choir" in words and f"{kept.when}, kept elsewhere, adopted on" in words
    export = as_(marcus).get(reverse("smdp:trust-priority-export", args=[trust.group_uid, "csv"]))
    assert f"{kept.when}, kept elsewhere" in export.content.decode("utf-8-sig").splitlines()[1]

    lift = reverse("smdp:trust-priority-lift", args=[trust.group_uid])
    given = {"kept": kept.uuid, "row": "0", "words": "Old choir"}
    as_(marcus).post(lift, given | {"words": "What stood there before"})
    assert not LiftedPriority.objects.exists()
    as_(marcus).post(lift, given)
    as_(marcus).post(lift, given)
    source = LiftedPriority.objects.get()
    assert (source.plan, source.kept, source.version, source.row) == (theirs, kept, None, 0)
    (row,) = priorities.rows_in(trust_writing.drafts_of(theirs)["priorities"].values)
    assert row == {"what": "Old choir"}  # not what is between the school and its hub
    assert "In the trust’s plan: carried over by Marcus Thwaite" in page(marcus, address)
    assert f"{school.name}, plan kept elsewhere" in page(marcus, theirs.section_url("priorities"))


def test_adopted_elsewhere_counts_by_the_schools_own_word_alone(trust, marcus, theirs, school, head, officer):
    lift = reverse("smdp:trust-priority-lift", args=[trust.group_uid])
    address = reverse("smdp:trust-priority-list", args=[trust.group_uid])
    kept = keep_elsewhere(school, "Old", by=officer)  # recorded by the hub, not confirmed
    assert "Old choir" not in page(marcus, address)
    assert as_(marcus).post(lift, {"kept": kept.uuid, "row": "0", "words": "Old choir"}).status_code == 404
    elsewhere.confirm(plan=kept, by=head)
    assert "Old choir" in page(marcus, address)
    elsewhere.remove(plan=kept, by=head)
    keep_elsewhere(school, "New", by=head, adopted_on=None)
    assert "No school has adopted a plan with priorities yet" in page(marcus, address)
    assert as_(marcus).post(lift, {"kept": kept.uuid, "row": "0"}).status_code == 404


def test_of_two_adopted_plans_the_one_of_later_years_stands_side_by_side(adopted, trust, marcus, school, head):
    address = reverse("smdp:trust-priority-list", args=[trust.group_uid])
    keep_elsewhere(school, "Old", by=head)  # began a year earlier
    words = page(marcus, address)
    assert "A choir for all" in words and "Old choir" not in words


def test_confirmed_words_fill_the_public_summary_where_the_school_has_none(plan, theirs, head, marcus):
    write_for_trust(theirs, "curriculum", by=marcus, taught="Taught by the trust", singing="Sung by the trust")
    write_for_trust(theirs, "priorities", by=marcus, **priority("A trust choir", why="The trust's reasons"))
    share_with_schools(theirs, by=marcus)
    write(plan, "curriculum", by=head, taught="Taught by us")

    def said() -> str:
        return str(summaries.prefill(plan))

    assert "the trust" not in said() and "A trust choir" not in said()
    confirm_at(plan, "curriculum", by=head)
    confirm_at(plan, "priorities", by=head)
    assert "Sung by the trust" in said() and "Taught by us" in said() and "A trust choir" in said()
    assert "Taught by the trust" not in said() and "reasons" not in said()
    write(plan, "priorities", by=head, **priority("A choir of our own"))
    assert "A choir of our own" in said() and "A trust choir" not in said()
