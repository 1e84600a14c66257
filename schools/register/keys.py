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
    if text.isascii():
        text = text.replace("'", "").replace("`", "").lower()
    else:
        text = _APOSTROPHES.sub("", text).casefold()
        text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join(text.split())


def name_key(name: str) -> str:
    """What a name is sorted by, at most 200 characters: folded, without punctuation: "(The) *Oak" is "the oak"."""
    return key_of_folded(fold(name))


def key_of_folded(folded: str) -> str:
    """The same, of what `fold` made."""
    if not folded.replace(" ", "").isalnum():
        folded = " ".join(_PUNCTUATION.sub(" ", folded).split()) or folded
    return folded[:LONGEST_KEY]


def search_text(*, name: str, urn: int | str, postcode: str = "", town: str = "") -> str:
    """What a school is found by: name, URN, town, and postcode with and without its space, folded."""
    return text_of_folded(fold(name), urn, spaced(postcode), fold(town))


def text_of_folded(name: str, urn: int | str, postcode: str, town: str) -> str:
    """The same, of a folded name and town and a `spaced` postcode."""
    return " ".join(filter(None, (name, str(urn), postcode, town)))


def spaced(postcode: str) -> str:
    """A postcode folded, with its space and without: "NG220EA" becomes "ng22 0ea ng220ea"."""
    code = fold(postcode)
    joined = code.replace(" ", "")
    if joined == code and len(code) > 4:
        code = f"{code[:-3]} {code[-3:]}"
    return code if code == joined else f"{code} {joined}"


def search_words(typed: str) -> list[str]:
    """What a person typed, as words that `search_text` holds. "St. Mary’s" becomes ["st.", "marys"]. Null characters,
    which no row holds, part words; of a whole book the first 200 characters count, as no name is longer."""
    return list(dict.fromkeys(fold(typed[:LONGEST_KEY].replace("\0", " ")).split()))


def is_urn(typed: str) -> bool:
    """Whether what a person typed can only be a URN: five figures or more, and nothing else."""
    return typed.strip().isdecimal() and len(typed.strip()) >= 5


def unnumbered_group(key: str) -> str:
    """A group UID for a trust of which the register gives only the name; `key` is its `name_key`. 12 characters."""
    return "N" + hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()[:11]
