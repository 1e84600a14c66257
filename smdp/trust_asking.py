"""Which of the questions of its schools' plans a trust answers. No query but where it says so."""

from collections.abc import Iterable

from schools.access import today
from schools.models import School, Trust
from smdp.asking import settings_of
from smdp.sections import Section, Setting, sections_for

OF_EACH_SCHOOL = {"overview", "features"}  # sections that each school answers for itself


def settings_of_trust(trust: Trust) -> list[Setting]:
    """The settings of its open schools, together; all where it has none yet. One query."""
    schools = School.objects.in_trusts({trust.pk}, today()).open().select_related("type")
    found = {setting for school in schools for setting in settings_of(school)}
    return [each for each in Setting if each in found] or list(Setting)


def trust_sections(specification: int, settings: Iterable[Setting | str]) -> tuple[Section, ...]:
    """The sections of a version that a trust answers, with the questions for schools of these settings, in order."""
    wanted = sections_for(specification, [Setting(each) for each in settings])
    return tuple(each for each in wanted if each.key not in OF_EACH_SCHOOL)


def sections_of_trust(specification: int, trust: Trust) -> tuple[Section, ...]:
    """Those that a trust is asked today. One query."""
    return trust_sections(specification, settings_of_trust(trust))
