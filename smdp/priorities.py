"""The rows of a plan's priorities, taken from the values of its draft and put back. No queries."""

from collections.abc import Iterable, Mapping

from hubportal.kit.drafts.merge import COUNTER, Value, Values
from smdp.answers import MOST_ROWS

SECTION = "priorities"  # the section's key
TABLE = "priorities"  # the table in it
ACHIEVED = "achieved"  # the question under it
DONE = "done"  # of the column `rag`
MOST = 10

PriorityRow = dict[str, str]  # {column: words}; a date is three: by_0, by_1, by_2


def rows_in(values: Mapping[str, Value]) -> list[PriorityRow]:
    """Every row in which something stands, in order."""
    count = str(values.get(f"{TABLE}{COUNTER}", ""))
    number = min(int(count), MOST_ROWS) if count.isdecimal() and len(count) < 6 else 0
    found = []
    for at in range(number):
        start = f"{TABLE}-{at}-"
        row = {name.removeprefix(start): str(value) for name, value in values.items() if name.startswith(start)}
        if any(value.strip() for value in row.values()):
            found.append(row)
    return found


def values_of(rows: Iterable[PriorityRow], instead_of: Mapping[str, Value] | None = None) -> Values:
    """The rows as values of the draft; names that only `instead_of` holds are emptied."""
    kept = list(rows)
    found: Values = {name: "" for name in instead_of or {} if name.startswith(f"{TABLE}-")}
    for at, row in enumerate(kept):
        found |= {f"{TABLE}-{at}-{column}": words for column, words in row.items()}
    return found | {f"{TABLE}{COUNTER}": str(len(kept))}


def is_done(row: Mapping[str, str]) -> bool:
    return row.get("rag") == DONE
