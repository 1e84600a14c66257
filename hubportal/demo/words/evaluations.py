"""Words of self-evaluations: a level and, of some criteria, the evidence."""

from collections.abc import Mapping
from random import Random

EVIDENCE = (
    "Timetables for this year, and what pupils said when governors asked them.",
    "The music lead’s notes from lesson visits in the autumn.",
    "Registers of the groups, compared with last year’s.",
    "Recordings from the summer concert, kept with the plan.",
    "Not yet written down anywhere: that is our next step.",
    "The staff survey in July, which all but two answered.",
)


def of_a_school(rng: Random, levels: Mapping[str, int], sentinel: str) -> dict[str, str]:
    """What the draft of a school holds: every level, and evidence for a few. The sentinel stands in it where it is
    given."""
    end = f" {sentinel}." if sentinel else ""
    values = {f"{code}-level": str(level) for code, level in levels.items()}
    for code in rng.sample(sorted(levels), 5):
        values[f"{code}-evidence"] = rng.choice(EVIDENCE) + end
    return values


MILLBROOK: dict[str, tuple[str, str, str]] = {  # last year's level, this year's so far, the evidence
    "weekly-hour": ("2", "3", "65 minutes in Years 3 and 4, an hour in Year 5, 45 minutes in Year 6."),
    "singing": ("3", "4", "Whole-school singing twice a week; a vocal group meets all year."),
    "whole-class-instruments": ("3", "3", "Year 4 learn brass for three terms with Exampleshire Brass."),
    "creating": ("2", "", ""),
    "curriculum-sequence": ("2", "3", "A unit a term, each of which comes back to the one before."),
    "assessment": ("1", "", ""),
    "lessons": ("2", "", ""),
    "choir": ("2", "4", "Thirty-one pupils, from every class in Years 4 to 6."),
    "ensemble": ("1", "", ""),
    "practice-space": ("2", "", ""),
    "moving-on": ("1", "1", "Six of 58 went on after whole-class brass, and there is no group for them."),
    "performance": ("3", "", ""),
    "live-music": ("3", "", ""),
    "daily-music": ("3", "", ""),
    "leadership": ("2", "", ""),
    "plan": ("2", "", ""),
    "staff-confidence": ("2", "", ""),
    "resources": ("3", "", ""),
    "taking-part": ("2", "", ""),
    "send": ("3", "", ""),
    "cost": ("2", "", ""),
    "hub": ("3", "", ""),
    "links": ("2", "", ""),
    "sharing": ("1", "", ""),
}


def millbrook(*, last_year: bool) -> dict[str, str]:
    """Last year's whole self-evaluation, or this year's as far as it is."""
    values: dict[str, str] = {}
    for code, (then, now, evidence) in MILLBROOK.items():
        if level := then if last_year else now:
            values[f"{code}-level"] = level
            values[f"{code}-evidence"] = "" if last_year else evidence
    return {name: value for name, value in values.items() if value}
