"""What was said, in parts that a seed puts together.

Braces are filled in by `hubportal.demo.voice`: {young} {mid} {old} are year groups of the school, {n} and {m} numbers of
pupils (m the smaller), {inst} an instrument, {near} a neighbouring school, {town}, {partner}, {day}, {month}.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class CriterionWords:
    """How people talk about one criterion. `evidence` has two wordings for each of the four levels; `next_steps` is the next
    step from "not yet in place" and the one from "emerging"."""

    evidence: tuple[tuple[str, str], ...]
    next_steps: tuple[str, str]
    hub_does: str
    school_does: str
    ask: str
    answer: str
    offered: str
