"""What a register file is, and its rows as received.

`survey` reads the bytes once and decides: size, checksum, encoding, header; whatever is no register is refused
there, before anything is written. `records` reads them again as rows of text with their line numbers. Memory does not grow with
the file.
"""

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schools.register.columns import KNOWN, REQUIRED, USED
from schools.register.errors import Refused
from schools.register.unpacking import Pieces, chunks, opened

LONGEST_LINE = 1024 * 1024  # characters; a real row has about 700
MOST_LINES_A_ROW = 20  # a quoted value may hold line breaks, but not pages of them
_UNDEFINED_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_ROW_BEGINS = re.compile(r'"?\d{5,7}"?,')


@dataclass(frozen=True)
class Survey:
    """What one reading of the bytes found. `sha256` and `size` are of the unpacked bytes."""

    sha256: str
    size: int
    encoding: str
    header: list[str]

    @property
    def unknown_columns(self) -> list[str]:
        return [name for name in self.header if name not in KNOWN]

    @property
    def missing_columns(self) -> list[str]:
        """Columns that the portal uses and this file lacks: their stored values are left alone."""
        present = set(self.header)
        return [name for name in USED if name not in present]


@dataclass(frozen=True, slots=True)
class Record:
    """One row as received: its first line's number, its own text without the line end, what is wrong with its shape."""

    line: int
    text: str
    trouble: str = ""


def survey(path: Path) -> Survey:
    """Read the file once. Raises Refused with a sentence naming the line. No queries."""
    digest, size, lines = hashlib.sha256(), 0, 1
    utf8 = codecs.getincrementaldecoder("utf-8")()
    is_utf8, has_bom, undefined_at, ended_in_cr = True, False, 0, False
    with opened(path) as source:
        for piece in chunks(source):
            if not size:
                has_bom = piece.startswith(codecs.BOM_UTF8)
                _refuse_other_kinds(piece)
            size += len(piece)
            digest.update(piece)
            if ended_in_cr and piece.startswith(b"\n"):
                lines -= 1  # one CRLF, cut in two
            ended_in_cr = piece.endswith(b"\r")
            if b"\0" in piece:
                raise Refused(f"Line {_line_of(piece, piece.index(0), lines)}: a zero byte. This is not a text file.")
            is_plain = piece.isascii() and not utf8.getstate()[0]
            if is_utf8 and not is_plain:
                try:
                    utf8.decode(piece)
                except UnicodeDecodeError as broken:
                    is_utf8 = False
                    if has_bom:
                        line = _line_of(piece, max(broken.start, 0), lines)
                        raise Refused(f"Line {line}: the file says it is UTF-8 and has bytes that are not.") from broken
            if not undefined_at and not is_plain and (found := _UNDEFINED_IN_CP1252.search(piece)):
                undefined_at = _line_of(piece, found.start(), lines)
            lines += _breaks(piece)
    if not size:
        raise Refused("Line 1: the file is empty.")
    if is_utf8:
        try:
            utf8.decode(b"", final=True)
        except UnicodeDecodeError:
            is_utf8 = False
    if not is_utf8 and undefined_at:
        raise Refused(f"Line {undefined_at}: bytes that are neither UTF-8 nor Windows-1252. Nothing was guessed.")
    encoding = ("utf-8-sig" if has_bom else "utf-8") if is_utf8 else "cp1252"
    first = next(records(path, encoding), None)
    return Survey(digest.hexdigest(), size, encoding, _header(first))


def _line_of(piece: bytes, position: int, lines_before: int) -> int:
    return lines_before + _breaks(piece[:position])


def _breaks(piece: bytes) -> int:
    """Line ends of any of the three kinds."""
    return piece.count(b"\n") + piece.count(b"\r") - piece.count(b"\r\n")


def _refuse_other_kinds(start: bytes) -> None:
    """Web pages and office files, told by their first bytes. Raises Refused."""
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if text[:1] == b"<":
        shown = text[:40].split(b"\n")[0].decode("ascii", "replace").strip()
        raise Refused(f"Line 1 begins “{shown}”: this is a web page, not the register. Download the file again.")
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        raise Refused("Line 1: the file is UTF-16, as a spreadsheet saves it. Bring the register's own file.")
    if start[:4] in (b"%PDF", b"\xd0\xcf\x11\xe0"):
        raise Refused("Line 1: this is a document, not the register's CSV file.")


def _header(first: Record | None) -> list[str]:
    """The column names of the first line. Raises Refused where it is no register's."""
    if first is None:
        raise Refused("Line 1: the file has no rows.")
    names = [name.strip() for name in fields_of(first.text)] or [""]
    if names[0] != "URN":
        shown = names[0][:40] or "empty"
        raise Refused(
            f"Line {first.line}: the first column is “{shown}”, not “URN”. This is not the establishments file."
        )
    while names and not names[-1]:
        names.pop()  # a spreadsheet's empty columns at the end
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise Refused(f"Line {first.line}: the column “{twice[0]}” stands there twice.")
    if missing := [name for name in REQUIRED if name not in names]:
        listed = ", ".join(f"“{name}”" for name in missing)
        raise Refused(f"Line {first.line}: the register's column{'s' if len(missing) > 1 else ''} {listed} missing.")
    return names


def fields_of(text: str) -> list[str]:
    """The values of one row; none where a value is longer than 131,072 characters."""
    try:
        return next(csv.reader((text,)), [])
    except csv.Error:
        return []


def is_blank(text: str) -> bool:
    """A row of nothing but commas, quotation marks and spaces, as spreadsheets leave at the end."""
    return not text[:1].isdigit() and not text.strip('," \t\r\n\xa0')


def records(path: Path, encoding: str) -> Iterator[Record]:
    """The file's rows as received, the header first; LF, CRLF and CR all end a line. Blank rows come with empty text.

    A quoted value may hold line breaks. A quotation mark that is never closed spoils its own row only.
    Raises Refused for a line longer than a megabyte.
    """
    with opened(path) as source:
        text = io.TextIOWrapper(io.BufferedReader(Pieces(source), 256 * 1024), encoding=encoding, newline="")
        lines = _numbered(text)
        waiting: list[tuple[int, str]] = []
        while True:
            number, line = waiting.pop(0) if waiting else next(lines, (0, ""))
            if not number:
                return
            if line.count('"') % 2 == 0:
                yield Record(number, "" if is_blank(line) else line.rstrip("\r\n"))
                continue
            parts = [line]
            while len(parts) < MOST_LINES_A_ROW:
                following = waiting[len(parts) - 1] if len(parts) <= len(waiting) else next(lines, (0, ""))
                if not following[0]:
                    break
                if len(parts) > len(waiting):
                    waiting.append(following)
                if _ROW_BEGINS.match(following[1]):
                    break
                parts.append(following[1])
                if following[1].count('"') % 2:
                    break
            if len(parts) > 1 and "".join(parts).count('"') % 2 == 0:
                del waiting[: len(parts) - 1]
                yield Record(number, "".join(parts).rstrip("\r\n"))
            else:
                yield Record(number, line.rstrip("\r\n"), "A quotation mark is opened and not closed.")


def _numbered(text: io.TextIOWrapper) -> Iterator[tuple[int, str]]:
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) >= LONGEST_LINE and line[-1] not in "\r\n":
            raise Refused(f"Line {number} is longer than a million characters. This is not the register.")
        yield number, line
