"""Whoever looks at the walk through every page is in its group: elsewhere another process walks all of it again."""

from hubportal.environment import ROOT
from tests.side_by_side import TOGETHER


def test_the_walk_is_made_in_one_process():
    lookers = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if "walk: list[Visit]" in path.read_text() and path.name != "test_side_by_side.py"
    }
    assert lookers == set(TOGETHER["walk"])
