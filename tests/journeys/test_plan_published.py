"""A real school’s published summary, typed into the forms of its plan, comes out as it went in: in the page that
everybody reads, in the words to paste, in the PDF and in the Word file."""

import io
import re
from dataclasses import dataclass

import mammoth
import pytest
from playwright.sync_api import Page

from hubportal.kit.wording import long_date
from schools.access import today
from schools.models import School
from schools.roles import Role
from smdp.asking import asked_in
from smdp.models import Plan
from smdp.sections import Table
from smdp.summaries import shape
from smdp.summaries.years import words_of
from tests import factories as make
from tests.journeys.plan_forms import answer
from tests.journeys.published_words import POLICY, READ, REVIEW, SCHOOL, TYPED
from tests.smdp.factories import make_plan, write
from tests.smdp.reading_back import PARTS, ROWS, in_order, pdf_tags, pdf_text

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = f"Music development plan summary: {SCHOOL}"
# Its title, the rows of its table, and what stands below the heading of each part, block by block.
IN_HTML = """([title, part, end]) => {
  const heads = [...document.querySelectorAll(part)];
  const under = (head, at) => {
    const range = document.createRange();
    const last = heads[at + 1] || document.querySelector(end);
    range.setStartAfter(head);
    last ? range.setEndBefore(last) : range.setEndAfter(document.body.lastChild);
    const blocks = [...range.cloneContents().querySelectorAll("h3, h4, h2, p, li")];
    return [head.textContent, blocks.map(block => block.textContent.trim())];
  };
  const rows = [...document.querySelectorAll("tr")].map(row => [...row.cells].map(cell => cell.innerText));
  return { title: document.querySelector(title).textContent, rows, parts: heads.map(under) };
}"""


@dataclass
class Read:
    """A summary as one form of it says it."""

    title: str
    rows: list[list[str]]
    parts: list[tuple[str, list[str]]]  # each with its blocks: a heading, a paragraph, an item of a list


def read(page: Page, title: str, part: str, end: str = "nothing") -> Read:
    found = page.evaluate(IN_HTML, [title, part, end])
    rows = [[" ".join(cell.split()) for cell in row] for row in found["rows"]]
    return Read(found["title"], rows, [(head, blocks) for head, blocks in found["parts"]])


def read_html(page: Page, html: str, title: str, part: str) -> Read:
    page.set_content(html)
    return read(page, title, part)


def squeezed(words: str) -> str:
    """Without what a form of the text adds to it: where lines and pages end, and the dots of a list."""
    return "".join(re.sub(r"\b\d+ of \d+\s*$|•", "", words, flags=re.M).split())


@pytest.fixture
def school(town) -> School:
    return make.make_school(SCHOOL, hub=town.hub, phase=School.Phase.ALL_THROUGH)


@pytest.fixture
def head(school):
    return make.make_person(Role.SCHOOL_LEADER, school, "Ann Larkfield", password=make.PASSWORD)


@pytest.fixture
def plan(school, head) -> Plan:
    """Begun, with words in it that are for nobody outside."""
    plan = make_plan(school, by=head)
    write(plan, "vision", by=head, vision="Nobody outside may read this vision.")
    write(plan, "inclusion", by=head, missing="Nobody outside may read who is missing.")
    return plan


def fed(plan: Plan) -> dict[str, set[str]]:
    """Everything that this school is asked and that feeds the summary, by section: questions, and "table-column"."""
    wanted = {each for part in shape.PARTS for each in part.feeds} | set(shape.ROW_FEEDS.values())
    found: dict[str, set[str]] = {}
    for section in asked_in(plan):
        for fieldset in section.fieldsets:
            for part in fieldset.parts:
                if f"{section.key}.{part.name}" in wanted:
                    columns = [each for each in part.columns if each.is_public] if isinstance(part, Table) else []
                    names = {f"{part.name}-{each.name}" for each in columns} or {part.name}
                    found.setdefault(section.key, set()).update(names)
    return found


def typed_names(key: str) -> set[str]:
    names: set[str] = set()
    for name, said in TYPED[key].items():
        names |= {f"{name}-{column}" for row in said for column in row} if isinstance(said, list) else {name}
    return names


def written(person, plan: Plan) -> None:
    """Every section that feeds the summary, as the music lead writes it, and saved by its button."""
    for section in asked_in(plan):
        if section.key in TYPED:
            person.go(plan.section_url(section.key))
            for name, said in TYPED[section.key].items():
                answer(person, name, said)
            person.button("Save and return").press("Enter")
            person.look(re.compile("^Music development plan 20"))


def published(person) -> None:
    """Made from the plan, read, and published; not a word is typed again."""
    person.way("Make the public summary").press("Enter")
    person.look("Write the public summary")
    person.button("Save and go on to publish").press("Enter")
    person.look("Publish the summary")
    person.does_not_see("Still missing")
    person.page.get_by_label("I have read it, and it names no pupil").check()
    person.button("Publish it").press("Enter")
    person.look("Public summary")


def file_of(reader, name: str, kind: str) -> bytes:
    """A file of the summary, once the worker has made it."""
    address = reader.link(name, exact=True).get_attribute("href")
    for _ in range(60):
        answered = reader.context.request.get(address)
        if kind in answered.headers["content-type"]:
            return answered.body()
        reader.page.wait_for_timeout(500)
    raise AssertionError(f"no {name} at {address}")


@pytest.mark.usefixtures("real_worker")
def test_summary_typed_into_the_plan_comes_out_the_same_in_every_form(town, visitor, plan, head):
    assert {key: typed_names(key) for key in TYPED} == fed(plan), "every question that feeds the summary is answered"
    author = visitor(head)
    written(author, plan)
    author.go(plan.get_absolute_url())
    published(author)

    rows = dict.fromkeys(ROWS, "") | {
        ROWS[0]: words_of(plan, today()),
        ROWS[1]: long_date(today()),
        ROWS[2]: long_date(REVIEW),
        ROWS[3]: "Nell Murray and Oliver Green",
        ROWS[4]: "Alison Blackwood",
        ROWS[5]: "Exampleshire Music Hub",
        ROWS[6]: "Faverby Music Network The Bridge Orchestra",
    }
    table = [["Detail", "Information"], *map(list, rows.items())]

    # Somebody signed out reads the title, the rows and the parts, and in each part the words that were typed.
    reader = visitor()
    assert reader.go(f"/music-plan/{plan.school.urn}/") == 200
    reader.look(TITLE)
    page = read(reader.page, "h1", "main h2", ".summary__files")
    assert (page.title, page.rows, [part for part, _ in page.parts]) == (TITLE, table, PARTS)
    about = {each.title: [each.about] if each.about else [] for each in shape.PARTS}
    assert dict(page.parts[1:]) == {part: about[part] + READ[part] for part in PARTS[1:]}
    assert page.parts[0][1][-1] == shape.STATEMENT
    reader.does_not_see("Nobody outside")
    assert reader.link("Our charging and remissions policy").get_attribute("href") == POLICY

    # The words to paste, and the Word file read by another program, are the same.
    pasted = author.page.get_by_label("The words as HTML, to paste").input_value()
    word = file_of(reader, "Word document", "wordprocessingml")
    styles = "p[style-name='Title'] => h1.title:fresh"
    read_by_mammoth = mammoth.convert_to_html(io.BytesIO(word), style_map=styles)
    assert read_by_mammoth.messages == []
    paper = file_of(reader, "PDF", "application/pdf")
    for form in (
        read_html(reader.page, pasted, "h2", "h3"),
        read_html(reader.page, read_by_mammoth.value, "h1.title", "h1:not(.title)"),
    ):
        assert (form.title, form.rows, form.parts[1:]) == (page.title, page.rows, page.parts[1:])

    # So is the PDF, which says to a screen reader what is a heading, a table, a list.
    text = pdf_text(paper)
    assert in_order([squeezed(each) for each in (TITLE, "Overview", *sum(table, []))], squeezed(text))
    assert squeezed(text).endswith("".join(squeezed("".join([part, *words])) for part, words in page.parts[1:]))
    tags = pdf_tags(paper)
    assert [tags.count("H1"), tags.count("H2"), tags.count("Table"), tags.count("TR")] == [1, len(PARTS), 1, len(table)]
    headings = [each for each in tags if each in ("H1", "H2", "Table")]
    assert headings == ["H1", "H2", "Table", *["H2"] * (len(PARTS) - 1)]
    assert tags.count("LI") == text.count("•")
