"""The columns of a staff list, by the names that people give them."""

from collections.abc import Sequence

from schools.register.keys import name_key

# The template's header, in its order: (what it fills, the name).
TEMPLATE = (
    ("urn", "URN"),
    ("school", "School"),
    ("postcode", "Postcode"),
    ("name", "Name"),
    ("job_title", "Role"),
    ("email", "Email"),
    ("phone", "Phone"),
    ("is_music_lead", "Music lead (yes or no)"),
    ("is_leader", "Leader (yes or no)"),
    ("shared_with_partners", "Shared with partners (yes or no)"),
)
REASON = "Why it could not be imported"  # our own column, at the end of a file of rows that failed
YES_OR_NO = ("is_music_lead", "is_leader", "shared_with_partners")
_NAMES = {
    "urn": "urn|school urn|unique reference number|urn of school",
    "school": "school|school name|name of school|establishment|establishmentname|establishment name|setting",
    "postcode": "postcode|post code|school postcode",
    "name": "name|full name|fullname|contact|contact name|staff name|person|staff member|teacher|display name",
    "first_name": "first name|firstname|forename|given name|christian name",
    "last_name": "last name|lastname|surname|family name",
    "job_title": "role|job title|jobtitle|job|position|post|title of post|role at the school|job role|responsibility",
    "email": "email|e mail|email address|e mail address|emailaddress|work email|school email|contact email|mail",
    "phone": "phone|telephone|tel|tel no|phone number|telephone number|mobile|contact number|work phone|phone no",
    "is_music_lead": "music lead|leads music|is music lead|music leader|music coordinator|music co ordinator",
    "is_leader": "leader|school leader|is leader|senior leader|slt|headteacher|head teacher|head",
    "shared_with_partners": "shared with partners|share with partners|partners|shared|marked for partners",
}
VARIANTS = {variant: field for field, variants in _NAMES.items() for variant in variants.split("|")}
_HINTS = ("yes or no", "yes no", "y n")  # what a header may say of its values


def field_of(heading: str) -> str:
    """What a column fills, or "": "E-mail address" is email, "Music lead? (yes or no)" is_music_lead."""
    key = name_key(heading)
    for hint in _HINTS:
        key = key.removesuffix(hint).strip()
    return VARIANTS.get(key, "")


def places(header: Sequence[str]) -> dict[str, int]:
    """Where each field stands: the first column of its names."""
    found: dict[str, int] = {}
    for at, heading in enumerate(header):
        if field := field_of(heading):
            found.setdefault(field, at)
    return found


def is_header(cells: Sequence[str]) -> bool:
    """Whether a line names what every list needs: a person, and a school by URN or by name."""
    known = places(cells)
    return ("name" in known or "last_name" in known) and ("urn" in known or "school" in known)


def unknown(header: Sequence[str]) -> list[str]:
    """Columns that fill nothing, or what an earlier one fills: they are left out. Ours with the reasons is none."""
    taken = set(places(header).values())
    return [heading for at, heading in enumerate(header) if heading not in ("", REASON) and at not in taken]
