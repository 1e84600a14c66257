"""The terms of an academic year."""

from datetime import date

import pytest

from hubportal.kit.terms import term_of


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
