"""A register file's own bytes, out of whatever it is packed in. Nothing is unpacked to disk; memory stays bounded."""

import contextlib
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from schools.register.errors import Refused
from schools.register.ways import shown

LARGEST = 512 * 1024 * 1024  # bytes unpacked: the whole register is 36 MB
LARGEST_LISTING = 1024 * 1024  # bytes of an archive's list of files: each would be held in memory
CHUNK = 1024 * 1024
BROKEN = (EOFError, OSError, zlib.error, zipfile.BadZipFile, lzma.LZMAError, RuntimeError, NotImplementedError)


@contextlib.contextmanager
def opened(path: Path, archived_as: str = "edubasealldata") -> Iterator[io.BufferedIOBase]:
    """The unpacked bytes of a plain, .gz or .zip file, told apart by its first bytes. Of an archive with several files,
    those of the one whose name begins as `archived_as` says.

    Raises Refused where the file is missing, or the archive is no archive or holds anything but one CSV file.
    """
    try:
        with contextlib.ExitStack() as stack:
            file = stack.enter_context(path.open("rb"))
            first = file.read(4)
            file.seek(0)
            if first[:2] == b"\x1f\x8b":
                yield stack.enter_context(gzip.GzipFile(fileobj=file))
            elif first == b"PK\x03\x04" or first == b"PK\x05\x06":
                _refuse_endless_listing(file)
                archive = stack.enter_context(zipfile.ZipFile(file))
                member = archive.open(_member(archive, archived_as))
                yield cast(io.BufferedIOBase, stack.enter_context(member))
            else:
                yield file
    except FileNotFoundError as missing:
        raise Refused(f"There is no file {shown(path)}.") from missing
    except IsADirectoryError as folder:
        raise Refused(f"{shown(path)} is a folder, not a file.") from folder
    except PermissionError as closed:
        raise Refused(f"{shown(path)} may not be read by this account.") from closed
    except (zipfile.BadZipFile, NotImplementedError) as broken:
        raise Refused("This is a broken archive: download it again.") from broken


def name_inside(file: IO[bytes], archived_as: str) -> str:
    """The name that the file meant has inside a .zip archive; "" where it is none, or does not say which it is. Leaves
    the file at its beginning."""
    try:
        file.seek(0)
        if file.read(4) != b"PK\x03\x04":
            return ""
        _refuse_endless_listing(file)
        with zipfile.ZipFile(file) as archive:
            return Path(_member(archive, archived_as).filename).name
    except (Refused, *BROKEN):
        return ""
    finally:
        file.seek(0)


def _refuse_endless_listing(file: IO[bytes]) -> None:
    """An archive of millions of empty files is small, and its list of them is not. Raises Refused."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 65_557))  # where the list's own record lies: 22 bytes and a comment
    end = file.read()
    at = end.rfind(b"PK\x05\x06")
    file.seek(0)
    if at >= 0 and len(end) >= at + 16 and int.from_bytes(end[at + 12 : at + 16], "little") > LARGEST_LISTING:
        raise Refused("This is an archive of thousands of files. Use the register's own file by itself.")


def _member(archive: zipfile.ZipFile, archived_as: str) -> zipfile.ZipInfo:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if any(member.filename == "[Content_Types].xml" for member in members):
        raise Refused("This is an office document. Use the register's own CSV file, never opened in a spreadsheet.")
    tables = [member for member in members if member.filename.lower().endswith(".csv")]
    named = [member for member in tables if Path(member.filename).name.lower().startswith(archived_as)]
    found = named if len(named) == 1 else tables
    if not members:
        raise Refused("This is an empty archive: download it again.")
    if not tables and any(Path(member.filename).suffix.lower() in (".zip", ".gz") for member in members):
        raise Refused("It holds another archive: unpack it once, and use what is in it.")
    if len(found) != 1:
        raise Refused(f"It holds {len(tables)} CSV files. Use the one that you mean by itself.")
    if found[0].flag_bits & 0x1:
        raise Refused("This is an archive locked with a password. Unpack it, and use what is in it.")
    return found[0]


def chunks(source: io.BufferedIOBase) -> Iterator[bytes]:
    """The bytes in pieces of a megabyte. Raises Refused at `LARGEST` or where the packing breaks off, with the line."""
    lines, size = 1, 0
    broken: Exception | None = None
    while broken is None:
        parts, length = [], 0
        try:  # what can be unpacked before it breaks off is looked at too: it may say what the file is
            while length < CHUNK and (part := source.read1(CHUNK - length)):
                parts.append(part)
                length += len(part)
        except BROKEN as problem:
            broken = problem
        piece = b"".join(parts)
        size += length
        if size > LARGEST:
            raise Refused(
                f"Line {lines}: the file is larger than {LARGEST // 1024**2} MB unpacked. The whole register is about "
                "40 MB, so this is something else. Download it again."
            )
        if piece:
            yield piece
        elif broken is None:
            return
        lines += piece.count(b"\n") or piece.count(b"\r")
    raise Refused(f"The file breaks off in line {lines}: it cannot be unpacked further. Download it again.") from broken


def count_rows(path: Path, archived_as: str) -> int:
    """About how many rows a file has below its header, told by its line ends; the last row may have none. Raises
    Refused as `chunks` does. No queries."""
    lines, last = 0, b"\n"
    with opened(path, archived_as) as source:
        for piece in chunks(source):
            lines, last = lines + (piece.count(b"\n") or piece.count(b"\r")), piece[-1:] or last
    return max(lines - (last in b"\r\n"), 0)
