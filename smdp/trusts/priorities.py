"""What the schools of a trust adopted as their priorities, side by side."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hubportal.accounts.models import User
from hubportal.kit.wording import as_date
from schools.access import today
from schools.models import School, Trust
from smdp import noting, priorities
from smdp.answers import Said, said
from smdp.elsewhere.asking import PRIORITIES
from smdp.models import LiftedPriority, PlanElsewhere, PlanVersion, PriorityNote, TrustPlan
from smdp.sections import RAG, Setting, Table, sections_for

FIRST = ("School", "URN", "Plan", "Presented to governors or adopted")
LAST = ("How it goes now", "Noted on")

Source = PlanVersion | PlanElsewhere
Noted = Mapping[int, list[PriorityNote]]  # notes on the priorities of a version, by the numbers of their rows
Lifted = Mapping[tuple[str, int, str], LiftedPriority]  # by the plan that it came from, and its words


@dataclass(frozen=True)
class SchoolPriority:
    """One priority: its place in the plan, by what it is known, the rest of what was said, how it goes (as the
    school noted last, else as the plan says), and when it was carried into the trust's plan."""

    row: int
    words: str
    said: list[Said]
    rag: str
    note: PriorityNote | None
    lifted: LiftedPriority | None

    @property
    def rag_words(self) -> str:
        return dict(RAG).get(self.rag, "")


@dataclass(frozen=True)
class SchoolPriorities:
    """What one school adopted last: a version that was frozen here, or a plan that it keeps elsewhere; neither where it
    has adopted no plan since it joined."""

    school: School
    source: Source | None
    priorities: list[SchoolPriority]

    @property
    def is_kept_elsewhere(self) -> bool:
        return isinstance(self.source, PlanElsewhere)

    @property
    def when(self) -> str:
        """The academic years of the plan."""
        return (self.source.plan if isinstance(self.source, PlanVersion) else self.source).when if self.source else ""

    @property
    def adopted_on(self) -> date | None:
        """The day on which governors saw the version, or on which the school says that it adopted its plan."""
        if isinstance(self.source, PlanVersion):
            return self.source.presented_on
        return self.source.adopted_on if self.source else None


def side_by_side(user: User, trust: Trust, plan: TrustPlan | None) -> list[SchoolPriorities]:
    """The trust's open schools, by name, each with the priorities of the plan that it adopted last, here or elsewhere:
    the one of later years, and of the same years the one that is written here. Six queries; `plan` is the one that
    priorities are carried into."""
    rows = School.objects.visible_to(user).in_trusts({trust.pk}, today()).open()
    schools = list(rows.order_by("name_key", "pk"))
    versions = PlanVersion.objects.visible_to(user).adopted_in(trust)
    newest = versions.order_by("plan__school_id", "-plan__year", "-number").distinct("plan__school_id")
    by_school = {each.plan.school_id: each for each in newest.select_related("plan")}
    kept = PlanElsewhere.objects.visible_to(user).adopted_in(trust).order_by("school_id", "-year", "-recorded_at")
    kept_by_school = {each.school_id: each for each in kept.distinct("school_id")}
    notes = _notes_of(user, by_school.values())
    lifted = _lifted_into(user, plan)
    found = []
    for school in schools:
        source = _newer(by_school.get(school.pk), kept_by_school.get(school.pk))
        noted = notes[source.pk] if isinstance(source, PlanVersion) else {}
        found.append(SchoolPriorities(school, source, list(_priorities(source, noted, lifted)) if source else []))
    return found


def _newer(version: PlanVersion | None, kept: PlanElsewhere | None) -> Source | None:
    return kept if kept and (version is None or kept.year > version.plan.year) else version


def _key(source: Source) -> tuple[str, int]:
    return ("here", source.plan_id) if isinstance(source, PlanVersion) else ("elsewhere", source.pk)


def _lifted_into(user: User, plan: TrustPlan | None) -> Lifted:
    """What was carried into a plan of the trust. One query, none without a plan."""
    if plan is None:
        return {}
    rows = LiftedPriority.objects.visible_to(user).filter(plan=plan).select_related("version", "kept", "by")
    return {(*_key(each.source), each.words): each for each in rows}


def _notes_of(user: User, adopted: Collection[PlanVersion]) -> dict[int, Noted]:
    """The notes on the priorities of each of these versions, by its id and the number of the priority's row: also
    those that the school wrote on another version of the same plan. Two queries."""
    plans = [each.plan_id for each in adopted]
    versions: dict[int, list[PlanVersion]] = {}
    for version in PlanVersion.objects.visible_to(user).filter(plan__in=plans).order_by("-number"):
        versions.setdefault(version.plan_id, []).append(version)
    notes = list(PriorityNote.objects.visible_to(user).filter(version__plan__in=plans))
    return {each.pk: noting.notes_in(each, versions[each.plan_id], notes) for each in adopted}


def _values(source: Source) -> Mapping[str, Any]:
    """Of its priorities."""
    return source.answers.get(priorities.SECTION, {}) if isinstance(source, PlanVersion) else source.priorities


def _priorities(source: Source, notes: Noted, lifted: Lifted) -> Iterator[SchoolPriority]:
    table = _table(source)
    given = priorities.numbered_in(_values(source)) if table else []
    for at, (number, row) in enumerate(given):
        words = priorities.words_of(row)
        lines = [(each.name, Said(each.label, said(each, row))) for each in table.answered] if table else []
        rest = [each for name, each in lines if name != "rag" and each.words and each.words != words]
        note = next(iter(notes.get(number, [])), None)
        rag = note.rag if note else row.get("rag", "")
        yield SchoolPriority(at, words, rest, rag, note, lifted.get((*_key(source), words)))


def _table(source: Source) -> Table | None:
    """The table in which they stand."""
    if isinstance(source, PlanVersion):
        sections = sections_for(source.specification, map(Setting, source.settings))
    else:
        sections = (PRIORITIES,)
    found = (table for section in sections if section.key == priorities.SECTION for table in section.tables())
    return next((each for each in found if each.name == priorities.TABLE), None)


def lines(schools: Sequence[SchoolPriorities]) -> list[list[Any]]:
    """The same as a table for a file: a heading, and a line for each priority."""
    labels: list[str] = []
    for school in schools:
        if school.source and (table := _table(school.source)):
            labels += [each.label for each in table.answered if each.label not in labels]
    found: list[list[Any]] = [[*FIRST, *labels, *LAST]]
    for school in schools:
        source = school.source
        table = _table(source) if source else None
        if source is None or table is None:
            continue
        rows = priorities.rows_in(_values(source))
        for row, priority in zip(rows, school.priorities, strict=True):
            words = {each.label: said(each, row) for each in table.answered}
            when = f"{school.when}, kept elsewhere" if school.is_kept_elsewhere else school.when
            first = [school.school.name, school.school.urn, when, school.adopted_on]
            now = [priority.rag_words, priority.note and as_date(priority.note.at)]
            found.append([*first, *(words.get(label, "") for label in labels), *now])
    return found
