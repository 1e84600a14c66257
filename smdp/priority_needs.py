"""What the priorities of all plans need: by kind of support, and what schools ask for. Versions in, counts out; no
query."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from schools.models import School
from smdp import priorities
from smdp.models import PlanVersion
from smdp.sections.second import STRANDS


@dataclass
class StrandCount:
    """One kind of support: how many priorities name it, in how many schools, and how many of those name an offer."""

    name: str
    priorities: int = 0
    schools: set[int] = field(default_factory=set)
    with_offer: int = 0

    @property
    def number_of_schools(self) -> int:
        return len(self.schools)


@dataclass
class Asked:
    """What the schools of one phase in one authority ask for: (school, words, strand, what will be different)."""

    authority: str
    phase: str
    rows: list[tuple[School, str, str, str]] = field(default_factory=list)


def by_strand(versions: Iterable[PlanVersion]) -> list[StrandCount]:
    """Every kind of support in its order, and at the end priorities that name none, where there are any."""
    found = {code: StrandCount(name) for code, name in STRANDS}
    none = StrandCount("None named")
    for version in versions:
        for row in _rows(version):
            count = found.get(row.get("strand", ""), none)
            count.priorities += 1
            count.schools.add(version.plan.school_id)
            count.with_offer += bool(row.get("offer", "").strip())
    return [*found.values(), *([none] if none.priorities else [])]


def asked_for(versions: Iterable[PlanVersion]) -> list[Asked]:
    """Requested offers by authority and phase. A priority that an offer helps asks for nothing more."""
    strands = dict(STRANDS)
    found: dict[tuple[str, str], Asked] = {}
    for version in versions:
        school = version.plan.school
        for row in _rows(version):
            ask = row.get("ask", "").strip()
            if not ask or row.get("offer", "").strip():
                continue
            key = (school.authority.name, str(school.get_phase_display()))
            group = found.setdefault(key, Asked(*key))
            group.rows.append((school, ask, strands.get(row.get("strand", ""), ""), row.get("what", "")))
    return [found[key] for key in sorted(found)]


def _rows(version: PlanVersion) -> list[priorities.PriorityRow]:
    """Those that are not done."""
    rows = priorities.rows_in(version.answers.get(priorities.SECTION, {}))
    return [row for row in rows if not priorities.is_done(row)]
