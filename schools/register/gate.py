"""What a person must look at before a file of any kind is applied. The limits come from real files: between two of them
the number of rows moves by under 5 %, and `Layout.may_vanish` says what share of them is lacking."""

from schools.models import RegisterFile
from schools.register.layouts import Layout
from schools.register.staging import Staged

ROWS_MAY_MOVE_BY = 0.05
NAMED = 10  # so many of what a file lacks stand in the sentence


def reasons_of_rows(found: Staged) -> list[str]:
    """Sentences on rows by themselves, ragged ones and those that stand there twice. No queries."""
    reasons = []
    if found.ragged:
        others = f" and {len(found.ragged) - 1:,} more" if len(found.ragged) > 1 else ""
        verb = "do" if others else "does"
        reasons.append(f"Line {found.ragged[0]}{others} {verb} not have as many values as the header has columns.")
        if found.breaks_off:
            which = "The last line is one of them" if others else "It is the last line"
            reasons[-1] += f" {which}: the download may have broken off. Download the file again."
    for key, lines in list(found.duplicates.items())[:5]:
        named = f"URN {key}" if isinstance(key, int) else key
        reasons.append(f"{named} stands in lines {', '.join(map(str, lines))}: none of them would be applied.")
    if len(found.duplicates) > 5:
        reasons.append(f"{len(found.duplicates) - 5:,} more stand there twice.")
    return reasons


def reasons_of_rows_moved(before: RegisterFile | None, *, rows: int) -> list[str]:
    """A sentence on a file's `rows` beside those of the file `before`, or none. No queries."""
    if before and abs(rows - before.rows) > before.rows * ROWS_MAY_MOVE_BY:
        return [f"It has {rows:,} rows where the last file ({before.name}) had {before.rows:,}."]
    return []


def reason_of_vanishing(layout: Layout, *, vanishing: int, of: int, named: list[str]) -> str:
    """A sentence on what the file lacks: `vanishing` of `of`, the first of them `named`. No queries."""
    is_or_are, rest = "are" if vanishing > 1 else "is", vanishing - len(named)
    words = ", ".join(named) + (f" and {rest:,} more" if rest else "")
    return f"{vanishing:,} of {of:,} {layout.rows_are} {is_or_are} missing from it{f': {words}' if named else ''}."


def by_urn(named: list[str]) -> list[str]:
    """Names that begin with a URN, of which the first says so: "URN 110001", "110002"."""
    return [f"URN {named[0]}", *named[1:]] if named else []
