"""Two years of a self-evaluation side by side: criterion by criterion, what has moved. No query."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from engagement.models import FrameworkArea
from hubportal.kit import charts
from smdp.evaluations.evaluating import Answers, Frame, level_in, step_of

UP, SAME, DOWN = "up", "same", "down"
NEW, GONE, NEVER = "new", "gone", "never"
SAID = {
    UP: ("↑", "Up"),
    SAME: ("=", "The same"),
    DOWN: ("↓", "Down"),
    NEW: ("+", "Answered for the first time"),
    GONE: ("–", "Not answered this year"),
    NEVER: ("", "Not answered"),
}


@dataclass(frozen=True)
class Move:
    """One criterion in both years: the levels in words, which way it went by symbol and words, and both as a bar."""

    title: str
    way: str
    now: str
    was: str
    bar: SafeString
    evidence: str
    evidence_before: str

    @property
    def symbol(self) -> str:
        return SAID[self.way][0]

    @property
    def words(self) -> str:
        return SAID[self.way][1]


def moves(
    frame: Frame, now: Answers, was: Answers, levels_before: dict[int, str]
) -> list[tuple[FrameworkArea, list[Move]]]:
    """Every criterion of this year's framework by its area. A criterion keeps its code from version to version of a
    framework, and levels their order, so that years under two versions can be compared."""
    return [
        (area, [_move(frame, each.title, each.code, now, was, levels_before) for each in criteria])
        for area, criteria in frame.areas
    ]


def way_of(now: int | None, was: int | None) -> str:
    """Which way a level went."""
    if now and was:
        return UP if now > was else DOWN if now < was else SAME
    return NEW if now else GONE if was else NEVER


def summary(found: Iterable[tuple[FrameworkArea, list[Move]]]) -> str:
    """ "5 up, 2 down, 9 the same"."""
    ways = Counter(each.way for _area, rows in found for each in rows)
    return f"{ways[UP]} up, {ways[DOWN]} down, {ways[SAME]} the same"


def _move(frame: Frame, title: str, code: str, now: Answers, was: Answers, levels_before: dict[int, str]) -> Move:
    level, before = level_in(now, code), level_in(was, code)
    return Move(
        title=title,
        way=way_of(level, before),
        now=frame.levels.get(level or 0, "Not answered"),
        was=levels_before.get(before or 0, "Not answered"),
        bar=charts.levels_bar(step_of(frame, level), step_of(frame, before), label=title, words=frame.words),
        evidence=str(now.get(code, {}).get("evidence", "")),
        evidence_before=str(was.get(code, {}).get("evidence", "")),
    )
