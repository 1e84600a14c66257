"""A staff list's bytes as lines of text, whatever program saved it: CSV or XLSX. Memory is bounded by the limits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError

from hubportal.kit import spreadsheets
from schools.models import ContactImport
from schools.staff_list import columns

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5000  # people
MOST_LINES = 20_000  # with the blank ones
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
    return _as_list(ContactImport.Kind.CSV, _csv(spreadsheets.text_of(data)))


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


# --- CSV -------------------------------------------------------------------------------------------------------------


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
    return spreadsheets.csv_lines(text, separator, LONGEST_CELL)


# --- XLSX ------------------------------------------------------------------------------------------------------------


def _xlsx(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The first sheet that has a header we know, else the first. Values, not formulas."""
    spreadsheets.members_of(data, most=MOST_UNPACKED, noun="staff list")
    with spreadsheets.of_excel():
        book = spreadsheets.workbook(data)
        sheets = spreadsheets.visible_sheets(book)[:10] or book.worksheets[:1]
        chosen = next((sheet for sheet in sheets if _has_header(sheet)), sheets[0])
        yield from _sheet(chosen)


def _has_header(sheet: Any) -> bool:
    return any(columns.is_header(cells) for _number, cells in islice(_sheet(sheet), HEADER_WITHIN))


def _sheet(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    return spreadsheets.sheet_lines(sheet, LONGEST_CELL, MOST_LINES)
