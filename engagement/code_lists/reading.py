"""The code lists as one hub says them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engagement.models.code_lists import CodeEntry
from schools.models import Hub


@dataclass(frozen=True)
class Entry:
    """An entry that records name, as a hub says it. `row` is the national one or the hub's own; `usual` is what a
    national one is called elsewhere, where the hub calls it otherwise."""

    row: CodeEntry
    name: str
    is_offered: bool
    usual: str = ""

    @property
    def is_own(self) -> bool:
        return self.row.hub_id is not None


def lists_of(hub: Hub) -> dict[str, list[Entry]]:
    """Every list, in its order. One query."""
    rows = list(CodeEntry.objects.for_hub(hub))
    said = {row.national_id: row for row in rows if row.national_id is not None}
    found: dict[str, list[Entry]] = {key: [] for key in CodeEntry.List.values}
    for row in rows:
        if row.national_id is None:
            words = said.get(row.pk, row)
            usual = row.name if words.name != row.name else ""
            found[row.code_list].append(Entry(row, words.name, words.is_offered and row.is_offered, usual))
    return found


def names_of(lists: Mapping[str, Iterable[Entry]]) -> dict[int, str]:
    """What the hub calls each entry, by its primary key."""
    return {entry.row.pk: entry.name for entries in lists.values() for entry in entries}
