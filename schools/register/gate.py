"""What a person must look at before a file is applied. The limits come from real files: between two of them the number
of rows moves by under 5 %, and `Layout.may_vanish` says what share of them is lacking."""

from schools.models import RegisterFile
from schools.register.layouts import ESTABLISHMENTS, Layout
from schools.register.staging import Staged

ROWS_MAY_MOVE_BY = 0.05


def reasons_to_hold(
    *, file: RegisterFile, found: Staged, vanishing: int, expected: int, layout: Layout = ESTABLISHMENTS
) -> list[str]:
    """Sentences, none where the file can be applied by itself. It lacks `vanishing` of `expected` rows held before.
    One query."""
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
    last = (
        RegisterFile.objects.filter(kind=file.kind, applied_at__isnull=False).order_by("-as_at", "-applied_at").first()
    )
    if last and abs(found.rows - last.rows) > last.rows * ROWS_MAY_MOVE_BY:
        reasons.append(f"It has {found.rows:,} rows where the last file ({last.name}) had {last.rows:,}.")
    if vanishing and vanishing >= expected * layout.may_vanish:
        reasons.append(f"{vanishing:,} of {expected:,} {layout.rows_are} would vanish from it.")
    return reasons
