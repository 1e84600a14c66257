"""Whom the words of a comment name with an @. Values in, values out; no query."""

import re
from collections.abc import Iterable

from hubportal.accounts.models import User

_AT = re.compile(r"(?<![\w.])@[^\W\d_][\w’'-]*")  # no address of an email


def named_in(text: str, people: Iterable[User]) -> list[User]:
    """Those of these people before whose full name there is an @."""
    words = text.casefold()
    return [each for each in people if f"@{each.name}".casefold() in words]


def unknown_in(text: str, people: Iterable[User]) -> list[str]:
    """What else is written with an @, once each, as it is written: ["@Tom"]."""
    for name in sorted((each.name for each in people if each.name), key=len, reverse=True):
        text = re.sub(re.escape(f"@{name}"), " ", text, flags=re.IGNORECASE)
    return list(dict.fromkeys(_AT.findall(text)))
