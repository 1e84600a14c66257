"""The keys by which schools and trusts are sorted and found.

The database compares bytes, so whatever is sorted or searched is stored folded, and what a person types is folded the
same way. Every source of schools (register, demo, a person) uses these functions. No queries.
"""

import hashlib
import re
import unicodedata

LONGEST_KEY = 200
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_PUNCTUATION = re.compile(r"[^\w\s]|_")


def fold(text: str) -> str:
    """Lower case, without accents or apostrophes, single spaces: "St  Mary’s Collège" becomes "st marys college"."""
    text = _APOSTROPHES.sub("", text).casefold()
    if not text.isascii():
        text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join(text.split())


def name_key(name: str) -> str:
    """What a name is sorted by, at most 200 characters: folded, without punctuation: "(The) *Oak" is "the oak"."""
    folded = fold(name)
    return (" ".join(_PUNCTUATION.sub(" ", folded).split()) or folded)[:LONGEST_KEY]


def search_text(*, name: str, urn: int | str, postcode: str = "", town: str = "") -> str:
    """What a school is found by: name, URN, town, and postcode with and without its space, folded."""
    code = fold(postcode)
    joined = code.replace(" ", "")
    if joined == code and len(code) > 4:
        code = f"{code[:-3]} {code[-3:]}"
    return " ".join(part for part in (fold(name), str(urn), code, joined, fold(town)) if part)


def search_words(typed: str) -> list[str]:
    """What a person typed, as words that `search_text` holds. "St. Mary’s" becomes ["st.", "marys"]."""
    return fold(typed).split()


def unnumbered_group(key: str) -> str:
    """A group UID for a trust of which the register gives only the name; `key` is its `name_key`. 12 characters."""
    return "N" + hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()[:11]
