"""Which questions a school is asked. No queries but for the school's type, where it is not loaded."""

from typing import TYPE_CHECKING

from schools.models import School
from smdp.sections import Section, Setting, sections_for
from smdp.sections.own import section_of_hub

if TYPE_CHECKING:
    from smdp.models import Plan, PlanSection, PlanVersion

OF_PHASE = {
    School.Phase.NURSERY: {Setting.PRIMARY},
    School.Phase.PRIMARY: {Setting.PRIMARY},
    School.Phase.MIDDLE_PRIMARY: {Setting.PRIMARY, Setting.SECONDARY},
    School.Phase.SECONDARY: {Setting.SECONDARY},
    School.Phase.MIDDLE_SECONDARY: {Setting.PRIMARY, Setting.SECONDARY},
    School.Phase.POST_16: {Setting.POST_16},
    School.Phase.ALL_THROUGH: {Setting.PRIMARY, Setting.SECONDARY},
}
# The ages of a school of a phase whose own the register does not say.
AGES_OF_PHASE = {
    School.Phase.PRIMARY: (4, 11),
    School.Phase.MIDDLE_PRIMARY: (8, 12),
    School.Phase.SECONDARY: (11, 16),
    School.Phase.MIDDLE_SECONDARY: (9, 13),
    School.Phase.ALL_THROUGH: (4, 18),
}
EVERY_AGE = (4, 18)
# A key stage is taught where there are pupils between these ages. Schools "from 5" have a reception class: children
# begin it at four.
STAGES = {
    Setting.EYFS: (0, 5.5),
    Setting.KS1: (5.5, 7),
    Setting.KS2: (7, 11),
    Setting.KS3: (11, 14),
    Setting.KS4: (14, 16),
    Setting.KS5: (16, 99),
}
OLD_ENOUGH_FOR_EXAMS = 14
INDEPENDENT = "Independent schools"  # the register's group of types; in it, special schools say so in their type


def settings_of(school: School) -> list[Setting]:
    """The settings of a school, in the order of `Setting`: which of the four kinds it is, and which key stages it
    teaches. Special schools and alternative provision have no phase in the register, and are asked by class or pathway;
    nor have independent schools, whose ages say which they are."""
    found = _kinds_of(school) | _stages_of(school)
    return [each for each in Setting if each in found]


def _kinds_of(school: School) -> set[Setting]:
    found = OF_PHASE.get(School.Phase(school.phase))
    if found is None:
        kind = school.type
        if kind.group_name == INDEPENDENT and "special" not in kind.name.lower():
            low, high = school.low_age, school.high_age
            found = {Setting.PRIMARY} if low is None or low < 11 else set()
            found |= {Setting.SECONDARY} if high is None or high > 11 else set()
        else:
            found = {Setting.SPECIAL}
    return found


def _stages_of(school: School) -> set[Setting]:
    """The key stages that it teaches, by its ages in the register; and whether its pupils are old enough for exams."""
    phase = School.Phase(school.phase)
    if phase == School.Phase.NURSERY:
        return {Setting.NURSERY, Setting.EYFS}
    if phase == School.Phase.POST_16:
        return {Setting.KS5, Setting.EXAMS}
    youngest, oldest = AGES_OF_PHASE.get(phase, EVERY_AGE)
    low = youngest if school.low_age is None else school.low_age
    high = oldest if school.high_age is None else school.high_age
    exams = {Setting.EXAMS} if high > OLD_ENOUGH_FOR_EXAMS else set()
    if Setting.SPECIAL in _kinds_of(school):
        return exams
    return exams | {stage for stage, (first, last) in STAGES.items() if low < last and high > first}


def sections_of(specification: int, school: School) -> tuple[Section, ...]:
    """The sections of a version with the questions that this school is asked, in order."""
    return sections_for(specification, settings_of(school))


def asked_in(plan: "Plan") -> tuple[Section, ...]:
    """The sections that a plan answers now, its hub's own questions last."""
    settings = settings_of(plan.school)
    return sections_for(plan.specification, settings) + section_of_hub(plan.own_questions, settings)


def said_in(version: "PlanVersion") -> tuple[Section, ...]:
    """The sections that a frozen version answers, its hub's own questions last."""
    settings = [Setting(each) for each in version.settings]
    return sections_for(version.specification, settings) + section_of_hub(version.own_questions, settings)


def section_of(row: "PlanSection") -> Section | None:
    """What is asked in a section of a school's plan; None where the school is not asked it any more."""
    return next((each for each in asked_in(row.plan) if each.key == row.key), None)


def title_of(row: "PlanSection") -> str:
    """The section's title; its key where the school is not asked it any more."""
    section = section_of(row)
    return section.title if section else row.key
