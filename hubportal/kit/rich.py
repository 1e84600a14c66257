"""Long texts with headings, lists, bold and links: kept as they are typed, read as Markdown (CommonMark), drawn for a
page, a Word document or a count of words. No query.

Nothing that is typed falls away: what is no heading, list, bold or link stays the characters that it is (HTML,
pictures, tables, quotations, code, links to what is neither a website nor an email address). A line break is a line
break, so a text that was typed before there was an editor looks as it was typed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote, urlsplit

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

SCHEMES = {"http", "https", "mailto"}
TAGS = {"p", "br", "ul", "ol", "li", "strong", "a", *(f"h{level}" for level in range(2, 7))}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, **{tag: {"dir"} for tag in TAGS if tag[0] in "ph" or tag == "li"}}
REL = "nofollow noopener noreferrer"
LEFT_OUT = (
    *("blockquote", "code", "fence", "hr", "html_block", "lheading", "reference", "table"),
    *("backticks", "entity", "html_inline", "image", "strikethrough"),
)
# What people and word processors put before the items of a list, besides the "-" of Markdown.
BULLET = re.compile(r"^(\s*)(?:[•▪◦‣·●○]\s*|[-–—](?:\s+|(?=[^\W\d_]))|[*+]\s+)(?=\S)")
HEADING = re.compile(r"^#{1,6}(?=[A-Z])")
ITEM = re.compile(r"^\s*(-|\d{1,9}(?=[.)]))[.)]?(?:\s|$)")


@dataclass(frozen=True)
class Run:
    """Words set alike. `href` is where they lead, if they do."""

    words: str
    is_bold: bool = False
    href: str = ""


@dataclass(frozen=True)
class Block:
    """A heading of the first or second rank ("h"), an item of a list ("ul" or "ol", `rank` deep), or a paragraph ("p",
    in an item where its rank is above 0). `number` is an ordered item's; `is_first` says that its list begins."""

    kind: str
    runs: tuple[Run, ...]
    rank: int = 0
    number: int = 0
    is_first: bool = False

    @property
    def words(self) -> str:
        return "".join(each.words for each in self.runs)


def html(text: str | None, under: int = 2) -> SafeString:
    """The text for a page, safe to put there. `under` is the level of the heading that it stands below, from 1."""
    tokens = _tokens(text or "")
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(under + token.meta['rank'], 6)}"
        if token.type in ("heading_open", "paragraph_open", "list_item_open"):
            token.attrSet("dir", "auto")
    drawn = _reader.renderer.render(tokens, _reader.options, {})
    clean = nh3.clean(drawn, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=REL)
    return mark_safe(clean.strip())  # noqa: S308  # what nh3 has let through


def plain(text: str | None, *, addresses: bool = True) -> str:
    """The text without its markup: one line a heading, a paragraph's line or an item of a list. `addresses` writes
    where links lead behind their words."""
    lines: list[str] = []
    for block in blocks(text or ""):
        mark = {"ul": "- ", "ol": f"{block.number}. "}.get(block.kind, "")
        said = "".join(_said(run, addresses) for run in block.runs)
        deep = 0 if block.kind == "h" else block.rank
        if lines and (not deep or (block.is_first and deep == 1)):
            lines.append("")
        lines.append(f"{'  ' * (deep - 1)}{mark}{said}")
    return "\n".join(lines)


def _said(run: Run, addresses: bool) -> str:
    shown = run.href.removeprefix("mailto:")
    return f"{run.words} ({shown})" if addresses and run.href and shown != run.words else run.words


def words_of(text: str) -> int:
    """How many words, without marks that stand alone."""
    return sum(1 for each in plain(text, addresses=False).split() if re.search(r"\w", each))


def lowered(text: str) -> str:
    """The text with its headings one rank lower, to stand below a heading."""
    return re.sub(r"^#{1,5}(?=\s)", r"\g<0>#", text, flags=re.M)


def blocks(text: str) -> list[Block]:
    """The text in order, for what is no page."""
    found: list[Block] = []
    lists: list[tuple[str, int]] = []  # those that are open, each with the number of its next item
    opened, at_item = False, False
    heading = 0
    for token in _tokens(text):
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                lists.append((token.tag, int(token.attrGet("start") or 1)))
                opened = True
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                at_item = True
            case "list_item_close":
                tag, number = lists[-1]
                lists[-1] = tag, number + 1
                at_item = False
            case "heading_open":
                heading = token.meta["rank"]
            case "heading_close":
                heading = 0
            case "inline":
                runs = tuple(_runs(token.children or []))
                tag, number = lists[-1] if lists else ("p", 0)
                if heading:
                    found.append(Block("h", runs, heading))
                elif at_item:
                    found.append(Block(tag, runs, len(lists), number if tag == "ol" else 0, opened))
                else:
                    found.append(Block("p", runs, len(lists)))
                opened = at_item = False
    return found


def _runs(children: list[Token]) -> Iterator[Run]:
    depth, href = 0, ""
    for child in children:
        match child.type:
            case "strong_open" | "strong_close":
                depth += child.nesting
            case "link_open":
                href = str(child.attrGet("href") or "")
            case "link_close":
                href = ""
            case "softbreak" | "hardbreak":
                yield Run("\n", depth > 0, href)
            case _:
                if child.content:
                    yield Run(child.content, depth > 0, href)


def written(runs: Iterable[Run], *, at_start: bool = True) -> str:
    """Words set as the runs are, as somebody would type them: what would be read as markup and is none is escaped, as
    the editor does it."""
    found = ""
    for (is_bold, href), same in groupby(runs, key=lambda run: (run.is_bold, run.href)):
        words = "".join(run.words for run in same)
        inner = words.strip()
        if not inner:
            found += words
            continue
        lead, trail = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
        said = _escaped(inner, at_start=at_start if not found else (found + lead).endswith("\n"))
        if is_bold:
            said = f"**{said}**"
        if href and may_lead_to(href):
            leads = re.sub(r"[\s<>]", lambda each: quote(each[0]), href)
            said = "[{}]({})".format(said, re.sub(r"[()\\]", r"\\\g<0>", leads))
        found += f"{lead}{said}{trail}"
    return found.strip()


def _escaped(words: str, *, at_start: bool) -> str:
    words = re.sub(r"\\(?=[!-/:-@\[-`{-~]|$)", r"\\\\", words)
    words = re.sub(r"(?<!\s)\*|\*(?!\s)", r"\\*", words)
    words = re.sub(r"(?<!\w)_|_(?!\w)", r"\\_", words)
    words = re.sub(r"\](?=\(|$)", r"\\]", words)
    words = re.sub(r"<(?=[A-Za-z][\w+.-]*:|[^\s<>]+@)", r"\\<", words)
    starts = re.compile(r"^(\s*)(-(?=\s|[^\W\d_]|$)|\+(?=\s|$)|#{1,6}(?=\s|[A-Z]|$))|^(\s*\d{1,9})([.)])(?=\s|$)", re.M)
    lines = words.split("\n")
    for at, line in enumerate(lines):
        if at or at_start:
            lines[at] = starts.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[3]}\\{m[4]}", line)
    return "\n".join(lines)


def may_lead_to(address: str) -> bool:
    """Whether a link may lead there: a website or an email address."""
    try:
        return urlsplit(address.strip()).scheme.lower() in SCHEMES
    except ValueError:
        return False


class _Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        return may_lead_to(url)


_reader = _Reader("commonmark", {"html": False, "breaks": True})
_reader.disable(LEFT_OUT, True)


def _tokens(text: str) -> list[Token]:
    """The text read: headings ranked 1 or 2 by what is there, no empty ones, no emphasis but bold."""
    tokens = _reader.parse(_as_markdown(text))
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    found: list[Token] = []
    for at, token in enumerate(tokens):
        if token.type.startswith("heading_"):
            inline = tokens[at + 1] if token.type == "heading_open" else tokens[at - 1]
            if not inline.content.strip():
                continue
            token.meta = {"rank": min(levels.index(token.tag) + 1, 2)}
        elif token.type == "inline":
            if not token.content.strip():
                continue
            token.children = [_only_bold(child) for child in token.children or []]
        found.append(token)
    return found


def _only_bold(child: Token) -> Token:
    """Emphasis with one mark is no bold: its marks stay as they were typed."""
    return Token("text", "", 0, content=child.markup) if child.type in ("em_open", "em_close") else child


def _as_markdown(text: str) -> str:
    """The text with the bullets that people type as Markdown has them, and with lists that end where items end."""
    lines: list[str] = []
    in_list, was_blank = False, True
    for typed in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = HEADING.sub(r"\g<0> ", BULLET.sub(r"\1- ", typed))
        item = ITEM.match(line)
        if item and (in_list or was_blank or item[1] in ("-", "1")):
            in_list = True
        elif line[:1].strip():  # neither an item nor set in below one
            if in_list:
                lines.append("")
            in_list = False
        was_blank = not line.strip()
        lines.append(line)
    return "\n".join(lines)
