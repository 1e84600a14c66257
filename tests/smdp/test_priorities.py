"""Priorities: started from a conversation with one press, helped by an offer or asking for one, and counted."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from engagement.models import Offer, Strand
from hubportal.kit.wording import long_date
from schools.models import School
from schools.roles import Role
from smdp import helping, priorities, writing
from smdp.actions import notes, plans, summaries
from smdp.actions import priorities as actions
from smdp.actions.notes import Said
from smdp.models import Plan
from smdp.needs.priorities import asked_for, by_strand, sources_of
from smdp.priorities import Origin
from smdp.querysets.plans import newest_shared
from smdp.sections import SPECIFICATIONS
from tests import factories as make
from tests.engagement.shared_world import SECRET, make_other_world, make_world
from tests.smdp.factories import fill, keep_elsewhere, make_plan, write

pytestmark = pytest.mark.django_db

ACTION = "Tutor for a Year 5 band"


@pytest.fixture
def world():
    """Two hubs; the first one's school has read its report and writes its plan."""
    make_other_world()
    return make_world()


@pytest.fixture
def plan(world) -> Plan:
    world.share()
    return make_plan(world.school, by=world.head)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def written(plan: Plan) -> list[dict[str, str]]:
    return priorities.rows_in(writing.drafts_of(plan)[priorities.SECTION].values)


def origin_of(world, kind: str) -> Origin:
    code = "singing" if kind == "judgement" else str(world.part.agreed_actions.get().uuid)
    return Origin(kind, str(world.part.uuid), code)


def press(user, plan: Plan, origin: Origin | str):
    address = reverse("smdp:priority-start", args=[plan.uuid])
    return client_of(user).post(address, {"origin": str(origin)})


def test_action_becomes_a_priority_with_its_text_and_its_link(world, plan):
    write(plan, "priorities", by=world.head, **priorities.values_of([{"what": "A choir"}]))
    page = client_of(world.head).get(world.part.get_absolute_url()).content.decode()
    assert "Make it a priority" in page
    answer = press(world.head, plan, origin_of(world, "action"))
    assert answer.url == plan.section_url("priorities")
    first, second = written(plan)
    assert first == {"what": "A choir"}
    assert second == {
        "what": ACTION,
        "who": "Amira Okafor",
        "why": f"Agreed with Exampleshire Music Hub on {long_date(world.on)}.",
        "origin": str(origin_of(world, "action")),
    }
    section = client_of(world.music_lead).get(plan.section_url("priorities")).content.decode()
    assert "Started from your conversations with the hub" in section
    assert f'href="{world.part.get_absolute_url()}"' in section


def test_judgement_becomes_a_priority(world, plan):
    press(world.music_lead, plan, origin_of(world, "judgement"))
    (row,) = written(plan)
    assert row["what"] == "Share it."
    assert row["baseline"] == "Singing every week: Embedded"
    assert row["why"].endswith("Heard in assembly.")


def test_pressed_twice_it_is_one(world, plan):
    assert press(world.head, plan, origin_of(world, "action")).status_code == 302
    assert press(world.head, plan, origin_of(world, "action")).status_code == 302
    assert len(written(plan)) == 1
    page = client_of(world.head).get(world.part.get_absolute_url()).content.decode()
    assert "A priority</strong>" in page


def test_eleventh_is_refused_and_nothing_changes(world, plan):
    rows = [{"what": f"Priority {number}"} for number in range(10)]
    write(plan, "priorities", by=world.head, **priorities.values_of(rows))
    with pytest.raises(ValidationError, match="Your plan has 10 priorities, and that is the most"):
        version = helping.newest_of(world.head, world.school, [str(world.part.uuid)])[str(world.part.uuid)]
        actions.start(plan=plan, version=version, origin=origin_of(world, "action"), by=world.head)
    assert written(plan) == rows


def test_only_what_the_school_was_given_is_carried(world):
    plan = make_plan(world.school, by=world.head)  # before the report is shared
    assert press(world.head, plan, origin_of(world, "action")).status_code == 404
    world.share()
    assert press(world.head, plan, "action:no-such-thing:1").status_code == 404
    assert press(world.officer, plan, origin_of(world, "action")).status_code == 403
    other = Origin("judgement", str(world.part.uuid), "poetry")
    assert press(world.head, plan, other).status_code == 302
    assert written(plan) == []
    assert press(world.head, plan, origin_of(world, "judgement")).status_code == 302
    assert SECRET not in str(written(plan))


def test_hub_sees_it_on_the_conversation_once_the_plan_is_shared(world, plan):
    address = world.conversation.get_absolute_url()
    press(world.head, plan, origin_of(world, "action"))
    assert "Priorities of the plan" not in client_of(world.officer).get(address).content.decode()
    fill(plan, by=world.head)
    plans.share(plan=plan, by=world.head)
    page = client_of(world.officer).get(address).content.decode()
    assert "Priorities of the plan" in page and "Make it a priority" not in page


def test_link_goes_over_to_next_years_plan(world, plan):
    press(world.head, plan, origin_of(world, "action"))
    later = plans.begin(school=world.school, year=plan.year + 1, carry=True, by=world.head)
    assert priorities.origins_in(writing.drafts_of(later)["priorities"].values) == [origin_of(world, "action")]


def test_row_taken_out_leaves_its_link_to_nobody(world, plan):
    press(world.head, plan, origin_of(world, "action"))
    write(plan, "priorities", by=world.head, **{f"priorities-0-{name}": "" for name in ("what", "who", "why")})
    assert priorities.origins_in(writing.drafts_of(plan)["priorities"].values) == []
    press(world.head, plan, origin_of(world, "judgement"))
    assert [row["what"] for row in written(plan)] == ["Share it."]


def test_offers_that_suit_the_school_can_be_chosen_and_one_that_was_stays(world, plan):
    title = "Choirs together, Exampleshire Music Hub"
    page = client_of(world.head).get(plan.section_url("priorities")).content.decode()
    assert f'<option value="{title}">' in page and "Samplefolk" not in page
    write(plan, "priorities", by=world.head, **priorities.values_of([{"what": "A choir", "offer": title}]))
    Offer.objects.update(is_current=False)
    page = client_of(world.head).get(plan.section_url("priorities")).content.decode()
    assert f'<option value="{title}" selected>' in page


@pytest.mark.parametrize(("years", "counts"), [(1, False), (2, False), (3, True)])
def test_a_plan_of_several_years_counts_as_long_as_it_runs(world, plan, years, counts):
    fill(plan, by=world.head)
    plans.share(plan=plan, by=world.head)
    Plan.objects.filter(pk=plan.pk).update(year=plan.year - 2, years=years)
    assert newest_shared(world.officer).exists() is counts


def test_needs_count_by_strand_and_requests_by_authority_and_phase(world, plan):
    rows = [
        {"what": "A band", "strand": "provision", "ask": "A band leader on Fridays"},
        {
            "what": "A choir",
            "strand": "provision",
            "offer": "Choirs together, Exampleshire Music Hub",
            "ask": "No more",
        },
        {"what": "Done", "strand": "provision", "ask": "Nothing", "rag": "done"},
        {"what": "Nobody knows"},
    ]
    write(plan, "priorities", by=world.head, **priorities.values_of(rows))
    assert list(newest_shared(world.officer)) == []
    fill(plan, by=world.head)
    plans.share(plan=plan, by=world.head)
    versions = sources_of(newest_shared(world.officer))
    counts = {each.name: (each.priorities, each.number_of_schools, each.with_offer) for each in by_strand(versions)}
    assert counts["Lessons, ensembles and singing"] == (2, 1, 1)
    assert counts["None named"] == (1, 1, 0)
    assert sum(number for number, _, _ in counts.values()) == 3
    (group,) = asked_for(versions)
    assert group.phase == world.school.get_phase_display()
    assert [(school.name, ask, strand) for school, ask, strand, _ in group.rows] == [
        ("Millbrook Junior School", "A band leader on Fridays", "Lessons, ensembles and singing")
    ]
    page = client_of(world.officer).get(reverse("smdp:priority-needs")).content.decode()
    assert "A band leader on Fridays" in page and "1 request" in page
    assert client_of(world.head).get(reverse("smdp:priority-needs")).status_code == 403
    assert list(newest_shared(make.make_person(Role.HUB_OFFICER, make.make_hub("Third Hub"), "Thea Third"))) == []


def test_needs_leave_out_what_was_noted_as_done_before_the_plan_was_shared_again(world, plan):
    rows = [{"what": "A band", "strand": "provision"}, {"what": "A choir", "strand": "provision"}]
    write(plan, "priorities", by=world.head, **priorities.values_of(rows))
    first = plans.share(plan=fill(plan, by=world.head), by=world.head)
    notes.note(version=first, said=Said(0, "done", "It plays"), by=world.head)
    write(plan, "vision", by=world.head, now="Changed since")
    second = plans.share(plan=plan, by=world.head)
    address = reverse("smdp:priority-needs-export", args=["csv"])

    def counted() -> list[str]:
        text = client_of(world.officer).get(address).content.decode("utf-8-sig")
        return [line.split(",")[4] for line in text.splitlines()[1:]]

    assert counted() == ["A choir"]
    notes.note(version=second, said=Said(0, "amber", "It stopped"), by=world.head)
    assert counted() == ["A band", "A choir"]


def test_kinds_of_support_are_those_of_offers_and_conversations():
    second = next(each for each in SPECIFICATIONS[2] if each.key == "priorities")
    (column,) = (each for table in second.tables() for each in table.columns if each.name == "strand")
    assert {code for code, _ in column.choices} == set(Strand.objects.values_list("code", flat=True))


def test_summary_names_no_priority_that_is_done(world, plan):
    rows = [{"what": "A choir", "rag": "done"}, {"what": "A band", "rag": "amber"}]
    write(plan, "priorities", by=world.head, **priorities.values_of(rows))
    assert summaries.prefill(plan)["future"] == "# Our priorities\n- A band"


def test_needs_filter_and_go_out_as_a_file_with_what_is_kept_elsewhere(world, plan, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    write(plan, "priorities", by=world.head, **priorities.values_of([{"what": "A band", "ask": "=A band leader"}]))
    fill(plan, by=world.head)
    plans.share(plan=plan, by=world.head)
    other = make.make_school("Ashby High School", hub=world.hub, phase=School.Phase.SECONDARY)
    keep_elsewhere(other, "Their", by=make.make_person(Role.SCHOOL_LEADER, other, "Ada Head"))
    address, client = reverse("smdp:priority-needs"), client_of(world.officer)
    page = client.get(address).text
    assert "2 plans" in page and "Their leader" in page and "A band leader" in page
    page = client.get(address, {"phase": other.phase}).text
    assert "1 plan of" in page and "Their leader" in page and "A band leader" not in page
    export = reverse("smdp:priority-needs-export", args=["csv"])
    text = client.get(export, {"phase": other.phase}).content.decode("utf-8-sig")
    head, *rows = text.splitlines()
    assert head.startswith("School,URN,Local authority,Phase,What will be different")
    assert (
        len(rows) == 1 and rows[0].startswith("Ashby High School") and rows[0].endswith("Their leader,Kept elsewhere")
    )
    assert "'=A band leader" in client.get(export).content.decode()
    assert client.get(reverse("smdp:priority-needs-export", args=["pdf"])).status_code == 404
    assert client.get(reverse("smdp:priority-needs-export", args=["xlsx"])).status_code == 200


def test_row_is_taken_out_without_scripts_and_all_else_typed_stays(plan, world):
    client = client_of(world.head)
    typed = {
        "priorities-TOTAL_FORMS": "3",
        "future": "A band by the summer",
        **{f"priorities-{at}-what": what for at, what in enumerate(("A choir", "A band", "Ukuleles"))},
        "priorities-1-by_0": "12",
        "priorities-1-by_1": "6",
        "priorities-1-rag": "amber",
        "priorities-10-what": "Another row’s name begins alike",
    }
    page = client.get(plan.section_url("priorities")).text
    assert 'name="take_out" value="priorities-0"' in page
    answer = client.post(plan.section_url("priorities"), typed | {"take_out": "priorities-1"})
    assert answer.headers["Location"] == f"{plan.section_url('priorities')}#priorities"
    values = writing.drafts_of(plan)["priorities"].values
    assert [row["what"] for row in priorities.rows_in(values)] == ["A choir", "Ukuleles"]
    assert values["future"] == "A band by the summer"
    assert not any(value for name, value in values.items() if name.startswith("priorities-1-"))
    page = client.get(plan.section_url("priorities")).text
    assert 'value="Ukuleles"' in page and "A band<" not in page


@pytest.mark.parametrize("row", ["priorities-9", "nothing-0", "priorities-", "priorities", "future"])
def test_row_that_is_not_there_is_not_taken_out(plan, world, row):
    typed = {"priorities-TOTAL_FORMS": "1", "priorities-0-what": "A choir", "take_out": row}
    assert client_of(world.head).post(plan.section_url("priorities"), typed).status_code == 302
    assert priorities.rows_in(writing.drafts_of(plan)["priorities"].values)[0]["what"] == "A choir"
