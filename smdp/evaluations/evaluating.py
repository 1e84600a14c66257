"""A self-evaluation read by its framework: what was answered of each criterion, what a conversation suggests, how it
stands beside another year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engagement.models import Criterion, Framework, FrameworkArea, PartVersion
from hubportal.accounts.models import User
from hubportal.kit import drafts
from hubportal.kit.drafts.merge import Value, Values
from hubportal.kit.models import Draft
from smdp.models import SelfEvaluation, SelfEvaluationVersion

KIND = "self-evaluation"  # of their drafts
LONGEST_EVIDENCE = 2000  # characters

Answers = Mapping[str, Mapping[str, Any]]  # {code: {"level": 3 or None, "evidence": "..."}}


@dataclass(frozen=True)
class Frame:
    """The criteria of a framework by their areas, and its levels by number."""

    areas: list[tuple[FrameworkArea, list[Criterion]]]
    levels: dict[int, str]
    meanings: list[tuple[str, str]]  # (level, what it means)

    @property
    def criteria(self) -> list[Criterion]:
        return [each for _area, criteria in self.areas for each in criteria]

    @property
    def words(self) -> list[str]:
        return list(self.levels.values())


def frame_of(framework: Framework) -> Frame:
    """What the framework asks. Three queries."""
    areas = framework.areas.order_by("position").prefetch_related("criteria")
    levels = list(framework.levels.order_by("number"))
    return Frame(
        [(area, list(area.criteria.all())) for area in areas],
        {each.number: each.name for each in levels},
        [(each.name, each.meaning) for each in levels],
    )


def draft_of(evaluation: SelfEvaluation) -> Draft | None:
    """The open draft; None once that of a later year was submitted. One query."""
    return drafts.find(kind=KIND, target=evaluation.uuid)


def answers_in(values: Values, frame: Frame) -> dict[str, dict[str, Any]]:
    """What a draft holds of each criterion: only criteria of which anything is said, only levels that there are."""
    found = {}
    for each in frame.criteria:
        level, evidence = _text(values.get(f"{each.code}-level")), _text(values.get(f"{each.code}-evidence"))
        number = int(level) if level.isdecimal() and len(level) < 4 and int(level) in frame.levels else None
        if number or evidence:
            found[each.code] = {"level": number, "evidence": evidence}
    return found


def level_in(answers: Answers, code: str) -> int | None:
    """The level of a criterion; None where none was given."""
    return answers.get(code, {}).get("level")


def step_of(frame: Frame, level: int | None) -> int | None:
    """The place of a level among those of the framework, from 1; None where there is no such level."""
    return list(frame.levels).index(level) + 1 if level in frame.levels else None


def answered(answers: Answers) -> int:
    """How many criteria have a level."""
    return sum(1 for each in answers.values() if each.get("level"))


def _text(value: Value | None) -> str:
    return value.strip() if isinstance(value, str) else " ".join(value or []).strip()


# --- Suggestions ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Suggestions:
    """The levels that a conversation came to, by the criterion's code, and its day. Nobody's answers until the school
    takes them over."""

    on: date | None
    levels: Mapping[str, int]


NO_SUGGESTIONS = Suggestions(None, {})


def suggestions_in(version: PartVersion) -> Suggestions:
    """What stands in what the school was given: the agreed level, else the one that was given; where school and hub
    differed, the school's own. No query."""
    judged = version.content["judgements"]
    levels = {each["code"]: each["level"] or each["school_level"] for each in judged}
    day = version.content["date"]
    return Suggestions(
        date.fromisoformat(day) if day else None, {code: level for code, level in levels.items() if level}
    )


def suggestions_for(evaluation: SelfEvaluation, user: User) -> Suggestions:
    """What the person is shown as suggested: nothing where the conversation was withdrawn since. One query at the
    most."""
    if evaluation.seeded_from_id is None:
        return NO_SUGGESTIONS
    version = PartVersion.objects.shared_with(user).filter(pk=evaluation.seeded_from_id).first()
    return suggestions_in(version) if version else NO_SUGGESTIONS


# --- Another year --------------------------------------------------------------------------------------------------


def version_before(evaluation: SelfEvaluation, user: User) -> SelfEvaluationVersion | None:
    """The last version that the person may read of the newest earlier year of the school. One query."""
    rows = SelfEvaluationVersion.objects.visible_to(user).filter(
        evaluation__school=evaluation.school_id, evaluation__year__lt=evaluation.year
    )
    return rows.select_related("evaluation__framework").order_by("-evaluation__year", "-number").first()


def levels_of(version: SelfEvaluationVersion) -> dict[int, str]:
    """The names of the levels under which it was written, by number. One query."""
    return dict(version.evaluation.framework.levels.values_list("number", "name"))
