"""Where the needs lie: for each authority and phase, the criteria that most of its schools judge low."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engagement.matching import LOW
from engagement.models import Criterion
from schools.models import School

SHOWN = 3


@dataclass
class Group:
    """The schools of one phase in one authority that submitted a self-evaluation."""

    authority: str
    phase: str
    schools: int = 0
    low: Counter = field(default_factory=Counter)
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def lowest(self) -> list[tuple[str, str, int]]:
        """(code, title, schools) of the criteria that most of them judge low, the most first."""
        ranked = sorted(self.low.items(), key=lambda pair: (-pair[1], list(self.titles).index(pair[0])))
        return [(code, self.titles[code], number) for code, number in ranked[:SHOWN]]


def groups_of(rows: Iterable[tuple[Mapping[str, Any], str, str]], criteria: Iterable[Criterion]) -> list[Group]:
    """Groups of (answers, authority, code of the phase), by authority and phase. No query."""
    titles = {each.code: each.title for each in criteria}
    found: dict[tuple[str, str], Group] = {}
    for answers, authority, phase in rows:
        group = found.setdefault((authority, phase), Group(authority, str(School.Phase(phase).label), titles=titles))
        group.schools += 1
        group.low.update(code for code, said in answers.items() if code in titles and 0 < (said["level"] or 0) <= LOW)
    return [found[key] for key in sorted(found)]
