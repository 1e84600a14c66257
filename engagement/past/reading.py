"""A spreadsheet of what was, as lines of text: what sheets it has, where their headings stand, and the rows below.
Memory is bounded by the limits. Every refusal is a ValidationError with a sentence that says what to do."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice, zip_longest
from typing import Any

from django.core.exceptions import ValidationError
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from engagement.past import columns
from hubportal.kit import spreadsheets

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 30_000
MOST_LINES = 60_000  # with the blank ones
MOST_SHEETS = 20
LONGEST_CELL = 4000  # characters
MOST_UNPACKED = 300 * 1024 * 1024  # bytes of an XLSX out of its zip
HEADER_WITHIN = 15  # lines: above the headings may stand a title
SAMPLES = 3
OLDER = "This is an older Excel file (.xls). Save it as Excel workbook (.xlsx) or as CSV, and upload that."
LOCKED = (
    "The file has a password, so it cannot be read. Open it in Excel, take the password out under File, Info, Protect "
    "Workbook, save it, and upload it again."
)
MACROS = "The file holds macros (.xlsm). Save it as Excel workbook (.xlsx) or as CSV, and upload that."
UNSAVED = "holds a formula whose result is not in the file. Open the file in Excel, save it, and upload it again"
_FORMULA = re.compile(rb"<f[ />]")
_WORKED_OUT = re.compile(rb"(</f>|<f[^>]*/>)\s*<v>[^<]")


@dataclass
class Sheet:
    """A sheet with something in it. `line` is that of its headings, `samples` the first rows below."""

    name: str
    line: int = 0
    header: list[str] = field(default_factory=list)
    samples: list[list[str]] = field(default_factory=list)


@dataclass
class Book:
    """A file that can be read. Sheets in which nothing stands are left out."""

    kind: str
    sheets: list[Sheet]
    is_1904: bool = False

    def as_data(self) -> list[dict[str, Any]]:
        return [{**asdict(sheet), "is_1904": self.is_1904} for sheet in self.sheets]


@dataclass(frozen=True)
class Line:
    """A row as received. `problem` is what is wrong with the row before anything is known of its columns."""

    number: int
    cells: list[str]
    problem: str = ""


def open_book(data: bytes) -> Book:
    """What a file is, by its bytes and not by its name, and which sheets there are."""
    if len(data) > MOST_BYTES:
        raise ValidationError(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Cut it into several.")
    if not data.strip():
        raise ValidationError("The file is empty.")
    kind = kind_of(data)
    if kind == "csv":
        sheets, is_1904 = [_sheet_of("", _csv_lines(data))], False
    else:
        sheets, is_1904 = _sheets(data)
    found = [sheet for sheet in sheets if sheet.header]
    if not found:
        raise ValidationError("Nothing stands in the file: it has no row with two cells filled.")
    with_rows = [sheet for sheet in found if sheet.samples]
    if not with_rows:
        raise ValidationError("The file has headings and nothing below them.")
    return Book(kind, with_rows, is_1904)


def kind_of(data: bytes) -> str:
    """ "csv" or "xlsx"; anything else is refused in words."""
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise ValidationError(LOCKED if "EncryptedPackage".encode("utf-16-le") in data else OLDER)
    if data[:4] == b"%PDF":
        raise ValidationError("This is a PDF, not a list. Upload the spreadsheet that it was made of.")
    if data[:2] == b"PK":
        names = spreadsheets.members_of(data, most=MOST_UNPACKED, noun="list")
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise ValidationError(MACROS)
        if "xl/workbook.xml" not in names:
            raise ValidationError("This is no Excel workbook. Save the list as .xlsx or as CSV, and upload that.")
        return "xlsx"
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise ValidationError("This is a web page, not a list. Save it as CSV or as Excel workbook (.xlsx).")
    if b"\0" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise ValidationError("This is neither a CSV file nor an Excel workbook (.xlsx).")
    return "csv"


def rows_of(data: bytes, kind: str, sheet: dict[str, Any]) -> Iterator[Line]:
    """The rows below the headings of one sheet that have something in them; each as wide as the headings."""
    lines = _csv_lines(data) if kind == "csv" else _xlsx_lines(data, sheet["name"])
    width, found = len(sheet["header"]), 0
    for number, cells, problem in lines:
        if number > MOST_LINES:
            raise ValidationError(f"The file has more than {MOST_LINES:,} lines. Take out the empty ones, or cut it.")
        if number <= sheet["line"] or not any(cells):
            continue
        found += 1
        if found > MOST_ROWS:
            raise ValidationError(f"The file has more than {MOST_ROWS:,} rows. Cut it into several.")
        yield Line(number, cells[:width] + [""] * (width - len(cells)), problem)


Raw = tuple[int, list[str], str]  # number, cells, problem


def _sheet_of(name: str, lines: Iterable[Raw]) -> Sheet:
    """The line that names most of what we know holds the headings; else the first with two cells filled."""
    first = [(number, cells) for number, cells, _ in islice(lines, HEADER_WITHIN) if sum(map(bool, cells)) > 1]
    if not first:
        return Sheet(name)
    best = max(range(len(first)), key=lambda at: (columns.likeness(first[at][1]), -at))
    number, header = first[best]
    below = [cells for _, cells in first[best + 1 :]]
    wide = [*below, header]
    width = max(at for cells in wide for at, cell in enumerate(cells, start=1) if cell)
    told = [cell or f"Column {get_column_letter(at)}, without a heading" for at, cell in enumerate(header, start=1)]
    told += [f"Column {get_column_letter(at)}, without a heading" for at in range(len(told) + 1, width + 1)]
    samples = [(cells + [""] * width)[:width] for cells in below[:SAMPLES]]
    return Sheet(name, number, told[:width], samples)


# --- CSV -------------------------------------------------------------------------------------------------------------


def _csv_lines(data: bytes) -> Iterator[Raw]:
    text = spreadsheets.text_of(data)
    return _cut(text, _separator(text))


def _separator(text: str) -> str:
    """The separator by which one of the first lines names most of what we know; else the one that cuts most."""
    first = "\n".join(text[:20_000].splitlines()[:HEADER_WITHIN])

    def worth(separator: str) -> tuple[int, int]:
        try:
            lines = [cells for _, cells, _ in _cut(first, separator)]
        except ValidationError:
            return (0, 0)
        return max((columns.likeness(cells), len(cells)) for cells in lines) if lines else (0, 0)

    return max((",", ";", "\t", "|"), key=worth)


def _cut(text: str, separator: str) -> Iterator[Raw]:
    for number, cells in spreadsheets.csv_lines(text, separator, LONGEST_CELL):
        yield number, cells, ""


# --- XLSX ------------------------------------------------------------------------------------------------------------


def _sheets(data: bytes) -> tuple[list[Sheet], bool]:
    book = spreadsheets.workbook(data)
    with spreadsheets.of_excel():
        shown = spreadsheets.visible_sheets(book)[:MOST_SHEETS]
        found = [_sheet_of(sheet.title, _lines_of(sheet)) for sheet in shown]
    return found, book.epoch == CALENDAR_MAC_1904


def _xlsx_lines(data: bytes, name: str) -> Iterator[Raw]:
    sheet = spreadsheets.workbook(data)[name]
    if not _has_formulas_only(data):
        yield from _guarded(_lines_of(sheet))
        return
    # What a formula gives is read, never the formula. Where no program has worked it out yet, the row says so.
    formulas = _lines_of(spreadsheets.workbook(data, values=False)[name])
    for (number, cells, _), told in _guarded(zip_longest(_lines_of(sheet), formulas, fillvalue=(0, [], ""))):
        unsaved = [
            at for at, (cell, formula) in enumerate(zip(cells, told[1], strict=False), 1) if formula and not cell
        ]
        problem = f"Cell {get_column_letter(unsaved[0])}{number} {UNSAVED}" if unsaved else ""
        yield number, cells, problem


def _guarded(lines: Iterable[Any]) -> Iterator[Any]:
    with spreadsheets.of_excel():
        yield from lines


def _lines_of(sheet: Any) -> Iterator[Raw]:
    for number, cells in spreadsheets.sheet_lines(sheet, LONGEST_CELL, MOST_LINES):
        yield number, cells, ""


def _has_formulas_only(data: bytes) -> bool:
    """Whether there are formulas and no program has worked any of them out."""
    has_formulas = False
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in book.namelist():
            if not name.startswith("xl/worksheets/"):
                continue
            with book.open(name) as member:
                tail = b""
                while block := member.read(1 << 20):
                    if _WORKED_OUT.search(tail + block):
                        return False
                    has_formulas = has_formulas or bool(_FORMULA.search(tail + block))
                    tail = block[-200:]
    return has_formulas
