"""Word documents that people bring: their words as a rich text (`hubportal.kit.rich`), nothing of how they looked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.parsers.expat import ExpatError
from zipfile import ZipFile

import mammoth
from django.core.exceptions import ValidationError

from hubportal.kit import rich
from hubportal.kit.attached import NO_KIND, Bytes, FileKind, kind_of

MOST_XML = 8 * 1024**2  # bytes of the part that holds the words: 300 pages of text have one or two million
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
"""
BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd")


def words_in(file: Bytes) -> str:
    """What a Word document says: headings, lists, bold and links, the rows of its tables as lines. Its pictures,
    headers and footers stay behind.

    Raises ValidationError, with one sentence, where it is no such document, damaged, or made to unpack without end."""
    _check_is_word(file)
    with ZipFile(file) as archive:
        for part in archive.infolist():
            if part.filename.lower().endswith((".xml", ".rels")):
                if part.file_size > MOST_XML:
                    raise ValidationError("This Word document holds too much to be read. Paste its words instead")
                if b"<!DOCTYPE" in archive.read(part):
                    raise ValidationError("This Word document holds what Word never writes. Paste its words instead")
    file.seek(0)
    try:
        found = mammoth.convert_to_html(
            file,
            style_map=STYLES,
            convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
            external_file_access=False,
        )
    except (ExpatError, KeyError, ValueError, AttributeError, IndexError, OSError, RecursionError) as error:
        raise ValidationError(
            "This Word document cannot be read. Open it in Word, save it again, or paste its words instead"
        ) from error
    return markdown_of(found.value)


def _check_is_word(file: Bytes) -> None:
    other = ValidationError("This is not a Word document (.docx). Open it in Word, save it as .docx, then choose that")
    try:
        kind = kind_of(file)
    except ValidationError as error:
        raise (other if error.code == NO_KIND else error) from error
    if kind != FileKind.DOCX:
        raise other


def markdown_of(html: str) -> str:
    """The words of HTML as a rich text."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return writer.text()


@dataclass
class _List:
    tag: str
    number: int = 0


@dataclass
class _Block:
    text: str
    is_item: bool = False


@dataclass
class _Row:
    cells: list[str] = field(default_factory=list)


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self.runs: list[rich.Run] = []
        self.lists: list[_List] = []
        self.rows: list[_Row] = []
        self.bold, self.href, self.heading, self.marker = 0, "", 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in BLOCKS or tag in ("ul", "ol", "table", "tr"):
            self.flush()
        if tag in ("ul", "ol"):
            self.lists.append(_List(tag))
        elif tag == "li" and self.lists:
            self.lists[-1].number += 1
            self.marker = "- " if self.lists[-1].tag == "ul" else f"{self.lists[-1].number}. "
        elif tag[0] == "h" and tag[1:].isdecimal():
            self.heading = int(tag[1:])
        elif tag == "tr":
            self.rows.append(_Row())
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].cells.append("")
        elif tag in ("strong", "b"):
            self.bold += 1
        elif tag == "a":
            self.href = given.get("href") or ""
        elif tag == "br":
            self.runs.append(rich.Run("\n"))
        elif tag == "img" and given.get("alt"):
            self.handle_data(f" {given['alt']} ")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS or tag in ("ul", "ol", "table", "tr"):
            self.flush()
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "tr" and self.rows:
            line = " | ".join(self.rows.pop().cells)
            if line.replace("|", "").strip():
                self.put(line)
        elif tag in ("strong", "b"):
            self.bold = max(0, self.bold - 1)
        elif tag == "a":
            self.href = ""

    def handle_data(self, data: str) -> None:
        if data:
            self.runs.append(rich.Run(data.replace("\xa0", " ").replace("\xad", ""), self.bold > 0, self.href))

    def close(self) -> None:
        super().close()
        self.flush()

    def flush(self) -> None:
        """Put what was said since the last block began."""
        words = rich.written(self.runs, at_start=not self.heading)
        self.runs = []
        heading, self.heading = self.heading, 0
        if words:
            self.put(f"{'#' * min(heading, 6)} {' '.join(words.split())}" if heading and not self.rows else words)

    def put(self, words: str) -> None:
        """Into the cell of a table, the item of a list, or the text."""
        if self.rows and self.rows[-1].cells:
            self.rows[-1].cells[-1] = " ".join(f"{self.rows[-1].cells[-1]} {words}".split())
        elif self.lists:
            marker, self.marker = self.marker, ""
            indent = "   " * (len(self.lists) - (1 if marker else 0))
            lines = f"{marker}{words}".split("\n")
            hanging = "   " * len(self.lists)
            self.blocks.append(
                _Block("\n".join([indent + lines[0], *(hanging + each for each in lines[1:])]), bool(marker))
            )
        else:
            self.blocks.append(_Block(words))

    def text(self) -> str:
        return "".join(self._joined()).strip()

    def _joined(self) -> Iterator[str]:
        before = None
        for block in self.blocks:
            yield "\n" if before and before.is_item and block.is_item else "\n\n"
            yield block.text
            before = block
