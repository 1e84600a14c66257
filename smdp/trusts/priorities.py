"""What the schools of a trust adopted as their priorities, side by side."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hubportal.accounts.models import User
from hubportal.kit.wording import as_date
from schools.access import today
from schools.models import School, Trust
from smdp import noting, priorities
from smdp.answers import Said, said
from smdp.models import LiftedPriority, PlanVersion, PriorityNote, TrustPlan
from smdp.sections import RAG, Setting, Table, sections_for

FIRST = ("School", "URN", "Plan", "Presented to governors")
LAST = ("How it goes now", "Noted on")

Noted = Mapping[int, list[PriorityNote]]  # notes on the priorities of a version, by the numbers of their rows


@dataclass(frozen=True)
class SchoolPriority:
    """One priority: its place in the version, by what it is known, the rest of what was said, how it goes (as the
    school noted last, else as the version says), and when it was carried into the trust's plan."""

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
    """What one school adopted last; no version where it has adopted no plan since it joined."""

    school: School
    version: PlanVersion | None
    priorities: list[SchoolPriority]


def side_by_side(user: User, trust: Trust, plan: TrustPlan | None) -> list[SchoolPriorities]:
    """The trust's open schools, by name, each with the priorities of the version that it adopted last. Five queries;
    `plan` is the one that priorities are carried into."""
    rows = School.objects.visible_to(user).in_trusts({trust.pk}, today()).open()
    schools = list(rows.order_by("name_key", "pk"))
    versions = PlanVersion.objects.visible_to(user).adopted_in(trust)
    newest = versions.order_by("plan__school_id", "-plan__year", "-number").distinct("plan__school_id")
    by_school = {each.plan.school_id: each for each in newest.select_related("plan")}
    lifted = {}
    if plan:
        for each in LiftedPriority.objects.visible_to(user).filter(plan=plan).select_related("version", "by"):
            lifted[each.version.plan_id, each.words] = each
    notes = _notes_of(user, by_school.values())
    return [
        SchoolPriorities(school, version, list(_priorities(version, notes[version.pk], lifted)) if version else [])
        for school in schools
        for version in [by_school.get(school.pk)]
    ]


def _notes_of(user: User, adopted: Collection[PlanVersion]) -> dict[int, Noted]:
    """The notes on the priorities of each of these versions, by its id and the number of the priority's row: also
    those that the school wrote on another version of the same plan. Two queries."""
    plans = [each.plan_id for each in adopted]
    versions: dict[int, list[PlanVersion]] = {}
    for version in PlanVersion.objects.visible_to(user).filter(plan__in=plans).order_by("-number"):
        versions.setdefault(version.plan_id, []).append(version)
    notes = list(PriorityNote.objects.visible_to(user).filter(version__plan__in=plans))
    return {each.pk: noting.notes_in(each, versions[each.plan_id], notes) for each in adopted}


def _priorities(
    version: PlanVersion, notes: Noted, lifted: dict[tuple[int, str], LiftedPriority]
) -> Iterator[SchoolPriority]:
    table = _table(version)
    given = priorities.numbered_in(version.answers.get(priorities.SECTION, {})) if table else []
    for at, (number, row) in enumerate(given):
        words = priorities.words_of(row)
        lines = [(each.name, Said(each.label, said(each, row))) for each in table.answered] if table else []
        rest = [each for name, each in lines if name != "rag" and each.words and each.words != words]
        note = next(iter(notes.get(number, [])), None)
        rag = note.rag if note else row.get("rag", "")
        yield SchoolPriority(at, words, rest, rag, note, lifted.get((version.plan_id, words)))


def _table(version: PlanVersion) -> Table | None:
    sections = sections_for(version.specification, map(Setting, version.settings))
    found = (table for section in sections if section.key == priorities.SECTION for table in section.tables())
    return next((each for each in found if each.name == priorities.TABLE), None)


def lines(schools: Sequence[SchoolPriorities]) -> list[list[Any]]:
    """The same as a table for a file: a heading, and a line for each priority."""
    labels: list[str] = []
    for school in schools:
        if school.version and (table := _table(school.version)):
            labels += [each.label for each in table.answered if each.label not in labels]
    found: list[list[Any]] = [[*FIRST, *labels, *LAST]]
    for school in schools:
        version = school.version
        table = _table(version) if version else None
        if version is None or table is None:
            continue
        rows = priorities.rows_in(version.answers.get(priorities.SECTION, {}))
        for row, priority in zip(rows, school.priorities, strict=True):
            words = {each.label: said(each, row) for each in table.answered}
            first = [school.school.name, school.school.urn, version.plan.when, version.presented_on]
            now = [priority.rag_words, priority.note and as_date(priority.note.at)]
            found.append([*first, *(words.get(label, "") for label in labels), *now])
    return found
