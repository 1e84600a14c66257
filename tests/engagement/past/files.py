"""Files of what was, as tests bring them: made, uploaded, told and brought in by the actions that the pages use."""

import csv
import io
import zipfile
from typing import Any

import openpyxl

from engagement.actions import past
from engagement.models import PastImport
from engagement.past import columns, work
from hubportal.accounts.models import User
from schools.models import Hub

Lines = list[list[Any]]
CONTACTS = ["URN", "Date", "How", "Kind of conversation", "Whom we met", "Their role", "Officer", "Notes"]


def csv_of(*lines: list[Any], encoding: str = "utf-8", separator: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(lines)
    return out.getvalue().encode(encoding)


def xlsx_of(*lines: list[Any], **sheets: Lines) -> bytes:
    """A workbook of one sheet, or of several by their names."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in (sheets or {"Sheet1": list(lines)}).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_macros(workbook: bytes) -> bytes:
    """The same workbook as Excel saves one that holds a macro."""
    out = io.BytesIO(workbook)
    with zipfile.ZipFile(out, "a") as members:
        members.writestr("xl/vbaProject.bin", b"Sub Hello()")
    return out.getvalue()


def uploaded(data: bytes, *, hub: Hub, by: User, name: str = "visits.csv") -> PastImport:
    return past.upload(hub=hub, name=name, data=data, by=by)


def checked(data: bytes, *, hub: Hub, by: User, name: str = "visits.csv", **said: Any) -> PastImport:
    """A file whose columns are taken by their headings, and checked. `said` are settings that are told otherwise."""
    imported = uploaded(data, hub=hub, by=by, name=name)
    return told(imported, by=by, **said)


def told(imported: PastImport, *, by: User, save_as: str = "", **said: Any) -> PastImport:
    past.tell(imported=imported, settings={**imported.settings, **said}, by=by, save_as=save_as)
    return worked(imported)


def answered(imported: PastImport, *, by: User, **answers: Any) -> PastImport:
    past.answer(imported=imported, answers=answers, by=by)
    return worked(imported)


def brought(imported: PastImport, *, by: User) -> PastImport:
    past.bring(imported=imported, by=by)
    return worked(imported)


def undone(imported: PastImport, *, by: User) -> PastImport:
    past.undo(imported=imported, by=by)
    return worked(imported)


def worked(imported: PastImport) -> PastImport:
    work.work(import_id=imported.pk)
    return PastImport.objects.get(pk=imported.pk)


def outcomes(imported: PastImport) -> list[tuple[int, str, str]]:
    """(line, outcome, reason) of every row."""
    return list(imported.rows.values_list("line", "outcome", "reason"))


def place_of(imported: PastImport, heading: str) -> str:
    return str(columns.folded(imported.header).index(heading))
