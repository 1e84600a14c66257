"""The seven key features are told by words and by shapes."""

from hubportal.kit import charts
from smdp.features import picture_of
from smdp.sections import sections_for

SECTIONS = sections_for(1, ["primary"])


def test_each_answer_has_its_word_and_its_own_shape():
    picture = picture_of(SECTIONS, {"features": {"hour": "yes", "lessons": "partly", "choir": "not-yet"}})
    assert [each.words for each in picture.features] == ["Yes", "Partly", "Not yet", *["Not answered"] * 4]
    assert len({each.mark for each in picture.features}) == 4
    assert picture.finding == "1 yes, 1 partly and 1 not yet"


def test_where_nothing_was_answered_there_is_no_picture():
    assert picture_of(SECTIONS, {"features": {"hour": ""}}) is None
    assert picture_of(SECTIONS, {}) is None


def test_an_answer_that_is_none_is_drawn_as_unanswered():
    assert charts.answer_mark("<b>") == charts.answer_mark("")
