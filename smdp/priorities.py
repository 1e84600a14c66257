"""The rows of a plan's priorities, taken from the values of its draft and put back. No queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hubportal.kit.drafts.merge import COUNTER, Value, Values
from smdp.answers import MOST_ROWS

SECTION = "priorities"  # the section's key
TABLE = "priorities"  # the table in it
ACHIEVED = "achieved"  # the question under it
DONE = "done"  # of the column `rag`
ORIGIN = "origin"  # the column that says what a priority was started from; nobody types it
MOST = 10
KNOWN_BY = ("what", "why", "measure", "baseline", "target", "resources")

PriorityRow = dict[str, str]  # {column: words}; a date is three: by_0, by_1, by_2


def rows_in(values: Mapping[str, Value]) -> list[PriorityRow]:
    """Every row in which something stands, in order."""
    return [row for _at, row in numbered_in(values)]


def numbered_in(values: Mapping[str, Value]) -> list[tuple[int, PriorityRow]]:
    """The same, each with its number: a row keeps it for as long as it stands, also where one before it is taken
    out."""
    count = str(values.get(f"{TABLE}{COUNTER}", ""))
    number = min(int(count), MOST_ROWS) if count.isdecimal() and len(count) < 6 else 0
    found = []
    for at in range(number):
        start = f"{TABLE}-{at}-"
        row = {name.removeprefix(start): str(value) for name, value in values.items() if name.startswith(start)}
        if is_filled(row):
            found.append((at, row))
    return found


def is_filled(row: Mapping[str, Value]) -> bool:
    """Whether anything was written in it."""
    return any(str(value).strip() for column, value in row.items() if column != ORIGIN)


def free_row(values: Mapping[str, Value]) -> int:
    """The number of the first row in which nothing stands, the next one where all are filled."""
    count = str(values.get(f"{TABLE}{COUNTER}", ""))
    number = int(count) if count.isdecimal() and len(count) < 6 else 0
    for at in range(number):
        start = f"{TABLE}-{at}-"
        if not is_filled({name.removeprefix(start): value for name, value in values.items() if name.startswith(start)}):
            return at
    return number


@dataclass(frozen=True)
class Origin:
    """What a priority was started from: a judgement (by its criterion) or an agreed action (by its id) of a
    conversation with the school (by the id of the school's part of it)."""

    kind: str  # "judgement" or "action"
    part: str
    code: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.part}:{self.code}"


def origins_in(values: Mapping[str, Value]) -> list[Origin]:
    """What the priorities were started from, each once, in order."""
    found = (str(row.get(ORIGIN, "")).split(":") for row in rows_in(values))
    return list(dict.fromkeys(Origin(*each) for each in found if len(each) == 3))


def values_of(rows: Iterable[PriorityRow], instead_of: Mapping[str, Value] | None = None) -> Values:
    """The rows as values of the draft; names that only `instead_of` holds are emptied."""
    kept = list(rows)
    found: Values = {name: "" for name in instead_of or {} if name.startswith(f"{TABLE}-")}
    for at, row in enumerate(kept):
        found |= {f"{TABLE}-{at}-{column}": words for column, words in row.items()}
    return found | {f"{TABLE}{COUNTER}": str(len(kept))}


def row_values(at: int, row: PriorityRow, current: Mapping[str, Value]) -> Values:
    """A row as values of the draft, at a number that is free; what else stands under that number is emptied."""
    start, counter = f"{TABLE}-{at}-", f"{TABLE}{COUNTER}"
    found: Values = {name: "" for name in current if name.startswith(start)}
    found |= {f"{start}{column}": words for column, words in row.items()}
    count = str(current.get(counter, ""))
    return found | {counter: str(max(at + 1, int(count) if count.isdecimal() and len(count) < 6 else 0))}


def is_done(row: Mapping[str, str]) -> bool:
    return row.get("rag") == DONE


def words_of(row: Mapping[str, str]) -> str:
    """By what a priority is known: what will be different, or what stands first in it."""
    return next((row[name] for name in KNOWN_BY if row.get(name, "").strip()), "A priority without a name")
