"""Why a register file was not applied, in one sentence for the person who gave it."""

from typing import Any

AS_DOWNLOADED = "Use the file as it was downloaded."  # what to do about a file that something has happened to


class Refused(Exception):
    """The file is no register of its kind, or not one to apply. Nothing was written; no one can override."""

    figures: dict[str, Any] | None = None  # as far as they are known


class Busy(Refused):
    """Another import is running. The same file may come again once it has ended."""


class Held(Exception):
    """The file is kept but not applied until a named person accepts it."""

    def __init__(self, reasons: list[str], figures: dict) -> None:
        self.reasons = reasons
        self.figures = figures
        super().__init__(" ".join(reasons))
