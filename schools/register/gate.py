"""What a person must look at before a file of any kind is applied. The limits come from real files: between two of them
the number of rows moves by under 5 %, and `Layout.may_vanish` says what share of them is lacking."""

from schools.models import RegisterFile
from schools.register.layouts import Layout
from schools.register.staging import Staged

ROWS_MAY_MOVE_BY = 0.05


def reasons_of_rows(found: Staged) -> list[str]:
    """Sentences on rows by themselves, ragged ones and those that stand there twice. No queries."""
    reasons = []
    if found.ragged:
        others = f" and {len(found.ragged) - 1:,} more" if len(found.ragged) > 1 else ""
        verb = "have" if others else "has"
        reasons.append(f"Line {found.ragged[0]}{others} {verb} not as many values as the header has columns.")
    for key, lines in list(found.duplicates.items())[:5]:
        named = f"URN {key}" if isinstance(key, int) else key
        reasons.append(f"{named} stands in lines {', '.join(map(str, lines))}: none of them would be applied.")
    if len(found.duplicates) > 5:
        reasons.append(f"{len(found.duplicates) - 5:,} more stand there twice.")
    return reasons


def reasons_of_numbers(layout: Layout, before: RegisterFile | None, *, rows: int, vanishing: int, of: int) -> list[str]:
    """Sentences on a file's `rows` beside the file `before`, of which it lacks `vanishing` of `of`. No queries."""
    reasons = []
    if before and abs(rows - before.rows) > before.rows * ROWS_MAY_MOVE_BY:
        reasons.append(f"It has {rows:,} rows where the last file ({before.name}) had {before.rows:,}.")
    if vanishing and vanishing >= of * layout.may_vanish:
        reasons.append(f"{vanishing:,} of {of:,} {layout.rows_are} would vanish from it.")
    return reasons
