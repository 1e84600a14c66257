"""Answers to questions that a school is not asked any more: its plan moved to a newer version of the questions, or the
school became one of another kind. They are kept, and read under "Answers to earlier questions". No queries."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from hubportal.kit.drafts.merge import Values
from smdp.answers import Chapter, chapter
from smdp.sections import SPECIFICATIONS, Section, Setting, sections_for


def questions(sections: Iterable[Section]) -> set[tuple[str, str]]:
    """What is asked, as (section, question or table)."""
    return {
        (section.key, part.name) for section in sections for fieldset in section.fieldsets for part in fieldset.parts
    }


def only(section: Section, names: set[tuple[str, str]]) -> Section:
    """The section with these questions alone."""
    fieldsets = (
        replace(each, parts=tuple(part for part in each.parts if (section.key, part.name) in names))
        for each in section.fieldsets
    )
    return replace(section, fieldsets=tuple(each for each in fieldsets if each.parts))


def earlier_answers(specification: int, settings: Iterable[Setting], answers: Mapping[str, Values]) -> list[Chapter]:
    """What was answered and is asked no more, by section, in the words of the last version that asked it."""
    seen = questions(sections_for(specification, settings))
    found: list[Chapter] = []
    for number in sorted((each for each in SPECIFICATIONS if each <= specification), reverse=True):
        for section in SPECIFICATIONS[number]:
            gone = questions([section]) - seen
            seen |= gone
            read = chapter(only(section, gone), answers.get(section.key, {}))
            if read.has_words:
                found.append(read)
    return found
