"""The shape of the public summary: the Department for Education's title, overview rows and parts, as data; which public
answers of the plan feed each; and what is frozen when it is published. Values in, values out; no query.

The words are those of the department's template "music development plan summary", which schools in England are expected
to publish since September 2024. The template may be adapted, so each part is free text.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from hubportal.kit import rich
from hubportal.kit.drafts.merge import Value, Values
from hubportal.kit.forms import DateBoxesField
from hubportal.kit.wording import long_date
from smdp import answers, priorities
from smdp.sections import Field, Fieldset, Kind, Section, Table
from smdp.sections.kinds import line, text

TITLE = "Music development plan summary: {school}"
OVERVIEW = "Overview"
COLUMNS = ("Detail", "Information")
NOT_SAID = "Not applicable"
STATEMENT = (
    "This is a summary of how our school delivers music education to all our pupils across three areas – curriculum "
    "music, co-curricular provision and musical experiences – and what changes we are planning in future years. This "
    "information is to help pupils and parents or carers understand what our school offers and who we work with to "
    "support our pupils’ music education."
)
PUBLISHED_ON = "Date this summary was published"  # the one row that nobody types
MOST = 12_000  # characters of a part

YEAR = line("year", "Academic year that this summary covers", most=60, is_required=True, is_public=True)
REVIEW_ON = Field(
    "review_on",
    "Date this summary will be reviewed",
    Kind.DATE,
    "Before the next academic year begins. For example, 12 6 2027",
    is_required=True,
    is_public=True,
)
ROWS = (
    YEAR,
    REVIEW_ON,
    line("music_lead", "Name of the school music lead", is_required=True, is_public=True),
    line(
        "senior_leader",
        "Name of school leadership team member with responsibility for music (if different)",
        is_public=True,
    ),
    line("hub", "Name of local music hub", is_required=True, is_public=True),
    text(
        "others",
        "Name of other music education organisation(s) (if partnership in place)",
        "One a line.",
        most=1000,
        is_public=True,
        is_plain=True,
    ),
)


@dataclass(frozen=True)
class Part:
    """One part of the summary. `about` is the department's sentence below its heading, `hint` what people ask about."""

    name: str
    title: str
    about: str
    hint: str
    feeds: tuple[str, ...]  # "section.field" and "section.table" of the plan, in order
    is_required: bool = True

    @property
    def field(self) -> Field:
        return text(self.name, self.title, self.hint, most=MOST, is_required=self.is_required, is_public=True)


PARTS = (
    Part(
        "curriculum",
        "Part A: Curriculum music",
        "This is about what we teach in lesson time, how much time is spent teaching music and any music "
        "qualifications or awards that pupils can achieve.",
        "Say how long each year group has music, what the curriculum is built on, how pupils with SEND take part, and "
        "what qualifications there are.",
        (
            "curriculum.taught",
            "curriculum.time",
            "curriculum.groups",
            "curriculum.early_years",
            "curriculum.taught_ks1",
            "curriculum.taught_ks2",
            "curriculum.taught_ks3",
            "curriculum.taught_ks4",
            "curriculum.taught_ks5",
            "curriculum.scheme",
            "curriculum.scheme_name",
            "curriculum.singing",
            "curriculum.instruments_in_class",
            "curriculum.technology",
            "curriculum.qualifications",
            "inclusion.send",
        ),
    ),
    Part(
        "co_curricular",
        "Part B: Co-curricular music",
        "This is about opportunities for pupils to sing and play music, outside of lesson time, including choirs, "
        "ensembles and bands, and how pupils can make progress in music beyond the core curriculum.",
        "Say which lessons there are, who pays and who pays less, where pupils practise, and which groups are open to "
        "whom.",
        (
            "lessons.tuition",
            "lessons.remissions",
            "overview.charging_policy",
            "lessons.space",
            "lessons.ensembles",
            "lessons.beyond",
        ),
    ),
    Part(
        "experiences",
        "Part C: Musical experiences",
        "This is about all the other musical events and opportunities that we organise, such as singing in assembly, "
        "concerts and shows, and trips to professional concerts.",
        "Say what happens in the year and what it costs families.",
        ("events.assembly", "events.live", "events.calendar"),
    ),
    Part(
        "future",
        "In the future",
        "This is about what the school is planning for subsequent years.",
        "A few sentences. What will a pupil notice?",
        ("priorities.future", "priorities.priorities"),
    ),
    Part(
        "further",
        "Further information",
        "",
        "If there is any: how to reach your hub, and what it offers families.",
        ("partnership.hub_support",),
        is_required=False,
    ),
)
# Public answers that stand in the overview's rows, by the row.
ROW_FEEDS = {
    "music_lead": "overview.music_lead",
    "senior_leader": "overview.senior_leader",
    "hub": "overview.hub",
    "others": "overview.partners",
    "review_on": "leadership.review_on",
}
POLICY = "Our charging and remissions policy"
# Headings of answers that cannot stand alone, in words for parents.
HEADINGS = {
    "curriculum.early_years": "In the early years",
    "curriculum.taught_ks1": "Key stage 1 (Years 1 and 2)",
    "curriculum.taught_ks2": "Key stage 2 (Years 3 to 6)",
    "curriculum.taught_ks3": "Key stage 3 (Years 7 to 9)",
    "curriculum.taught_ks4": "Key stage 4 (Years 10 and 11)",
    "curriculum.taught_ks5": "After Year 11",
    "curriculum.singing": "Singing",
    "curriculum.instruments_in_class": "Playing instruments in class",
    "curriculum.technology": "Music technology",
    "curriculum.qualifications": "Qualifications and awards",
    "inclusion.send": "Pupils with special educational needs and disabilities",
    "lessons.tuition": "Instrumental and singing lessons",
    "lessons.remissions": "Help with the cost",
    "lessons.space": "Where pupils practise",
    "lessons.ensembles": "Choirs, bands and other groups",
    "lessons.beyond": "Going further",
    "events.assembly": "In assembly and school life",
    "events.live": "Live music",
    "events.calendar": "Events of the year",
    "curriculum.time": "Time for music",
    "curriculum.groups": "Music by class or pathway",
    "priorities.priorities": "Our priorities",
}
# What stands in a row of a table after its first words.
CELLS = {
    "curriculum.time.minutes": "{} minutes a week on average",
    "curriculum.groups.minutes": "{} minutes a week on average",
    "lessons.tuition.pays": "paid for by {}",
    "lessons.ensembles.whom": "for {}",
    "events.calendar.whom": "for {}",
    "events.calendar.cost": "cost to families: {}",
}
LOWERED = ("lessons.tuition.pays",)
PRIORITIES = f"{priorities.SECTION}.{priorities.TABLE}"
SAID_IF_YES = {"curriculum.time.carousel": "in a rotation with other subjects"}
SECTION = Section(
    "summary",
    "Public summary",
    "The words that parents, carers and pupils will read.",
    (Fieldset(OVERVIEW, ROWS), *(Fieldset(each.title, (each.field,)) for each in PARTS)),
)


# --- From the plan --------------------------------------------------------------------------------------------------


def prefill(sections: Iterable[Section], plan: Mapping[str, Values], *, year: str) -> Values:
    """The draft of a summary from what a plan says: {name: words}, from its public answers and from nothing else.

    `sections` are those of the plan as its school is asked, `plan` is {section: {field: value}}."""
    known = dict(_public_parts(sections))
    found: Values = {YEAR.name: year}
    for name, source in ROW_FEEDS.items():
        field = known.get(source)
        if isinstance(field, Field):
            values = plan.get(source.partition(".")[0], {})
            if field.kind == Kind.DATE:
                found |= {f"{name}_{box}": values.get(f"{field.name}_{box}", "") for box in range(3)}
            else:
                found[name] = answers.said(field, values)
    for part in PARTS:
        pieces = (_piece(source, known.get(source), plan) for source in part.feeds)
        found[part.name] = "\n\n".join(piece for piece in pieces if piece)
    return found


def _public_parts(sections: Iterable[Section]) -> Iterator[tuple[str, Field | Table]]:
    """ "section.name" with the field, where it is public, or the table cut down to its public columns."""
    for section in sections:
        for field in section.fields():
            if field.is_public:
                yield f"{section.key}.{field.name}", field
        for table in section.tables():
            if columns := tuple(each for each in table.columns if each.is_public):
                yield f"{section.key}.{table.name}", Table(table.name, table.title, table.item, columns)


def _piece(source: str, part: Field | Table | None, plan: Mapping[str, Values]) -> str:
    """What one answer says, under its heading."""
    values = plan.get(source.partition(".")[0], {})
    if part is None:
        return ""
    if isinstance(part, Table):
        if source == PRIORITIES:  # what is done is no plan
            rows = [each for each in priorities.rows_in(values) if not priorities.is_done(each)]
            values = priorities.values_of(rows)
        words = "\n".join(f"- {_row(source, part, row)}" for row in answers.rows_of(part, values))
    elif part.name == "scheme" and (said := answers.said(part, values)):
        words = f"What it is built on: {said[0].lower()}{said[1:]}."
    elif part.name == "scheme_name" and (said := answers.said(part, values)):
        words = f"The scheme is called {said}."
    elif part.kind == Kind.LINK and (said := answers.said(part, values)):
        words = _linked(said)
    else:
        words = answers.said(part, values)
    heading = HEADINGS.get(source, "")
    return f"# {heading}\n{rich.lowered(words)}" if words and heading else words


def _linked(address: str) -> str:
    """The policy on charging as a link; what is no address of a page stands as it was typed."""
    if not answers.web_address(address):
        return f"{POLICY}: {address}"
    return f"[{POLICY}]({address.replace('(', '%28').replace(')', '%29')})"


def _row(source: str, table: Table, row: list[answers.Said]) -> str:
    """ "Year 4: 60 minutes a week", "Cello: paid for by families"."""
    names = {each.label: each.name for each in table.columns}
    first, *rest = row
    said = [_cell(f"{source}.{names[each.label]}", each.words) for each in rest]
    return ": ".join(filter(None, (first.words, ", ".join(filter(None, said)))))


def _cell(source: str, words: str) -> str:
    if source in SAID_IF_YES:
        return SAID_IF_YES[source] if words == "Yes" else ""
    return CELLS.get(source, "{}").format(f"{words[0].lower()}{words[1:]}" if source in LOWERED else words)


def public_of(section: Section, values: Mapping[str, Value]) -> Values:
    """Of these answers those to questions that are public in this section, rows and dates with all that names them."""
    fields = [each.name for each in section.fields() if each.is_public]
    boxes = {f"{name}_{box}" for name in fields for box in range(3)}
    rows = tuple(f"{each.name}-" for each in section.tables())
    return {name: value for name, value in values.items() if name in {*fields, *boxes} or name.startswith(rows)}


# --- As it is published ---------------------------------------------------------------------------------------------


def lacking(values: Mapping[str, Value]) -> list[Field]:
    """What must be there before it is published, and is not."""
    return answers.missing(SECTION, dict(values))


def too_long(values: Mapping[str, Value]) -> list[Field]:
    """What is longer than it may be."""
    return [field for field in SECTION.fields() if len(answers.said(field, values)) > field.most]


def review_on(values: Mapping[str, Value]) -> date | None:
    """The date of the review, None where none can be read."""
    try:
        return DateBoxesField(required=False).clean([values.get(f"{REVIEW_ON.name}_{box}", "") for box in range(3)])
    except ValidationError:
        return None


def frozen(values: Mapping[str, Value], *, school: str, published_on: date) -> dict[str, Any]:
    """All that the public page, the PDF and the Word file show: {"school", "title", "rows": [[label, words]],
    "statement", "parts": [{"title", "about", "text"}]}. Rows and parts stand in the
    department's order; a row that is empty says so, an optional part that is empty is left out."""
    rows = [[field.label, answers.said(field, values) or NOT_SAID] for field in ROWS]
    rows.insert(1, [PUBLISHED_ON, long_date(published_on)])
    parts = [
        {"title": part.title, "about": part.about, "text": words}
        for part in PARTS
        if (words := answers.said(part.field, values))
    ]
    title = TITLE.format(school=school)
    return {"school": school, "title": title, "rows": rows, "statement": STATEMENT, "parts": parts}
