"""An inbox that writes register files and imports them, and forty schools to put into it."""

from pathlib import Path
from typing import Any

from schools.register.importing import import_establishments
from tests.schools.register.files import COLUMNS, row, text, write

MANY = [row(110000 + number, f"School {number}") for number in range(1, 41)]
FIRST, SECOND, THIRD = "edubasealldata20220407.csv", "edubasealldata20230407.csv", "edubasealldata20240407.csv"


class Inbox:
    """Writes files and imports them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def bring(self, name: str, rows: list[dict[str, str]], columns: tuple[str, ...] = COLUMNS, **options: Any) -> dict:
        content = text(rows, columns, end=options.pop("end", "\r\n"))
        return import_establishments(write(self.folder, name, content), **options)
