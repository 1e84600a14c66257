"""What a person must look at before a file is applied. The limits come from real files: 6 to 16 of 50,000 URNs vanish
between two of them, and the number of rows moves by under 5 %."""

from schools.models import RegisterFile
from schools.register.staging import Staged

ROWS_MAY_MOVE_BY = 0.05
VANISHING_FROM = 0.001


def reasons_to_hold(*, file: RegisterFile, found: Staged, vanishing: int, expected: int) -> list[str]:
    """Sentences, none where the file can be applied by itself. `vanishing` of `expected` schools are not in it.
    One query."""
    reasons = []
    if found.ragged:
        others = f" and {len(found.ragged) - 1:,} more" if len(found.ragged) > 1 else ""
        verb = "have" if others else "has"
        reasons.append(f"Line {found.ragged[0]}{others} {verb} not as many values as the header has columns.")
    for urn, lines in list(found.duplicates.items())[:5]:
        reasons.append(f"URN {urn} stands in lines {', '.join(map(str, lines))}: none of them would be applied.")
    if len(found.duplicates) > 5:
        reasons.append(f"{len(found.duplicates) - 5:,} more URNs stand there twice.")
    last = (
        RegisterFile.objects.filter(kind=file.kind, applied_at__isnull=False).order_by("-as_at", "-applied_at").first()
    )
    if last is None:
        return reasons
    if abs(found.rows - last.rows) > last.rows * ROWS_MAY_MOVE_BY:
        reasons.append(f"It has {found.rows:,} rows where the last file ({last.name}) had {last.rows:,}.")
    if vanishing and vanishing >= expected * VANISHING_FROM:
        reasons.append(f"{vanishing:,} of {expected:,} schools of the register would vanish from it.")
    return reasons
