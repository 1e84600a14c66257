"""The questions that a hub puts to its schools beside those of the specification. A plan carries them as they stood
when it was begun, so that nobody's answer changes its question."""

from collections.abc import Iterable, Mapping
from typing import Any

from smdp.sections.kinds import Field, Fieldset, Section, Setting, choice, text

KEY = "hub-questions"
YES = (("yes", "Yes"), ("partly", "Partly"), ("not-yet", "Not yet"))


def section_of_hub(own: Mapping[str, Any], settings: Iterable[Setting | str]) -> tuple[Section, ...]:
    """The section with a hub's questions for schools of these settings; nothing where there are none. `own` is
    {"hub": its name, "questions": [{"name", "kind" ("text" or "choice"), "label", "hint", "settings"}]}, where no
    settings mean every school."""
    wanted = {str(each) for each in settings}
    asked = [each for each in own.get("questions", []) if not each["settings"] or wanted & set(each["settings"])]
    if not asked:
        return ()
    lede = "What your hub asks beside the questions that every school is asked. You need not answer."
    return (Section(KEY, f"Questions from {own['hub']}", lede, (Fieldset("", tuple(map(_field, asked))),)),)


def _field(question: Mapping[str, Any]) -> Field:
    name, label, hint = question["name"], question["label"], question["hint"]
    return choice(name, label, *YES, hint=hint) if question["kind"] == "choice" else text(name, label, hint)
