"""The ways in, a command line and a page, and what each calls the things that a person may do about a file."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Way:
    """What to do, as half a sentence, where the file's date is wrong, where it shall be kept as history, and where it
    shall not."""

    other_date: str
    as_history: str
    not_as_history: str


COMMAND_LINE = Way(
    other_date="give the right one with --as-at", as_history="add --as-history", not_as_history="Leave out --as-history"
)
PAGE = Way(
    other_date="enter the right one when you upload it",
    as_history="tick “Keep as history” when you upload it",
    not_as_history="Upload it without “Keep as history”",
)


def shown(path: Path | str) -> str:
    """A file's path or name as text that can be printed and stored, whatever its bytes are: those that are no UTF-8
    become question marks."""
    return str(path).encode(errors="replace").decode()
