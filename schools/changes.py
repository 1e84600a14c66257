"""What a change in the register means for a hub, in words. Nothing here queries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hubportal.kit.wording import long_date, short_date
from schools.models import ChangeNotice, RegisterChange, School

Kind = RegisterChange.Kind

# Changes that somebody should do something about; the rest are good to know.
PRESSING = (
    *(Kind.OPENED, Kind.CLOSING, Kind.CLOSED, Kind.REOPENED, Kind.CONVERTED),
    *(Kind.AUTHORITY, Kind.HEAD, Kind.VANISHED),
)


@dataclass(frozen=True, slots=True)
class Said:
    """`title` says what happened in a sentence, `meaning` what it means for the hub and what to do."""

    title: str
    meaning: str


def said(change: RegisterChange, on: date) -> Said:
    """A change in words, as of a day. `change` comes with `school`, and `other_school__type` where it has one."""
    title, meaning = _WORDS[Kind(change.kind)](change, on)
    return Said(f"{title}.", meaning)


def _when(change: RegisterChange, on: date, *, past: str, future: str) -> str:
    """ "closed on 31 August", "closes on 31 August 2027"; without a day only the verb."""
    day = change.happens_on
    if day is None:
        return past
    return f"{future if day > on else past} on {short_date(day, on)}"


def _proposed(change: RegisterChange, on: date) -> tuple[str, str]:
    day = f" on {long_date(change.happens_on)}" if change.happens_on else ""
    return (
        f"{change.school} is planned to open{day}",
        "Find out who will lead music there, and be the first to say hello.",
    )


def _opened(change: RegisterChange, on: date) -> tuple[str, str]:
    return (
        f"{change.school} {_when(change, on, past='opened', future='opens')}",
        "Nobody looks after it yet unless you chose somebody: decide who does, and introduce the hub.",
    )


def _closing(change: RegisterChange, on: date) -> tuple[str, str]:
    moved = f" It was to close on {change.before}." if change.before else ""
    day = f" on {long_date(change.happens_on)}" if change.happens_on else ""
    return (
        f"{change.school} plans to close{day}",
        f"Ask where its pupils, its instruments and its music lead will go.{moved}",
    )


def _not_closing(change: RegisterChange, on: date) -> tuple[str, str]:
    was = f" It was to close on {change.before}." if change.before else ""
    return f"{change.school} no longer plans to close", f"Plan the year with it as before.{was}"


def _closed(change: RegisterChange, on: date) -> tuple[str, str]:
    return (
        f"{change.school} {_when(change, on, past='closed', future='closes')}",
        "What you wrote about it stays. If another school follows it, move its relationship there.",
    )


def _reopened(change: RegisterChange, on: date) -> tuple[str, str]:
    return f"{change.school} is open again", "Its relationship is as you left it. Ask who leads music there now."


def _converted(change: RegisterChange, on: date) -> tuple[str, str]:
    other = change.other_school
    became = _when(change, on, past="became", future="becomes")
    verb, _, day = became.partition(" ")
    if other is None:
        return f"{change.school} {became}", "See which school follows it."
    is_academy = other.type.group_name.lower().startswith(("academ", "free"))
    what = "an academy" if is_academy else f"{other}"
    same = "" if other.name_key == change.school.name_key or not is_academy else f", {other}"
    return (
        f"{change.school} {verb} {what}{same}{' ' if day else ''}{day}",
        f"It has a new URN, {other.urn}. Move its relationship there?",
    )


def _renamed(change: RegisterChange, on: date) -> tuple[str, str]:
    return f"{change.before} is called {change.after} now", "Nothing to do: pages, lists and reports have the new name."


def _authority(change: RegisterChange, on: date) -> tuple[str, str]:
    return (
        f"{change.school} moved from {change.before} to {change.after}",
        "The hub of its new authority looks after it from now. If that is not yours, offer that hub your history.",
    )


def _joined(change: RegisterChange, on: date) -> tuple[str, str]:
    verb, _, day = _when(change, on, past="joined", future="joins").partition(" ")
    before = f" It was in {change.before}." if change.before else ""
    return (
        f"{change.school} {verb} {change.after}{' ' if day else ''}{day}",
        f"The trust’s leaders see it in the portal from that day.{before} Ask what the trust plans for music.",
    )


def _left(change: RegisterChange, on: date) -> tuple[str, str]:
    return f"{change.school} left {change.before}", "The trust’s leaders no longer see it in the portal."


def _trust_renamed(change: RegisterChange, on: date) -> tuple[str, str]:
    return (
        f"The trust {change.before} is called {change.after} now",
        "Nothing to do: pages, lists and reports have the new name. Its schools are the same.",
    )


def _head(change: RegisterChange, on: date) -> tuple[str, str]:
    before = f" {change.before} was head before: end that contact if they have left." if change.before else ""
    return f"{change.school} has a new head, {change.after}", f"Introduce yourself.{before}"


def _pupils(word: str) -> Callable[[RegisterChange, date], tuple[str, str]]:
    def words(change: RegisterChange, on: date) -> tuple[str, str]:
        return (
            f"{change.school} has {_number(change.after)} pupils, {word} than the {_number(change.before)} before",
            "Whole classes, instruments and fees may need to follow.",
        )

    return words


def _number(digits: str) -> str:
    return f"{int(digits):,}" if digits.isdecimal() else digits


def _vanished(change: RegisterChange, on: date) -> tuple[str, str]:
    return (
        f"{change.school} is no longer in the register",
        "The register does not say why. Nothing of yours is gone. Ask the school whether it goes on.",
    )


def _reappeared(change: RegisterChange, on: date) -> tuple[str, str]:
    return f"{change.school} is in the register again", "Nothing to do: it is as it was."


_WORDS: dict[str, Callable[[RegisterChange, date], tuple[str, str]]] = {
    Kind.PROPOSED: _proposed,
    Kind.OPENED: _opened,
    Kind.CLOSING: _closing,
    Kind.NOT_CLOSING: _not_closing,
    Kind.CLOSED: _closed,
    Kind.REOPENED: _reopened,
    Kind.CONVERTED: _converted,
    Kind.RENAMED: _renamed,
    Kind.AUTHORITY: _authority,
    Kind.JOINED_TRUST: _joined,
    Kind.LEFT_TRUST: _left,
    Kind.TRUST_RENAMED: _trust_renamed,
    Kind.HEAD: _head,
    Kind.PUPILS_UP: _pupils("more"),
    Kind.PUPILS_DOWN: _pupils("fewer"),
    Kind.VANISHED: _vanished,
    Kind.REAPPEARED: _reappeared,
}


def standing(notice: ChangeNotice) -> str:
    """Where a notice stands, in words: "Amira Okafor’s", "Done by Amira Okafor, 3 November 2026: told the trust"."""
    note = f": {notice.note}" if notice.note else ""
    if notice.state == ChangeNotice.State.NEW or notice.decided_at is None:
        return "New"
    if notice.state == ChangeNotice.State.ASSIGNED:
        return f"With {notice.assigned_to}{note}"
    return f"{notice.get_state_display()} by {notice.decided_by}, {long_date(notice.decided_at)}{note}"


def facts_of(notice: ChangeNotice) -> list[dict[str, str]]:
    """What the register says, for the panel at the side: each row a key, a value, and where it has one a link. `notice`
    comes from `for_list`."""
    change, other = notice.change, notice.change.other_school
    name = "One of its schools" if change.kind == Kind.TRUST_RENAMED else "School"
    rows = [
        _school_row(name, change.school, notice.sees_school),  # type: ignore[attr-defined]  # annotated by for_list
        _school_row("New school", other, False) if other else {},
        {"key": "Before", "value": change.before},
        {"key": "Now", "value": change.after},
        {"key": "Happens on", "value": long_date(change.happens_on) if change.happens_on else ""},
        {"key": "Noticed", "value": f"in the register of {long_date(change.noticed_on)}"},
        {"key": "State", "value": standing(notice)},
    ]
    return [row for row in rows if row.get("value")]


def _school_row(key: str, school: School, is_seen: bool) -> dict[str, str]:
    row = {"key": key, "value": f"{school}, {school.urn_words}"}
    return row | ({"href": school.get_absolute_url()} if is_seen else {})
