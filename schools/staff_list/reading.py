"""A staff list's bytes as lines of text, whatever program saved it: CSV or XLSX. Memory is bounded by the limits."""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

import openpyxl
from django.core.exceptions import ValidationError

from hubportal.kit.tables import FORMULA
from schools.models import ContactImport
from schools.staff_list import columns

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5000  # people
MOST_LINES = 20_000  # with the blank ones
MOST_COLUMNS = 60
LONGEST_CELL = 500  # characters; what fits in a contact is shorter, and what is longer is told there
MOST_UNPACKED = 30 * 1024 * 1024  # bytes of an XLSX out of its zip
HEADER_WITHIN = 15  # lines: above the header may stand a title


@dataclass(frozen=True)
class StaffList:
    """A list as received: its header, and the other lines with something in them, by number."""

    kind: str
    header: list[str]
    rows: list[tuple[int, list[str]]]


def read(data: bytes) -> StaffList:
    """Read a file by what it is, whatever its name. Raises ValidationError with a sentence that says what to do."""
    if len(data) > MOST_BYTES:
        raise ValidationError(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Cut it into several.")
    if not data.strip():
        raise ValidationError("The file is empty.")
    if data[:2] == b"PK":
        return _as_list(ContactImport.Kind.XLSX, _xlsx(data))
    if data[:4] in (b"\xd0\xcf\x11\xe0", b"%PDF"):
        raise ValidationError("This is an older Excel file or a document. Save it as CSV or as Excel workbook (.xlsx).")
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise ValidationError("This is a web page, not a list. Save it as CSV or as Excel workbook (.xlsx).")
    return _as_list(ContactImport.Kind.CSV, _csv(_text(data)))


def _as_list(kind: str, lines: Iterable[tuple[int, list[str]]]) -> StaffList:
    header: list[str] = []
    rows: list[tuple[int, list[str]]] = []
    for number, cells in lines:
        if number > MOST_LINES:
            raise ValidationError(f"The file has more than {MOST_LINES:,} lines. Take out the empty ones, or cut it.")
        if not any(cells):
            continue
        if not header:
            if columns.is_header(cells):
                header = cells[: max(at for at, cell in enumerate(cells, start=1) if cell)]
            elif number >= HEADER_WITHIN:
                break
            continue
        if len(rows) == MOST_ROWS:
            raise ValidationError(f"The file has more than {MOST_ROWS:,} people. Cut it into several.")
        rows.append((number, cells[: len(header)] + [""] * (len(header) - len(cells))))
    if not header:
        raise ValidationError(
            f"The first {HEADER_WITHIN} lines name no columns that we know. One line must say which column holds the "
            "name, and which the URN or the school. Use our template."
        )
    if not rows:
        raise ValidationError("The file has a header and nobody below it.")
    return StaffList(kind, header, rows)


def _clean(value: Any) -> str:
    """A cell as one line of printable text. A number is written as it looks, and the apostrophe that keeps a
    spreadsheet from calculating goes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, (date, datetime)):
        value = value.isoformat()
    text = " ".join("".join(c if c.isprintable() else " " for c in str(value)[: LONGEST_CELL * 4]).split())
    if text.startswith("'") and FORMULA.match(text[1:]):
        text = text[1:].strip()
    return text[:LONGEST_CELL]


# --- CSV -------------------------------------------------------------------------------------------------------------


def _text(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it (Excel's "Unicode text"), else Windows-1252."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8",) if data.startswith(codecs.BOM_UTF8) else ("utf-8", "cp1252")
        data = data.removeprefix(codecs.BOM_UTF8)
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as broken:
            line = data[: broken.start].count(b"\n") + 1
    raise ValidationError(f"Line {line} holds bytes that are no text we can read. Save the file as CSV UTF-8.")


def _csv(text: str) -> Iterator[tuple[int, list[str]]]:
    return _lines(text, _separator(text))


def _separator(text: str) -> str:
    """The separator with which one of the first lines is a header that we know, else a comma."""
    first = "\n".join(text.splitlines()[:HEADER_WITHIN])
    for separator in (",", ";", "\t", "|"):
        if any(columns.is_header(cells) for _number, cells in _lines(first, separator)):
            return separator
    return ","


def _lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    before = 0
    try:
        for cells in reader:
            yield before + 1, [_clean(cell) for cell in cells[:MOST_COLUMNS]]
            before = reader.line_num
    except csv.Error as error:
        raise ValidationError(
            f"Line {reader.line_num} cannot be read: a quotation mark is opened and not closed, or a cell is a book."
        ) from error


# --- XLSX ------------------------------------------------------------------------------------------------------------


def _xlsx(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The first sheet that has a header we know, else the first. Values, not formulas."""
    _refuse_bombs(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:10] or book.worksheets[:1]
        chosen = next((sheet for sheet in sheets if _has_header(sheet)), sheets[0])
        yield from _sheet(chosen)
    except ValidationError:
        raise
    except Exception as error:  # openpyxl raises whatever the broken part of the file makes it stumble on
        raise ValidationError("The Excel file is damaged, or has a password. Save it again, or as CSV.") from error


def _has_header(sheet: Any) -> bool:
    return any(columns.is_header(cells) for _number, cells in islice(_sheet(sheet), HEADER_WITHIN))


def _sheet(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # what a file says of its size is not to be relied on
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
        yield number, [_clean(value) for value in row]
        if number > MOST_LINES:
            return


def _refuse_bombs(data: bytes) -> None:
    """A zip that unpacks to more than a staff list could hold. Python reads no more of a member than the zip says."""
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ValidationError("The Excel file is damaged. Save it again, or as CSV.") from error
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise ValidationError("The Excel file unpacks to far more than a staff list holds. Save the list alone as CSV.")
    if not any(member.filename == "[Content_Types].xml" for member in members):
        raise ValidationError("This is a zip file, not a list. Unpack it and bring the CSV or XLSX file inside.")
