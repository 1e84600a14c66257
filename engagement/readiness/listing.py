"""The list as the lines of a file."""

from datetime import date
from typing import Any

from engagement.readiness.standings import Standing

HEADS = ("Name", "Works for", "Missing", "Training", "First joint visit", "Last moderated conversation")


def line_of(row: Standing) -> list[Any]:
    """One person's line; days as dates."""
    return [
        row.name,
        row.where or str(row.held.hub),
        "; ".join(gap.words for gap in row.gaps),
        "; ".join(f"{each.topic}, {each.on:%d/%m/%Y}" for each in row.latest),
        _day(row.first_joint),
        _day(row.last_moderated),
    ]


def _day(review: Any) -> date | str:
    return review.on if review else ""
