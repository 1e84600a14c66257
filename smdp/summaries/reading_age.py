"""How old a reader must be to follow a text. No query.

Flesch and Kincaid's grade (1975), plus five for the age at which English pupils are in such a year, with syllables by
the hyphenation that the PDFs use as well. The libraries that offer it ready-made load a dictionary from a network when
they run."""

import re
from functools import cache

import pyphen  # type: ignore[import-untyped]  # it ships no types

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
ENOUGH = 40  # words: less says nothing
YOUNGEST, OLDEST = 6, 18


@cache
def _syllables() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB")


def reading_age(text: str) -> int | None:
    """The age in years, from 6 to 18; None for a text that is too short to tell."""
    words = WORD.findall(text)
    if len(words) < ENOUGH:
        return None
    sentences = max(1, len([each for each in re.split(r"[.!?:;]+\s|\n+", text) if WORD.search(each)]))
    syllables = sum(len(_syllables().positions(word.lower())) + 1 for word in words)
    grade = 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
    return min(max(round(grade + 5), YOUNGEST), OLDEST)
