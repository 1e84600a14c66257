"""What a person must look at before a file of establishments is applied, beside what `gate` finds in every kind: that a
spreadsheet has had it, or that it is another country's."""

import csv

from schools.models import RegisterFile
from schools.register import columns
from schools.register.sql import row, rows
from schools.register.staging import Staged

ELSEWHERE_FROM = 0.5
_FEW = 20  # rows: fewer say nothing about where a file comes from
_LOOKED_AT = 500  # rows of the last file


def doubts(file: RegisterFile, before: RegisterFile | None, found: Staged) -> list[str]:
    """Sentences. `before` is the last file applied. Three queries at most. Belongs before the codes are met."""
    return _spreadsheet(before, found) + _elsewhere(file, found)


def _spreadsheet(before: RegisterFile | None, found: Staged) -> list[str]:
    """Zeros that a spreadsheet took. Telephone numbers tell by themselves; codes only beside a file that had them."""
    for column, words in ((columns.TELEPHONE, "telephone number"), (columns.TYPE, "type code")):
        zeros = found.zeros.get(column)
        if zeros is None or not zeros.are_lost or (column == columns.TYPE and not _had_zeros(before, column)):
            continue
        return [
            f"Line {zeros.first_line}: the {words} “{zeros.first}” has lost the zero in front, and so have "
            f"{zeros.lost - 1:,} more. A spreadsheet has saved this file: use the one that was downloaded."
        ]
    return []


def _had_zeros(before: RegisterFile | None, column: str) -> bool:
    """Whether the first rows of a file have values with a zero in front."""
    if before is None or column not in before.header:
        return False
    place = before.header.index(column)
    texts = rows(
        "SELECT t.text FROM schools_registerrow r JOIN schools_registertext t ON t.digest = r.text_id "
        "WHERE r.id BETWEEN %s AND %s AND r.rejected = ''",
        before.first_row_id, before.first_row_id + _LOOKED_AT,
    )  # fmt: skip
    return any(values[place].startswith("0") for values in csv.reader(text for (text,) in texts) if len(values) > place)


def _elsewhere(file: RegisterFile, found: Staged) -> list[str]:
    """Another country's register has the same columns: Welsh schools, or authorities that nobody here knows."""
    strange, first = row(
        "SELECT count(*), min(t.urn) FROM register_stage t WHERE t.type = '30' OR t.urn BETWEEN 400000 AND 499999 "
        "OR NOT EXISTS (SELECT 1 FROM schools_localauthority a WHERE a.code = t.authority AND NOT a.needs_review)"
    )
    if strange < _FEW or strange < found.rows * ELSEWHERE_FROM:
        return []
    line, authority = row(
        "SELECT min(r.line), min(t.authority_name) FROM schools_registerrow r JOIN register_stage t ON t.urn = r.urn "
        "WHERE r.file_id = %s AND r.urn = %s",
        file.pk, first,
    )  # fmt: skip
    return [
        f"Line {line}: URN {first}, {authority or 'without an authority'}, is no school of England, and neither are "
        f"{strange - 1:,} of the {found.rows:,} rows. This looks like another country's register: use England's."
    ]
