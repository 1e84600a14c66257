"""The School Music Development Plan as data: sections, fieldsets and fields, by version of the specification.

One specification gives the form, the read-only page, what is missing, progress, and the comparison of two versions. A
plan keeps the version that it was begun under, so a published version never changes: add the next one beside it. A
plan can be moved to it. A question that stays a question keeps its section's key, its name and its kind, so that its
answer goes with it; one of another kind takes another name.

The questions follow the National Plan for Music Education (2022): three areas of provision, seven key features, and a
plan that captures "the curricular and co-curricular offer and set[s] out how it will be staffed and funded" (page 22).
"""

from collections.abc import Iterable
from dataclasses import replace

from smdp.sections import second, third
from smdp.sections.first_keeping import FUNDING, INCLUSION, LEADERSHIP, PARTNERSHIP, PRIORITIES, RAG, STAFFING
from smdp.sections.first_music import CURRICULUM, EVENTS, FEATURES, LESSONS, OVERVIEW, VISION
from smdp.sections.kinds import Field, Fieldset, Kind, Reckons, Section, Setting, Table

__all__ = [
    "RAG",
    "SPECIFICATIONS",
    "Field",
    "Fieldset",
    "Kind",
    "Reckons",
    "Section",
    "Setting",
    "Table",
    "newest",
    "sections_for",
]

# Every version that was ever published, by number.
SPECIFICATIONS: dict[int, tuple[Section, ...]] = {
    1: (
        OVERVIEW,
        VISION,
        CURRICULUM,
        LESSONS,
        EVENTS,
        FEATURES,
        INCLUSION,
        STAFFING,
        FUNDING,
        PARTNERSHIP,
        LEADERSHIP,
        PRIORITIES,
    ),
    2: (
        OVERVIEW,
        VISION,
        CURRICULUM,
        LESSONS,
        EVENTS,
        FEATURES,
        INCLUSION,
        STAFFING,
        FUNDING,
        PARTNERSHIP,
        LEADERSHIP,
        second.PRIORITIES,
    ),
    3: third.SECTIONS,
}


def newest() -> int:
    """The version that a new plan is begun under."""
    return max(SPECIFICATIONS)


def sections_for(specification: int, settings: Iterable[Setting]) -> tuple[Section, ...]:
    """The sections of a version with the questions that schools of these settings are asked, in order."""
    wanted = frozenset(settings)
    found = []
    for section in SPECIFICATIONS[specification]:
        fieldsets = tuple(
            Fieldset(each.title, parts, each.lede)
            for each in section.fieldsets
            if (parts := tuple(_for(part, wanted) for part in each.parts if part.settings & wanted))
        )
        if fieldsets:
            found.append(Section(section.key, section.title, section.lede, fieldsets))
    return tuple(found)


def _for(part: Field | Table, settings: frozenset[Setting]) -> Field | Table:
    """The question, required where schools of these settings must answer it."""
    if isinstance(part, Field) and part.is_required and not part.required_of & settings:
        return replace(part, is_required=False)
    return part
