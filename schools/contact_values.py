"""What a contact holds, in words; and when two spellings say the same."""

from datetime import date
from typing import Any

from hubportal.kit.wording import long_date, telephone

LABELS = {
    "name": "Name",
    "job_title": "Role",
    "email": "Email address",
    "phone": "Telephone",
    "is_music_lead": "Leads music",
    "is_leader": "Leader",
    "shared_with_partners": "Seen by partners",
    "left_on": "Left",
}


def shown(value: Any) -> str:
    """A contact's value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return long_date(value)
    return telephone(str(value)) if value not in (None, "") else "nothing"


def same(name: str, one: Any, other: Any) -> bool:
    """Whether two values of a field are one: whatever the case of an email address, the spaces of a telephone
    number."""
    if name == "email":
        return one.lower() == other.lower()
    if name == "phone":
        return one.replace(" ", "") == other.replace(" ", "")
    return one == other
