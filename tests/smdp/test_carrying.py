"""Next year's plan starts from this one: what it says comes over, to be confirmed section by section."""

import pytest
from django.urls import reverse

from hubportal.kit.wording import academic_year
from schools.access import today
from smdp import writing
from smdp.actions import plans as actions
from smdp.models import Plan
from smdp.progress import progress_of
from smdp.sections import newest, sections_for
from tests.smdp.factories import fill, make_plan, write

pytestmark = pytest.mark.django_db

YEAR = academic_year(today())
ROWS = {
    "priorities-TOTAL_FORMS": "3",
    "priorities-0-what": "A choir that meets all year",
    "priorities-0-target": "30 singers",
    "priorities-0-rag": "done",
    "priorities-1-what": "A band",
    "priorities-1-rag": "amber",
    "priorities-1-by_0": "1",
    "priorities-1-by_1": "6",
    "priorities-1-by_2": str(YEAR),
    "priorities-2-what": "Help with fees",
    "priorities-2-rag": "done",
}


@pytest.fixture
def last(school, head):
    plan = fill(make_plan(school, by=head, year=YEAR - 1), by=head)
    write(plan, "priorities", by=head, **ROWS, achieved="Since 2023: a ukulele for everybody")
    return plan


def next_plan(school, head) -> Plan:
    return actions.begin(school=school, year=YEAR, carry=True, by=head)


def values(plan: Plan, key: str) -> dict:
    return {name: value for name, value in writing.drafts_of(plan)[key].values.items() if value}


def test_the_page_offers_to_start_from_the_last_plan_and_does_unless_told_otherwise(school, head, last, client):
    address = reverse("smdp:plan-begin", args=[school.urn])
    page = client.get(address).content.decode()
    assert f"Start from your plan {YEAR - 1} to {YEAR}?" in page
    form = client.get(address).context["form"]
    assert form["carry"].initial == "yes"
    client.post(address, {"year": YEAR, "years": 1, "carry": "yes"})
    assert values(Plan.objects.get(year=YEAR), "vision") == {"vision": "Every child sings vision"}


def test_a_school_without_an_earlier_plan_is_asked_nothing_of_it(school, head, client):
    page = client.get(reverse("smdp:plan-begin", args=[school.urn])).content.decode()
    assert "Start from" not in page


def test_told_no_it_begins_empty(school, head, last, client):
    client.post(reverse("smdp:plan-begin", args=[school.urn]), {"year": YEAR, "years": 1, "carry": "no"})
    plan = Plan.objects.get(year=YEAR)
    assert values(plan, "vision") == {}
    assert writing.to_confirm(plan) == {}


def test_every_answer_comes_over_and_the_earlier_plan_keeps_its_own(school, head, last):
    before = writing.answers_of(writing.drafts_of(last))
    plan = next_plan(school, head)
    for key in ("overview", "vision", "curriculum", "features", "inclusion", "staffing", "leadership"):
        assert before[key].items() <= values(plan, key).items()
    assert writing.answers_of(writing.drafts_of(last)) == before


def test_words_of_a_plan_whose_writing_has_ended_come_over_too(school, head, last):
    actions.adopt(plan=last, presented_on=today(), by=head)
    write(last, "vision", by=head, now="Typed after it was adopted")
    later = fill(make_plan(school, by=head, year=YEAR + 1), by=head)
    actions.adopt(plan=later, presented_on=today(), by=head)
    last.refresh_from_db()
    assert last.superseded_at is not None
    assert values(next_plan(school, head), "vision")["now"] == "Typed after it was adopted"


def test_what_is_not_done_is_carried_and_what_is_done_is_an_achievement(school, head, last):
    assert values(next_plan(school, head), "priorities") == {
        "priorities-TOTAL_FORMS": "1",
        "priorities-0-what": "A band",
        "priorities-0-rag": "amber",
        "priorities-0-by_0": "1",
        "priorities-0-by_1": "6",
        "priorities-0-by_2": str(YEAR),
        "achieved": f"Achieved in {YEAR - 1} to {YEAR}:\nA choir that meets all year (target: 30 singers)\n"
        "Help with fees\n\nSince 2023: a ukulele for everybody",
    }


def test_a_section_is_to_confirm_until_somebody_presses_its_button(school, head, last, client):
    plan = next_plan(school, head)
    page = client.get(plan.get_absolute_url()).content.decode()
    assert page.count(">To confirm<") == 8
    assert f"From your plan {YEAR - 1} to {YEAR}. Confirm or change it" in page
    section = client.get(plan.section_url("vision")).content.decode()
    assert f"From your plan {YEAR - 1} to {YEAR}. Confirm or change it." in section
    assert "Confirm and go on" in section
    said = {"vision": "Every child sings vision"}
    client.post(reverse("smdp:section-draft", args=[plan.uuid, "vision"]), said)  # as the page saves itself
    assert "vision" in writing.to_confirm(plan)
    client.post(plan.section_url("vision"), {**said, "done": "1"})
    assert "vision" not in writing.to_confirm(plan)
    row = plan.sections.get(key="vision")
    assert (row.confirmed_by, row.is_to_confirm) == (head, False)
    assert client.get(plan.get_absolute_url()).content.decode().count(">To confirm<") == 7
    assert "Save and go on" in client.get(plan.section_url("vision")).content.decode()


def test_what_cannot_be_right_confirms_nothing(school, head, last, client):
    plan = next_plan(school, head)
    said = {"time-TOTAL_FORMS": "1", "time-0-year_group": "Year 4", "time-0-minutes": "an hour", "done": "1"}
    assert client.post(plan.section_url("curriculum"), said).status_code == 400
    assert "curriculum" in writing.to_confirm(plan)


def test_sharing_warns_of_what_nobody_confirmed_and_goes_on(school, head, last, client):
    plan = next_plan(school, head)
    share = reverse("smdp:plan-share", args=[plan.uuid])
    page = client.get(share).content.decode()
    assert "nobody has confirmed them yet" in page
    assert f'<a class="govuk-link" href="{plan.section_url("vision")}">Vision</a>' in page
    assert "nobody has confirmed them yet" in client.get(reverse("smdp:plan-adopt", args=[plan.uuid])).content.decode()
    client.post(share)
    assert plan.versions.get().answers["vision"]["vision"] == "Every child sings vision"


def test_a_section_to_confirm_does_not_count_as_complete(school, head, last):
    plan = next_plan(school, head)
    rows = writing.drafts_of(plan)
    sections = sections_for(newest(), ["primary"])
    assert progress_of(sections, rows, writing.to_confirm(plan)).complete == 0
    assert progress_of(sections, rows).complete == 8


def test_the_carried_state_can_be_seen_and_brought_back(school, head, last, client):
    plan = next_plan(school, head)
    write(plan, "vision", by=head, vision="Other words")
    client.post(reverse("smdp:section-restore", args=[plan.uuid, "vision"]), {"state": "1"})
    assert values(plan, "vision") == {"vision": "Every child sings vision"}


def test_words_that_were_not_placed_go_over_too(school, head):
    last = make_plan(school, by=head, year=YEAR - 1)
    last.unplaced = "What we could not place"
    last.save()
    assert actions.begin(school=school, year=YEAR, carry=True, by=head).unplaced == "What we could not place"
    last.refresh_from_db()
    assert last.unplaced == "What we could not place"
