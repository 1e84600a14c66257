"""Saying what was done, with a button that undoes it."""

from django.contrib import messages
from django.http import HttpRequest

MARK = "undo:"


def say_with_undo(request: HttpRequest, words: str, address: str) -> None:
    """A message of success. `address` takes a POST that undoes it and leads back to the page; "" where nothing does."""
    messages.success(request, words, extra_tags=f"{MARK}{address}" if address else "")
