"""Two versions of what a school was given, field by field and word by word. Pure: contents in, rows out; no query."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hubportal.kit.wording import long_date

TEXTS = (
    ("date", "Date"),
    ("how_words", "How"),
    ("kind_words", "Kind of conversation"),
    ("minutes", "Minutes"),
    ("common_summary", "What was said, for every school at the meeting"),
    ("summary", "What was said"),
    ("challenge", "The question we put"),
    ("answer", "The answer"),
    ("help_offered", "The help we offered"),
    ("could_offer", "What could be offered to others"),
    ("next_on", "When we talk next"),
    ("next_note", "About the next conversation"),
)
SIDES = {"hub": "hub", "partner": "partner", "school": "school"}


@dataclass(frozen=True)
class Piece:
    """Some words of a field: in both ("same"), only in the newer ("ins"), or only in the earlier ("del")."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One field of two contents. `pieces` has the words of both in reading order."""

    label: str
    pieces: list[Piece]

    @property
    def is_change(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


def compare(earlier: Mapping[str, Any], newer: Mapping[str, Any]) -> list[Change]:
    """Every field in which the two contents differ, in the order of the page. Empty when a reader sees no
    difference."""
    return compare_lines(lines_of(earlier), lines_of(newer))


def compare_lines(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """Every label under which two sets of labelled texts differ, in the order of the newer."""
    labels = list(after)
    for at, label in enumerate(before):  # a field that went away stands where it stood
        if label not in after:
            labels.insert(min(at, len(labels)), label)
    changes = (Change(label, words(before.get(label, ""), after.get(label, ""))) for label in labels)
    return [change for change in changes if change.is_change]


def lines_of(content: Mapping[str, Any]) -> dict[str, str]:
    """A content as labelled texts, one for each thing a reader would call a field."""
    fields = {label: _said(content.get(key)) for key, label in TEXTS[:4]}
    fields["Who was there"] = "\n".join(_person(each) for each in content["people"])
    fields["Strands"] = "\n".join(each["name"] for each in content["strands"])
    fields |= {label: _said(content.get(key)) for key, label in TEXTS[4:10]}
    for each in content["judgements"]:
        parts = (each["level_words"], each["evidence"], each["next_step"] and f"Next step: {each['next_step']}")
        _put(fields, f"Judgement: {each['title']}", parts)
    for each in content["covered"]:
        _put(fields, f"Covering well: {each['heading']}", (each["text"],))
    for each in content["develop"]:
        offers = [" · ".join(filter(None, (offer["title"], offer["cost"]))) for offer in each["offers"]]
        step = each["next_step"] and f"Next step: {each['next_step']}"
        _put(
            fields, f"To develop: {each['heading']}", (each["text"], step, *(f"On offer: {offer}" for offer in offers))
        )
    fields["What we agreed"] = "\n".join(_action(each) for each in content["actions"])
    fields["Questions for governors"] = "\n".join(content["governor_questions"])
    return fields | {label: _said(content.get(key)) for key, label in TEXTS[10:]}


def words(before: str, after: str) -> list[Piece]:
    """The words of two texts as pieces. Spaces and line breaks belong to the word before them."""
    old, new = re.findall(r"\S+\s*|\s+", before), re.findall(r"\S+\s*|\s+", after)
    # "word" and "word " are one word: a sentence that goes on is not a word replaced.
    matcher = difflib.SequenceMatcher(
        None, [each.strip() for each in old], [each.strip() for each in new], autojunk=False
    )
    pieces: list[Piece] = []
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(new[k:m])))
            continue
        pieces += [Piece("del", "".join(old[i:j]))] if j > i else []
        pieces += [Piece("ins", "".join(new[k:m]))] if m > k else []
    return pieces


def _put(fields: dict[str, str], label: str, parts: tuple[str, ...]) -> None:
    """A field of several lines; a second one of the same name is numbered, so that neither hides the other."""
    name, number = label, 2
    while name in fields:
        name, number = f"{label} ({number})", number + 1
    fields[name] = "\n".join(part for part in parts if part) or "Noted without words"


def _said(value: Any) -> str:
    if value is None:
        return ""
    text = str(value)
    return long_date(date.fromisoformat(text)) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text


def _person(person: Mapping[str, str]) -> str:
    return ", ".join(filter(None, (person["name"], person["job_title"], f"for the {SIDES[person['side']]}")))


def _action(action: Mapping[str, Any]) -> str:
    due = f" by {_said(action['due_on'])}" if action["due_on"] else ""
    return f"{action['owner_name']}: {action['what']}{due}"
