"""A plan that was written in Word comes into the portal, and no word of it is lost."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hubportal.kit import rich
from hubportal.kit.word_files import markdown_of
from smdp import importing, writing
from smdp.sections import Setting, newest, sections_for
from tests.smdp.at_once import meanwhile
from tests.smdp.factories import make_plan, word_file, write

TO = importing.targets(sections_for(newest(), list(Setting)))


def upload(content: bytes, name: str = "plan.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_html_becomes_rich_text_and_all_else_stays_words():
    html = (
        "<h1>A <strong>b</strong></h1><p>We <strong>all </strong>sing * [x](y)<br>- so "
        '<a href="https://hub.example/(a)">here</a> <a href="javascript:x">no</a></p>'
        "<ul><li>one<ol><li>deep</li></ol></li><li>two</li></ul><p>1. typed</p>"
    )
    text = markdown_of(html)
    assert [(each.kind, each.rank, each.words) for each in rich.blocks(text)] == [
        ("h", 1, "A b"),
        ("p", 0, "We all sing * [x](y)\n- so here no"),
        ("ul", 1, "one"),
        ("ol", 2, "deep"),
        ("ul", 1, "two"),
        ("p", 0, "1. typed"),
    ]
    assert [run.href for block in rich.blocks(text) for run in block.runs if run.href] == ["https://hub.example/(a)"]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Vision", "vision.vision"),
        ("2.1 Our VISION & Intent", "vision.vision"),
        ("Where are you now?", "vision.now"),
        ("Part A: Curriculum music", "curriculum.taught"),
        ("Part B: Co-curricular music", "lessons.beyond"),
        ("Part C: Musical experiences", "events.assembly"),
        ("In the future", "priorities.future"),
        ("SEND and inclusion", "inclusion.send"),
        ("Staff training needs", "staffing.needs"),
        ("The minibus", ""),
        ("Action plan", ""),
        ("Priorities", ""),
        ("Targets", ""),
        ("Objectives", ""),
        ("Next steps", ""),
        ("Sender", ""),
        ("", ""),
    ],
)
def test_headings_are_matched_to_questions(heading, name):
    assert importing.match(heading, TO) == name


def test_every_name_in_the_list_is_a_question():
    assert set(importing.CALLED) <= set(TO)


def test_pieces_keep_every_word_and_follow_the_heading_above():
    text = "before\n\n# Vision\nA\n\n## Bells\nB\n\n**Money:**\nC\n\n# Elsewhere\nD\n\n## Deep\nE"
    pieces = importing.pieces(text)
    assert [(each.heading, each.rank, each.text) for each in pieces] == [
        ("", 1, "before"),
        ("Vision", 1, "A"),
        ("Bells", 2, "B"),
        ("Money", 6, "C"),
        ("Elsewhere", 1, "D"),
        ("Deep", 2, "E"),
    ]
    assert list(importing.matched(pieces, TO)) == ["", "vision.vision", "vision.vision", "funding.notes", "", ""]


@pytest.fixture
def plan(school, head):
    return make_plan(school, by=head)


@pytest.fixture
def at(plan, head, client):
    client.force_login(head)
    return reverse("smdp:plan-import", args=[plan.uuid])


def said(plan, key: str, name: str) -> str:
    return writing.drafts_of(plan)[key].values.get(name, "")


@pytest.mark.django_db
def test_document_is_previewed_placed_and_what_fits_nowhere_is_kept(plan, head, client, at):
    write(plan, "curriculum", by=head, taught="Typed here before.")
    page = client.post(at, {"file": upload(word_file())})
    assert [(row["piece"].heading, row["chosen"], row["is_answered"]) for row in page.context["rows"]] == [
        ("Music plan", "", False),
        ("Our vision and intent".join(("1. ", "")), "vision.vision", False),
        ("Curriculum Music", "curriculum.taught", True),
        ("What we use", "curriculum.taught", True),
        ("Charging & remissions", "lessons.remissions", False),
        ("The minibus", "", False),
    ]
    assert said(plan, "vision", "vision") == ""  # nothing is taken over by looking
    place = page.context["place_url"]
    chosen = {f"to-{row['at']}": row["chosen"] for row in page.context["rows"]}
    text = page.context["text"].replace("\n", "\r\n")  # as browsers send it
    for _press in range(2):  # sent twice, it is there once
        answer = client.post(place, {"text": text, **chosen}, follow=True)
    assert "stand in no section yet" in answer.content.decode()
    assert said(plan, "vision", "vision") == "Every child **sings**"
    assert said(plan, "curriculum", "taught") == (
        "Typed here before.\n\n# Curriculum Music\n\nWe follow a scheme:\n\n- Year 3: recorders\n- Year 4: brass\n\n"
        "## What we use\n\n\\# not a heading, 5 * 3"
    )
    assert said(plan, "lessons", "remissions") == "Who | Pays\n\nAll | £2"
    plan.refresh_from_db()
    left = "# Music plan\n\nWritten in the summer.\n\n# The minibus\n\nIt has fourteen seats."
    assert plan.unplaced == left
    states = writing.drafts_of(plan)["curriculum"].revision
    assert states == 2  # what was typed before can be brought back

    # What is left is placed later; words that somebody has placed meanwhile are not placed twice.
    again = client.post(at, {"unplaced": "1"})
    assert "fourteen seats" in client.get(at).content.decode()
    put = {"text": again.context["text"], "unplaced": "1", "to-1": "vision.now"}
    client.post(place, put)
    plan.refresh_from_db()
    assert plan.unplaced == "# Music plan\n\nWritten in the summer."
    assert said(plan, "vision", "now") == "It has fourteen seats."
    refused = client.post(place, put, follow=True)
    assert "Somebody has placed some of these words meanwhile" in refused.content.decode()


@pytest.mark.django_db
def test_pasted_words_may_be_longer_than_an_answer_and_are_not_cut(plan, client, at):
    words = "sing " * 500
    page = client.post(at, {"words": f"# Vision\n{words}"})
    answer = client.post(
        page.context["place_url"], {"text": page.context["text"], "to-0": "vision.vision"}, follow=True
    )
    assert "Longer than it may be: “Vision: What do you want for every pupil?”" in answer.content.decode()
    assert said(plan, "vision", "vision") == words.strip()


def packed(**parts: bytes) -> bytes:
    kept = io.BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return kept.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose a Word document, or paste its words"),
        ({"words": "x", "file": upload(b"y")}, "not both"),
        ({"file": upload(b"%PDF-1.4 %%EOF")}, "This is not a Word document"),
        ({"file": upload(b"MZ" + bytes(200))}, "This is not a Word document (.docx). Open it in Word"),
        ({"file": upload(word_file()[:-400])}, "damaged"),
        ({"file": upload(packed(document=b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"))}, "what Word never writes"),
        ({"file": upload(packed(document=b" " * (9 * 1024**2)))}, "holds too much"),
        ({"file": upload(packed(document=b"<a>"))}, "cannot be read"),
        ({"words": "x" * (importing.MOST + 1)}, "200,000 characters or fewer"),
        ({"words": "# a\n" * 151}, "more than 150 headings"),
        ({"file": upload(b"")}, "The file is empty"),
    ],
)
def test_bad_documents_get_a_sentence_and_change_nothing(plan, client, at, data, sentence):
    for file in (each for each in data.values() if isinstance(each, SimpleUploadedFile)):
        file.seek(0)
    before = writing.answers_of(writing.drafts_of(plan))
    answer = client.post(at, data)
    assert answer.status_code == 400 and sentence in answer.content.decode().replace("&nbsp;", " ")
    if isinstance(data.get("words"), str) and len(data["words"]) < 1000:
        assert data["words"].strip()[:20] in answer.content.decode()  # what was typed is kept
    plan.refresh_from_db()
    assert plan.unplaced == "" and writing.answers_of(writing.drafts_of(plan)) == before


@pytest.mark.django_db
def test_scripts_in_pasted_words_stay_words(plan, client, at):
    page = client.post(at, {"words": "# Vision\n<script>alert(1)</script> [x](javascript:alert(1))"})
    html = page.content.decode()
    assert "&lt;script&gt;alert(1)" in html and "<script>alert" not in html and 'href="javascript' not in html


def test_same_words_below_two_headings_keep_both_headings():
    pieces = importing.pieces("# Autumn concert\n\nSee the calendar\n\n# Spring concert\n\nSee the calendar")
    said = importing.joined("", pieces)
    assert "Autumn concert" in said and "Spring concert" in said
    assert importing.joined(said, pieces) == said


@pytest.mark.django_db(transaction=True)
def test_words_that_somebody_writes_meanwhile_wait_for_a_choice_and_it_says_so(plan, head, client, at):
    page = []
    text = "# Vision\n\nFrom our Word file"

    def place() -> None:
        address = reverse("smdp:plan-import-place", args=[plan.uuid])
        page.append(client.post(address, {"text": text, "to-0": "vision.vision"}, follow=True))

    meanwhile(lambda: write(plan, "vision", by=head, vision="Typed just now"), place)
    assert page[0].redirect_chain[-1][0] == plan.section_url("vision")
    shown = page[0].content.decode()
    assert "also wrote “Vision: " in shown and "choose whose words stand" in shown
    assert "From our Word file" in shown and "Typed just now" in shown
    assert writing.drafts_of(plan)["vision"].conflicts_open == 1
