"""The register's file of children's centres: what is read of establishments, from a file of their own.

It has no closing dates, numbers and phases, and only centres that are open: one that closes is in the file no longer.
Their URNs have five digits. They become schools of a source of their own, so that neither file takes the other's for
vanished, and of types that are not state-funded, so that no figure counts them.
"""

from functools import partial
from pathlib import Path
from typing import Any

from schools.models import RegisterFile
from schools.register import applying, codes, columns, doubts, staging
from schools.register.importing import Handling, import_file
from schools.register.layouts import Layout
from schools.register.sql import row, run
from schools.register.staging import Staged

TYPES = ("47", "48")  # children's centre, and its linked site
_NOT_HERE = {"CloseDate", "EstablishmentNumber", "PhaseOfEducation (code)", columns.TRUST, columns.TRUST_NAME}
LAYOUT = Layout(
    kind=RegisterFile.Kind.CHILDRENS_CENTRES,
    name="the file of children's centres",
    rows_are="children's centres",
    archived_as="edubaseallchildrencentre",
    required=columns.REQUIRED,
    used=tuple(name for name in columns.USED if name not in _NOT_HERE),
    known=columns.KNOWN,
    may_vanish=0.05,  # about 4 % close in a year
)
_OTHER = "It is no children's centre by its type."


def import_childrens_centres(path: Path, **options: Any) -> dict[str, Any]:
    """Keep one file of children's centres and bring the portal's to what it says: see `import_file`."""
    return import_file(_HANDLING, path, **options)


def _set_aside(file: RegisterFile) -> None:
    """Reject rows of another type, and those whose URN belongs to a school of another source."""
    others = f"t.type NOT IN ({', '.join(map(repr, TYPES))})"
    run(
        f"UPDATE schools_registerrow r SET rejected = %s FROM register_stage t WHERE r.file_id = %s AND r.urn = t.urn "
        f"AND r.rejected = '' AND {others}",
        _OTHER, file.pk,
    )  # fmt: skip
    run(f"DELETE FROM register_stage t WHERE {others}")
    applying.set_strangers_aside(file)


def _doubts(file: RegisterFile, before: RegisterFile | None, found: Staged) -> list[str]:
    others, line = row(
        "SELECT count(*), min(line) FROM schools_registerrow WHERE file_id = %s AND rejected = %s", file.pk, _OTHER
    )
    if others * 2 > found.rows:
        return [
            f"Line {line}: its type is not that of a children's centre, and {others - 1:,} more of the {found.rows:,} "
            "rows are not. This looks like the establishments file."
        ]
    return doubts.doubts(file, before, found)


def _finish(file: RegisterFile, found: Staged) -> list[str]:
    codes.meet(found.codes)
    return []


_HANDLING = Handling(
    LAYOUT,
    partial(staging.stage, layout=LAYOUT),
    _set_aside,
    applying.count_vanishing,
    applying.apply,
    _doubts,
    applying.name_vanishing,
    _finish,
    applying.count_unknown,
)
