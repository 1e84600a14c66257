"""Nobody is shown a link or a button that is closed to them: what is not theirs to do is not offered."""

import pytest

from tests.architecture.walking import Visit

pytestmark = pytest.mark.django_db


def test_no_way_shown_is_closed_to_who_was_shown_it(walk: list[Visit]):
    wrong: dict[str, list[str]] = {}
    for visit in walk:
        for way in visit.closed:
            wrong.setdefault(f"{way} for {visit.role}", []).append(str(visit.row))
    assert {way: pages[0] for way, pages in wrong.items()} == {}
