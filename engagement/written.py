"""Which columns hold what people wrote, so that a row that is only looked up carries none of it into a page.

Readers of a shared report are given the frozen words of a version. The part and the conversation behind it are looked
up for their dates, their hub and their state; their own words (the next version's, the notes for the hub alone) stay in
the database.
"""

PART = (
    *("summary", "challenge", "answer", "help_offered", "could_offer", "next_note"),
    "withdrawn_reason",
)
CONVERSATION = ("common_summary", "private_notes")


def of_part(path: str = "") -> list[str]:
    """Names for `defer`, of a part that the lookup reaches by `path` ("", "part__", "version__part__")."""
    return [f"{path}{name}" for name in PART]


def of_both(path: str = "") -> list[str]:
    """Names for `defer`, of a part and of its conversation, both of which the lookup selects."""
    return [*of_part(path), *(f"{path}conversation__{name}" for name in CONVERSATION)]
