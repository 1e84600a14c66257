"""The public summary as a Word document, from a published version: real headings, a real table, nothing drawn. With
`reports.word_text` the only module that knows python-docx. The same version gives the same bytes for ever."""

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from docx import Document as new_document
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from reports import word_text
from smdp.models import SummaryVersion
from smdp.summaries import shape

TYPEFACE = "Arial"  # on every computer that opens it
INK = RGBColor(0x1F, 0x14, 0x30)
SIZES = {"Normal": 11, "Title": 22, "Heading 1": 16, "Heading 2": 13}
EPOCH = (2000, 1, 1, 0, 0, 0)  # the time of every file inside, so that the bytes stay the same


@dataclass(frozen=True, slots=True)
class Docx:
    content: bytes
    pages: int = 0  # only a word processor knows


def draw(version: SummaryVersion) -> Docx:
    """The document of a version. No queries when the version and who made it are loaded."""
    said = version.content
    document = new_document()
    _styles(document)
    _properties(document, version)
    document.add_heading(said["title"], level=0)
    document.add_heading(shape.OVERVIEW, level=1)
    _table(document, said["rows"])
    document.add_paragraph(said["statement"])
    for part in said["parts"]:
        document.add_heading(part["title"], level=1)
        if part["about"]:
            document.add_paragraph(part["about"])
        word_text.write(document, part["text"])
    kept = io.BytesIO()
    document.save(kept)
    return Docx(_without_clock(kept.getvalue()))


def _table(document: Document, rows: list[list[str]]) -> None:
    """The overview, its first row marked as the one that heads the columns."""
    table = document.add_table(rows=1, cols=len(shape.COLUMNS), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, shape.COLUMNS, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    heads = OxmlElement("w:tblHeader")
    heads.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(heads)
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.add_paragraph()


def _styles(document: Document) -> None:
    for name, size in SIZES.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = TYPEFACE, Pt(size), INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    document.styles["Normal"].element.get_or_add_rPr().append(language)


def _properties(document: Document, version: SummaryVersion) -> None:
    about, at = document.core_properties, datetime.combine(version.published_on, time(), tzinfo=UTC)
    about.title, about.language, about.comments = version.content["title"], "en-GB", ""
    about.author = about.last_modified_by = version.content["school"]
    about.created = about.modified = at
    about.revision = version.number


def _without_clock(content: bytes) -> bytes:
    """The same package with the same times in it, whenever it was made."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(zipfile.ZipInfo(name, EPOCH), given.read(name), zipfile.ZIP_DEFLATED)
    return kept.getvalue()
