"""The pages of one draft: a quick form is one page; a full one is one page, or one for all and one for each school."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from engagement.forms.conversations import Book, Chapter
from engagement.models import Conversation, ConversationPart
from engagement.standing import levels_before
from hubportal.accounts.models import User
from hubportal.kit.wording import count
from schools.access import today
from schools.naming import told_apart

QUICK, FULL, COMMON, PART = "quick", "full", "common", "part"


@dataclass(frozen=True)
class Page:
    """One page: its kind, the part it is about (none on the common page), and its words."""

    kind: str
    conversation: Conversation
    every_part: Sequence[ConversationPart]
    part: ConversationPart | None = None

    @property
    def template(self) -> str:
        return "engagement/conversation_quick.html" if self.kind == QUICK else "engagement/conversation_edit.html"

    @property
    def key(self) -> str:
        """How the address names the page."""
        return str(self.part.uuid) if self.kind == PART and self.part else ""

    @property
    def title(self) -> str:
        """The school's name, told apart from the others of the conversation."""
        if self.part is None:
            return "What concerns every school"
        return told_apart(each.school for each in self.every_part)[self.every_part.index(self.part)]

    def address(self, name: str = "engagement:conversation-edit", **query: str) -> str:
        """This page's own address, or that to which it saves itself: which also says what form the page has."""
        wanted = {"part": self.key, **query}
        if name != "engagement:conversation-edit":
            wanted["form"] = Conversation.Form.QUICK if self.kind == QUICK else Conversation.Form.FULL
        found = {key: value for key, value in wanted.items() if value}
        return reverse(name, args=[self.conversation.uuid], query=found or None)

    def book(self, *, user: User, data: QueryDict, quiet: bool) -> Book:
        parts = {QUICK: self.every_part, FULL: self.every_part, COMMON: [], PART: [self.part]}[self.kind]
        return Book(
            conversation=self.conversation,
            user=user,
            data=data,
            every_part=self.every_part,
            parts=[part for part in parts if part],
            with_common=self.kind != PART,
            is_quick=self.kind == QUICK,
            quiet=quiet,
        )

    def context(self, book: Book) -> dict[str, Any]:
        """What the page shows beside the forms: the chapter, with where each criterion stood last time."""
        chapter: Chapter | None = book.chapters[0] if book.chapters else None
        if chapter and chapter.areas:
            before = levels_before(chapter.part, user=book.words.user)
            for each in chapter.judgements:
                each.last = before.get(each.criterion.code)
        days = [("Today", today()), ("Yesterday", today() - timedelta(days=1))]
        return {"chapter": chapter, "quick_dates": days, "sections": self.sections(chapter)}

    def sections(self, chapter: Chapter | None) -> list[tuple[str, str]]:
        """(id, words) of the page's sections, for its own navigation."""
        common = self.kind in (FULL, COMMON)
        wanted = [
            ("before", "Open from before", bool(chapter and chapter.carried)),
            ("when", "When and who", common),
            ("who", "Who came", self.kind == PART),
            ("said-to-all", "Said to every school", common and len(self.every_part) > 1),
            ("schools", "Each school’s part", self.kind == COMMON),
            ("said", "What was said", chapter is not None),
            ("levels", "Where music stands", bool(chapter and chapter.areas)),
            ("findings", "Covering well, to develop", bool(chapter and chapter.areas)),
            ("offers", "What it could offer", bool(chapter and not chapter.areas)),
            ("agreed", "What we agreed", chapter is not None),
            ("next", "Next time", chapter is not None),
            ("private", "For the hub alone", common),
        ]
        return [(key, words) for key, words, shown in wanted if shown]


class DraftPages:
    """Every page of a draft. `form` is the form the browser shows, where it is not that of the row any more."""

    def __init__(self, conversation: Conversation, parts: Sequence[ConversationPart], form: str = "") -> None:
        self.conversation, self.parts = conversation, parts
        form = form or conversation.form
        if form == Conversation.Form.QUICK and len(parts) == 1:
            self.all = [Page(QUICK, conversation, parts, parts[0])]
        elif len(parts) == 1:
            self.all = [Page(FULL, conversation, parts, parts[0])]
        else:
            self.all = [Page(COMMON, conversation, parts), *(Page(PART, conversation, parts, part) for part in parts)]

    def __iter__(self):
        return iter(self.all)

    def find(self, key: str) -> Page | None:
        return next((page for page in self.all if page.key == key), None)

    def after(self, page: Page) -> Page | None:
        """The page that follows, if any."""
        at = self.all.index(page) + 1
        return self.all[at] if at < len(self.all) else None

    def address(self) -> str:
        """Where the draft begins."""
        return reverse("engagement:conversation-edit", args=[self.conversation.uuid])

    def whole(self, *, user: User, data: QueryDict) -> Book:
        """Every form of the draft, ready to be checked and logged."""
        return Book(
            conversation=self.conversation,
            user=user,
            data=data,
            every_part=self.parts,
            is_quick=self.all[0].kind == QUICK,
            quiet=False,
        )

    def problems_elsewhere(self, whole: Book, here: Page) -> list[tuple[str, str]]:
        """(sentence, address) for each other page that has something to mend."""
        found = []
        for page in self.all:
            if page == here:
                continue
            chapters = [each for each in whole.chapters if page.part and each.part.pk == page.part.pk]
            forms = [form for chapter in chapters for form in chapter.parts()] or [whole.common, whole.ours]
            number = sum(_errors_of(form) for form in forms)
            if number:
                found.append((f"{page.title}: {count(number, 'thing')} to mend", page.address(check="1")))
        return found


def _errors_of(form) -> int:
    errors = form.errors if isinstance(form.errors, list) else [form.errors]
    return sum(len(each) for each in errors)
