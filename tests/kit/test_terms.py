"""The terms of an academic year, and counting in school weeks."""

from datetime import date, timedelta

import pytest

from hubportal.kit.terms import SchoolTime, SchoolYear, Span, part_name, term_of, term_of_part


@pytest.mark.parametrize(
    ("on", "words", "half"),
    [
        (date(2026, 9, 1), "autumn term 2026", date(2026, 10, 20)),
        (date(2026, 12, 31), "autumn term 2026", date(2026, 10, 20)),
        (date(2027, 1, 1), "spring term 2027", date(2027, 2, 19)),
        (date(2027, 3, 31), "spring term 2027", date(2027, 2, 19)),
        (date(2027, 4, 1), "summer term 2027", date(2027, 5, 20)),
        (date(2027, 8, 31), "summer term 2027", date(2027, 5, 20)),
    ],
)
def test_term_of_a_day(on, words, half):
    assert (str(term_of(on)), term_of(on).half) == (words, half)


# --- counting in school time ---------------------------------------------------------------------------------------

SIX = (
    ("2026-09-02", "2026-10-23"),
    ("2026-11-02", "2026-12-18"),
    ("2027-01-04", "2027-02-12"),
    ("2027-02-22", "2027-03-25"),
    ("2027-04-12", "2027-05-28"),
    ("2027-06-07", "2027-07-22"),
)
YEAR = SchoolYear(
    [Span(date.fromisoformat(first), date.fromisoformat(last)) for first, last in SIX],
    [Span(date(2027, 5, 3), date(2027, 5, 3), "May Day")],
)
HERE = SchoolTime({2026: YEAR})


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 12), date(2026, 11, 12)),  # a Thursday of school
        (date(2026, 11, 14), date(2026, 11, 16)),  # a Saturday
        (date(2026, 12, 19), date(2027, 1, 4)),  # Christmas
        (date(2027, 5, 3), date(2027, 5, 4)),  # May Day
        (date(2027, 7, 23), date(2027, 9, 3)),  # the year after has no calendar: the usual one stands in
    ],
)
def test_school_day_from_a_day(day, expected):
    assert HERE.school_day_from(day) == expected


@pytest.mark.parametrize(
    ("day", "weeks", "expected"),
    [
        (date(2026, 11, 12), 1, date(2026, 11, 19)),
        (date(2026, 12, 17), 1, date(2027, 1, 7)),  # the weeks of Christmas do not count
        (date(2026, 11, 12), 13, date(2027, 3, 4)),  # nor does half-term
        (date(2026, 12, 25), 1, date(2027, 1, 8)),  # from within a holiday
        (date(2027, 4, 26), 1, date(2027, 5, 4)),  # a bank holiday gives way to the next day
        (date(2026, 11, 12), 0, date(2026, 11, 12)),
    ],
)
def test_weeks_after_counts_school_weeks(day, weeks, expected):
    assert HERE.weeks_after(day, weeks) == expected


def test_a_year_of_school_has_39_weeks():
    mondays = [date(2026, 8, 31) + timedelta(weeks=week) for week in range(52)]
    assert sum(HERE.is_school_week(monday) for monday in mondays) == 40  # the first is three days long


def test_holidays_between_two_days_by_name():
    assert list(HERE.holidays_between(date(2026, 11, 12), date(2027, 3, 4))) == ["Christmas", "February half-term"]
    assert list(HERE.holidays_between(date(2026, 11, 12), date(2026, 12, 1))) == []
    assert list(HERE.holidays_between(date(2027, 7, 1), date(2027, 9, 20))) == ["summer"]


def test_a_year_that_begins_in_august_counts_from_then():
    early = SchoolYear([Span(date(2026, 8, 26), date(2026, 10, 16)), *YEAR.parts[1:]])
    assert SchoolTime({2026: early}).is_school_day(date(2026, 8, 27))
    assert not HERE.is_school_day(date(2026, 8, 27))


@pytest.mark.parametrize(
    ("part", "of_three", "of_six", "in_returns"),
    [(1, "autumn term, first half", "term 1", "autumn"), (4, "spring term, second half", "term 4", "spring")],
)
def test_a_part_has_a_name_and_a_term_in_returns(part, of_three, of_six, in_returns):
    assert (part_name(part, 3), part_name(part, 6), term_of_part(part)) == (of_three, of_six, in_returns)
