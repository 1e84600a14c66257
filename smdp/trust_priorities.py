"""What the schools of a trust adopted as their priorities, side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hubportal.accounts.models import User
from schools.access import today
from schools.models import School, Trust
from smdp import priorities
from smdp.answers import Said, said
from smdp.models import LiftedPriority, PlanVersion, TrustPlan
from smdp.sections import Setting, Table, sections_for

FIRST = ("School", "URN", "Plan", "Presented to governors")


@dataclass(frozen=True)
class SchoolPriority:
    """One priority: its place in the version, by what it is known, the rest of what was said, and when it was carried
    into the trust's plan."""

    row: int
    words: str
    said: list[Said]
    lifted: LiftedPriority | None


@dataclass(frozen=True)
class SchoolPriorities:
    """What one school adopted last; no version where it has adopted no plan since it joined."""

    school: School
    version: PlanVersion | None
    priorities: list[SchoolPriority]


def side_by_side(user: User, trust: Trust, plan: TrustPlan | None) -> list[SchoolPriorities]:
    """The trust's open schools, by name, each with the priorities of the version that it adopted last. Three queries;
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
    return [
        SchoolPriorities(school, version, list(_priorities(version, lifted)) if version else [])
        for school in schools
        for version in [by_school.get(school.pk)]
    ]


def _priorities(version: PlanVersion, lifted: dict[tuple[int, str], LiftedPriority]) -> Iterator[SchoolPriority]:
    table = _table(version)
    given = priorities.rows_in(version.answers.get(priorities.SECTION, {})) if table else []
    for at, row in enumerate(given):
        words = priorities.words_of(row)
        lines = [Said(each.label, said(each, row)) for each in table.answered] if table else []
        rest = [each for each in lines if each.words and each.words != words]
        yield SchoolPriority(at, words, rest, lifted.get((version.plan_id, words)))


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
    found: list[list[Any]] = [[*FIRST, *labels]]
    for school in schools:
        version = school.version
        table = _table(version) if version else None
        if version is None or table is None:
            continue
        for row in priorities.rows_in(version.answers.get(priorities.SECTION, {})):
            words = {each.label: said(each, row) for each in table.answered}
            first = [school.school.name, school.school.urn, version.plan.when, version.presented_on]
            found.append([*first, *(words.get(label, "") for label in labels)])
    return found
