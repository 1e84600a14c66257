"""What a trust's self-evaluation comes to: expected, or worked out from what its schools submitted. No query but where
it says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from engagement.models import FrameworkArea
from hubportal.accounts.models import User
from hubportal.kit import charts
from hubportal.kit.wording import count
from schools.access import today
from schools.models import School, Trust
from smdp.evaluations.evaluating import Answers, Frame, level_in, step_of
from smdp.models import SelfEvaluationVersion, TrustEvaluation
from smdp.querysets.needs import newest_versions


@dataclass(frozen=True)
class TrustLevel:
    """One criterion: the level in words, its bar, and what stands behind it."""

    title: str
    words: str
    bar: SafeString
    because: str


def versions_of(trust: Trust, user: User) -> list[SelfEvaluationVersion]:
    """What the trust's schools submitted last, this year or last, as far as the person may read it. One query."""
    schools = School.objects.in_trusts({trust.pk}, today()).values("pk")
    rows = newest_versions(user).filter(evaluation__school__in=schools)
    return list(rows.select_related("evaluation__school").order_by("evaluation__school__name_key", "pk"))


def levels_of(
    frame: Frame, basis: str, expected: dict[str, int], versions: Sequence[SelfEvaluationVersion]
) -> list[tuple[FrameworkArea, list[TrustLevel]]]:
    """Every criterion by its area, on this basis."""
    return [
        (area, [_level(frame, basis, each.code, each.title, expected, versions) for each in criteria])
        for area, criteria in frame.areas
    ]


def _level(
    frame: Frame,
    basis: str,
    code: str,
    title: str,
    expected: dict[str, int],
    versions: Sequence[SelfEvaluationVersion],
) -> TrustLevel:
    given = [(level, each.evaluation.school.name) for each in versions if (level := _of(each.answers, code, frame))]
    if basis == TrustEvaluation.Basis.EXPECTATION:
        level = expected.get(code)
        below = [name for found, name in given if level and found < level]
        because = f"Below it: {', '.join(below)}" if below else "No school that answered is below it" if given else ""
        because = because if level else ""
    elif not given:
        level, because = None, ""
    elif basis == TrustEvaluation.Basis.AVERAGE:
        mean = sum(found for found, _name in given) / len(given)
        level = int(mean + 0.5)
        because = f"{mean:.1f} on average of {count(len(given), 'school')}"
    else:
        level = min(found for found, _name in given)
        because = f"At this level: {', '.join(name for found, name in given if found == level)}"
    bar = charts.levels_bar(step_of(frame, level), label=title, words=frame.words)
    return TrustLevel(title, frame.levels.get(level or 0, "Not answered"), bar, because)


def _of(answers: Answers, code: str, frame: Frame) -> int | None:
    level = level_in(answers, code)
    return level if level in frame.levels else None
