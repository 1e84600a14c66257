"""A school keeps its plan in a Word file: it says where, the hub sees and reviews it; or it brings the file in."""

import re

import pytest
from docx import Document
from playwright.sync_api import expect

from hubportal.kit.wording import academic_year
from schools.access import today
from smdp import writing
from smdp.models import PlanElsewhere
from tests.journeys.visitor import DESK, NARROW, PHONE, Visitor
from tests.smdp.factories import keep_elsewhere, make_plan, word_file

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PLAN = re.compile("^Music development plan 20")
KEPT = re.compile("^Plan kept elsewhere")
TAUGHT = "How does it build from year to year?"
YEAR = academic_year(today())


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "Our plan.docx"
    path.write_bytes(word_file())
    return path


def dates(who: Visitor, question: str, day: int, month: int, year: int) -> None:
    group = who.page.get_by_role("group", name=question)
    for box, value in zip(("Day", "Month", "Year"), (day, month, year), strict=True):
        group.get_by_label(box).fill(str(value))


def test_plan_kept_elsewhere_is_recorded_seen_and_reviewed(town, visitor, server, file, tmp_path):
    head, officer = visitor(town.head), visitor(town.officer, size=PHONE)

    # The head says where it is, gives the file too, for three years, with two priorities.
    head.link("Plan", exact=True).click()
    head.look("Music development plan")
    head.link("We keep our plan elsewhere").click()
    head.look("We keep our plan elsewhere")
    head.box("Address of the plan").fill("https://school.example/plan")
    head.page.get_by_label("Or the plan as a file").set_input_files(file)
    head.page.get_by_label("How many academic years does it cover?").select_option("Three")
    dates(head, "When was it adopted?", 10, 9, YEAR)
    dates(head, "When is it to be reviewed next?", 1, 7, YEAR + 1)
    different = head.page.get_by_role("textbox", name="What will be different")
    different.fill("A choir that meets all year")
    head.button("Add another priority").click()
    different.nth(1).fill("A band by the summer")
    head.button("Save", exact=True).click()
    head.look(KEPT)
    head.sees("It counts as your plan")
    head.sees("In place")
    head.sees(f"{YEAR} to {YEAR + 3}")
    plan = PlanElsewhere.objects.get()

    # It counts among the plans, and waits to be seen; the officer opens the file and says when.
    officer.go("/plans/?plan=elsewhere")
    officer.look("1 of 2 schools matches")
    officer.sees("Kept elsewhere")
    officer.go("/")
    officer.sees("It recorded on")
    officer.way("See the plan").click()
    officer.look(KEPT)
    officer.sees("A band by the summer")
    with officer.page.expect_download() as download:
        officer.link("Our plan.docx").click()
    download.value.save_as(tmp_path / "downloaded.docx")
    assert "It has fourteen seats." in [each.text for each in Document(tmp_path / "downloaded.docx").paragraphs]
    officer.way("Seen on").click()
    officer.look("When did you see the plan?")
    dates(officer, "When did you see it?", today().day, today().month, today().year)
    officer.button("Save", exact=True).click()
    officer.look(KEPT)
    officer.sees("Recorded: you saw it.")
    officer.way("Review it").click()
    officer.look("Review the plan of Millbrook Junior School")
    officer.box("What is strong in this plan").fill("Singing every day")
    officer.button("Return to the school").click()
    officer.look(KEPT)

    # The school has an email that quotes nothing, reads who saw it and what was said, and goes through it again.
    assert "Singing every day" not in server.letters_to(town.head.email, least=1)[-1]
    head.page.reload()
    head.look(KEPT)
    for words in ("Amira Okafor", "Exampleshire Music Hub", "Singing every day"):
        head.sees(words)
    head.link("We have gone through it again").click()
    head.look("You have gone through your plan again")
    dates(head, "When did you go through it?", today().day, today().month, today().year)
    dates(head, "When is it to be reviewed next?", 2, 7, YEAR + 1)
    head.button("Save", exact=True).click()
    head.look(KEPT)
    head.sees(f"2 July {YEAR + 1}")
    assert visitor(town.other_manager).go(plan.get_absolute_url()) == 404


def test_what_a_hub_recorded_for_a_school_fits_a_narrow_screen(town, visitor):
    plan = keep_elsewhere(town.school, "Alder", by=town.officer)
    officer = visitor(town.officer, size=NARROW)
    officer.go(plan.get_absolute_url())
    officer.look(KEPT)
    officer.sees("Recorded by the hub, not confirmed by the school")


@pytest.mark.parametrize(("size", "scripts"), [(DESK, True), (NARROW, False)], ids=["desk", "phone without scripts"])
def test_plan_in_word_is_brought_in(town, visitor, file, size, scripts):
    plan = make_plan(town.school, by=town.head)
    head = visitor(town.head, size=size, scripts=scripts)
    head.go(plan.get_absolute_url())
    head.link("Bring in a plan that you have in Word").click()
    head.look("Bring in a plan that you have")
    head.page.get_by_label("A Word document").set_input_files(file)
    head.button("See what goes where").click()

    # Headings are matched; what fits no question is said, and nothing is taken over by looking.
    head.look("What goes where?")
    head.sees("2 parts fitted no question")

    def place(heading: str):
        return head.page.get_by_label(f"Where it goes: {heading}")

    expect(place("1. Our vision and intent")).to_have_value("vision.vision")
    expect(place("Charging & remissions")).to_have_value("lessons.remissions")
    expect(place("The minibus")).to_have_value("")
    assert writing.drafts_of(plan)["vision"].values == {}
    expect(place("What we use")).to_contain_text("(may go into the public summary)")
    place("What we use").select_option(value="curriculum.technology")
    head.button("Take it over").click()
    head.look(PLAN)
    head.sees("2 parts kept with the plan, not placed yet")

    # The words stand in the sections that were chosen.
    drafts = writing.drafts_of(plan)
    assert drafts["vision"].values["vision"] == "Every child **sings**"
    assert "not a heading" in drafts["curriculum"].values["technology"]
    head.go(plan.section_url("curriculum"))
    head.look("Curriculum music")
    expect(head.typed(TAUGHT)).to_have_value(re.compile("- Year 3: recorders"))

    # What fitted nowhere waits with the plan, and is placed later.
    head.go(plan.get_absolute_url())
    head.link("Read and place them").click()
    head.look("Bring in a plan that you have")
    head.sees("It has fourteen seats.")
    head.button("Place these words").click()
    head.look("What goes where?")
    place("The minibus").select_option(value="vision.now")
    head.button("Take it over").click()
    head.look(PLAN)
    assert writing.drafts_of(plan)["vision"].values["now"] == "It has fourteen seats."
    plan.refresh_from_db()
    assert plan.unplaced == "# Music plan\n\nWritten in the summer."
