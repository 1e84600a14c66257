"""Answers in words: what was said, what is missing, in which rows."""

import pytest

from smdp import answers
from smdp.sections import Field, Kind, Setting, sections_for

CURRICULUM = next(each for each in sections_for(1, [Setting.PRIMARY]) if each.key == "curriculum")
VISION = next(each for each in sections_for(1, [Setting.PRIMARY]) if each.key == "vision")
TIME = next(CURRICULUM.tables())


@pytest.mark.parametrize(
    ("field", "values", "words"),
    [
        (Field("a", "A"), {"a": "  Singing  "}, "Singing"),
        (Field("a", "A"), {}, ""),
        (Field("a", "A", Kind.CHOICE, choices=(("yes", "Yes"),)), {"a": "yes"}, "Yes"),
        (Field("a", "A", Kind.CHOICE, choices=(("yes", "Yes"),)), {"a": "gone"}, "gone"),
        (Field("a", "A", Kind.DATE), {"a_0": "12", "a_1": "11", "a_2": "2026"}, "12 November 2026"),
        (Field("a", "A", Kind.DATE), {"a_0": "31", "a_1": "2", "a_2": "2026"}, "31 2 2026"),
        (Field("a", "A", Kind.MONEY), {"a": "1200"}, "£1,200"),
        (Field("a", "A", Kind.MONEY), {"a": "about 1,200"}, "about 1,200"),
    ],
)
def test_said_in_words(field, values, words):
    assert answers.said(field, values) == words


def test_rows_that_hold_nothing_are_no_rows():
    values = {"time-TOTAL_FORMS": "3", "time-1-year_group": "Year 4", "time-1-minutes": "60", "time-2-minutes": " "}
    assert [[(each.label, each.words) for each in row] for row in answers.rows_of(TIME, values)] == [
        [("Year group", "Year 4"), ("Minutes a week, averaged over the year", "60")]
    ]


@pytest.mark.parametrize("count", ["", "nonsense", "99999999", "-1"])
def test_a_count_of_rows_that_is_none_gives_no_rows(count):
    assert list(answers.rows_of(TIME, {"time-TOTAL_FORMS": count, "time-0-year_group": "Year 4"})) == []


def test_a_section_is_begun_by_a_row_alone():
    assert not answers.is_begun(CURRICULUM, {"time-TOTAL_FORMS": "1"})
    assert answers.is_begun(CURRICULUM, {"time-TOTAL_FORMS": "1", "time-0-minutes": "45"})


def test_blanks_are_missing_like_nothing():
    assert [field.name for field in answers.missing(VISION, {"vision": "  "})] == ["vision"]
    assert answers.missing(VISION, {"vision": "Singing"}) == []


def test_rows_of_short_answers_are_read_as_a_table_of_the_columns_that_were_used():
    values = {"time-TOTAL_FORMS": "2", "time-0-year_group": "Year 4", "time-0-minutes": "60", "time-1-minutes": "45"}
    (passage,) = (each for _title, found in answers.chapter(CURRICULUM, values).passages for each in found)
    assert [(head.label, head.is_figure) for head in passage.heads] == [
        ("Year group", False),
        ("Minutes a week, averaged over the year", True),
    ]
    assert [[cell.words for cell in row.cells] for row in passage.rows] == [["Year 4", "60"], ["", "45"]]


def test_rows_with_paragraphs_or_many_columns_are_read_as_a_list():
    priorities = next(each for each in sections_for(2, [Setting.PRIMARY]) if each.key == "priorities")
    values = {"priorities-TOTAL_FORMS": "1", "priorities-0-what": "A band"}
    passages = [each for _title, found in answers.chapter(priorities, values).passages for each in found]
    assert [row.heading for row in passages[0].rows] == ["A band"] and passages[0].heads == ()
