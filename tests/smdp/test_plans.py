"""A plan is begun, shared, adopted and followed; nobody reads what is not shared, nothing is lost."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hubportal.kit import drafts
from hubportal.kit.models import Draft
from hubportal.kit.wording import academic_year, long_date
from schools.access import today
from schools.actions import successions
from schools.models import School, TimelineEntry
from schools.roles import Role
from smdp import writing
from smdp.actions import plans as actions
from smdp.asking import sections_of
from smdp.models import Plan, PlanVersion
from tests import factories as make
from tests.smdp.factories import fill, make_plan, write

pytestmark = pytest.mark.django_db

YEAR = academic_year(today())
TOMORROW = object()  # reckoned when the test runs: a long run passes midnight


def answers_of(plan: Plan, key: str) -> dict:
    return writing.drafts_of(plan)[key].values


# --- Beginning -----------------------------------------------------------------------------------------------------


def test_begin_fills_in_the_hub_and_the_music_lead(hub, school, head):
    make.make_contact("Tom Adeyemi", hub=hub, school=school, is_music_lead=True)
    plan = make_plan(school, by=head)
    assert answers_of(plan, "overview") == {"hub": "Exampleshire Music Hub", "music_lead": "Tom Adeyemi"}
    assert plan.sections.count() == 12


def test_begin_twice_in_a_year_is_refused(school, head):
    make_plan(school, by=head)
    with pytest.raises(ValidationError, match=f"a plan that begins in {YEAR} already"):
        make_plan(school, by=head)
    assert Plan.objects.count() == 1


def test_begin_for_a_closed_school_is_refused(school, head):
    School.objects.filter(pk=school.pk).update(status=School.Status.CLOSED)
    school.refresh_from_db()
    with pytest.raises(ValidationError, match="has closed"):
        make_plan(school, by=head)


@pytest.mark.parametrize("year", [YEAR - 2, YEAR + 2])
def test_begin_for_a_year_far_away_is_refused(school, head, year):
    with pytest.raises(ValidationError, match="Choose last, this or the next academic year"):
        make_plan(school, by=head, year=year)


def test_begin_from_the_page(school, head, client_of):
    page = client_of(head).post(reverse("smdp:plan-begin", args=[school.urn]), {"year": YEAR, "years": 3}, follow=True)
    plan = Plan.objects.get()
    assert (plan.year, plan.years, plan.when) == (YEAR, 3, f"{YEAR} to {YEAR + 3}")
    assert page.context["plan"] == plan
    assert "Your plan is begun" in page.content.decode()


def test_begin_without_a_year_says_so(school, head, client_of):
    page = client_of(head).post(reverse("smdp:plan-begin", args=[school.urn]), {"years": 1})
    assert "Choose which academic year does it begin in" not in page.content.decode()
    assert "Answer “Which academic year does it begin in?”" in page.content.decode()
    assert not Plan.objects.exists()


def test_begin_pressed_twice_leads_to_the_plan_that_is_begun(school, head, client_of):
    client, address = client_of(head), reverse("smdp:plan-begin", args=[school.urn])
    client.post(address, {"year": YEAR, "years": 1})
    page = client.post(address, {"year": YEAR, "years": 1}).content.decode()
    plan = Plan.objects.get()
    assert "Begun already" in page
    assert f'href="{plan.get_absolute_url()}"' in page and "Go on with it" in page


# --- Sharing and adopting ------------------------------------------------------------------------------------------


def test_share_asks_for_what_is_missing_and_changes_nothing(school, head, client_of):
    plan = make_plan(school, by=head)
    page = client_of(head).post(reverse("smdp:plan-share", args=[plan.uuid]))
    assert page.status_code == 400
    assert "Answer “Music lead” in Overview first." in page.content.decode()
    assert f'{plan.section_url("vision")}#id_vision">Vision: What do you want for every pupil?' in page.content.decode()
    assert f'{plan.section_url("features")}#id_choir_0">' in page.content.decode()
    plan.refresh_from_db()
    assert (plan.state, plan.versions.count()) == ("draft", 0)


def test_share_and_adopt_name_answers_that_cannot_be_right_and_go_on(school, head, client_of):
    plan = fill(make_plan(school, by=head), by=head)
    choices = {field.name: "yes" for field in sections_of(plan.specification, school)[5].fields() if field.choices}
    write(plan, "features", by=head, **choices)
    day = {"review_on_0": "31", "review_on_1": "2", "review_on_2": str(YEAR + 1)}
    write(plan, "leadership", by=head, **day)
    write(plan, "vision", by=head, now="x" * 2001)
    write(plan, "curriculum", by=head, scheme="nobody offered this")
    for name in ("share", "adopt"):
        words = client_of(head).get(reverse(f"smdp:plan-{name}", args=[plan.uuid])).text
        assert "Look at these again" in words and "Vision: " in words and "Leadership and evaluation: " in words
        assert f"{plan.section_url('vision')}#id_now" in words and "Key features: " not in words
        assert "Choose one of the answers to “What is it built on?”" in words and "nobody offered this" not in words
    client_of(head).post(reverse("smdp:plan-share", args=[plan.uuid]))
    assert plan.versions.get().answers["leadership"]["review_on_0"] == "31", "it stays as it was typed"
    write(plan, "vision", by=head, now="Now")
    write(plan, "curriculum", by=head, scheme="mmc")
    write(plan, "leadership", by=head, **dict.fromkeys(day, ""))
    words = client_of(head).get(reverse("smdp:plan-share", args=[plan.uuid])).text
    assert "Look at these again" not in words


def test_share_freezes_what_is_written(school, head):
    plan = fill(make_plan(school, by=head), by=head)
    version = actions.share(plan=plan, by=head)
    write(plan, "vision", by=head, vision="Something else")
    version.refresh_from_db()
    assert version.answers["vision"]["vision"] == "Every child sings vision"
    assert (version.number, version.why, version.presented_on) == (1, "shared", None)
    plan.refresh_from_db()
    assert plan.state == Plan.State.SHARED


def test_a_plan_asks_to_be_shared_only_when_something_is_new(school, head, client_of):
    plan = fill(make_plan(school, by=head), by=head)
    client = client_of(head)
    assert "Share the plan with your hub and your trust" in client.get(plan.get_absolute_url()).content.decode()
    actions.share(plan=plan, by=head)
    assert "version 1 says all that is written" in client.get(plan.get_absolute_url()).content.decode()
    write(plan, "vision", by=head, now="Better")
    assert "Share the plan with your hub and your trust" in client.get(plan.get_absolute_url()).content.decode()


def test_share_again_without_a_change_is_refused(school, head):
    plan = fill(make_plan(school, by=head), by=head)
    actions.share(plan=plan, by=head)
    with pytest.raises(ValidationError, match="Nothing has changed since version 1"):
        actions.share(plan=plan, by=head)


def test_share_waits_for_a_choice_between_two_peoples_words(school, head):
    plan = fill(make_plan(school, by=head), by=head)
    Draft.objects.filter(pk=writing.drafts_of(plan)["vision"].pk).update(conflicts_ever=1, conflicts_open=1)
    with pytest.raises(ValidationError, match="Two people wrote the same answer"):
        actions.share(plan=plan, by=head)


def test_adopt_without_the_hub(school, head):
    plan = fill(make_plan(school, by=head), by=head)
    version = actions.adopt(plan=plan, presented_on=today(), by=head)
    plan.refresh_from_db()
    assert (plan.state, version.why, version.presented_on) == ("adopted", "adopted", today())


def test_adopted_stays_adopted_when_it_is_shared_again(school, head):
    plan = fill(make_plan(school, by=head), by=head)
    actions.adopt(plan=plan, presented_on=today(), by=head)
    write(plan, "vision", by=head, now="Better")
    actions.share(plan=plan, by=head)
    plan.refresh_from_db()
    assert plan.state == Plan.State.ADOPTED


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (TOMORROW, "must be today or earlier"),
        (date(YEAR - 2, 1, 1), f"must be {long_date(date(YEAR - 1, 9, 1))} or later"),
    ],
)
def test_adopt_on_a_day_that_cannot_be_keeps_what_was_typed(school, head, client_of, day, sentence):
    plan = fill(make_plan(school, by=head), by=head)
    day = today() + timedelta(days=1) if day is TOMORROW else day
    boxes = {f"presented_on_{at}": value for at, value in enumerate((day.day, day.month, day.year))}
    page = client_of(head).post(reverse("smdp:plan-adopt", args=[plan.uuid]), {**boxes, "approved": "on"})
    assert sentence in page.content.decode()
    assert f'value="{day.year}"' in page.content.decode()
    assert not plan.versions.exists()


def test_adopting_the_next_years_plan_ends_the_writing_of_this_one(school, head, client_of):
    old = fill(make_plan(school, by=head, year=YEAR - 1), by=head)
    actions.share(plan=old, by=head)
    new = fill(make_plan(school, by=head), by=head)
    actions.adopt(plan=new, presented_on=today(), by=head)
    old.refresh_from_db()
    assert old.superseded_at is not None
    assert writing.drafts_of(old) == {}
    client = client_of(head)
    assert client.get(old.section_url("vision")).status_code == 403
    page = client.get(old.get_absolute_url()).content.decode()
    assert "A later plan has followed" in page
    assert "Not started" not in page  # nothing is said of drafts that are closed
    with pytest.raises(ValidationError, match="A later plan has followed"):
        actions.share(plan=old, by=head)


def test_a_version_stands_in_the_timeline(hub, school, head):
    plan = fill(make_plan(school, by=head), by=head)
    actions.share(plan=plan, by=head)
    write(plan, "vision", by=head, now="Better")
    version = actions.adopt(plan=plan, presented_on=today(), by=head)
    rows = TimelineEntry.objects.filter(kind="plan").order_by("pk").values_list("heading", "audience", "url")
    assert list(rows) == [
        (f"{plan}: shared with the hub", "school", reverse("smdp:version-detail", args=[plan.uuid, 1])),
        (f"{plan}: adopted", "released", version.get_absolute_url()),
    ]


# --- Writing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("button", ["done", "next_section", "draft_save"])
def test_a_section_keeps_what_cannot_be_right_and_says_why(school, head, client_of, button):
    plan = make_plan(school, by=head)
    said = {"time-TOTAL_FORMS": "1", "time-0-year_group": "Year 4", "time-0-minutes": "an hour", button: "1"}
    page = client_of(head).post(plan.section_url("curriculum"), said)
    assert page.status_code == 400
    assert "Minutes a week, averaged over the year must be a whole number, such as 60" in page.content.decode()
    assert answers_of(plan, "curriculum")["time-0-minutes"] == "an hour"


def test_add_another_works_without_scripts(school, head, client_of):
    plan = make_plan(school, by=head)
    said = {"priorities-TOTAL_FORMS": "1", "priorities-0-what": "A band", "add_row": "priorities"}
    answer = client_of(head).post(plan.section_url("priorities"), said)
    assert answer.headers["Location"] == f"{plan.section_url('priorities')}#priorities"
    page = client_of(head).get(plan.section_url("priorities")).content.decode()
    assert 'name="priorities-1-what"' in page
    assert 'value="A band"' in page


def test_an_eleventh_priority_is_one_too_many_and_is_kept_until_one_is_taken_out(school, head, client_of):
    plan = make_plan(school, by=head)
    said = {
        "priorities-TOTAL_FORMS": "11",
        **{f"priorities-{at}-what": f"Number {at}" for at in range(11)},
        "done": "1",
    }
    page = client_of(head).post(plan.section_url("priorities"), said)
    assert page.status_code == 400
    assert "There are 11 and may be 10 priorities at most: take some out" in page.content.decode()
    assert answers_of(plan, "priorities")["priorities-10-what"] == "Number 10"


def test_an_earlier_state_is_shown_and_brought_back(school, head, client_of):
    plan = make_plan(school, by=head)
    write(plan, "vision", by=head, vision="First words")
    write(plan, "vision", by=head, vision="Second words")
    client, address = client_of(head), reverse("smdp:section-history", args=[plan.uuid, "vision"])
    assert "First words" not in client.get(address).content.decode()
    assert "First words" in client.get(f"{address}?state=1").content.decode()
    page = client.post(reverse("smdp:section-restore", args=[plan.uuid, "vision"]), {"state": "1"}, follow=True)
    assert "Brought back" in page.content.decode()
    assert answers_of(plan, "vision")["vision"] == "First words"
    assert "Second words" in client.get(f"{address}?state=2").content.decode()


@pytest.mark.parametrize("state", ["9", "x", "", "-1"])
def test_a_state_that_never_was_is_not_brought_back(school, head, client_of, state):
    plan = make_plan(school, by=head)
    write(plan, "vision", by=head, vision="Words")
    page = client_of(head).post(
        reverse("smdp:section-restore", args=[plan.uuid, "vision"]), {"state": state}, follow=True
    )
    assert "There is no such saved state." in page.content.decode()
    assert answers_of(plan, "vision")["vision"] == "Words"


def test_the_history_of_two_hundred_states_costs_what_that_of_one_does(school, head, client_of):
    plan = make_plan(school, by=head)
    client, costs = client_of(head), []
    for times in (1, 199):
        for number in range(times):
            write(plan, "vision", by=head, vision=f"Words {times} {number}")
        for address in (plan.section_url("vision"), reverse("smdp:section-history", args=[plan.uuid, "vision"])):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            costs.append(len(queries))
    assert costs[:2] == costs[2:]


def test_an_editor_whose_membership_has_ended_is_told_and_nothing_changes(school, head, client_of):
    plan = make_plan(school, by=head)
    editor = make.make_person(Role.SCHOOL_EDITOR, school, "Tom Adeyemi")
    client = client_of(editor)
    editor.memberships.update(ends_on=today())
    answer = client.post(reverse("smdp:section-draft", args=[plan.uuid, "vision"]), {"vision": "Mine"})
    assert answer.status_code == 404
    assert "Your words are still in this browser" in answer.json()["error"]
    assert "You have no access to this page any more" in answer.json()["error"]
    assert answers_of(plan, "vision") == {}


def test_the_plan_of_a_closed_school_says_so_wherever_its_leader_goes(school, head, client_of):
    plan = fill(make_plan(school, by=head), by=head)
    client = client_of(head)
    stays = "Millbrook Junior School has closed, so its plan stays as it was written."
    assert stays not in client.get(plan.get_absolute_url()).content.decode()
    School.objects.filter(pk=school.pk).update(status=School.Status.CLOSED)
    page = client.get(plan.get_absolute_url())
    assert page.status_code == 200 and stays in page.content.decode()
    for name in ("plan-share", "plan-adopt"):
        for answer in (client.get, client.post):
            refused = answer(reverse(f"smdp:{name}", args=[plan.uuid]))
            assert refused.status_code == 403 and stays in refused.content.decode()
    refused = client.get(reverse("smdp:plan-begin", args=[school.urn]))
    assert refused.status_code == 403
    assert "has closed, so no plan can be begun for it" in refused.content.decode()


# --- Who reads what ------------------------------------------------------------------------------------------------


def test_a_governor_reads_the_adopted_version_alone(school, head, client_of):
    governor = make.make_person(Role.SCHOOL_VIEWER, school, "Sheila Okonjo")
    plan = fill(make_plan(school, by=head), by=head)
    actions.share(plan=plan, by=head)
    assert list(PlanVersion.objects.visible_to(governor)) == []
    write(plan, "vision", by=head, now="Better")
    version = actions.adopt(plan=plan, presented_on=today(), by=head)
    assert list(PlanVersion.objects.visible_to(governor)) == [version]
    page = client_of(governor).get(version.get_absolute_url()).content.decode()
    assert "Every child sings vision" in page


def test_the_hub_sees_progress_before_it_is_shared_and_no_word(hub, school, head, client_of):
    officer = make.make_person(Role.HUB_OFFICER, hub, "Amira Okafor")
    plan = fill(make_plan(school, by=head), by=head, word="Cowslip")
    page = client_of(officer).get(plan.get_absolute_url()).content.decode()
    assert "7 of 12 sections complete" in page
    assert "Cowslip" not in page
    assert "Ruth Pell" not in page


def test_trust_leaders_read_what_was_frozen_since_the_school_joined(school, head):
    plan = fill(make_plan(school, by=head), by=head)
    actions.share(plan=plan, by=head)
    trust = make.make_trust("Larkrise", schools=(school,), joined_on=today() + timedelta(days=0))
    leader = make.make_person(Role.TRUST_LEADER, trust, "Marcus Thwaite")
    assert PlanVersion.objects.visible_to(leader).count() == 1
    PlanVersion.objects.update(made_at=plan.begun_at - timedelta(days=2))
    assert PlanVersion.objects.visible_to(leader).count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_school_and_for_three(hub, head, school, client_of, number):
    manager = make.make_person(Role.HUB_MANAGER, hub, "Jo Marsh")
    fill(make_plan(school, by=head), by=head)
    for at in range(number - 1):
        other = make.make_school(f"School {at}", hub=hub)
        make_plan(other, by=make.make_person(Role.SCHOOL_LEADER, other, f"Head {at}"))
    client = client_of(manager)
    client.get(reverse("smdp:plan-list"))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("smdp:plan-list"))
    assert page.context["matching"] == number
    assert len(queries) == 8  # among them the plans of trusts, the saved views, and how many stand where


def test_the_list_finds_schools_without_a_plan(hub, school, head, client_of):
    manager = make.make_person(Role.HUB_MANAGER, hub, "Jo Marsh")
    make.make_school("Ashby High School", hub=hub)
    make_plan(school, by=head)
    address = reverse("smdp:plan-list")
    none = client_of(manager).get(f"{address}?plan=none").content.decode()
    begun = client_of(manager).get(f"{address}?plan=draft").content.decode()
    assert ("Ashby High School" in none, "Millbrook Junior School" in none) == (True, False)
    assert ("Ashby High School" in begun, "Millbrook Junior School" in begun) == (False, True)


def test_a_plan_whose_years_are_over_says_so_and_leads_to_the_next(school, head, officer, client_of):
    last = fill(make_plan(school, by=head, year=YEAR - 1), by=head)
    actions.adopt(plan=last, presented_on=today(), by=head)
    words = client_of(head).get(last.get_absolute_url()).text
    assert "Out of date" in words and f"this plan ended on 31 August {YEAR}" in words
    assert reverse("smdp:plan-begin", args=[school.urn]) in words and "Begin the next plan" in words
    assert f"This plan ended on 31 August {YEAR}." in client_of(officer).get(last.get_absolute_url()).text
    assert "Out of date" in client_of(head).get(reverse("smdp:plan-list")).text

    now = make_plan(school, by=head)
    words = client_of(head).get(last.get_absolute_url()).text
    assert f"Your plan {now.when} is begun" in words and now.get_absolute_url() in words
    words = client_of(head).get(now.get_absolute_url()).text
    assert "Out of date" not in words and "ended on" not in words


def test_the_list_counts_how_many_stand_where_and_each_count_leads_to_its_schools(hub, school, head, client_of):
    manager = make.make_person(Role.HUB_MANAGER, hub, "Jo Marsh")
    make.make_school("Ashby High School", hub=hub)
    make.make_school("Birch School", hub=hub)
    make_plan(school, by=head)
    client, address = client_of(manager), reverse("smdp:plan-list")
    plans, summaries = client.get(address).context["standings"]
    assert [(each.words, each.number) for each in plans[1]] == [("None yet", 2), ("Being written", 1)]
    assert [(each.words, each.number) for each in summaries[1]] == [("None", 3)]
    for each in plans[1] + summaries[1]:
        page = client.get(address + each.query)
        assert page.context["matching"] == each.number
        assert page.context["standings"] == [plans, summaries], "a filter narrows the list, not the picture above it"


def test_colleges_stand_in_the_list_and_can_be_reminded_and_independent_schools_do_not(hub, school, client_of):
    college = make.make_type("18", is_state_funded=False, is_college=True)
    ashby = make.make_school("Ashby College", hub=hub, type=college, phase=School.Phase.POST_16)
    make.make_school("Beacon Hall", hub=hub, type=make.make_type("11", is_state_funded=False))
    client = client_of(make.make_person(Role.HUB_MANAGER, hub, "Jo Marsh"))
    page = client.get(reverse("smdp:plan-list"))
    assert [row.name for row in page.context["table"].data] == ["Ashby College", "Millbrook Junior School"]
    found = client.get(reverse("smdp:plan-list"), {"phase": School.Phase.POST_16.value})
    assert [row.name for row in found.context["table"].data] == ["Ashby College"]
    asked = client.get(reverse("smdp:plan-remind")).content.decode()
    assert "Ashby College" in asked and "Beacon Hall" not in asked
    assert "Begin one for the school" in client.get(ashby.get_absolute_url()).content.decode()


def test_a_hub_finds_the_school_above_its_plan_and_the_school_its_own_plans(hub, school, head, officer, client_of):
    plan = fill(make_plan(school, by=head), by=head)
    version = actions.share(plan=plan, by=head)
    there = f'<a class="govuk-breadcrumbs__link" href="{school.get_absolute_url()}">Millbrook Junior School</a>'
    for address in (plan.get_absolute_url(), version.get_absolute_url()):
        hubs = client_of(officer).get(address).content.decode()
        assert there in hubs and ">Plans</a>" in hubs
        own = client_of(head).get(address).content.decode()
        assert there not in own and '<a class="govuk-breadcrumbs__link" href="/plans/">Plan</a>' in own


def test_two_versions_are_compared_word_by_word(school, head, client_of):
    plan = fill(make_plan(school, by=head), by=head)
    actions.share(plan=plan, by=head)
    write(plan, "vision", by=head, vision="Every child plays vision")
    actions.share(plan=plan, by=head)
    page = client_of(head).get(reverse("smdp:version-compare", args=[plan.uuid])).content.decode()
    assert "1 change from version 1 to version 2" in page
    assert "Vision: What do you want for every pupil?" in page
    assert "taken out: </span>sings" in page
    assert "put in: </span>plays" in page


def test_versions_of_two_years_are_compared(school, head, client_of):
    last = fill(make_plan(school, by=head, year=YEAR - 1), by=head)
    before = actions.share(plan=last, by=head)
    plan = fill(make_plan(school, by=head), by=head)
    write(plan, "vision", by=head, vision="Every child plays vision")
    actions.share(plan=plan, by=head)
    address = reverse("smdp:version-compare", args=[plan.uuid])
    page = client_of(head).get(address, {"from": before.uuid, "to": "1"}).text
    assert f"The first is of {last}, the second of {plan}." in page
    assert f"1 change since the plan for {last.when}" in page
    assert "put in: </span>plays" in page
    stranger = make.make_person(Role.SCHOOL_LEADER, make.make_school("Elsewhere School"), "Ann Sparrow")
    assert client_of(stranger).get(address).status_code == 404


def test_a_plan_of_one_version_is_compared_with_last_years_by_one_link(school, head, client_of):
    before = fill(make_plan(school, by=head, year=YEAR - 1), by=head, word="Before")
    plan = fill(make_plan(school, by=head), by=head, word="After")
    version = actions.share(plan=plan, by=head)
    words = f"Compare with the plan for {before.when}"
    assert words not in client_of(head).get(plan.get_absolute_url()).text, "nothing of last year’s was shared"
    last = actions.share(plan=before, by=head)
    address = f"{reverse('smdp:version-compare', args=[plan.uuid])}?from={last.uuid}&amp;to={version.uuid}"
    for page in (plan.get_absolute_url(), version.get_absolute_url()):
        found = client_of(head).get(page).text
        assert words in found and f'href="{address}"' in found
    page = client_of(head).get(address.replace("&amp;", "&")).text
    assert "taken out: </span>Before" in page and "put in: </span>After" in page


# --- A school that becomes another ---------------------------------------------------------------------------------


def test_a_plan_goes_over_to_the_successor_and_back(hub, school, head):
    manager = make.make_person(Role.HUB_MANAGER, hub, "Jo Marsh")
    plan = fill(make_plan(school, by=head), by=head)
    actions.share(plan=plan, by=head)
    academy = make.make_school("Millbrook Academy", hub=hub)
    succession = make.make_succession(hub=hub, predecessor=school, successor=academy)
    successions.apply(succession=succession, how="move", by=manager)
    plan.refresh_from_db()
    assert plan.school == academy
    successions.undo(succession=succession, by=manager)
    plan.refresh_from_db()
    assert plan.school == school


class TestCopiedToASchoolThatCameOutOfIt:
    """A school was split: what it was writing goes on at each of those that came out of it."""

    @pytest.fixture
    def succession(self, hub, school, head, officer):
        plan = fill(make_plan(school, by=head), by=head)
        actions.share(plan=plan, by=head)
        return make.make_succession(
            hub=hub, predecessor=school, successor=make.make_school("Millbrook Lower School", hub=hub)
        )

    def test_the_words_stand_at_both(self, succession, school, officer):
        School.objects.filter(pk=school.pk).update(status=School.Status.CLOSED)
        successions.apply(succession=succession, how="copy", by=officer)
        plan, copied = school.plans.get(), succession.successor.plans.get()
        assert {key: draft.values for key, draft in writing.drafts_of(copied).items()} == {
            key: draft.values for key, draft in writing.drafts_of(plan).items()
        }
        assert (copied.state, copied.versions.count()) == (Plan.State.DRAFT, 0)
        write(copied, "vision", by=officer, vision="Ours alone")
        assert answers_of(plan, "vision")["vision"] != "Ours alone"

    def test_undoing_takes_them_away_unless_somebody_wrote_in_them(self, succession, school, head, officer):
        School.objects.filter(pk=school.pk).update(status=School.Status.CLOSED)
        before = Draft.objects.count()
        successions.apply(succession=succession, how="copy", by=officer)
        successions.undo(succession=succession, by=officer)
        assert (succession.successor.plans.count(), Draft.objects.count()) == (0, before)
        successions.apply(succession=succession, how="copy", by=officer)
        write(succession.successor.plans.get(), "vision", by=head, vision="Ours alone")
        successions.undo(succession=succession, by=officer)
        assert answers_of(succession.successor.plans.get(), "vision")["vision"] == "Ours alone"

    def test_a_school_that_goes_on_keeps_its_words_to_itself(self, succession, officer):
        successions.apply(succession=succession, how="copy", by=officer)
        assert not succession.successor.plans.exists()


# --- What it costs -------------------------------------------------------------------------------------------------


def asked(queries: CaptureQueriesContext) -> int:
    """How many queries there were, without the savepoints that hold transactions together."""
    return sum("SAVEPOINT" not in each["sql"] for each in queries)


def test_autosave_costs_three_queries_beside_those_for_who_it_is(client_of, school, head):
    plan, client = make_plan(school, by=head), client_of(head)
    address = reverse("smdp:section-draft", args=[plan.uuid, "vision"])
    client.post(address, {"vision": "Every child", "draft_revision": "0", "draft_writer": "tab"})
    with CaptureQueriesContext(connection) as queries:
        client.post(address, {"vision": "Every child sings", "draft_revision": "1", "draft_writer": "tab"})
    assert asked(queries) == 2 + 3, "the person and their memberships; the section, its state, its history"
    assert answers_of(plan, "vision")["vision"] == "Every child sings"


def test_section_opens_as_fast_after_two_hundred_states(client_of, school, head):
    plan, client = make_plan(school, by=head), client_of(head)
    write(plan, "vision", by=head, vision="0")
    with CaptureQueriesContext(connection) as few:
        client.get(plan.section_url("vision"))
    for number in range(1, 200):
        write(plan, "vision", by=head, vision=str(number))
    with CaptureQueriesContext(connection) as many:
        client.get(plan.section_url("vision"))
    assert writing.drafts_of(plan)["vision"].revision == 200
    assert len(many) == len(few)


def test_a_number_of_five_thousand_digits_breaks_no_page(plan, head, client):
    draft = writing.drafts_of(plan)["funding"]
    rows = {"budget-TOTAL_FORMS": "1", "budget-0-what": "Harps", "budget-0-amount": "1" * 5000}
    drafts.save(draft=draft, base_revision=draft.revision, values=rows, by=head)
    assert client.get(reverse("smdp:plan-print", args=[plan.uuid])).status_code == 200
    said = {"draft_revision": "1", "draft_writer": "tab", "budget-INITIAL_FORMS": "0", "done": "1"}
    page = client.post(plan.section_url("funding"), rows | said)
    assert page.status_code == 400 and "must be 10,000,000 or less" in page.content.decode()
    restore = reverse("smdp:section-restore", args=[plan.uuid, "funding"])
    assert client.post(restore, {"state": "1" * 5000}).status_code == 302


def test_words_that_are_not_taken_are_shown_once_more(client_of, school, head):
    """Of somebody who may not write there any more, and of a school that has closed meanwhile."""
    plan, typed = make_plan(school, by=head), {"vision": "Every child sings, every day."}
    governor = make.make_person(Role.SCHOOL_VIEWER, school, "Sheila Okonjo")
    refused = client_of(governor).post(plan.section_url("vision"), typed)
    assert refused.status_code == 403
    assert "leaders and editors write its plan" in refused.text and typed["vision"] in refused.text
    School.objects.filter(pk=school.pk).update(status=School.Status.CLOSED)
    refused = client_of(head).post(plan.section_url("vision"), typed)
    assert f"{school} has closed" in refused.text and typed["vision"] in refused.text
    saving = client_of(head).post(
        reverse("smdp:section-draft", args=[plan.uuid, "vision"]),
        typed | {"draft_revision": "0", "draft_writer": "tab"},
    )
    assert saving.status_code == 403 and f"{school} has closed" in saving.json()["error"]
    stranger = make.make_person(Role.SCHOOL_LEADER, make.make_school("Elsewhere School"), "Ann Sparrow")
    lost = client_of(stranger).post(plan.section_url("vision"), typed)
    assert lost.status_code == 404 and typed["vision"] in lost.text
    assert answers_of(plan, "vision") == {}


def test_a_date_of_another_century_is_asked_about_and_kept(client_of, plan, head):
    typed = {"review_on_0": "12", "review_on_1": "11", "review_on_2": "1926", "next_section": "1"}
    page = client_of(head).post(plan.section_url("leadership"), typed)
    assert page.status_code == 400
    assert "Check the year: 1926 is not near the years of this plan" in page.text and 'value="1926"' in page.text
