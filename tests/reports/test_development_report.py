"""The development report as a file: read back by other libraries."""

import json
import subprocess
import sys
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from engagement.actions.entries import JudgementEntry, PartEntry, Person
from engagement.models import Criterion
from reports import development_report
from reports.pdf import write_pdf
from reports.pdf_errors import PdfError
from tests.architecture.source import ROOT
from tests.engagement import factories as engagement_factories
from tests.factories import make_contact, make_school
from tests.worker import environment_of_a_worker


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(BytesIO(content)) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_report_says_what_was_shared(version):
    text = text_of(development_report.draw(version).content)
    for words in (
        "Exampleshire Music Hub",
        "Music at Millbrook Junior School",
        "You are covering well",
        "Singing every week",
        "To develop",
        "After whole-class brass",
        "What we agreed",
        "For governors",
        "When we talk next",
        "not shared with the funder, Ofsted or the local authority",
    ):
        assert words in text, words


def test_report_holds_nothing_private(share, school):
    version = share(school, private_notes="The head is leaving at Easter.")
    assert version.part.conversation.private_notes == "The head is leaving at Easter."
    assert "leaving at Easter" not in text_of(development_report.draw(version).content)


def test_report_is_two_to_four_pages(version):
    assert 2 <= development_report.draw(version).pages <= 4


def test_report_is_tagged_and_can_be_found_one_s_way_in(version):
    with pikepdf.open(BytesIO(development_report.draw(version).content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"].startswith("Music at Millbrook Junior School: development report")
            assert str(metadata["pdfuaid:part"]) == "1"
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Music at Millbrook Junior School"]
            assert "What we agreed" in [child.title for child in outline.root[0].children]


def test_report_embeds_the_open_typeface(version):
    with pikepdf.open(BytesIO(development_report.draw(version).content)) as pdf:
        described = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each]
        names = {str(each.FontName).split("+")[-1] for each in described}
        assert names and all(name.startswith("Atkinson") for name in names), names
        assert all("/FontFile2" in each or "/FontFile3" in each for each in described)


@pytest.mark.django_db(transaction=True)
def test_same_version_gives_the_same_bytes_in_another_process(version):
    here = development_report.draw(version).content
    code = (
        "import django, sys; django.setup()\n"
        "from engagement.models import PartVersion\n"
        "from reports import development_report\n"
        f"version = PartVersion.objects.get(pk={version.pk})\n"
        "sys.stdout.buffer.write(development_report.draw(version).content)\n"
    )
    there = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment_of_a_worker(), capture_output=True, timeout=60
    )
    assert there.stdout == here, there.stderr.decode()[-2000:]


def test_report_with_every_criterion_judged_and_long_texts(share, school, hub, officer):
    everything = [
        JudgementEntry(each, 1 + number % 4, 1 + number % 3, 1 + number % 4, "Seen and heard. " * 25, "Try it. " * 20)
        for number, each in enumerate(Criterion.objects.filter(area__framework=engagement_factories.framework()))
    ]
    part = PartEntry(summary="We talked for long. " * 200, judgements=everything)
    version = share_part(hub, officer, school, part)
    pdf = development_report.draw(version)
    text = text_of(pdf.content)
    assert pdf.pages <= 4
    assert all(entry.criterion.title.split()[0] in text for entry in everything)


def test_report_of_forty_judgements_with_evidence_is_four_pages(version):
    content = json.loads(json.dumps(version.content))
    judgement, level = content["judgements"][0], content["levels"][0]
    judgement |= {"evidence": "Seen and heard in lessons. " * 14, "next_step": "Record every class. " * 6}
    content["judgements"] = [{**judgement, "code": f"c{number}"} for number in range(40)]
    content["levels"] = [{**level, "code": f"c{number}", "was": 1 + number % 4} for number in range(40)]
    page, accent = development_report.html(content, number=1, created=date(2026, 11, 12))
    pdf = write_pdf(page, styles=development_report.SHEETS, css=accent)
    assert 2 <= pdf.pages <= 4
    assert text_of(pdf.content).count("Embedded Seen and heard") == 40


def test_report_of_a_short_call_leaves_governors_a_page_to_write_on(hub, officer, school):
    pdf = development_report.draw(share_part(hub, officer, school, PartEntry(summary="A short call.")))
    with pypdfium2.PdfDocument(BytesIO(pdf.content)) as pages:
        first, second = (page.get_textpage().get_text_range() for page in pages)
    assert "A short call." in first and "For governors" not in first
    assert second.startswith("For governors: three questions to ask")
    assert second.count("?") == 3
    assert "When we talk next" in second


def test_report_without_judgements_or_findings(hub, officer, school):
    version = share_part(hub, officer, school, PartEntry(summary="A short call."))
    text = text_of(development_report.draw(version).content)
    assert "A short call." in text
    assert "Where music stands" not in text
    assert "No actions were agreed this time." in text


def test_report_draws_names_of_any_writing(hub, officer):
    school = make_school("בית ספר למוזיקה 🎺 مدرسة", hub=hub)
    make_contact("Ruth Pell", hub=hub, school=school, is_leader=True)
    part = PartEntry(summary="Łódź, Ångström, 🎻", people=[Person(name="شيماء Núñez", job_title="Head")])
    content = development_report.draw(share_part(hub, officer, school, part)).content
    with pikepdf.open(BytesIO(content)) as pdf:
        names = {
            str(each.FontName) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each
        }
    assert any("Noto-Hebrew" in name or "Hebrew" in name for name in names), names
    assert any("Arabic" in name for name in names), names
    assert any("Emoji" in name for name in names), names


@pytest.mark.parametrize("address", ["http://example.org/x.css", "file:///etc/passwd", "https://127.0.0.1/x.png"])
def test_document_loads_nothing_from_elsewhere(address):
    with pytest.raises(PdfError, match="may not load"):
        write_pdf(f'<html lang="en"><title>x</title><img src="{address}" alt=""></html>', styles=[])


def share_part(hub, officer, school, part):
    from engagement.actions import sharing
    from engagement.addressees import addressees_at

    conversation = engagement_factories.make_conversation(
        school, by=officer, on=date(2026, 11, 12), form="full", parts={school: part}
    )
    chosen = addressees_at(school=school, hub=hub)
    return sharing.share(part=engagement_factories.part_of(conversation), recipients=chosen, by=officer).version
