"""Deciding whose words stand, field by field. No database, no request: values in, a decision out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Value = str | list[str]
Values = dict[str, Value]

COUNTER = "-TOTAL_FORMS"  # Django's count of formset rows: two people who each add a row mean the larger number


@dataclass(frozen=True)
class Step:
    """What one revision did. `by` is whoever wrote it, as the caller likes to name them."""

    values: Mapping[str, Value]
    before: Mapping[str, Value]
    writer: str
    by: Any


@dataclass(frozen=True)
class Clash:
    """Both sides wrote this field. `parts` are the names of its boxes where the field is several boxes in one."""

    field: str
    parts: tuple[str, ...]
    mine: Value
    theirs: Value
    against: Any


@dataclass
class Merged:
    """`taken` is to be written; `clashes` are to be kept; `changed` tells which posted fields others have changed,
    and who."""

    taken: Values = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    changed: dict[str, Any] = field(default_factory=dict)


def undo(current: Mapping[str, Value], steps: Iterable[Step]) -> Values:
    """The values as they stood before `steps`, which are given oldest first and end at `current`."""
    values = dict(current)
    for step in reversed(list(steps)):
        values.update(step.before)
    return values


def merge(
    *,
    current: Mapping[str, Value],
    steps: Sequence[Step] | None,
    mine: Mapping[str, Value],
    writer: str,
    groups: Mapping[str, tuple[str, ...]] | None = None,
) -> Merged:
    """Three-way merge of `mine` into `current`.

    `steps` are the revisions since the state that `mine` was written upon, oldest first; None when that state is not
    known, and then every field that differs is a clash unless one side is empty. Steps of the same `writer` are mine
    too: a reply that was lost on the way must not make a person collide with themselves. `groups` names fields that
    are one answer ({"date": ("date_0", "date_1", "date_2")}), so that one person's day is never put to another's month.
    """
    merged = Merged()
    base = undo(current, steps) if steps is not None else None
    for unit, names in _units(mine, groups or {}):
        held = tuple(current.get(name, "") for name in names)
        said = tuple(mine.get(name, current.get(name, "")) for name in names)
        if said == held:
            continue
        if len(names) == 1 and unit.endswith(COUNTER):
            _count(merged, unit, said[0], held[0], steps or (), writer)
            continue
        if base is None:
            _merge_blind(merged, unit, names, said, held)
            continue
        known, against = _last_known(names, base, steps or (), writer)
        if said == known:
            merged.changed.update(dict.fromkeys(names, against))
        elif against is None:
            merged.taken.update(zip(names, said, strict=True))
        else:
            merged.clashes.append(_clash(unit, names, said, held, against))
    return merged


def _units(mine: Mapping[str, Value], groups: Mapping[str, tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    """The posted fields as units that are decided together."""
    of = {name: unit for unit, names in groups.items() for name in names}
    units: dict[str, tuple[str, ...]] = {}
    for name in mine:
        unit = of.get(name, name)
        units[unit] = tuple(groups[unit]) if unit in groups else (name,)
    return list(units.items())


def _last_known(
    names: tuple[str, ...], base: Mapping[str, Value], steps: Sequence[Step], writer: str
) -> tuple[tuple[Value, ...], Any]:
    """What this writer last saw or wrote in these fields, and who else has written them since (None: nobody)."""
    known = {name: base.get(name, "") for name in names}
    against = None
    for step in steps:
        touched = [name for name in names if name in step.values]
        if not touched:
            continue
        if writer and step.writer == writer:
            known.update({name: step.values[name] for name in touched})
            against = None
        else:
            against = step.by
    return tuple(known[name] for name in names), against


def _merge_blind(
    merged: Merged, unit: str, names: tuple[str, ...], said: tuple[Value, ...], held: tuple[Value, ...]
) -> None:
    """Without a base nobody can tell who changed what: words win over emptiness, and words against words are a
    clash."""
    if not any(held):
        merged.taken.update(zip(names, said, strict=True))
    elif not any(said):
        merged.changed.update(dict.fromkeys(names, None))
    else:
        merged.clashes.append(_clash(unit, names, said, held, None))


def _clash(unit: str, names: tuple[str, ...], said: tuple[Value, ...], held: tuple[Value, ...], against: Any) -> Clash:
    if names == (unit,):
        return Clash(unit, (), said[0], held[0], against)
    return Clash(unit, names, _flat(said), _flat(held), against)


def _flat(values: tuple[Value, ...]) -> list[str]:
    """The boxes of one group as a list of texts (a box holds one text)."""
    return [value if isinstance(value, str) else " ".join(value) for value in values]


def _count(merged: Merged, name: str, said: Value, held: Value, steps: Sequence[Step], writer: str) -> None:
    """Rows are only ever added: the larger count holds both people's rows."""
    mine, theirs = _rows(said), _rows(held)
    if mine > theirs:
        merged.taken[name] = str(mine)
    else:
        by = [step.by for step in steps if name in step.values and not (writer and step.writer == writer)]
        merged.changed[name] = by[-1] if by else None


def _rows(value: Value) -> int:
    """A count of rows; 0 for what is no count."""
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 6 else 0
