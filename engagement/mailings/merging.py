"""The fields of a mailing's text: "{school}" stands for the recipient's school."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from django.core.exceptions import ValidationError

from hubportal.kit.wording import listed

FIELDS = {
    "school": "the school’s name",
    "name": "the person’s name",
    "first name": "their first name",
    "role": "their role at the school",
    "contact": "whom the school talks to at your hub",
    "hub": "your hub’s name",
    "sender": "your name",
}
FIELD = re.compile(r"\{([^{}]*)\}")


def check(text: str) -> None:
    """Raises ValidationError for a field that there is not, and for a brace that is left alone."""
    unknown = [name for name in FIELD.findall(text) if _key(name) not in FIELDS]
    if unknown:
        near = get_close_matches(_key(unknown[0]), FIELDS, n=1)
        meant = f" Did you mean {{{near[0]}}}?" if near else ""
        fields = listed([f"{{{name}}}" for name in FIELDS])
        raise ValidationError(f"“{{{unknown[0]}}}” is no field.{meant} The fields are {fields}.")
    if re.search(r"[{}]", FIELD.sub("", text)):
        raise ValidationError("A { or } stands alone. A field has both: {school}.")


def merge(text: str, values: Mapping[str, str]) -> str:
    """The text with the fields filled, in one pass: a name that looks like a field stays a name."""
    return FIELD.sub(lambda found: values[_key(found[1])], text)


def _key(name: str) -> str:
    return " ".join(name.lower().replace("_", " ").split())
