"""What the priorities of all plans need, those kept elsewhere too: by kind of support, and what schools ask for. Plans
in, counts out; no query."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from schools.facts import phase_choices, phase_words
from schools.models import School
from smdp import noting, priorities
from smdp.models import PlanElsewhere, PlanVersion, PriorityNote
from smdp.sections.second import STRANDS


@dataclass(frozen=True)
class Source:
    """A school's priorities that are not done, and where they are read."""

    school: School
    rows: list[priorities.PriorityRow]
    href: str
    is_elsewhere: bool = False


def sources_of(
    versions: Iterable[PlanVersion],
    kept: Iterable[PlanElsewhere] = (),
    notes: Iterable[PriorityNote] = (),
    earlier: Iterable[PlanVersion] = (),
) -> list[Source]:
    """One for each school, by name: of the version that it shared last, else of the plan that it keeps elsewhere.
    `earlier` are versions of the same plans, through which the notes on them are followed; a note on any other version
    is left out."""
    newest = list(versions)
    history = {each.plan_id: [each] for each in newest}
    for version in sorted(earlier, key=lambda each: each.number, reverse=True):
        history[version.plan_id].append(version)
    plan_of = {version.pk: plan for plan, rows in history.items() for version in rows}
    noted: dict[int, list[PriorityNote]] = {}
    for note in notes:
        noted.setdefault(plan_of.get(note.version_id, 0), []).append(note)
    found: dict[int, Source] = {}
    for version in newest:
        standing = noting.going(history[version.plan_id], noted.get(version.plan_id, [])).standing
        rows = [each.row for each in standing if not each.is_done]
        found[version.plan.school_id] = Source(version.plan.school, rows, version.get_absolute_url())
    for plan in kept:
        source = Source(plan.school, _open(plan.priorities), plan.get_absolute_url(), is_elsewhere=True)
        found.setdefault(plan.school_id, source)
    return sorted(found.values(), key=lambda each: (each.school.name_key, each.school.pk))


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


def by_strand(sources: Iterable[Source]) -> list[StrandCount]:
    """Every kind of support in its order, and at the end priorities that name none, where there are any."""
    found = {code: StrandCount(name) for code, name in STRANDS}
    none = StrandCount("None named")
    for source in sources:
        for row in source.rows:
            count = found.get(row.get("strand", ""), none)
            count.priorities += 1
            count.schools.add(source.school.pk)
            count.with_offer += bool(row.get("offer", "").strip())
    return [*found.values(), *([none] if none.priorities else [])]


def asked_for(sources: Iterable[Source]) -> list[Asked]:
    """Requested offers by authority and phase. A priority that an offer helps asks for nothing more."""
    strands, phases = dict(STRANDS), dict(phase_choices())
    found: dict[tuple[str, str], Asked] = {}
    for source in sources:
        school = source.school
        for row in source.rows:
            ask = row.get("ask", "").strip()
            if not ask or row.get("offer", "").strip():
                continue
            key = (school.authority.name, phases[school.phase])
            group = found.setdefault(key, Asked(*key))
            group.rows.append((school, ask, strands.get(row.get("strand", ""), ""), row.get("what", "")))
    return [found[key] for key in sorted(found)]


HEADINGS = (
    *("School", "URN", "Local authority", "Phase", "What will be different", "Kind of support"),
    *("Offer that helps", "What the school asks for", "Plan"),
)


def lines(sources: Iterable[Source]) -> Iterator[tuple[Any, ...]]:
    """Every priority as a line of a file, below `HEADINGS`."""
    strands = dict(STRANDS)
    yield HEADINGS
    for each in sources:
        school = each.school
        for row in each.rows:
            yield (
                *(school.name, school.urn, school.authority.name, phase_words(school)),
                *(
                    row.get("what", ""),
                    strands.get(row.get("strand", ""), ""),
                    row.get("offer", ""),
                    row.get("ask", ""),
                ),
                "Kept elsewhere" if each.is_elsewhere else "In the portal",
            )


def _open(values: priorities.Values) -> list[priorities.PriorityRow]:
    """Those that are not done."""
    return [row for row in priorities.rows_in(values) if not priorities.is_done(row)]
