"""The questions of a consultation, as data that is frozen when it is sent, and what was answered.

A question is a dictionary; the shape is version 1:

    key      "q1", "q2", …
    kind     "text", "one", "several" or "level"
    ask      the question in words
    code     the criterion's code in the framework, for a level; "" for the others
    options  [value, words, meaning] of each choice; none for a text

An answer stands by its key: the words of a text, the value of one choice or level, a list of values of several. What
was not answered is not there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engagement.models import Criterion, Framework

TEXT, ONE, SEVERAL, LEVEL = "text", "one", "several", "level"
KINDS = {
    TEXT: "A short text",
    ONE: "One choice",
    SEVERAL: "Several choices",
    LEVEL: "Where they place themselves, from 1 to 4",
}
MOST = 10  # "short": more of them and nobody answers
MOST_OPTIONS = 12
Question = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """A question as a manager writes it: `options` for a choice, the `criterion` for a level."""

    kind: str
    ask: str
    options: Sequence[str] = ()
    criterion: Criterion | None = None


def criteria_of(framework: Framework | None) -> list[Criterion]:
    """What a level can be asked about, in the framework's order. One query."""
    if framework is None:
        return []
    rows = Criterion.objects.filter(area__framework=framework).select_related("area")
    return list(rows.order_by("area__position", "position"))


def make(wanted: Iterable[Wanted], framework: Framework | None) -> list[Question]:
    """The questions as they are kept. One query."""
    levels = list(framework.levels.order_by("number").values_list("number", "name", "meaning")) if framework else []
    return [_made(f"q{number}", each, levels) for number, each in enumerate(wanted, start=1)]


def _made(key: str, wanted: Wanted, levels: Sequence[Sequence[Any]]) -> Question:
    options: list[list[str]] = []
    if wanted.kind == LEVEL:
        options = [[str(number), f"{number}. {name}", meaning] for number, name, meaning in levels]
    elif wanted.kind in (ONE, SEVERAL):
        options = [[str(number), words, ""] for number, words in enumerate(wanted.options, start=1)]
    code, ask = "", wanted.ask
    if wanted.criterion is not None:
        code = wanted.criterion.code
        ask = ask or f"{wanted.criterion.title}: where would you place yourselves?"
    return {"key": key, "kind": wanted.kind, "ask": ask, "code": code, "options": options}


def option_words(question: Question) -> dict[str, str]:
    return {value: words for value, words, _ in question["options"]}


def words_of(question: Question, values: Mapping[str, Any]) -> list[str]:
    """What was answered to one question, in words: a line for each choice; none where it was not answered."""
    given = values.get(question["key"])
    if not given:
        return []
    if question["kind"] == TEXT:
        return [str(given)]
    known = option_words(question)
    return [known[each] for each in (given if isinstance(given, list) else [given]) if each in known]


@dataclass(frozen=True)
class Answered:
    """One question with what a school answered to it, in words."""

    ask: str
    is_text: bool
    words: list[str]


def read(questions: Sequence[Question], values: Mapping[str, Any]) -> list[Answered]:
    """Every question with its answer. No query."""
    return [Answered(each["ask"], each["kind"] == TEXT, words_of(each, values)) for each in questions]


def clean(questions: Sequence[Question], values: Mapping[str, Any]) -> dict[str, Any]:
    """Of values, those that answer a question, as an answer keeps them."""
    kept: dict[str, Any] = {}
    for each in questions:
        given = values.get(each["key"])
        if each["kind"] == TEXT:
            given = str(given or "").strip()
        elif each["kind"] == SEVERAL:
            chosen = [given] if isinstance(given, str) else given or []  # a draft keeps one choice as a text
            given = [value for value in option_words(each) if value in chosen]
        elif str(given) not in option_words(each):
            given = ""
        if given:
            kept[each["key"]] = given
    return kept
