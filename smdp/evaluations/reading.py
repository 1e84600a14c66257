"""A self-evaluation as its readers see it: the levels in words and as bars, and the evidence. No query."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from engagement.models import FrameworkArea
from hubportal.kit import charts
from smdp.evaluations.evaluating import Answers, Frame, level_in, step_of


@dataclass(frozen=True)
class Reading:
    """One criterion: its level in words ("Not answered" where there is none), the bar, and the evidence."""

    title: str
    words: str
    bar: SafeString
    evidence: str


def chapters(frame: Frame, answers: Answers) -> list[tuple[FrameworkArea, list[Reading]]]:
    """Every criterion by its area, whether or not it was answered."""
    return [
        (
            area,
            [
                Reading(
                    each.title,
                    frame.levels.get(level_in(answers, each.code) or 0, "Not answered"),
                    charts.levels_bar(
                        step_of(frame, level_in(answers, each.code)), label=each.title, words=frame.words
                    ),
                    str(answers.get(each.code, {}).get("evidence", "")),
                )
                for each in criteria
            ],
        )
        for area, criteria in frame.areas
    ]
