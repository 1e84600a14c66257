"""What tables come to: minutes against the hour, a budget's totals; on the form, read, on paper, and in versions."""

import pytest
from django.urls import reverse

from smdp.actions import plans as actions
from smdp.reckoning import against_the_hour, is_in_the_hour, reckoned
from smdp.sections import SPECIFICATIONS
from tests.smdp.factories import write

BUDGET = next(table for each in SPECIFICATIONS[3] if each.key == "funding" for table in each.tables())
TIME = {
    "time-TOTAL_FORMS": "3",
    "time-0-year_group": "Year 4",
    "time-0-minutes": "45",
    "time-1-year_group": "Year 5",
    "time-1-minutes": "1,200",
    "time-2-year_group": "Reception",
    "time-2-minutes": "20",
}
MONEY = {
    "budget-TOTAL_FORMS": "3",
    "budget-0-what": "A specialist",
    "budget-0-way": "out",
    "budget-0-amount": "7,800",
    "budget-1-what": "The school",
    "budget-1-way": "in",
    "budget-1-amount": "£7000",
    "budget-2-what": "A drum",
    "budget-2-amount": "90",
}
SAID = ("Received: £7,000", "Spent: £7,800", "Balance: £800 more spent than received")


@pytest.mark.parametrize(
    ("year_group", "minutes", "words", "is_below"),
    [
        ("Year 4", 45, "45 minutes, 15 below the hour", True),
        ("Year 4", 60, "60 minutes, the hour", False),
        ("Years 7 and 8", 75, "75 minutes, 15 above the hour", False),
        ("Reception", 30, "30 minutes", False),
        ("Year 10", 1, "1 minute", False),
    ],
)
def test_minutes_are_held_against_the_hour_where_it_holds(year_group, minutes, words, is_below):
    assert against_the_hour(year_group, minutes) == (words, is_below)


@pytest.mark.parametrize(
    "words", ["Year 4", "Y4", "Years 7 and 8", "3-6", "KS2", "Key stage 3", "All", "Reception and Year 1"]
)
def test_rows_that_the_hour_is_for(words):
    assert is_in_the_hour(words)


@pytest.mark.parametrize(
    "words", ["Reception", "Nursery", "EYFS", "Year 10", "Years 12 and 13", "Sixth form", "KS4", "GCSE"]
)
def test_rows_that_the_hour_is_not_for(words):
    assert not is_in_the_hour(words)


def test_a_budget_is_added_up_and_says_what_counts_in_neither():
    found = reckoned(BUDGET, MONEY)
    assert tuple(found.lines) == SAID
    assert found.unclear_words == "1 line counts in neither, until it says how much, and whether it is in or out."
    assert reckoned(BUDGET, {"budget-TOTAL_FORMS": "x"}) is None
    assert reckoned(BUDGET, {"budget-TOTAL_FORMS": "1", "budget-0-way": "in", "budget-0-amount": "9" * 40}) is None


def test_earlier_versions_add_nothing_up():
    tables = [table for number in (1, 2) for each in SPECIFICATIONS[number] for table in each.tables()]
    assert {table.reckons for table in tables} == {None}


@pytest.mark.django_db
def test_it_stands_on_the_form_in_versions_and_on_paper(plan, head, client):
    write(plan, "curriculum", by=head, **TIME)
    write(plan, "funding", by=head, **MONEY)
    form = client.get(plan.section_url("funding")).content.decode()
    version = actions.share(plan=plan, by=head)
    read = client.get(version.get_absolute_url()).content.decode()
    paper = client.get(reverse("smdp:plan-print", args=[plan.uuid])).content.decode()
    for each in SAID:
        assert f"<li>{each}</li>" in form and f"<li>{each}</li>" in paper
        what, words = each.split(": ")
        assert f'<tr><th scope="row">{what}</th><td>{words}</td></tr>' in read
    assert "<td>45 minutes, 15 below the hour</td>" in read and "Below the hour: Year 4." in read
    assert "<li>Year 4: 45 minutes, 15 below the hour</li>" in paper
    assert "<li>Reception: 20 minutes</li>" in client.get(plan.section_url("curriculum")).content.decode()
    write(plan, "funding", by=head, **{"budget-2-way": "in"})
    actions.share(plan=plan, by=head)
    changed = client.get(reverse("smdp:version-compare", args=[plan.uuid])).content.decode()
    assert "Money: Budget of the year" in changed and "£7,090" in changed
