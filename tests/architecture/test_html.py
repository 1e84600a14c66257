"""Every page that anybody meets: one h1, a language, a label for every field, and nothing inline or left over."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from tests.architecture.walking import Visit

pytestmark = pytest.mark.django_db

UNLABELLED_TYPES = {"hidden", "submit", "button", "reset", "image"}
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


class Page(HTMLParser):
    """What the checks need to know of a page."""

    def __init__(self, body: str) -> None:
        super().__init__(convert_charrefs=True)
        self.language = ""
        self.ids: Counter[str] = Counter()
        self.references: set[str] = set()
        self.labels: set[str] = set()
        self.fields: list[dict[str, str]] = []
        self.h1 = 0
        self.title = ""
        self.wrong: list[str] = []
        self._open: list[str] = []
        self._in_label = 0
        self._buttons: list[list[str]] = []
        self.texts: list[str] = []
        self.feed(body)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self._open.append(tag)
        if tag == "html":
            self.language = given.get("lang", "")
        self.h1 += tag == "h1"
        # A template's content is no part of the page until a script puts it there, with ids of its own.
        if "template" not in self._open and given.get("id"):
            self.ids[given["id"]] += 1
        for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
            if "template" not in self._open:
                self.references |= set(given.get(name, "").split())
        if tag == "label":
            self._in_label += 1
            self.labels.add(given.get("for", ""))
            if "template" not in self._open and given.get("for"):
                self.references.add(given["for"])
        if tag in ("input", "select", "textarea") and given.get("type") not in UNLABELLED_TYPES:
            self.fields.append(given | {"in_label": "yes" if self._in_label else ""})
        self.wrong += [f"<{tag} {name}>" for name in given if name.startswith("on") or name == "style"]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.wrong.append(f"<{tag}>")
        if given.get("href", "").startswith("javascript:"):
            self.wrong.append("javascript:")
        if tag == "img" and "alt" not in given:
            self.wrong.append("<img> without alt")
        if tag in ("input", "br", "img", "meta", "link", "hr", "source", "col", "wbr"):
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._in_label -= 1
        while tag in self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "title" in self._open[-1:]:
            self.title += data
        if not {"script", "style"} & set(self._open[-1:]):
            self.texts.append(data)

    def problems(self) -> list[str]:
        found = list(self.wrong)
        if not self.language.startswith("en"):
            found.append("no language")
        if self.h1 != 1:
            found.append(f"{self.h1} h1")
        if not self.title.strip(" –\n"):
            found.append("no title")
        found += [f"id {each} {times} times" for each, times in self.ids.items() if times > 1]
        found += [f"nothing has the id {each}" for each in self.references - set(self.ids)]
        for field in self.fields:
            named = field.get("aria-label") or field.get("aria-labelledby") or field["in_label"]
            if not named and field.get("id") not in self.labels:
                found.append(f"no label for {field.get('name') or field}")
        if left := LEFT_OVER.search("".join(self.texts)):
            found.append(f"left over: {left[0]}")
        return found


def test_every_page_is_well_made(walk: list[Visit]):
    wrong: dict[tuple[str, ...], str] = {}
    for visit in walk:
        if visit.is_page and visit.row.name.partition(":")[0] != "admin" and (found := Page(visit.body).problems()):
            wrong.setdefault(tuple(found), str(visit))
    assert {where: what for what, where in wrong.items()} == {}


# What a school shows everybody: caches keep one page for all, so it says nothing of who reads it.
SAME_FOR_ALL = {"smdp:summary-public", "smdp:summary-embed", "reports:summary-file"}


def test_every_page_of_somebody_signed_in_has_a_way_out(walk: list[Visit]):
    """Also the pages that say no."""
    missing = [
        str(visit)
        for visit in walk
        if visit.is_page
        and visit.role not in ("signed_out", "link_holder")
        and visit.row.name not in SAME_FOR_ALL
        and "Sign out" not in visit.body
    ]
    assert missing == []


# Text boxes in which nobody writes of a school: what came too late, to be copied; and the gallery's own.
WRITTEN_ELSEWHERE = re.compile("words-kept|kit:.*")


def test_every_free_text_says_what_must_not_be_written(walk: list[Visit]):
    """No pupil names, no safeguarding matters: in the hint that the box is described by."""
    silent = {}
    for visit in walk:
        if not visit.is_page or visit.row.name.startswith("admin:") or WRITTEN_ELSEWHERE.fullmatch(visit.row.name):
            continue
        for box in re.findall(r"<textarea\b(?![^>]*\breadonly\b)[^>]*>", visit.body):
            told = re.search(r'aria-describedby="([^"]*)"', box)
            hints = [
                re.search(rf'id="{re.escape(each)}"[^>]*>([^<]*)', visit.body)
                for each in (told[1].split() if told else [])
            ]
            words = " ".join(hint[1].lower() for hint in hints if hint)
            if "no pupil names" not in words or "safeguarding" not in words:
                silent.setdefault(re.search(r'name="([^"]*)"', box)[1], str(visit))
    assert silent == {}


# Pages that stand under no entry: one's home without a role, one's own account, what the footer leads to, and what a
# link in an email opens for whoever follows it, or one on a hub's own website.
PLACELESS = re.compile(
    "home|engagement:meeting-public.*|no-membership|account.*|help|accessibility|privacy|cookies|kit:.*|.*:link-.*|schools:invitation-accept"
)
# Those with a navigation of a few entries meet pages to which none of theirs leads.
FEW_ENTRIES = {"relationship_manager", "administrator", "partner_staff"}
NAVIGATION = re.compile(r'<nav aria-label="Main">(.*?)</nav>', re.S)


def test_every_page_says_where_in_the_navigation_it_stands(walk: list[Visit]):
    """One entry, and one only, is marked as the place of the page."""
    astray: dict[str, list[str]] = {}
    for visit in walk:
        if visit.is_page and visit.status == 200 and not PLACELESS.fullmatch(visit.row.name):
            entries = NAVIGATION.search(visit.body)
            marked = entries[1].count("aria-current=") if entries else 1
            if marked > 1 or (not marked and visit.role not in FEW_ENTRIES):
                astray.setdefault(visit.row.name, []).append(visit.role)
    assert [f"{name}: {roles}" for name, roles in astray.items()] == []


def test_the_checks_see_what_is_wrong():
    page = Page(
        "<html><h1>A</h1><h1>{{ b }}</h1><input name=c><p style='d' id=e><p id=e onclick=f><label for=g>h</label>"
    )
    assert sorted(page.problems()) == sorted(
        [
            "<p style>",
            "<p onclick>",
            "no language",
            "2 h1",
            "no title",
            "id e 2 times",
            "nothing has the id g",
            "no label for c",
            "left over: {{",
        ]
    )


def test_refusals_say_what_to_do_next(walk: list[Visit]):
    """403 and 404 are pages with words and a way on, whoever meets them."""
    refused = [visit for visit in walk if visit.status in (403, 404) and visit.is_page]
    assert refused
    assert [str(visit) for visit in refused if "<main" not in visit.body or 'href="/' not in visit.body] == []
