"""What people's spreadsheets are made of: bytes that are text, cells, and the zip that an Excel file is."""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import openpyxl
from django.core.exceptions import ValidationError

from hubportal.kit.tables import FORMULA

DAMAGED = "The Excel file is damaged, or has a password. Save it again, or as CSV."
MOST_COLUMNS = 60


def text_of(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it (Excel's "Unicode text"), else Windows-1252. Raises
    ValidationError."""
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


def clean(value: Any, longest: int) -> str:
    """A cell as one line of printable text. A number is written as it looks, a date as ISO has it, and the apostrophe
    that keeps a spreadsheet from calculating goes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, (date, datetime)):
        value = value.isoformat()
    text = " ".join("".join(c if c.isprintable() else " " for c in str(value)[: longest * 4]).split())
    if text.startswith("'") and FORMULA.match(text[1:]):
        text = text[1:].strip()
    return text[:longest]


def members_of(data: bytes, *, most: int, noun: str) -> list[str]:
    """The names of what an Excel file's zip holds. One that unpacks to more than `most` bytes is refused before any of
    it is: Python reads no more of a member than the zip says. Raises ValidationError; `noun` is what it should hold."""
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ValidationError("The Excel file is damaged. Save it again, or as CSV.") from error
    if sum(member.file_size for member in members) > most:
        raise ValidationError(f"The Excel file unpacks to far more than a {noun} holds. Save the list alone as CSV.")
    names = [member.filename for member in members]
    if "[Content_Types].xml" not in names:
        raise ValidationError("This is a zip file, not a list. Unpack it and bring the CSV or XLSX file inside.")
    return names


def csv_lines(text: str, separator: str, longest: int) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of its first line; a cell as `clean` makes it. Raises ValidationError."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    before = 0
    try:
        for cells in reader:
            yield before + 1, [clean(cell, longest) for cell in cells[:MOST_COLUMNS]]
            before = reader.line_num
    except csv.Error as error:
        raise ValidationError(
            f"Line {reader.line_num} cannot be read: a quotation mark is opened and not closed, or a cell is a book."
        ) from error


@contextmanager
def of_excel() -> Iterator[None]:
    """In the block an Excel file is read: what goes wrong there is told as a file that is damaged."""
    try:
        yield
    except ValidationError:
        raise
    except Exception as error:  # openpyxl raises whatever the broken part of the file makes it stumble on
        raise ValidationError(DAMAGED) from error


def workbook(data: bytes, *, values: bool = True) -> Any:
    """Read row by row; with `values` what formulas gave, else the formulas. Raises ValidationError."""
    with of_excel():
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)


def visible_sheets(book: Any) -> list[Any]:
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def sheet_lines(sheet: Any, longest: int, most: int) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number; one more than `most`, so that whoever reads them can tell. Read it in `of_excel`."""
    sheet.reset_dimensions()  # what a file says of its size is not to be relied on
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
        yield number, [clean(value, longest) for value in row]
        if number > most:
            return
