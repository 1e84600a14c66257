"""The files of a published summary, opened by other programs than those that wrote them."""

import shutil
import subprocess

import pytest

from reports import summary_docx, summary_pdf
from tests.smdp.factories import SUMMARY, make_plan, make_summary
from tests.smdp.reading_back import PARTS, ROWS, TITLE, in_order, pdf_tags, pdf_text

pytestmark = pytest.mark.django_db
LONGEST = 120  # seconds; a word processor starts slowly


def test_pdf_says_what_is_a_heading_a_table_and_a_list(school, head):
    version = make_summary(make_plan(school, by=head), by=head, further="Ask the hub.").current
    tags = pdf_tags(summary_pdf.draw(version).content)
    headings = [each for each in tags if each in ("H1", "H2", "H3", "Table")]
    assert headings == ["H1", "H2", "Table", "H2", "H2", "H3", *["H2"] * 3]
    assert (tags.count("TR"), tags.count("TH"), tags.count("LI")) == (1 + len(ROWS), 2 + len(ROWS), 2)


def test_word_file_opens_in_libreoffice_with_the_same_words(school, head, tmp_path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine: neither soffice nor libreoffice is on PATH")
    version = make_summary(make_plan(school, by=head), by=head, further="Ask the hub.").current
    word = tmp_path / "summary.docx"
    word.write_bytes(summary_docx.draw(version).content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(word)]
    subprocess.run(command, check=True, timeout=LONGEST, capture_output=True)
    text = pdf_text((tmp_path / "summary.pdf").read_bytes()).replace("-\n", "-")
    said = [SUMMARY["curriculum"], "Groups", "Choir, for everybody", "Brass band", "We sing in assembly.", "A band by"]
    assert in_order([TITLE, "Overview", "Detail", "Information", *ROWS, *PARTS[1:]], text)
    assert in_order([*said, "Ask the hub."], text)
