"""Which of the questions of its schools' plans a trust answers. No query but where it says so."""

from collections.abc import Iterable
from dataclasses import replace

from schools.access import today
from schools.models import School, Trust
from smdp.asking import settings_of
from smdp.priorities import SECTION as PRIORITIES
from smdp.sections import Field, Fieldset, Section, Setting, Table, sections_for

OF_EACH_SCHOOL = {"overview", "features"}  # sections that each school answers for itself
WITH_ITS_HUB = {"offer", "ask", "origin"}  # columns of priorities that are between a school and its hub


def settings_of_trust(trust: Trust) -> list[Setting]:
    """The settings of its open schools, together; all where it has none yet. One query."""
    schools = School.objects.in_trusts({trust.pk}, today()).open().select_related("type")
    found = {setting for school in schools for setting in settings_of(school)}
    return [each for each in Setting if each in found] or list(Setting)


def trust_sections(specification: int, settings: Iterable[Setting | str]) -> tuple[Section, ...]:
    """The sections of a version that a trust answers, with the questions for schools of these settings, in order."""
    wanted = sections_for(specification, [Setting(each) for each in settings])
    asked = (each for each in wanted if each.key not in OF_EACH_SCHOOL)
    return tuple(_without_the_hub(each) if each.key == PRIORITIES else each for each in asked)


def _without_the_hub(section: Section) -> Section:
    """The section without what is between a school and its hub: a trust has several hubs, or none."""

    def kept(part: Field | Table) -> Field | Table:
        if not isinstance(part, Table):
            return part
        return replace(part, columns=tuple(each for each in part.columns if each.name not in WITH_ITS_HUB))

    fieldsets = (Fieldset(each.title, tuple(map(kept, each.parts)), each.lede) for each in section.fieldsets)
    return replace(section, fieldsets=tuple(fieldsets))


def sections_of_trust(specification: int, trust: Trust) -> tuple[Section, ...]:
    """Those that a trust is asked today. One query."""
    return trust_sections(specification, settings_of_trust(trust))
