"""The kinds of file that the register publishes: by what each is told, and which of its columns the portal uses."""

import re
from dataclasses import dataclass

from schools.models import RegisterFile
from schools.register import columns


@dataclass(frozen=True)
class Layout:
    """One kind of file. `required` are the columns without which it is not that kind, the file's first column first;
    `used` those that the portal reads; `known` all that the kind has had. `archived_as` is how its name begins inside
    an archive of several. `rows_are` names its rows, and `may_vanish` is the share of them that a file may lack of
    what the last one had before a person must look."""

    kind: RegisterFile.Kind
    name: str
    rows_are: str
    archived_as: str
    required: tuple[str, ...]
    used: tuple[str, ...]
    known: frozenset[str]
    may_vanish: float
    row_begins: re.Pattern[bytes] = re.compile(rb'"?\d{5,7}"?,')


ESTABLISHMENTS = Layout(
    kind=RegisterFile.Kind.ESTABLISHMENTS,
    name="the establishments file",
    rows_are="schools of the register",
    archived_as="edubasealldata",
    required=columns.REQUIRED,
    used=columns.USED,
    known=columns.KNOWN,
    may_vanish=0.001,  # 6 to 16 of 50,000 vanish between two real files
)
