"""A plan on paper: every question with its answer or room for one, for each reader what they may read."""

import pytest
from django.urls import reverse

from schools.roles import Role
from smdp import priorities
from smdp.actions import plans
from smdp.asking import sections_of
from smdp.printing.sheet import AMPLE, SPARING, Grid, Question, sheet_of
from smdp.sections import Kind
from tests import factories as make
from tests.smdp.factories import write

pytestmark = pytest.mark.django_db


def sheet(plan) -> str:
    return reverse("smdp:plan-print", args=[plan.uuid])


def test_every_question_stands_on_the_sheet(client, plan):
    page = client.get(sheet(plan), {"blank": "1"})
    for section in sections_of(plan.specification, plan.school):
        assert section.title in page.text
        for field in section.fields():
            assert page.context["pages"] and field.label.replace("'", "&#x27;") in page.text
        for table in section.tables():
            assert all(each.label in page.text for each in table.columns if each.kind != Kind.ORIGIN)
    assert "Every child sings" not in page.text and "Room to write" in page.text


def test_writers_print_what_is_written_and_room_for_the_rest(client, plan, head):
    write(plan, "features", by=head, hour="partly")
    rows = [{"what": "A choir that meets", "rag": "amber", "by_0": "1", "by_1": "7", "by_2": "2027"}]
    write(plan, "priorities", by=head, **priorities.values_of(rows))
    text = client.get(sheet(plan)).text
    assert "Every child sings vision" in text and "A choir that meets" in text and "1 July 2027" in text
    assert "<b>Partly</b>" in text and "<b>Some way to go</b>" in text
    assert "Priority 2" in text, "a row to write in below"
    assert text.count("Not yet") < client.get(sheet(plan), {"blank": "1"}).text.count("Not yet"), (
        "what was chosen stands"
    )
    assert "As it is written on" in text


def test_others_print_the_version_they_may_read(plan, head, officer, school, client_of):
    write(plan, "vision", by=head, now="Not for the hub yet")
    text = client_of(officer).get(sheet(plan)).text
    assert "the school has not shared its plan" in text and "Every child sings" not in text
    plans.share(plan=plan, by=head)
    write(plan, "vision", by=head, now="Written later")
    text = client_of(officer).get(sheet(plan)).text
    assert "Not for the hub yet" in text and "Written later" not in text and "Version 1" in text
    governor = make.make_person(Role.SCHOOL_VIEWER, school, "Gail Governor")
    assert "Not for the hub yet" not in client_of(governor).get(sheet(plan)).text
    other = make.make_person(Role.HUB_MANAGER, make.make_hub("Samplefolk Music Hub"), "Olga Other")
    assert client_of(other).get(sheet(plan)).status_code == 404


def test_blank_sheet_before_there_is_a_plan(client, school, officer, client_of):
    address = reverse("smdp:plan-blank", args=[school.urn])
    for browser in (client, client_of(officer)):
        text = browser.get(address).text
        assert "Room to write" in text and "Vision" in text
        assert address in browser.get(school.get_absolute_url()).text


def test_rows_that_are_taken_out_leave_no_gap(plan, head):
    sections = sections_of(plan.specification, plan.school)
    values = {"priorities-TOTAL_FORMS": "3", "priorities-0-what": "", "priorities-2-what": "A band"}
    (page,) = (each for each in sheet_of(sections, {"priorities": values}) if each.section.key == "priorities")
    (grid,) = (piece for part in page.parts for piece in part.pieces if isinstance(piece, Grid))
    assert [block[0].words for block in grid.blocks] == ["A band", ""]
    assert all(isinstance(each, Question) for each in grid.blocks[0])


def lines_to_write_on(pages) -> int:
    questions = [piece for page in pages for part in page.parts for piece in part.pieces]
    blocks = [each for piece in questions if isinstance(piece, Grid) for block in piece.blocks for each in block]
    rows = sum(not any(row) for piece in questions if isinstance(piece, Grid) for row in piece.rows)
    return rows + sum(len(each.lines) for each in [*questions, *blocks] if isinstance(each, Question))


def test_beside_answers_little_room_is_left_and_on_a_blank_sheet_enough(plan):
    sections = sections_of(plan.specification, plan.school)
    ample, sparing = (lines_to_write_on(sheet_of(sections, {}, room)) for room in (AMPLE, SPARING))
    assert sparing < ample / 2
    for page in sheet_of(sections, {}, SPARING):
        for piece in (each for part in page.parts for each in part.pieces if isinstance(each, Question)):
            assert len(piece.lines) <= 2 and (piece.lines or piece.choices), "and every question has some"
