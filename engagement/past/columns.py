"""What a column of a file may hold, and the headings that people give it. Words in, codes out; no query."""

from collections.abc import Mapping, Sequence

from schools.register.keys import name_key

KINDS = {"contact": "Contacts with schools", "support": "Support given", "plan": "Dates of plans"}
BY_COLUMN = "column"
REASON = "Why it was not brought in"  # our own column, at the end of a file of rejected rows

# What a column may hold: (code, words, the kinds of row that it concerns).
FIELDS: Sequence[tuple[str, str, tuple[str, ...]]] = (
    ("urn", "URN of the school", ("contact", "support", "plan")),
    ("dfe", "DfE number (such as 123/4567)", ("contact", "support", "plan")),
    ("school", "Name of the school", ("contact", "support", "plan")),
    ("postcode", "Postcode of the school", ("contact", "support", "plan")),
    ("record", "Kind of row (contact, support or plan)", ("contact", "support", "plan")),
    ("date", "Date", ("contact", "support", "plan")),
    ("how", "How (visit, call, email …)", ("contact",)),
    ("kind", "Kind of conversation", ("contact",)),
    ("person", "Whom we met", ("contact",)),
    ("role", "Their role", ("contact",)),
    ("officer", "Who of the hub", ("contact",)),
    ("notes", "Notes (seen by the hub alone)", ("contact",)),
    ("year", "Academic year, or term and year", ("support", "plan")),
    ("term", "Term", ("support",)),
    ("strand", "Kind of support", ("support",)),
    ("what", "What it was", ("support",)),
    ("years", "How many years the plan covers", ("plan",)),
    ("link", "Address of the plan", ("plan",)),
)
WORDS: Mapping[str, str] = {code: words for code, words, _ in FIELDS}
# Columns of which each kind of row needs one at least.
NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "contact": (("date",),),
    "support": (("year", "date"), ("strand",)),
    "plan": (("year", "date"),),
}
PLACES = ("urn", "dfe", "school")
_NAMES = {
    "urn": "urn|school urn|unique reference number|urn of school|school urn number",
    "dfe": "dfe|dfe number|dfe no|laestab|la estab|dfes|dcsf number|dfe code|establishment number|estab",
    "school": "school|school name|name of school|establishment|establishmentname|establishment name|setting",
    "postcode": "postcode|post code|school postcode",
    "record": "kind of row|row type|record type|record|kind of record|type of record",
    "date": "date|date of contact|contact date|visit date|date of visit|meeting date|when|date adopted|adopted on|"
    "date seen|seen on|date of plan|plan date",
    "how": "how|method|contact method|method of contact|type of contact|contact type|type|channel|means of contact",
    "kind": "kind|kind of conversation|purpose|reason|reason for contact|purpose of visit|conversation type",
    "person": "whom|whom met|who met|met with|contact|contact name|person|name|spoke to|spoken to|school contact|"
    "who was met|whom we met",
    "role": "role|job title|position|role of contact|contact role|their role",
    "officer": "officer|hub officer|who|by|staff|hub staff|member of staff|made by|logged by|adviser|advisor|"
    "hub contact|who of the hub",
    "notes": "notes|note|comments|comment|details|summary|outcome|description of contact|discussion",
    "year": "academic year|year|school year|term and year|term year|years covered|covers",
    "term": "term|terms",
    "strand": "kind of support|support|type of support|support type|strand|programme type|category|provision type",
    "what": "what|what was given|programme|activity|project|provision|description|delivery|offer|service",
    "years": "number of years|years|how many years|length in years",
    "link": "link|url|web address|address of plan|link to plan|plan link|smdp link",
}
_VARIANTS = {variant: field for field, variants in _NAMES.items() for variant in variants.split("|")}


def folded(header: Sequence[str]) -> list[str]:
    """Headings as two files are compared by them."""
    return [name_key(heading) for heading in header]


def field_of(heading: str) -> str:
    """What a column holds by its heading, or "": "Date of visit" is a date."""
    return _VARIANTS.get(name_key(heading), "")


def guessed(header: Sequence[str]) -> dict[str, str]:
    """What each column holds, by its place as text; each thing once, the first heading that names it."""
    found: dict[str, str] = {}
    for at, heading in enumerate(header):
        field = field_of(heading)
        if field and field not in found.values():
            found[str(at)] = field
    return found


def guessed_kind(columns: Mapping[str, str]) -> str:
    """Which kind of rows a file has whose columns hold these, or "" where that is not plain."""
    held = set(columns.values())
    if "record" in held:
        return BY_COLUMN
    if "strand" in held and "how" not in held:
        return "support"
    if held & {"years", "link"} and "how" not in held:
        return "plan"
    return "contact" if "date" in held and held & {"how", "kind", "person", "officer", "notes"} else ""


def likeness(cells: Sequence[str]) -> int:
    """How many different things the cells of a line name, read as headings."""
    return len(set(guessed(cells).values()))


def missing(columns: Mapping[str, str], kind: str) -> list[str]:
    """What cannot be done without and no column holds, as sentences."""
    held = set(columns.values())
    said = []
    if not held & set(PLACES):
        said.append("Say which column holds the school: its URN, its DfE number or its name.")
    if "school" in held and not held & {"urn", "dfe"} and "postcode" not in held:
        said.append("A name alone does not tell two schools apart. Say which column holds the postcode.")
    if kind == BY_COLUMN and "record" not in held:
        said.append("Say which column holds the kind of row, or choose one kind for the whole file.")
    for fields in NEEDED.get(kind, ()):
        if not held & set(fields):
            named = " or ".join(f"“{WORDS[field]}”" for field in fields)
            said.append(f"Say which column holds {named}.")
    return said
