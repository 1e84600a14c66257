"""Term dates: whose hold, what is refused in which words, and the pages on which they are entered."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hubportal.kit.terms import SchoolTime, Span, usual_year
from hubportal.kit.wording import academic_year, long_date
from schools import term_dates
from schools.access import today
from schools.actions import term_dates as actions
from schools.models import TermCalendar
from schools.roles import Role
from tests import factories as make
from tests.schools.conftest import Town

pytestmark = pytest.mark.django_db

YEAR = academic_year(today())
NEXT = YEAR + 1
DAYS = {
    "first_1": f"Wednesday 2 September {YEAR}",
    "last_1": f"23/10/{YEAR}",
    "first_2": f"2 Nov {YEAR}",
    "last_2": f"{YEAR}-12-18",
    "first_3": f"4 January {NEXT}",
    "last_3": f"12 February {NEXT}",
    "first_4": f"22 February {NEXT}",
    "last_4": f"25 March {NEXT}",
    "first_5": f"12 April {NEXT}",
    "last_5": f"28 May {NEXT}",
    "first_6": f"7 June {NEXT}",
    "last_6": f"22 July {NEXT}",
}
ROWS = {"off-TOTAL_FORMS": "1", "off-INITIAL_FORMS": "0"}
TYPED = {**DAYS, **ROWS, "terms_in_year": "3", "source": "exampleshire.example/terms"}


def address(owner, year: int = YEAR) -> str:
    field = term_dates.owner_field(owner)
    key = {"authority": "code", "trust": "group_uid", "school": "urn"}[field]
    return reverse(f"schools:term-dates-{field}", args=[getattr(owner, key), year])


def later(days: int = 7) -> list[Span]:
    """The usual parts, the second one some days later."""
    parts = list(usual_year(2026).parts)
    parts[1] = Span(parts[1].first + timedelta(days), parts[1].last)
    return parts


# --- whose dates hold ----------------------------------------------------------------------------------------------


def test_a_schools_dates_go_before_its_trusts_and_those_before_its_authoritys(here: Town) -> None:
    school = here.first
    make.make_term_calendar(school.authority, 2026)
    make.make_term_calendar(school.authority, 2027)
    assert term_dates.calendars_at([school])[school.pk][0].owner == school.authority
    trust = make.make_trust("A trust", schools=(school,))
    make.make_term_calendar(trust, 2026, parts=later())
    held = {each.year: each.owner for each in term_dates.calendars_at([school])[school.pk]}
    assert held == {2026: trust, 2027: school.authority}
    make.make_term_calendar(school, 2026, parts=later(14))
    assert term_dates.school_times([school])[school.pk].school_day_from(date(2026, 10, 24)) == date(2026, 11, 16)
    held = {each.year: each.owner for each in term_dates.calendars_at([school])[school.pk]}
    assert held == {2026: school, 2027: school.authority}


def test_school_times_cost_the_same_for_one_and_for_three(here: Town, django_assert_num_queries) -> None:
    make.make_term_calendar(here.first.authority, 2026)
    for schools in (here.schools[:1], here.schools[:3]):
        with django_assert_num_queries(4):
            assert len(term_dates.school_times(schools)) == len(schools)


# --- what is refused -----------------------------------------------------------------------------------------------


def refusals(parts, days_off=(), year=2026) -> list[str]:
    names = [f"term {number}" for number in range(1, 7)]
    return [each.sentence for each in term_dates.problems(year, parts, days_off, names)]


def test_the_usual_year_is_whole():
    assert refusals(usual_year(2026).parts, usual_year(2026).days_off) == []


def test_a_part_that_is_missing_leaves_a_gap_that_is_named():
    parts = list(usual_year(2026).parts)
    parts[2] = None
    assert refusals(parts) == [
        "Enter the dates of the term 3: without them the calendar has a gap from 19 December 2026 to 20 February 2027"
    ]


def test_a_holiday_of_more_than_four_weeks_is_a_gap():
    assert refusals(later(21)) == [
        "The calendar has a gap from 24 October 2026 to 21 November 2026: more than four weeks is no October half-term "
        "holiday. Check the dates before and after it"
    ]


@pytest.mark.parametrize(
    ("part", "span", "sentence"),
    [
        (1, Span(date(2026, 12, 1), date(2026, 11, 2)), "The last day of the term 2, 2 November 2026, is before"),
        (1, Span(date(2027, 11, 2), date(2027, 12, 17)), "The term 2 must lie between 10 August 2026 and 31 August"),
        (1, Span(date(2026, 10, 19), date(2026, 12, 18)), "The term 2 begins on 19 October 2026, before the term 1"),
    ],
)
def test_dates_that_cannot_be_are_refused(part, span, sentence):
    parts = list(usual_year(2026).parts)
    parts[part] = span
    assert refusals(parts)[0].startswith(sentence)


def test_a_day_off_in_the_holidays_is_refused():
    off = [Span(date(2026, 12, 28), date(2026, 12, 28), "Boxing Day")]
    assert refusals(usual_year(2026).parts, off) == [
        "“Boxing Day” must lie within a term: the days between terms are holidays already"
    ]


def test_an_authoritys_years_follow_each_other(here: Town) -> None:
    authority = here.first.authority
    make.make_term_calendar(authority, 2024)
    with pytest.raises(ValidationError, match="Enter 2025 to 2026 first: without it the calendar has a gap of a year"):
        make.make_term_calendar(authority, 2026)
    make.make_term_calendar(authority, 2025)
    early = list(usual_year(2026).parts)
    early[0] = Span(date(2026, 8, 10), early[0].last)
    make.make_term_calendar(authority, 2026, parts=early)
    late = list(usual_year(2025).parts)
    late[5] = Span(late[5].first, date(2026, 8, 20))
    with pytest.raises(ValidationError, match="The year ends after the next one begins, on 10 August 2026"):
        make.make_term_calendar(authority, 2025, parts=late)


# --- the pages -----------------------------------------------------------------------------------------------------


def test_dates_are_entered_as_a_website_has_them(here: Town, as_) -> None:
    client, authority = as_(here[Role.HUB_OFFICER]), here.first.authority
    off = {"off-0-name": "May Day", "off-0-first": f"4 May {NEXT}"}
    page = client.post(address(authority), {**TYPED, **off, "is_checked": "on"}, follow=True)
    assert [str(each) for each in page.context["messages"]] == [
        f"The term dates of {authority} for {YEAR} to {NEXT} are saved."
    ]
    calendar = TermCalendar.objects.get()
    assert (calendar.owner, calendar.terms_in_year, calendar.is_checked) == (authority, 3, True)
    assert calendar.changed_by == here[Role.HUB_OFFICER]
    year = calendar.as_year
    assert [year.parts[0], year.parts[5]] == [
        Span(date(YEAR, 9, 2), date(YEAR, 10, 23)),
        Span(date(NEXT, 6, 7), date(NEXT, 7, 22)),
    ]
    assert list(year.days_off) == [Span(date(NEXT, 5, 4), date(NEXT, 5, 4))]
    text = page.content.decode()
    assert "Autumn term, first half" in text and f"2 September {YEAR} to 23 October {YEAR}" in text
    again = client.get(address(authority)).content.decode()
    assert f'value="2 September {YEAR}"' in again and 'value="May Day"' in again


def test_what_is_wrong_stands_beside_its_box_and_nothing_is_saved(here: Town, as_) -> None:
    client, authority = as_(here[Role.HUB_MANAGER]), here.first.authority
    wrong = {**TYPED, "first_3": "", "last_3": "", "off-0-name": "Snow", "off-0-first": "yesterday"}
    page = client.post(address(authority), wrong)
    assert page.status_code == 400
    assert "First day off must be a real day" in page.content.decode()
    page = client.post(address(authority), {**wrong, "off-0-name": "", "off-0-first": ""})
    gap = "Enter the dates of the spring term, first half: without them the calendar has a gap from "
    assert page.context["form"].errors == {"first_3": [f"{gap}19 December {YEAR} to 21 February {NEXT}"]}
    assert f'value="Wednesday 2 September {YEAR}"' in page.content.decode(), "what was typed is kept"
    assert not TermCalendar.objects.exists()


def test_another_row_of_days_off_without_a_script(here: Town, as_) -> None:
    page = as_(here[Role.HUB_MANAGER]).post(address(here.first.authority), {**TYPED, "add_row": "off"})
    assert page.status_code == 200 and "Day off" in page.content.decode()
    assert page.context["rows"].total_form_count() == 2
    assert not TermCalendar.objects.exists()


def test_a_school_begins_with_the_dates_that_hold_and_may_go_back_to_them(here: Town, as_) -> None:
    client, school = as_(here[Role.HUB_OFFICER]), here.first
    make.make_term_calendar(school.authority, YEAR)
    page = client.get(address(school))
    assert f"The boxes hold the dates of {school.authority}" in page.content.decode()
    first = usual_year(YEAR).parts[0].first
    assert f'value="{long_date(first)}"' in page.content.decode()
    assert client.post(address(school), TYPED).url == school.get_absolute_url()
    assert "The school’s own dates." in client.get(school.get_absolute_url()).content.decode()
    client.post(address(school), {"remove": "1"})
    assert [each.owner for each in TermCalendar.objects.all()] == [school.authority]
    assert f"Dates of {school.authority}." in client.get(school.get_absolute_url()).content.decode()


def test_an_authoritys_dates_are_not_taken_away(here: Town, as_) -> None:
    authority = here.first.authority
    make.make_term_calendar(authority, YEAR)
    client = as_(here[Role.HUB_MANAGER])
    assert "Go by others" not in client.get(address(authority)).content.decode()
    assert client.post(address(authority), {"remove": "1"}).status_code == 400
    assert TermCalendar.objects.count() == 1


def test_the_school_page_says_where_in_its_year_the_school_is(here: Town, as_) -> None:
    page = as_(here[Role.HUB_OFFICER]).get(here.first.get_absolute_url()).content.decode()
    assert f"{term_dates.now_words(SchoolTime(), 3, today())}." in page
    assert "The usual dates of English schools: nobody has entered this school’s." in page


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 12, 20), "Christmas holiday, until 5 January 2027"),
        (date(2027, 8, 1), "Summer holiday, until 2 September 2027"),
        (date(2027, 3, 1), "Spring term, second half, until 31 March 2027"),
    ],
)
def test_now_words(on, words):
    assert term_dates.now_words(SchoolTime(), 3, on) == words


def test_the_list_names_what_nobody_has_entered(here: Town, as_) -> None:
    make.make_term_calendar(here.first, YEAR)
    page = as_(here[Role.HUB_VIEWER]).get(reverse("schools:term-dates-list")).content.decode()
    assert page.count("Nobody has entered them.") == 4
    assert here.first.name in page and "Enter<" not in page


def test_dates_are_saved_whole_or_not_at_all(here: Town) -> None:
    parts = list(usual_year(2026).parts)[:5]
    with pytest.raises(ValidationError):
        actions.save(owner=here.first, year=2026, terms_in_year=3, parts=[*parts, parts[0]], by=None)
    assert not TermCalendar.objects.exists()
