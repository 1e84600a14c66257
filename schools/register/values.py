"""What one value of the register means. Each reader returns text for the database, or None for "not given", and raises
ValueError with a sentence for what cannot be read: then the school keeps its last good value and the row says so."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

# Ways in which the register says that there is no number. ("None" and "Does not apply" are answers in text columns.)
NO_NUMBER = frozenset(
    {"", "..", ".", "-", "z", "x", "c", "na", "n/a", "none", "not applicable", "does not apply", "not recorded", "supp"}
)
_DAY_FIRST = re.compile(r"(\d{1,2})([-/])(\d{1,2})\2(\d{4})(?: 00:00(?::00)?)?\Z", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?\Z", re.ASCII)
_WHOLE = re.compile(r"(\d{1,9})(?:\.(\d+))?\Z", re.ASCII)
_DECIMAL = re.compile(r"\d{1,3}(?:\.\d+)?\Z", re.ASCII)
_FRACTION = re.compile(r"\d{1,9}(?:\.\d+)?\Z", re.ASCII)
# 01-01-1900 stands for "not known" in 860 rows. It is kept; `School.known_open_date` leaves it out.
UNKNOWN_DAY = date(1900, 1, 1)


def code(value: str) -> str:
    """A code for comparison: "02" and "2" are the same, "00" is "0"."""
    value = value.strip()
    return value.lstrip("0") or value[-1:]


def authority_code(value: str) -> str:
    """An authority's code as three digits, also where a spreadsheet took its zeros."""
    value = value.strip()
    return value.zfill(3) if value.isdigit() else value


@lru_cache(maxsize=50_000)
def day(value: str) -> str | None:
    """A date in any of the three forms (dd-mm-yyyy, dd/mm/yyyy, yyyy-mm-dd) as yyyy-mm-dd."""
    value = value.strip()
    if not value:
        return None
    if found := _DAY_FIRST.match(value):
        year, month, number = int(found[4]), int(found[3]), int(found[1])
    elif found := _ISO.match(value):
        year, month, number = int(found[1]), int(found[2]), int(found[3])
    else:
        raise ValueError(f"“{value[:30]}” is no date.")
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        raise ValueError(f"“{value[:30]}” is no day of the calendar.") from None


def whole_up_to(largest: int) -> Callable[[str], str | None]:
    """A reader of whole numbers from 0 to `largest`. Halves, as for part-time pupils, are rounded up."""

    @lru_cache(maxsize=50_000)
    def whole(value: str) -> str | None:
        value = value.strip()
        if value.lower() in NO_NUMBER:
            return None
        found = _WHOLE.match(value.replace(",", ""))
        number = int(found[1]) + ((found[2] or "0") >= "5") if found else largest + 1
        if number > largest:
            raise ValueError(f"“{value[:30]}” is no number from 0 to {largest:,}.")
        return str(number)

    return whole


def decimal_up_to(largest: int) -> Callable[[str], str | None]:
    """A reader of numbers from 0 to `largest` with up to two decimals: pupils who come half the week count half."""

    def decimal(value: str) -> str | None:
        value = value.strip().replace(",", "")
        if value.lower() in NO_NUMBER:
            return None
        if not _FRACTION.match(value) or float(value) > largest:
            raise ValueError(f"“{value[:30]}” is no number from 0 to {largest:,}.")
        return value

    return decimal


@lru_cache(maxsize=5_000)
def percentage(value: str) -> str | None:
    value = value.strip().removesuffix("%").strip()
    if value.lower() in NO_NUMBER:
        return None
    if not _DECIMAL.match(value) or float(value) > 100:
        raise ValueError(f"“{value[:30]}” is no percentage.")
    return value


def phase(value: str) -> str | None:
    """The phase's code, one or two characters; none given is 0, not applicable."""
    found = code(value) or "0"
    if len(found) > 2:
        raise ValueError(f"“{value[:30]}” is no phase.")
    return found


def text_up_to(longest: int) -> Callable[[str], str | None]:
    """A reader of text, without the spaces around it (hard ones too)."""

    def text(value: str) -> str | None:
        value = value.strip()
        if len(value) > longest:
            raise ValueError(f"“{value[:30]}…” is longer than {longest} characters.")
        return value

    return text


def joined(between: str, longest: int) -> Callable[..., str | None]:
    """A reader of several values as one text, the empty ones left out."""
    read = text_up_to(longest)

    def several(*found: str) -> str | None:
        return read(between.join(part for part in map(str.strip, found) if part))

    return several


def head(first_name: str, last_name: str, title: str = "") -> str | None:
    """A head's name: title, first name, last name. Two heads in one row stay as the register has them."""
    return joined(" ", 160)(title, first_name, last_name)
