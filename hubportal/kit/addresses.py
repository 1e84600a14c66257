"""Addresses that a list needs thousands of: each is worked out once in a process."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=100_000)
def address_of(name: str, *keys: int | str, **query: int | str) -> str:
    """Where the page of that name is: of a school by its URN, say. Django works an address out in some fifty
    microseconds, which is long where a map has two thousand schools."""
    return reverse(name, args=keys, query=query or None)
