"""The questions of the school's half, as data that is frozen when they are sent, and what was answered.

A question is a dictionary; the shape is version 1:

    key     "c-<code>" for a criterion of the framework, "changed", "wants"
    kind    "criterion" or "text"
    code    the criterion's code, "" for the others
    ask     the question in words; hint: what is meant by it
    levels  [number, name, meaning] of the framework, for a criterion

Answers stand by name: the key for the words, "<key>-level" for the level that the school gives itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engagement.models import Criterion, Framework, SchoolHalf
from engagement.standing import Stand, stands
from hubportal.accounts.models import User
from hubportal.kit.wording import short_date
from schools.models import School

MOST_CRITERIA = 5  # "a few": more of them and nobody answers
SUGGESTED = 3
CHANGED, WANTS = "changed", "wants"
CRITERION, TEXT = "criterion", "text"


def of_criterion(criterion: Criterion, levels: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """The question about one criterion, in the words of its first prompt."""
    ask = criterion.prompts[0] if criterion.prompts else criterion.description
    return {
        "key": f"c-{criterion.code}",
        "kind": CRITERION,
        "code": criterion.code,
        "title": criterion.title,
        "ask": ask,
        "hint": criterion.description if criterion.prompts else "",
        "levels": [list(each) for each in levels],
    }


def freeze(framework: Framework, codes: Iterable[str]) -> list[dict[str, Any]]:
    """The questions to send: the chosen criteria in the framework's order, then the two that every school is asked.
    Two queries."""
    wanted = set(codes)
    levels = list(framework.levels.order_by("number").values_list("number", "name", "meaning"))
    criteria = Criterion.objects.filter(area__framework=framework, code__in=wanted)
    asked = [of_criterion(each, levels) for each in criteria.order_by("area__position", "position")]
    always = [(CHANGED, "What has changed since we last spoke?"), (WANTS, "What do you want from this meeting?")]
    return asked + [
        {"key": key, "kind": TEXT, "code": "", "title": ask, "ask": ask, "hint": "", "levels": []}
        for key, ask in always
    ]


@dataclass(frozen=True)
class Choice:
    """A criterion that can be asked about, with why it is suggested ("" where it is not)."""

    criterion: Criterion
    stand: Stand | None
    because: str = ""

    @property
    def code(self) -> str:
        return self.criterion.code


def choices_for(framework: Framework, school: School, *, user: User, on: date) -> list[Choice]:
    """Every criterion of the framework in its order, the suggested ones with their reason: those that nobody has spoken
    about with this school, unless levels are known: then the lowest, then those that were covered longest ago. Three
    queries."""
    found = {each.code: each for each in stands(school.pk, user=user)}
    rows = Criterion.objects.filter(area__framework=framework).select_related("area")
    criteria = list(rows.order_by("area__position", "position"))
    levels = dict(framework.levels.values_list("number", "name"))
    reasons = _suggested(criteria, found, levels, on)
    return [Choice(each, found.get(each.code), reasons.get(each.code, "")) for each in criteria]


def _suggested(
    criteria: Sequence[Criterion], found: Mapping[str, Stand], levels: Mapping[int, str], on: date
) -> dict[str, str]:
    """Why to ask about these, by code: the two lowest, then those not covered lately."""
    known = [found[each.code] for each in criteria if each.code in found]
    lowest = sorted(known, key=lambda each: (each.now, each.on or on))[: SUGGESTED - 1]
    reasons = {
        each.code: f"{levels.get(each.now, 'Judged')} when you last spoke about it"
        + (f", {short_date(each.on, on)}" if each.on else "")
        for each in lowest
    }
    never = [each.code for each in criteria if each.code not in found]
    oldest = sorted((each for each in known if each.code not in reasons), key=lambda each: each.on or on)
    for code in never:
        reasons.setdefault(code, "Not covered yet")
        if len(reasons) >= SUGGESTED:
            return reasons
    for each in oldest:
        reasons.setdefault(each.code, f"Last covered {short_date(each.on, on)}" if each.on else "Covered before")
        if len(reasons) >= SUGGESTED:
            break
    return reasons


@dataclass(frozen=True)
class Answered:
    """One question with what the school says: its words, and its own level in words."""

    title: str
    ask: str
    code: str
    words: str
    level: int | None
    level_words: str

    @property
    def is_answered(self) -> bool:
        return bool(self.words or self.level)


def filled(half: SchoolHalf, values: Mapping[str, Any]) -> dict[str, str]:
    """What these values hold of the questions' answers, and nothing that is empty. No query."""
    names = [name for each in half.questions for name in (each["key"], f"{each['key']}-level")]
    return {name: str(values[name]).strip() for name in names if str(values.get(name, "")).strip()}


def was_sent(half: SchoolHalf, values: Mapping[str, Any]) -> bool:
    """Whether these very answers are those that the school has sent: a second press on the same button. One query."""
    return half.answered_at is not None and half.answer is not None and half.answer.values == filled(half, values)


def read(half: SchoolHalf, values: Mapping[str, Any]) -> list[Answered]:
    """Every question of a half with the answer that these values give. No query."""
    found = []
    for each in half.questions:
        given = str(values.get(f"{each['key']}-level", ""))
        names = {str(number): name for number, name, _ in each["levels"]}
        level = int(given) if given in names else None
        words = str(values.get(each["key"], "")).strip()
        found.append(Answered(each["title"], each["ask"], each["code"], words, level, names.get(given, "")))
    return found
