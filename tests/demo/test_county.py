"""The invented county: the register's own layout, the same for the same seed, nothing that could be real."""

import csv
import io
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from hubportal.demo import county, schooldays
from hubportal.demo.register import COLUMNS, register_text

ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def schools() -> list[county.DemoSchool]:
    return county.exampleshire(7, ON)


def test_same_seed_and_date_make_the_same_file(schools):
    assert register_text(county.exampleshire(7, ON), ON) == register_text(schools, ON)


def test_another_seed_makes_another_county(schools):
    assert register_text(county.exampleshire(8, ON), ON) != register_text(schools, ON)


def test_file_has_the_registers_135_columns_and_a_row_a_school(schools):
    rows = list(csv.reader(io.StringIO(register_text(schools, ON))))
    assert len(COLUMNS) == 135
    assert [len(row) for row in rows] == [135] * (len(schools) + 1)
    assert rows[0] == list(COLUMNS)


def test_urns_are_the_demos_own_and_no_two_alike(schools):
    urns = [each.urn for each in [*schools, *county.samplefolk(7, ON)]]
    assert len(set(urns)) == len(urns)
    assert min(urns) == 700001
    assert max(urns) <= 700999


def test_there_are_as_many_of_each_kind_as_planned(schools):
    wanted: Counter[str] = Counter()
    for kind, count in county.KINDS:
        wanted[kind] += count
    assert Counter(each.kind for each in schools if each.is_open) == wanted


def test_closed_schools_closed_before_today_and_their_successors_opened_the_day_after(schools):
    by_urn = {each.urn: each for each in schools}
    closed = [each for each in schools if each.status == "2"]
    successors = [each for each in schools if each.predecessor]
    assert (len(closed), len(successors)) == (12, 8)
    assert all(each.closed < ON for each in closed)
    assert [(each.opened - by_urn[each.predecessor].closed).days for each in successors] == [1] * 8


def test_the_known_schools_have_their_names(schools):
    names = {each.urn: each.name for each in schools}
    assert [names[urn] for urn in (county.MILLBROOK, county.FENWICK_ROAD, county.ST_BRANNOCS, county.NORTHGATE)] == [
        "Millbrook Junior School",
        "Fenwick Road Primary School",
        "St Brannoc's Catholic Primary School",
        "Northgate Academy",
    ]


def test_schools_stand_in_the_sea(schools):
    """East of every point of Norfolk and north of it: nothing invented stands where a real school could."""
    assert all(each.easting > 600_000 and each.northing > 355_000 for each in schools)


@pytest.mark.parametrize("day", [date(2026, 12, 25), date(2026, 8, 3), date(2026, 11, 22)])
def test_holidays_and_sundays_are_no_school_days(day):
    assert not schooldays.is_school_day(day)
    assert schooldays.is_school_day(schooldays.on_or_before(day))


def test_school_days_are_in_order():
    days = list(schooldays.school_days(date(2025, 9, 1), ON))
    assert all(first < second for first, second in pairwise(days))
    assert days[0] == date(2025, 9, 3)
