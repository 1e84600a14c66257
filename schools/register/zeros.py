"""Whether a spreadsheet has had the file: it takes the zeros from the front of telephone numbers and codes.

Codes are read with and without their zeros, and schools come to no harm; but such a file has lost more than that, and
the rest cannot be seen. So it waits for a person.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from schools.register import columns

# A British telephone number, and a type of two digits, without the zero that every one of them begins with.
LOST = {columns.TELEPHONE: re.compile(r"[1-9]\d{8,9}\Z"), columns.TYPE: re.compile(r"[1-9]\Z")}
_FEW = 3  # one or two are somebody's slip


@dataclass
class Zeros:
    """What one column's values begin with, in the rows that were read."""

    kept: int = 0
    lost: int = 0
    first_line: int = 0
    first: str = ""

    def count(self, column: str, given: Sequence[str], lines: list[int]) -> None:
        """Count a batch: its values, and the line of each."""
        is_lost = LOST[column].match
        for value, times in Counter(given).items():
            if value[:1] == "0":
                self.kept += times
            elif is_lost(value):
                self.lost += times
                if not self.first_line:
                    self.first_line, self.first = lines[given.index(value)], value

    @property
    def are_lost(self) -> bool:
        return self.lost >= _FEW and self.lost > self.kept
