"""The key features as a picture: yes, partly, not yet, each by a word and a shape. The National Plan names seven; a
school is asked for those that apply to it. No queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from hubportal.kit import charts
from hubportal.kit.drafts.merge import Values
from hubportal.kit.wording import listed
from smdp.answers import said
from smdp.sections import Kind, Section

SECTION = "features"
COUNTED = ("Yes", "Partly", "Not yet")
ALL = 7
NUMBERS = ("None", "One", "Two", "Three", "Four", "Five", "Six")


@dataclass(frozen=True)
class Feature:
    label: str
    words: str
    mark: SafeString


@dataclass(frozen=True)
class Picture:
    features: list[Feature]

    @property
    def title(self) -> str:
        return "The seven key features" if len(self.features) == ALL else "The key features"

    @property
    def note(self) -> str:
        """ "Six of the National Plan’s seven apply to this school."; "" where all do."""
        number = len(self.features)
        verb = "applies" if number == 1 else "apply"
        return "" if number >= ALL else f"{NUMBERS[number]} of the National Plan’s seven {verb} to this school."

    @property
    def finding(self) -> str:
        """ "3 yes, 2 partly and 2 not yet"; those without an answer are not counted."""
        given = [each.words for each in self.features]
        counts = [f"{given.count(words)} {words.lower()}" for words in COUNTED if words in given]
        return listed(counts) if counts else "None answered yet"


def picture_of(sections: Iterable[Section], answers: Mapping[str, Values]) -> Picture | None:
    """The features with what was answered; None where nothing was, or the questions have none."""
    section = next((each for each in sections if each.key == SECTION), None)
    values = answers.get(SECTION, {})
    if section is None or not any(values.values()):
        return None
    features = []
    for field in section.fields():
        if field.kind == Kind.CHOICE:
            value = str(values.get(field.name, ""))
            features.append(Feature(field.label, said(field, values) or "Not answered", charts.answer_mark(value)))
    return Picture(features)
