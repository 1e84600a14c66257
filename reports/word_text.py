"""A long text with headings, lists, bold and links in a Word document: by Word's own styles, numbering and links."""

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from hubportal.kit import rich

DEEPEST = 3  # of Word's ready-made styles for lists
STYLES = {"ul": "List Bullet", "ol": "List Number", "p": "List Continue"}


def write(document: Document, text: str, *, under: int = 1) -> None:
    """Put the text at the document's end, its headings below those of level `under`."""
    counting: dict[int, int] = {}  # Word's number of the list that is open, by how deep it is
    for block in rich.blocks(text):
        if block.kind == "h":
            _runs(document.add_heading("", level=under + block.rank), block)
        elif block.rank:
            deep = min(block.rank, DEEPEST)
            item = document.add_paragraph(style=f"{STYLES[block.kind]} {deep}" if deep > 1 else STYLES[block.kind])
            if block.kind == "ol":
                if block.is_first:
                    counting[deep] = _list_from(document, item, block.number)
                _count(item, counting[deep])
            _runs(item, block)
        else:
            _runs(document.add_paragraph(), block)


def _runs(paragraph: Paragraph, block: rich.Block) -> None:
    for run in block.runs:
        made = paragraph.add_run(run.words)
        if run.is_bold:
            made.bold = True
        if run.href:
            made.font.underline = True
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), paragraph.part.relate_to(run.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            made._r.addprevious(link)
            link.append(made._r)


def _list_from(document: Document, item: Paragraph, number: int) -> int:
    """A list of its own that begins at `number`: Word counts on through all paragraphs of a style."""
    numbering = document.part.numbering_part.element
    style = item.style.element.pPr.numPr.numId.val  # type: ignore[union-attr]  # the styles of lists all have it
    kind = next(each.abstractNumId.val for each in numbering.num_lst if each.numId == style)
    made = numbering.add_num(kind)
    made.add_lvlOverride(ilvl=0).add_startOverride(number)
    return made.numId


def _count(item: Paragraph, number: int) -> None:
    counted = item._p.get_or_add_pPr().get_or_add_numPr()
    counted.get_or_add_numId().val = number
    counted.get_or_add_ilvl().val = 0
