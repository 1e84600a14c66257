"""What reading or applying one file of an import gave, in words and lists for a page. Nothing here queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hubportal.kit.wording import count, listed
from schools.models import RegisterChange, RegisterImport, RegisterImportFile
from schools.register.details import TITLES
from schools.register.importing import date_in_name

# What is counted, as the command line and a page say it.
COUNTED = {
    "new": "new",
    "changed": "changed",
    "renamed": "renamed",
    "authority_changed": "in another authority",
    "closed": "closed",
    "reopened": "open again",
    "vanished": "no longer in the register",
    "reappeared": "in the register again",
    "rejected": "rejected",
    "warned": "odd",
    "blank": "blank",
    "unchanged": "unchanged",
}


@dataclass(frozen=True)
class Summary:
    """One file: a sentence, the lists of its details (name, title, rows, a note), the day it is of as far as that is
    known, and what is to be known of its columns."""

    brought: RegisterImportFile
    sentence: str
    lists: list[tuple[str, str, int, str]]
    day: date | None

    @property
    def figures(self) -> dict[str, Any]:
        return self.brought.figures


def summary_of(imported: RegisterImport, brought: RegisterImportFile) -> Summary:
    lists = [(name, TITLES[name], number, _note(brought, name, number)) for name, number in brought.details]
    day = brought.figures.get("as_at")
    return Summary(brought, _sentence(imported, brought), lists, date.fromisoformat(day) if day else None)


def _note(brought: RegisterImportFile, name: str, number: int) -> str:
    """Why a list has fewer rows than were counted. A name that differs in its spelling alone is a new text in the
    register, and no new name that anybody should hear of."""
    more = brought.figures.get("renamed", 0) - number if name == RegisterChange.Kind.RENAMED else 0
    return f"{more:,} more only in capitals, spaces or punctuation" if more > 0 else ""


def _sentence(imported: RegisterImport, brought: RegisterImportFile) -> str:
    figures = brought.figures
    if not figures:
        return "Not read yet."
    if figures.get("refused"):
        return "Refused."
    rows = count(figures.get("rows", 0), "row")
    if brought.is_known:
        return f"{rows}. The same file has been applied before: it changes nothing."
    said = [f"{figures[name]:,} {words}" for name, words in COUNTED.items() if figures.get(name)]
    sentence = f"{rows}: {listed(said)}." if said else f"{rows}."
    return f"{sentence} Kept as history, it changes no school." if figures.get("as_history") else sentence


def date_of(imported: RegisterImport) -> Any:
    """The register's date as far as it is known: as read, as given, or as in the establishments' name."""
    names = [date_in_name(each.name) for each in imported.files.all()]
    return imported.as_at or next((day for day in names if day), None)
