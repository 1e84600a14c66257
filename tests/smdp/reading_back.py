"""A published summary read back, and what the department's template has in it, in order."""

import io

import mammoth
import pikepdf
import pypdfium2

TITLE = "Music development plan summary: Millbrook Junior School"
ROWS = [
    "Academic year that this summary covers",
    "Date this summary was published",
    "Date this summary will be reviewed",
    "Name of the school music lead",
    "Name of school leadership team member with responsibility for music (if different)",
    "Name of local music hub",
    "Name of other music education organisation(s) (if partnership in place)",
]
PARTS = [
    "Overview",
    "Part A: Curriculum music",
    "Part B: Co-curricular music",
    "Part C: Musical experiences",
    "In the future",
    "Further information",
]


def pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "\n")
    finally:
        document.close()


def pdf_tags(content: bytes) -> list[str]:
    """What a screen reader is told of a PDF, in the order in which it reads: "H1", "H2", "Table". Nothing where the
    file does not say that it is tagged."""
    with pikepdf.open(io.BytesIO(content)) as document:
        if not document.Root.get("/MarkInfo", {}).get("/Marked", False):
            return []
        return _tags_under(document.Root.StructTreeRoot)


def _tags_under(element: pikepdf.Object) -> list[str]:
    kids = element.get("/K", [])
    found = [str(element.S).removeprefix("/")] if "/S" in element else []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += _tags_under(kid)
    return found


def docx_html(content: bytes) -> str:
    return mammoth.convert_to_html(io.BytesIO(content)).value


def in_order(words: list[str], text: str) -> bool:
    """Whether each stands after the one before it, whatever the line breaks."""
    flat, at = " ".join(text.split()), 0
    for each in words:
        at = flat.find(each, at)
        if at < 0:
            return False
        at += len(each)
    return True
