"""Staff lists as people save them: encodings, separators, headers, spreadsheets; and what is no staff list."""

import io
import tracemalloc
import zipfile

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from hubportal.kit.tables import as_csv, as_xlsx
from schools.staff_list import columns, reading

HEADER = ["URN", "Name", "Role"]
ZOE = (2, ["136789", "Zoë O’Neill", "Music lead"])


def as_text(separator: str = ",", end: str = "\r\n") -> str:
    return end.join(separator.join(cells) for cells in (HEADER, ZOE[1])) + end


def as_book(*lines: list, **sheets: list[list]) -> bytes:
    book = openpyxl.Workbook()
    for cells in lines:
        book.active.append(cells)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        reading.read(data)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_csv_is_read_however_it_was_saved(encoding: str, separator: str, end: str) -> None:
    found = reading.read(as_text(separator, end).encode(encoding))
    assert (found.kind, found.header, found.rows) == ("csv", HEADER, [ZOE])


def test_xlsx_is_read_with_its_numbers_and_ticks() -> None:
    data = as_book(["Staff 2026"], [], [*HEADER, "Leader"], [136789.0, " Zoë \n O’Neill", "Music lead", True], [None])
    found = reading.read(data)
    assert (found.kind, found.header) == ("xlsx", [*HEADER, "Leader"])
    assert found.rows == [(4, ["136789", "Zoë O’Neill", "Music lead", "yes"])]


def test_xlsx_takes_the_sheet_that_is_a_list() -> None:
    data = as_book(["Read me first"], Staff=[HEADER, ZOE[1]])
    assert reading.read(data).rows == [ZOE]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("E-mail Address", "email"),
        ("Music lead? (yes/no)", "is_music_lead"),
        ("shared_with_partners", "shared_with_partners"),
        ("SURNAME", "last_name"),
        ("Post code", "postcode"),
        ("Shoe size", ""),
    ],
)
def test_headers_go_by_usual_names(heading: str, field: str) -> None:
    assert columns.field_of(heading) == field


def test_every_column_of_the_template_is_known_by_its_name() -> None:
    assert [columns.field_of(name) for _field, name in columns.TEMPLATE] == [field for field, _name in columns.TEMPLATE]


def test_a_quoted_cell_may_hold_line_breaks_and_lines_are_counted_on() -> None:
    text = 'URN,Name,Role\n136789,"Zoë\nO’Neill",Head\n\n136790,Tom,Head\n'
    assert [(line, cells[1]) for line, cells in reading.read(text.encode()).rows] == [(2, "Zoë O’Neill"), (5, "Tom")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b" \r\n ", "The file is empty."),
        (b"<!DOCTYPE html><html>", "This is a web page"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "an older Excel file"),
        (b"%PDF-1.7", "a document"),
        (b"PK\x03\x04" + b"x" * 99, "damaged"),
        (b"Colour,Size\r\nred,9\r\n", "name no columns that we know"),
        (b"URN,Name\r\n", "nobody below it"),
        (b"URN,Name\r\n1,\x81\r\n", "Line 2 holds bytes"),
        (b"\xef\xbb\xbfURN,Name\r\n\r\n1,\xff\r\n", "Line 3 holds bytes"),
        (b'URN,Name\r\n1,"' + b"x" * 200_000 + b"\r\n", "Line 2 cannot be read"),
        (b"URN,Name\r\n" + b"1,Tom\r\n" * (reading.MOST_ROWS + 1), "more than 5,000 people"),
        (b"URN,Name\r\n" + b"\r\n" * (reading.MOST_LINES + 1) + b"1,Tom\r\n", "more than 20,000 lines"),
        (b"x" * (reading.MOST_BYTES + 1), "larger than 5 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_list_is_refused_with_what_to_do(data: bytes, words: str) -> None:
    assert words in refusal(data)


def repacked(data: bytes, **members: bytes) -> bytes:
    """A workbook with some of its parts (sheet1, sharedStrings) put in anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            replaced = next((body for key, body in members.items() if name.endswith(f"{key}.xml")), None)
            new.writestr(name, old.read(name) if replaced is None else replaced)
    return out.getvalue()


SHEET = (
    b'<?xml version="1.0"?>%s<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<dimension ref="A1:XFD1048576"/><sheetData>%s</sheetData></worksheet>'
)


def test_bombs_are_refused_in_little_memory() -> None:
    book = as_book(HEADER, ZOE[1])
    unpacks = repacked(book, sheet1=SHEET % (b"", b"<row>" + b" " * 60_000_000 + b"</row>"))
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"lol") for n in range(9))
    entities = repacked(book, sheet1=SHEET % (b"<!DOCTYPE w [%s]>" % laughs, b'<row r="1"><c><v>&l8;</v></c></row>'))
    far = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    assert openpyxl.DEFUSEDXML  # without it, entities take hundreds of megabytes
    tracemalloc.start()
    assert "unpacks to far more" in refusal(unpacks)
    assert "damaged" in refusal(entities)
    assert "more than 20,000 lines" in refusal(repacked(book, sheet1=SHEET % (b"", far)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000  # bytes
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as folder:
        folder.writestr("staff.csv", as_text())
    assert "Unpack it" in refusal(zipped.getvalue())


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=3, max_size=3), max_size=4))
def test_no_text_stumbles(rows: list[list[str]]) -> None:
    """What we write we can read, and it is the same when it is read again; null characters and other marks go."""
    for write in (as_csv, lambda lines: as_xlsx(lines, title="list")):
        lines = [HEADER, ["1", "Tom", "Head"], *rows]
        cells = [cells for _line, cells in reading.read(write(lines)).rows]
        again = [cells for _line, cells in reading.read(write([HEADER, *cells])).rows]
        assert again == cells
        assert "\0" not in str(cells)


def test_a_telephone_that_a_spreadsheet_could_calculate_comes_back_as_it_was() -> None:
    written = as_csv([["URN", "Name", "Phone"], ["1", "=cmd()", "+44 1632 960111"]])
    assert b"'+44 1632 960111" in written and b"'=cmd()" in written
    assert reading.read(written).rows == [(2, ["1", "=cmd()", "+44 1632 960111"])]
