"""Which questions a school is asked. No queries but for the school's type, where it is not loaded."""

from typing import TYPE_CHECKING

from schools.models import School
from smdp.sections import Section, Setting, sections_for

if TYPE_CHECKING:
    from smdp.models import PlanSection

OF_PHASE = {
    School.Phase.NURSERY: {Setting.PRIMARY},
    School.Phase.PRIMARY: {Setting.PRIMARY},
    School.Phase.MIDDLE_PRIMARY: {Setting.PRIMARY, Setting.SECONDARY},
    School.Phase.SECONDARY: {Setting.SECONDARY},
    School.Phase.MIDDLE_SECONDARY: {Setting.PRIMARY, Setting.SECONDARY},
    School.Phase.POST_16: {Setting.POST_16},
    School.Phase.ALL_THROUGH: {Setting.PRIMARY, Setting.SECONDARY},
}
INDEPENDENT = "Independent schools"  # the register's group of types; in it, special schools say so in their type


def settings_of(school: School) -> list[Setting]:
    """The settings of a school, in the order of `Setting`. Special schools and alternative provision have no phase in
    the register; nor have independent schools, whose ages say which they are."""
    found = OF_PHASE.get(School.Phase(school.phase))
    if found is None:
        kind = school.type
        if kind.group_name == INDEPENDENT and "special" not in kind.name.lower():
            low, high = school.low_age, school.high_age
            found = {Setting.PRIMARY} if low is None or low < 11 else set()
            found |= {Setting.SECONDARY} if high is None or high > 11 else set()
        else:
            found = {Setting.SPECIAL}
    return [each for each in Setting if each in found]


def sections_of(specification: int, school: School) -> tuple[Section, ...]:
    """The sections of a version with the questions that this school is asked, in order."""
    return sections_for(specification, settings_of(school))


def section_of(row: "PlanSection") -> Section | None:
    """What is asked in a section of a school's plan; None where the school is not asked it any more."""
    asked = sections_of(row.plan.specification, row.plan.school)
    return next((each for each in asked if each.key == row.key), None)


def title_of(row: "PlanSection") -> str:
    """The section's title; its key where the school is not asked it any more."""
    section = section_of(row)
    return section.title if section else row.key
