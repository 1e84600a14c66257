"""What a register file is, and its rows as received.

`survey` reads the bytes once and decides: size, checksum, encoding, header; whatever is no register is refused there,
before anything is written. `records` reads them again as rows of text with their line numbers. Memory does not grow
with the file.
"""

import codecs
import csv
import hashlib
import io
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from schools.register.errors import AS_DOWNLOADED, Refused
from schools.register.layouts import ESTABLISHMENTS, Layout, name_of_kind
from schools.register.unpacking import chunks, opened

LONGEST_LINE = 1024 * 1024  # bytes; a real row has about 700
MOST_LINES_A_ROW = 20  # a quoted value may hold line breaks, but not pages of them
_UNDEFINED_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True)
class Survey:
    """What one reading of the bytes found. `sha256` and `size` are of the unpacked bytes."""

    sha256: str
    size: int
    encoding: str
    header: list[str]
    layout: Layout

    @property
    def unknown_columns(self) -> list[str]:
        return [name for name in self.header if self.layout.plain(name) not in self.layout.known]

    @property
    def missing_columns(self) -> list[str]:
        """Columns that the portal uses and this file lacks: their stored values are left alone."""
        present = set(map(self.layout.plain, self.header))
        return [name for name in self.layout.used if name not in present]


class Record(NamedTuple):
    """One row as received: its first line's number, a digest of its bytes, its own text without the line end, what is
    wrong with its shape. Of a row that is known already there is the URN and no text."""

    line: int
    digest: bytes
    text: str
    trouble: str = ""
    urn: int | None = None


def survey(path: Path, layout: Layout = ESTABLISHMENTS) -> Survey:
    """Read the file once. Raises Refused with a sentence naming the line. No queries."""
    digest, size = hashlib.sha256(), 0
    utf8 = codecs.getincrementaldecoder("utf-8")()
    is_utf8, has_bom, undefined_at = True, False, -1
    with opened(path, layout.archived_as) as source:
        for piece in chunks(source):
            if not size:
                has_bom = piece.startswith(codecs.BOM_UTF8)
                _refuse_other_kinds(piece)
            digest.update(piece)
            if b"\0" in piece:
                line = _line_at(path, layout, size + piece.index(0))
                raise Refused(f"Line {line}: a zero byte. This is not a text file. {AS_DOWNLOADED}")
            if not piece.isascii() or utf8.getstate()[0]:
                if is_utf8:
                    begun = len(utf8.getstate()[0])
                    try:
                        utf8.decode(piece)
                    except UnicodeDecodeError as broken:
                        is_utf8 = False
                        utf8.reset()
                        if has_bom:
                            line = _line_at(path, layout, size + broken.start - begun)
                            raise Refused(
                                f"Line {line}: the file says it is UTF-8 and has bytes that are not. {AS_DOWNLOADED}"
                            ) from broken
                if undefined_at < 0 and (found := _UNDEFINED_IN_CP1252.search(piece)):
                    undefined_at = size + found.start()
            size += len(piece)
    if not size:
        raise Refused("Line 1: the file is empty. Download it again.")
    if utf8.getstate()[0]:  # the last character is cut in two
        if has_bom:
            raise Refused(f"The file breaks off in line {_line_at(path, layout, size)}. Download it again.")
        is_utf8 = False
    if not is_utf8 and undefined_at >= 0:
        line = _line_at(path, layout, undefined_at)
        raise Refused(
            f"Line {line}: bytes that are neither UTF-8 nor Windows-1252. Nothing was guessed. {AS_DOWNLOADED}"
        )
    encoding = ("utf-8-sig" if has_bom else "utf-8") if is_utf8 else "cp1252"
    first = next(records(path, encoding, layout=layout), None)
    return Survey(digest.hexdigest(), size, encoding, _header(first, layout), layout)


def _line_at(path: Path, layout: Layout, position: int) -> int:
    """The line in which a byte stands, read again from the start: only a file that is refused pays for it."""
    before, read, ended_in_cr = 0, 0, False
    with opened(path, layout.archived_as) as source:
        for piece in chunks(source):
            part = piece[: position - read]
            before += part.count(b"\n") + part.count(b"\r") - part.count(b"\r\n")
            before -= ended_in_cr and part.startswith(b"\n")  # one CRLF, cut in two
            ended_in_cr = part.endswith(b"\r")
            read += len(piece)
            if read > position:
                break
    return before + 1


def _refuse_other_kinds(start: bytes) -> None:
    """Web pages and office files, told by their first bytes. Raises Refused."""
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if text[:1] == b"<":
        shown = text[:40].split(b"\n")[0].decode("ascii", "replace").strip()
        raise Refused(f"Line 1 begins “{shown}”: this is a web page, not the register. Download the file again.")
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        raise Refused("Line 1: the file is UTF-16, as a spreadsheet saves it. Use the register's own file.")
    if start[:2] == b"\x1f\x8b" or start[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        raise Refused("Line 1: this is an archive inside another. Unpack it once, and use what is in it.")
    if start[:4] in (b"%PDF", b"\xd0\xcf\x11\xe0"):
        raise Refused("Line 1: this is a document, not the register's CSV file. " + AS_DOWNLOADED)


def _header(first: Record | None, layout: Layout) -> list[str]:
    """The column names of the first line. Raises Refused where they are not that kind of file's."""
    if first is None:
        raise Refused("Line 1: the file has no rows. Download it again.")
    names = [name.strip() for name in fields_of(first.text)] or [""]
    if layout.is_led_by_first and names[0] != layout.required[0]:
        shown = f"“{names[0][:40]}”" if names[0] else "empty"
        raise Refused(
            f"Line {first.line}: the first column is {shown}, not “{layout.required[0]}”. "
            f"{_other_than(layout, names, f'This is not {layout.name}.')}"
        )
    while names and not names[-1]:
        names.pop()  # a spreadsheet's empty columns at the end
    plain = [layout.plain(name) for name in names]
    if twice := sorted(name for name, times in Counter(plain).items() if times > 1 and layout.must_be_one(name)):
        raise Refused(f"Line {first.line}: the column “{twice[0][:40]}” stands there twice. {AS_DOWNLOADED}")
    if missing := [name for name in layout.required if name not in plain]:
        listed = ", ".join(f"“{name}”" for name in missing)
        named = f"columns {listed} are" if len(missing) > 1 else f"column {listed} is"
        raise Refused(
            f"Line {first.line}: the register's {named} missing. "
            f"{_other_than(layout, names, f'This is not {layout.name}, or not all of it.')}"
        )
    return names


def _other_than(layout: Layout, names: list[str], otherwise: str) -> str:
    """What a file is that is not of this layout, where its columns tell, and what to do."""
    kind = name_of_kind(names)
    if kind and kind != layout.name:
        return f"This looks like {kind}, not {layout.name}. Give each file in its own place."
    return f"{otherwise} {AS_DOWNLOADED}"


def misshapen(record: Record, fields: list[str], width: int) -> str:
    """What is wrong with the shape of a row under a header of `width` columns, in a sentence; empty values at its end
    do no harm."""
    if not fields:
        return "A value in it is longer than 131,072 characters."
    if record.trouble or len(fields) < width or any(map(str.strip, fields[width:])):
        return record.trouble or f"It has {len(fields)} values where the header has {width}."
    return ""


def fields_of(text: str) -> list[str]:
    """The values of one row; none where a value is longer than 131,072 characters."""
    try:
        return next(csv.reader((text,)), [])
    except csv.Error:
        return []


def records(
    path: Path,
    encoding: str,
    known: Mapping[bytes, int] = MappingProxyType({}),
    layout: Layout = ESTABLISHMENTS,
) -> Iterator[Record]:
    """The file's rows as received, the header first; LF, CRLF and CR all end a line. A blank row has no text, no URN.

    `known` maps digests of rows to URNs: those are told by their bytes, not decoded or parsed.
    A quoted value may hold line breaks. A quotation mark that is never closed spoils its own row only.
    Raises Refused for a line longer than a megabyte.
    """
    person = encoding.removesuffix("-sig").encode()  # the same bytes are another text in another encoding
    empty = hashlib.blake2b(digest_size=16, person=person)
    with opened(path, layout.archived_as) as source:
        lines = _numbered(source)
        waiting: deque[tuple[int, bytes]] = deque()
        while True:
            number, raw = waiting.popleft() if waiting else next(lines, (0, b""))
            if not number:
                return
            line = raw.rstrip(b"\r\n")
            hashing = empty.copy()  # cheaper than making it from its settings for every row
            hashing.update(line)
            digest = hashing.digest()
            if (urn := known.get(digest)) is not None:
                yield Record(number, digest, "", "", urn)
                continue
            trouble = ""
            if line.count(b'"') % 2:
                if taken := _rest_of_row(raw, lines, waiting, layout.row_begins):
                    line = b"".join([raw, *taken]).rstrip(b"\r\n")
                    digest = hashlib.blake2b(line, digest_size=16, person=person).digest()
                else:
                    trouble = "A quotation mark is opened and not closed."
            is_blank = not line[:1].isdigit() and not line.strip(b'," \t\r\n\xa0\xc2')
            text = "" if is_blank else line.decode("ascii" if line.isascii() else encoding)  # the first is much faster
            yield Record(number, digest, text, trouble)


def _rest_of_row(
    raw: bytes, lines: Iterator[tuple[int, bytes]], waiting: deque[tuple[int, bytes]], row_begins: re.Pattern[bytes]
) -> list[bytes]:
    """The lines that belong to a row with an open quotation mark, taken off; none where it is never closed."""
    taken = 0
    while taken < MOST_LINES_A_ROW:
        if taken == len(waiting):
            following = next(lines, None)
            if following is None:
                return []
            waiting.append(following)
        line = waiting[taken][1]
        if row_begins.match(line):
            return []
        taken += 1
        if line.count(b'"') % 2:
            return [waiting.popleft()[1] for _ in range(taken)]
    return []


def _numbered(source: io.BufferedIOBase) -> Iterator[tuple[int, bytes]]:
    """Every line with its end and its number. The byte order mark is left out. Raises Refused for an endless line."""
    number, rest = 0, b""
    for piece in chunks(source):
        if not number and not rest:
            piece = piece.removeprefix(codecs.BOM_UTF8)
        lines = (rest + piece).splitlines(keepends=True)
        # The last line may go on in the next piece, and so may a CRLF.
        rest = lines.pop() if lines and not lines[-1].endswith(b"\n") else b""
        for line in lines:
            number += 1
            yield number, line
        if len(rest) > LONGEST_LINE:
            raise Refused(
                f"Line {number + 1} is longer than a million characters. This is not the register. {AS_DOWNLOADED}"
            )
    if rest:
        yield number + 1, rest
