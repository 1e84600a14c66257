"""A school makes its public summary from its adopted plan, edits and publishes it; everybody reads it at one address,
until it is withdrawn."""

import re

import pytest
from playwright.sync_api import expect

from schools.access import today
from smdp.actions import plans as actions
from smdp.models import Plan, Summary
from tests.journeys.visitor import DESK, NARROW
from tests.smdp.factories import fill, make_plan, next_summer, write
from tests.smdp.reading_back import PARTS, ROWS, TITLE, docx_html, in_order, pdf_text

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# No "Further information": the school left that part empty.
SHOWN = PARTS[:5]


@pytest.fixture
def plan(town) -> Plan:
    """Adopted, with words for the public in some of its sections and words for nobody else in others."""
    plan = fill(make_plan(town.school, by=town.head), by=town.head)
    write(plan, "events", by=town.head, assembly="We sing every morning.")
    write(plan, "inclusion", by=town.head, missing="Nobody outside may read this.")
    actions.adopt(plan=plan, presented_on=today(), by=town.head)
    return plan


def published(head) -> None:
    """Confirm, after reading."""
    head.look("Publish the summary")
    head.page.get_by_label("I have read it, and it names no pupil").check()
    head.button("Publish it").press("Enter")
    head.look("Public summary")
    head.sees("Everybody can read it, without signing in")


def answers(head) -> None:
    """What the plan left open: the review's date and two parts, by keyboard alone."""
    for box, value in zip(("Day", "Month", "Year"), next_summer(), strict=True):
        head.box(box).focus()
        head.page.keyboard.type(str(value))
    for part, words in ((PARTS[2], "# Groups\n- Choir\n- Brass band"), (PARTS[4], "A band by the summer.")):
        head.box(part).focus()
        head.page.keyboard.type(words)


def test_summary_is_made_published_replaced_and_withdrawn(town, visitor, plan, real_worker):
    head = visitor(town.head)
    head.go(plan.get_absolute_url())
    head.way("Make the public summary").press("Enter")
    head.look("Write the public summary")
    expect(head.typed(PARTS[3])).to_have_value(re.compile("We sing every morning"))
    answers(head)
    head.saved()
    head.button("Save and go on to publish").press("Enter")
    head.does_not_see("Nobody outside may read this")
    published(head)
    summary = Summary.objects.get()

    # Somebody signed out reads it, on a desk and on a narrow phone; nothing leads behind the door.
    for size in (DESK, NARROW):
        reader = visitor(size=size)
        assert reader.go(summary.public_url) == 200
        reader.look(TITLE)
        assert reader.page.get_by_role("heading", level=2).all_inner_texts() == SHOWN
        assert in_order([TITLE, *ROWS, *SHOWN[1:]], reader.page.get_by_role("main").inner_text())
        assert reader.page.get_by_role("listitem").filter(has_text="Brass band").count() == 1
        reader.does_not_see("Nobody outside may read this")
        reader.does_not_see("Ruth Pell")

    # Printed, it is on paper what it is on the screen, without what cannot be pressed there.
    reader.page.emulate_media(media="print")
    expect(reader.page.get_by_role("heading", level=1)).to_be_visible()
    expect(reader.link("PDF", exact=True)).to_be_hidden()
    reader.page.emulate_media(media="screen")

    # The files come once the worker has made them; other programs read the same rows and parts in them.
    for name, kind, read in (
        ("PDF", "application/pdf", pdf_text),
        ("Word document", "wordprocessingml", docx_html),
    ):
        address = reader.link(name).get_attribute("href")
        expect(reader.page).to_have_url(re.compile(summary.public_url))
        for _ in range(60):
            answer = reader.context.request.get(address)
            if kind in answer.headers["content-type"]:
                break
            reader.page.wait_for_timeout(500)
        assert answer.status == 200 and kind in answer.headers["content-type"]
        text = read(answer.body()).replace("-\n", "-")
        assert in_order([TITLE, *ROWS, *SHOWN[1:]], text) and "Brass band" in text

    # The words to paste are the same words, with the same headings.
    words = head.page.get_by_label("The words as HTML, to paste").input_value()
    assert all(f"{part}</h" in words for part in SHOWN) and '<li dir="auto">Brass band</li>' in words
    assert summary.public_url in head.page.locator("main").inner_text()

    # What is published next stands at the same address.
    head.way("Write it").press("Enter")
    head.look("Write the public summary")
    head.box(PARTS[4]).fill("An orchestra by the summer.")
    head.saved()
    head.button("Save and go on to publish").press("Enter")
    published(head)
    head.link("Version 1").click()
    head.look(TITLE)
    head.sees("A band by the summer.")
    reader = visitor()  # who read the first one may see it for five minutes more
    reader.go(summary.public_url)
    reader.look(TITLE)
    reader.sees("An orchestra by the summer.")
    reader.does_not_see("A band by the summer.")

    # Taken back, its address says so, and the history stays.
    head.go(summary.get_absolute_url())
    head.link("Withdraw it").press("Enter")
    head.look("Withdraw the public summary?")
    head.button("Withdraw it").press("Enter")
    head.look("Public summary")
    head.sees("withdrawn")
    for size in (DESK, NARROW):
        reader = visitor(size=size)
        assert reader.go(summary.public_url) == 404
        reader.look("No music development plan summary here")
        reader.does_not_see("orchestra")
    assert [each.number for each in summary.versions.all()] == [2, 1]


def test_summary_is_written_without_scripts_on_a_narrow_phone(town, visitor, plan):
    head = visitor(town.head, size=NARROW, scripts=False)
    head.go(plan.get_absolute_url())
    head.way("Make the public summary").press("Enter")
    head.look("Write the public summary")
    head.button("Save and go on to publish").press("Enter")
    head.look("Publish the summary")
    head.sees("Still missing")
    head.page.get_by_label("I have read it, and it names no pupil").check()
    head.button("Publish it").press("Enter")
    head.sees("Fill in “Date this summary will be reviewed” first")
    head.link("Go on writing").press("Enter")
    head.look("Write the public summary")
    answers(head)
    head.button("Save and go on to publish").press("Enter")
    published(head)
    reader = visitor(size=NARROW, scripts=False)
    reader.go(Summary.objects.get().public_url)
    reader.look(TITLE)
    reader.sees("Brass band")
