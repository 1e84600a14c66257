"""The seven key features as a picture: yes, partly, not yet, each by a word and a shape. No queries."""

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


@dataclass(frozen=True)
class Feature:
    label: str
    words: str
    mark: SafeString


@dataclass(frozen=True)
class Picture:
    features: list[Feature]

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
