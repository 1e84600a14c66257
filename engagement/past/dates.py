"""Days, terms and academic years as people write them in spreadsheets. Text in, values out; no query.

A date that can be meant in two ways is never guessed: it is `Unclear`, and what the person says of its column decides.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from hubportal.kit.wording import academic_year, long_date

FIRST_YEAR = 2000  # of a contact: what lies before is a slip of the pen
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ORDER, MONTH, YEAR = "order", "month", "year"  # what can be unclear of a column
# By what is unclear: what may be answered. "leave" leaves such rows out.
ANSWERS = {
    ORDER: [("day", "Day first: 3/4/2024 is 3 April"), ("month", "Month first: 3/4/2024 is 4 March")],
    MONTH: [("first", "Take the first day of the month")],
    YEAR: [("begins", "The year in which it begins: 2024 is 2024 to 2025"), ("ends", "The year in which it ends")],
}
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?Z?$", re.I)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{2}|\d{4})")
_SERIAL = re.compile(r"(\d{4,6})(\.\d+)?")
_WORDS = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s.,-]*)?"
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[\s.,-]*"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s,]+)?"
    r"(\d{4}|\d{2})",
    re.I,
)
_YEARS = re.compile(r"(?:ay\s*)?(\d{4})\s*(?:/|-|–|—|to|\\)\s*(\d{4}|\d{2})", re.I)
_YEAR = re.compile(r"(?:ay\s*)?(\d{4})", re.I)
_TERM = re.compile(
    r"(autumn|fall|michaelmas|christmas|spring|easter|summer|term\s*[1-6]|t[1-6]|[1-6])\b(?:\s*term)?(?:\s*[12]\b)?",
    re.I,
)
_FIRST_DAYS = {1: (9, 1), 2: (1, 1), 3: (4, 15)}  # month and day from which support of a term counts
_TERMS = {"autumn": 1, "fall": 1, "christmas": 1, "michaelmas": 1, "spring": 2, "easter": 2, "summer": 3}


class CannotRead(Exception):
    """Why a value cannot be taken, as a sentence."""


class Unclear(Exception):
    """The value can be meant in several ways. `what` is one of ORDER, MONTH and YEAR."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True)
class Time:
    """An academic year, or a term of it."""

    year: int
    term: int | None = None
    years: int = 1

    @property
    def first_day(self) -> date:
        month, day = _FIRST_DAYS[self.term or 1]
        return date(self.year if month >= 9 else self.year + 1, month, day)


def read_day(text: str, said: dict[str, str], *, is_1904: bool = False) -> date:
    """The day of a cell. `said` is what the person answered of the column: {"order": "day", "month": "first"}. A number
    is a day as Excel counts them. Raises CannotRead and Unclear."""
    text = _TIME.sub("", text.strip())
    try:
        return _day(text, said, is_1904)
    except (ValueError, OverflowError) as error:
        raise CannotRead(f"“{text[:40]}” is no day that there is") from error


def _day(text: str, said: dict[str, str], is_1904: bool) -> date:
    if match := _ISO.fullmatch(text):
        return date(*map(int, match.groups()))
    if match := _FIGURES.fullmatch(text):
        return _of_figures(match[1], match[2], match[3], said)
    if match := _SERIAL.fullmatch(text):
        number = int(match[1])
        if len(match[1]) == 4:
            raise CannotRead(f"“{text[:40]}” names a year and no day")
        return (date(1904, 1, 1) if is_1904 else date(1899, 12, 30)) + timedelta(days=number)
    if match := _WORDS.fullmatch(text):
        before, month, after, year = match.groups()
        number = MONTHS.index(month[:3].lower()) + 1
        if before and after:
            raise CannotRead(f"“{text[:40]}” names two days")
        if not (before or after):
            if len(year) == 2:
                raise CannotRead(f"“{text[:40]}” can name a day or a year. Write the year with four figures")
            if said.get(MONTH) != "first":
                raise Unclear(MONTH)
            return date(_full(year), number, 1)
        return date(_full(year), number, int(before or after))
    raise CannotRead(f"“{text[:40]}” is no date that we can read. Write it like 31/12/2024 or 2024-12-31")


def _of_figures(first: str, second: str, year: str, said: dict[str, str]) -> date:
    one, two, full = int(first), int(second), _full(year)
    if one > 12 or one == two:
        return date(full, two, one)
    if two > 12:
        return date(full, one, two)
    match said.get(ORDER):
        case "day":
            return date(full, two, one)
        case "month":
            return date(full, one, two)
    raise Unclear(ORDER)


def order_of(text: str) -> str:
    """In which order alone a date in figures can be meant: "day", "month", or ""."""
    match = _FIGURES.fullmatch(_TIME.sub("", text.strip()))
    if not match:
        return ""
    one, two = int(match[1]), int(match[2])
    return "day" if one > 12 >= two else "month" if two > 12 >= one else ""


def _full(year: str) -> int:
    return int(year) + 2000 if len(year) == 2 else int(year)


def check_past(day: date, today: date) -> None:
    """Raises CannotRead for a day to come, and for one that nobody can have meant."""
    if day > today:
        raise CannotRead(f"{long_date(day)} lies in the future: what is brought in has happened")
    if day.year < FIRST_YEAR:
        raise CannotRead(f"The year {day.year} cannot be meant: nothing is brought in from before {FIRST_YEAR}")


def read_time(year: str, term: str, said: dict[str, str]) -> Time:
    """The academic year of a cell such as "2024/25", with its term where one is named there ("Autumn 2024") or in a
    column of its own ("Spring", "Term 4"). Raises CannotRead and Unclear."""
    text, words = year.strip(), term.strip()
    if not words and (match := _TERM.match(text)) and not text[:1].isdigit():
        words, text = match[0], text[match.end() :].strip(" ,.-")
    number = read_term(words) if words else None
    if match := _YEARS.fullmatch(text):
        first, last = int(match[1]), match[2]
        ends = int(match[1][:2] + last) if len(last) == 2 else int(last)
        if not 1 <= ends - first <= 5:
            raise CannotRead(f"“{year[:40]}” is no academic year, nor up to five of them")
        return _checked(Time(first, number, ends - first), year)
    if match := _YEAR.fullmatch(text):
        calendar = int(match[1])
        if number is not None and not term.strip():  # "Autumn 2024" lies in 2024
            return _checked(Time(calendar if number == 1 else calendar - 1, number), year)
        match said.get(YEAR):
            case "begins":
                return _checked(Time(calendar, number), year)
            case "ends":
                return _checked(Time(calendar - 1, number), year)
        raise Unclear(YEAR)
    raise CannotRead(f"“{year[:40]}” is no academic year that we can read. Write it like 2024/25")


def _checked(time: Time, text: str) -> Time:
    if not FIRST_YEAR <= time.year <= 2100:
        raise CannotRead(f"“{text[:40]}”: the year {time.year} cannot be meant")
    return time


def read_term(text: str) -> int:
    """The term of three in which a word lies: "Spring 2" is 2, "Term 5" can only be of six and is 3. Raises
    CannotRead."""
    match = _TERM.fullmatch(text.strip())
    if not match:
        raise CannotRead(f"“{text[:40]}” is no term that we know. Write autumn, spring or summer")
    word = match[1].lower()
    if word in _TERMS:
        return _TERMS[word]
    number = int(word[-1])
    if number in (2, 3):
        raise CannotRead(f"“{text[:40]}” can be a term of three or of six. Write autumn, spring or summer")
    return (number + 1) // 2


def time_of(day: date) -> Time:
    """The academic year in which a day lies."""
    return Time(academic_year(day))
