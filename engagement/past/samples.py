"""The files to fill in: for each kind of row its headings and one row that shows how they are meant. No query."""

from engagement.past import columns

EXAMPLE = "123456"  # the URN of no school: left in a file, the row is rejected
SAMPLES: dict[str, list[tuple[str, str]]] = {
    "contact": [
        ("URN", EXAMPLE),
        ("School", "Example Primary School (take this row out)"),
        ("Date", "2024-11-12"),
        ("How", "School visit"),
        ("Kind of conversation", "Challenging conversation"),
        ("Whom we met", "Ruth Pell"),
        ("Their role", "Headteacher"),
        ("Officer", "Amira Okafor"),
        ("Notes", "Singing every week. Nothing after whole-class brass."),
    ],
    "support": [
        ("URN", EXAMPLE),
        ("School", "Example Primary School (take this row out)"),
        ("Academic year", "2024/25"),
        ("Term", "Autumn"),
        ("Kind of support", "Lessons, ensembles and singing"),
        ("What", "Whole-class brass, Year 4"),
    ],
    "plan": [
        ("URN", EXAMPLE),
        ("School", "Example Primary School (take this row out)"),
        ("Academic year", "2024/25"),
        ("Date adopted", "2024-10-03"),
        ("Number of years", "1"),
        ("Link", "https://school.example/music-plan.pdf"),
    ],
}


def lines_of(kind: str) -> list[list[str]]:
    """The headings and the example."""
    return [[heading for heading, _ in SAMPLES[kind]], [example for _, example in SAMPLES[kind]]]


def lines_with_reasons(header: list[str], rows: list[tuple[list[str], str]]) -> list[list[str]]:
    """Rejected rows as they were received, with the reason at the end. A reason from the time before, in a file that
    was mended and rejected again, goes."""
    own = [at for at, heading in enumerate(header) if heading != columns.REASON]
    lines = [[*(header[at] for at in own), columns.REASON]]
    return lines + [[*(cells[at] for at in own), reason] for cells, reason in rows]
