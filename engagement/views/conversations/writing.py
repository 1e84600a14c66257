"""Writing in a conversation's draft: the quick form, the full form, its saving, and logging it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from engagement.actions import conversations as actions
from engagement.forms.conversations import Book, half_as_values, values_of
from engagement.meetings.panels import beside
from engagement.models import Conversation, ConversationPart
from engagement.permissions import can_discard_conversation, can_edit_conversation, can_move_part
from engagement.views.conversations import presses
from engagement.views.conversations.pages import DraftPages, Page
from hubportal.accounts.models import User
from hubportal.kit import drafts
from hubportal.kit.draft_views import DraftAutosaveView
from hubportal.kit.models import Draft

WRITTEN_TWICE = "The same answer was written in two places. Choose whose words to keep, then log it."


def _said(sentences: Iterable[str]) -> list[tuple[str, str]]:
    """Problems that are about no field."""
    return [(sentence, "") for sentence in sentences]


def editable(request: HttpRequest, pk: UUID) -> Conversation:
    """The conversation, for somebody who may write in it: 404 when it is not theirs to see, 403 when only to read."""
    rows = Conversation.objects.visible_to(request.user).select_related(
        "hub", "partner", "author", "framework", "trust"
    )
    conversation = get_object_or_404(rows, uuid=pk)
    if not can_edit_conversation(request.user, conversation):
        raise PermissionDenied
    return conversation


@transaction.atomic
def take_words(
    conversation: Conversation, draft: Draft, post: QueryDict, by: User, shape: drafts.Shape
) -> drafts.SaveResult:
    """Save what a page sends; with the first words the draft begins to be seen."""
    was_untouched = draft.revision == 0
    result = drafts.take_post(draft=draft, post=post, by=by, shape=shape)
    if was_untouched and result.revision:
        actions.first_words(conversation=conversation)
    return result


class ConversationEdit(View):
    """The draft's page. GET shows it and makes nothing; POST keeps every word first, then does what the button says."""

    http_method_names = ["get", "head", "post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.problems: list[tuple[str, str]] = []  # sentences, with the id of what each is about or ""

    def prepare(self) -> None:
        """Everything both methods need; 404 for another's conversation or a part that is not in it."""
        self.conversation = editable(self.request, self.kwargs["pk"])
        self.draft = actions.draft_of(self.conversation)
        parts = list(self.conversation.parts.select_related("school"))
        self.pages = DraftPages(self.conversation, parts)
        page = self.pages.find(self.request.GET.get("part", ""))
        if page is None:
            raise Http404
        self.page = page

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.prepare()
        if self.draft is None:
            return render(request, "engagement/conversation_take_up.html", {"conversation": self.conversation})
        checking = request.GET.get("check") == "1"
        book = self.book(drafts.as_data(self.draft.values), quiet=not checking)
        if checking:
            book.is_valid()
        return self.show(book)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.prepare()
        if self.draft is None:
            return self.take_up()
        result = self.keep()
        if result is None or result.refused:
            self.problems += _said(result.refused.values()) if result else []
            return self.show(self.book(request.POST, quiet=True), status=400)
        if "log" in request.POST and not drafts.only_saving(request.POST):
            return self.log(result)
        if given := request.POST.get("take_half", ""):
            return self.take_half(given)
        return self.go(presses.where_to(request.POST, self.pages, self.page))

    def take_up(self) -> HttpResponse:
        """Open a logged conversation for changes; a draft that has gone meanwhile begins again."""
        values = values_of(self.conversation, self.pages.parts)
        actions.take_up(conversation=self.conversation, values=values, by=self.request.user)
        return redirect(self.pages.address())

    def take_half(self, given: str) -> HttpResponse:
        """Put the words of the school's half into the draft, and go on in the full form, which has a place for them."""
        part = self.page.part
        found = beside(self.request.user, self.conversation, part) if part else []
        half = next((each for each in found if str(each.half.uuid) == given), None)
        if half is None or part is None or self.draft is None:
            raise Http404
        words = half_as_values(part, half.answer, half.answered, self.draft.values)
        drafts.save(draft=self.draft, base_revision=self.draft.revision, values=words, by=self.request.user)
        actions.open_full(conversation=self.conversation, by=self.request.user)
        messages.success(self.request, "Their words stand in your draft. The school reads them once you share it.")
        return redirect(self.pages.address() if len(self.pages.parts) == 1 else self.page.address())

    def keep(self) -> drafts.SaveResult | None:
        """Save what the page sends. None where it cannot be saved; the reason is then in `problems`."""
        book = self.book(self.request.POST, quiet=True)
        post = presses.pressed(self.request.POST, book)
        shape = (book if post is self.request.POST else self.book(post, quiet=True)).shape()
        try:
            return take_words(self.conversation, self.draft, post, self.request.user, shape)
        except ValidationError as error:
            self.problems += _said(error.messages)
            return None

    def log(self, result: drafts.SaveResult) -> HttpResponse:
        """Check everything, on every page of the draft, and write the record; else show what is wrong."""
        data = drafts.as_data(result.values)
        whole = self.pages.whole(user=self.request.user, data=data)
        if result.conflicts:
            self.problems.append((WRITTEN_TWICE, f"clash-{result.conflicts[0].pk}"))
        elif whole.is_valid():
            try:
                actions.log(
                    conversation=self.conversation, entry=whole.entry(), by=self.request.user, revision=result.revision
                )
            except ValidationError as error:
                self.problems += _said(error.messages)
            else:
                messages.success(self.request, "Logged. It stands in the timeline now.")
                return redirect(self.conversation.get_absolute_url())
        book = self.book(data, quiet=False)
        book.is_valid()
        return self.show(book, whole=whole, status=400)

    def go(self, address: str) -> HttpResponse:
        return HttpResponseRedirect(address)

    def book(self, data: QueryDict, *, quiet: bool) -> Book:
        return self.page.book(user=self.request.user, data=data, quiet=quiet)

    def show(self, book: Book, *, whole: Book | None = None, status: int = 200) -> HttpResponse:
        """The page as the draft, or the post, has it."""
        user = self.request.user
        context = {
            "conversation": self.conversation,
            "book": book,
            "page": self.page,
            "pages": self.pages,
            "draft_page": drafts.page(
                draft=self.draft, user=user, shape=book.shape(), url=self.page.address("engagement:conversation-draft")
            ),
            "sentences": self.problems + book.problems(),
            "elsewhere": self.pages.problems_elsewhere(whole, self.page) if whole else [],
            "is_again": self.conversation.state == Conversation.State.LOGGED,
            "may_move": self.page.part is not None and can_move_part(user, self.page.part),
            "may_discard": can_discard_conversation(user, self.conversation),
            "contact": book.contact,
            "following": self.pages.after(self.page),
            "halves": beside(user, self.conversation, self.page.part) if self.page.part else [],
            **self.page.context(book),
        }
        return render(self.request, self.page.template, context, status=status)


class ConversationOpenFull(ConversationEdit):
    """Go on in the full form, with all that was typed into the quick one."""

    http_method_names = ["post"]

    def go(self, address: str) -> HttpResponse:
        actions.open_full(conversation=self.conversation, by=self.request.user)
        return redirect(self.pages.address())


class ConversationDraft(DraftAutosaveView):
    """The address a draft's page saves itself to."""

    def get_draft(self) -> Draft:
        rows = Conversation.objects.visible_to(self.request.user).select_related("hub", "framework", "author")
        self.conversation = get_object_or_404(rows, uuid=self.kwargs["pk"])
        draft = actions.draft_of(self.conversation)
        if draft is None:
            raise Http404
        self.was_untouched = draft.revision == 0
        return draft

    def saved(self, draft: Draft, result: drafts.SaveResult) -> None:
        if self.was_untouched and result.revision:
            actions.first_words(conversation=self.conversation)

    def may_edit(self, draft: Draft) -> bool:
        return can_edit_conversation(self.request.user, self.conversation)

    def get_shape(self, draft: Draft) -> drafts.Shape:
        parts: list[ConversationPart] = list(self.conversation.parts.select_related("school"))
        page: Page | None = DraftPages(self.conversation, parts, form=self.request.GET.get("form", "")).find(
            self.request.GET.get("part", "")
        )
        if page is None:
            raise Http404
        return page.book(user=self.request.user, data=self.request.POST, quiet=True).shape()
