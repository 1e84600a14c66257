"""Headings, lists, bold and links in a plan: written by keyboard, pasted from Word, read by the hub."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from hubportal.kit import rich
from smdp import writing
from smdp.models import Plan
from tests.journeys.visitor import NARROW
from tests.smdp.factories import make_plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

VISION = "What do you want for every pupil?"
WORD = (Path(__file__).parent / "word_paste.html").read_text()  # as Word puts it on the clipboard, one of each
CLEAN = """# Our choirs

**Every child** sings, as [the hub](https://hub.example/sing) asks.

- Key Stage 1
  - Year 2
- Key Stage 2

1. Listen
2. Sing

Choir | Monday lunch

Band | Friday

The end. Our band"""
READ_ALIKE = [
    "Every day\nand night\n\nAnd more",
    "# Choirs\n## Small\n### Tiny\nwords",
    "### Only this",
    "Groups:\n- Choir\n* Band\nAll welcome",
    "•\tChoir\n– Strings\n-Brass\n-5 degrees",
    "3. Three\n4. Four\n   - In it\n\n   and more",
    "A **bold** word, *one* and __two__ and 5 * 3 * 2 and snake_case_word",
    "[Us](https://hub.example/a?b=1&c=(d)) <https://hub.example> [no](javascript:alert(1))",
    "<b>x</b> &amp; ![picture](https://hub.example/p)",
    "> quoted\n---\n`code`\n| a | b |\n[1]: https://hub.example/",
    "2026. A year\nMusic in\n2026. Good",
    "\\- no list\n\\# no heading\n1\\. no number\nC:\\\\share \\*star\\*",
    "- [ ] a box\n- # in a list\n- **bold [link](mailto:a@hub.example)** end",
    "",
]


@pytest.fixture
def plan(town) -> Plan:
    return make_plan(town.school, by=town.head)


def editor(person):
    return person.box(VISION)


def paste(person, html: str, text: str = "") -> None:
    """As the browser hands it over after Ctrl+V."""
    editor(person).evaluate(
        """(element, [html, text]) => {
            const data = new DataTransfer();
            if (html) data.setData("text/html", html);
            data.setData("text/plain", text);
            const how = { clipboardData: data, bubbles: true, cancelable: true };
            element.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        [html, text],
    )


def press(person, *keys: str) -> None:
    for key in keys:
        person.page.keyboard.press(key)


def test_words_are_set_by_keyboard_saved_and_read_by_the_hub(town, visitor, plan):
    head = visitor(town.head, size=NARROW)
    head.go(plan.section_url("vision"))
    head.look("Vision")
    editor(head).focus()
    write = head.page.keyboard.type
    press(head, "Alt+F10", "Enter")  # the first button of the bar above: a heading
    write("Singing")
    press(head, "Enter")
    write("We want ")
    press(head, "Control+b")
    write("every child")
    press(head, "Control+b")
    write(" to sing:")
    press(head, "Enter")
    write("- Monday")
    press(head, "Enter")
    write("- Friday")
    press(head, "Enter", "Enter")
    write("Ask ")
    press(head, "Control+k")
    write("not a page")
    press(head, "Enter")
    head.sees("Enter the address of a web page or an email address")
    head.look("Vision")
    head.box("Where the link leads").fill("www.hub.example")
    press(head, "Enter")
    head.saved()
    words = "# Singing\n\nWe want **every child** to sing:\n\n- Monday\n- Friday\n\n"
    words += "Ask [www.hub.example](https://www.hub.example)"
    expect(head.typed(VISION)).to_have_value(words)
    head.look("Vision")
    press(head, "Shift+Tab", "ArrowRight", "ArrowRight", "Escape")
    expect(editor(head)).to_be_focused()

    # Opened again, nothing changes by itself, and Tab leads out of it.
    head.page.reload()
    expect(editor(head).get_by_role("listitem")).to_have_text(["Monday", "Friday"])
    expect(head.typed(VISION)).to_have_value(words)
    editor(head).focus()
    press(head, "Tab")
    expect(editor(head)).not_to_be_focused()
    assert writing.drafts_of(plan)["vision"].values["vision"] == words


def test_opening_changes_nothing(town, visitor, plan):
    head = visitor(town.head)
    before = {key: row.revision for key, row in writing.drafts_of(plan).items()}
    for key in ("vision", "curriculum"):
        head.go(plan.section_url(key))
        expect(head.page.locator(".rich-text").first).to_be_visible()
        head.page.wait_for_timeout(2500)
    assert {key: row.revision for key, row in writing.drafts_of(plan).items()} == before


def test_paste_from_word_comes_out_clean(town, visitor, plan):
    head = visitor(town.head)
    head.go(plan.section_url("vision"))
    editor(head).focus()
    paste(head, WORD)
    expect(head.typed(VISION)).to_have_value(CLEAN)
    assert not re.search(r"style=|class=\"Mso|<o:p|<script|onerror", editor(head).inner_html())
    head.saved()
    head.look("Vision")  # the strict policy has refused nothing, and no script ran

    # As bare text, from a spreadsheet and from a PDF.
    press(head, "Control+a")
    paste(head, "", "Cello\t12 pupils\n\n• One\n• Two")
    expect(head.typed(VISION)).to_have_value("Cello | 12 pupils\n\n- One\n- Two")


def test_editor_and_portal_read_alike(town, visitor, plan):
    head = visitor(town.head)
    head.go(plan.section_url("vision"))
    expect(editor(head)).to_be_visible()
    for text in READ_ALIKE:
        head.typed(VISION).evaluate(
            "(box, text) => { box.value = text; box.dispatchEvent(new Event('input', { bubbles: true })) }", text
        )
        assert shape_of(editor(head).inner_html()) == shape_of(rich.html(text, 1)), text
        assert head.typed(VISION).input_value() == text
        editor(head).focus()
        press(head, "Control+End")
        head.page.keyboard.type("x")
        press(head, "Backspace")
        written = head.typed(VISION).input_value()
        assert shape_of(rich.html(written)) == shape_of(rich.html(text)), (text, written)


def shape_of(html: str) -> str:
    """The HTML without what differs between a page to read and one to write in."""
    html = re.sub(r'<br class="ProseMirror[^>]*>| (?:dir|rel|contenteditable)="[^"]*"', "", html).replace("\n", "")
    html = re.sub(r"<li>(?:<p></p>)?</li>", "", re.sub(r"<li><p>(.*?)</p>", r"<li>\1", html))
    return re.sub(r"<p></p>$", "", html)
