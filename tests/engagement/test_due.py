"""When a school is to be talked with next, and why: by contacts of several kinds, rules of several years, holidays."""

from datetime import date

import pytest

from engagement.due import Attempt, Contact, RulesThroughTheYears, work_out
from engagement.models import ContactRules, LadderStep
from hubportal.kit.terms import SchoolTime
from schools.actions.relationships import Contacted

TALK = {"kind": "catch_up", "how": "call"}


def worked_out(*contacts: Contact, attempts=(), rules=()) -> Contacted:
    """`contacts` and `attempts` the newest first, at a school with the usual terms."""
    return work_out(
        contacts=contacts,
        attempts=attempts,
        rules=RulesThroughTheYears(rules),
        time=SchoolTime(),
        ladder=[LadderStep(name="Call", how="call", school_weeks=1)],
    )


def test_nothing_is_due_where_nobody_has_spoken():
    assert worked_out() == Contacted()


def test_once_a_term_after_the_last_conversation_that_counts():
    found = worked_out(Contact(date(2026, 11, 12), **TALK))
    assert (found.due_because, found.due_on) == ("cadence", date(2027, 3, 4))
    assert found.due_reason == (
        "Once a term: 13 school weeks after 12 November 2026, when you last talked. Not counted: the Christmas holiday "
        "and the February half-term holiday."
    )


def test_a_day_agreed_goes_before_the_cadence_until_one_that_counts_comes_after_it():
    agreed = Contact(date(2026, 11, 12), next_on=date(2026, 12, 1), **TALK)
    event = Contact(date(2026, 11, 20), kind="catch_up", how="event")
    later = Contact(date(2026, 11, 25), **TALK)
    found = worked_out(event, agreed)
    assert (found.due_because, found.due_on) == ("agreed", date(2026, 12, 1))
    assert found.due_reason == "Agreed with the school on 12 November 2026."
    assert (found.last_conversation_on, found.last_counted_on) == (date(2026, 11, 20), date(2026, 11, 12))
    assert worked_out(later, event, agreed).due_because == "cadence"


def test_what_does_not_count_moves_nothing():
    talk, event = Contact(date(2026, 9, 10), **TALK), Contact(date(2026, 11, 20), kind="other", how="call")
    assert worked_out(event, talk).due_on == worked_out(talk).due_on
    assert worked_out(event).due_on is None


def test_a_contact_is_judged_by_the_rules_of_its_own_year():
    before = ContactRules(year=2025, hub_id=1, kinds=["catch_up"], ways=["call"], school_weeks=39)
    now = ContactRules(year=2026, hub_id=1, kinds=["challenging"], ways=["visit"], school_weeks=6)
    shared = ContactRules(year=2020)
    old, new = Contact(date(2026, 6, 10), **TALK), Contact(date(2026, 9, 10), **TALK)
    found = worked_out(new, old, rules=[shared, now, before])
    assert (found.last_conversation_on, found.last_counted_on) == (date(2026, 9, 10), date(2026, 6, 10))
    assert found.due_reason.startswith("Once a year: 39 school weeks after 10 June 2026")


@pytest.mark.parametrize(("year", "expected"), [(2019, 2020), (2020, 2020), (2024, 2020), (2025, 2025), (2030, 2027)])
def test_the_hubs_own_rules_go_before_those_of_every_hub(year, expected):
    rows = [ContactRules(year=2020), ContactRules(year=2025, hub_id=1), ContactRules(year=2027, hub_id=1)]
    assert RulesThroughTheYears([*rows, ContactRules(year=2026)]).of_year(year).year == expected


def test_what_came_from_another_hub_is_no_talk_of_this_one_but_its_agreed_day_holds():
    theirs = Contact(date(2026, 11, 12), next_on=date(2026, 12, 1), is_own=False, **TALK)
    found = worked_out(theirs)
    assert (found.last_conversation_on, found.last_counted_on, found.due_on) == (None, None, date(2026, 12, 1))


def test_attempts_are_counted_since_the_last_conversation_that_counts():
    talk, event = Contact(date(2026, 11, 2), **TALK), Contact(date(2026, 11, 16), kind="other", how="event")
    tries = [Attempt(date(2026, 11, day), "call") for day in (20, 10, 2)]
    found = worked_out(event, talk, attempts=tries)
    assert (found.attempts_since, found.last_attempt_on) == (2, date(2026, 11, 20))
