"""How the portal says things."""

from datetime import UTC, date, datetime

import pytest

from hubportal.kit.wording import academic_year, as_date, clock, short_date, telephone


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("01632962213", "01632 962213"),
        ("07700900123", "07700 900123"),
        ("02079460958", "020 7946 0958"),
        ("01134960000", "0113 496 0000"),
        ("01214960000", "0121 496 0000"),
        ("03001234567", "0300 123 4567"),
        ("01632 960 001", "01632 960 001"),  # in groups already
        ("+441632962213", "+441632962213"),
        ("01632962213 ext 4", "01632962213 ext 4"),
        ("0163296221", "0163296221"),
        ("", ""),
    ],
)
def test_telephone_groups_british_numbers_and_leaves_others(given, said):
    assert telephone(given) == said


@pytest.mark.parametrize(
    ("day", "began"),
    [
        (date(2026, 8, 31), 2025),
        (date(2026, 9, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
        (date(2028, 2, 29), 2027),
    ],
)
def test_academic_year_turns_on_1_september(day, began):
    assert academic_year(day) == began


@pytest.mark.parametrize(
    ("moment", "day", "time"),
    [
        (datetime(2026, 8, 31, 22, 59, tzinfo=UTC), date(2026, 8, 31), "11:59pm"),  # summer time is an hour ahead
        (datetime(2026, 8, 31, 23, 0, tzinfo=UTC), date(2026, 9, 1), "midnight"),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), date(2027, 3, 28), "12:59am"),  # the clocks go forward
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), date(2027, 3, 28), "2am"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25), "1:30am"),  # and back: twice half past one
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25), "1:30am"),
        (datetime(2026, 11, 12, 12, 0, tzinfo=UTC), date(2026, 11, 12), "midday"),
        (datetime(2026, 11, 12, 12, 5, tzinfo=UTC), date(2026, 11, 12), "12:05pm"),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 31), "11:59pm"),
    ],
)
def test_moment_is_said_in_london_time(moment, day, time):
    assert (as_date(moment), clock(moment)) == (day, time)


def test_short_date_gives_the_year_across_the_turn_of_the_academic_year():
    assert short_date(date(2026, 8, 31), date(2026, 9, 1)) == "31 August 2026"
    assert short_date(date(2026, 9, 1), date(2027, 8, 31)) == "1 September"
