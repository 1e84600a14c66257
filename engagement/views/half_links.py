"""Answering the hub's questions by the link in an email, without an account. The link may be passed on within the
school, so it asks for no code: it opens the questions and what the school has written so far, and once the answers
were sent not even those."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from engagement.actions import halves as actions
from engagement.forms.halves import WHO, HalfBook, WhoForm
from engagement.meetings import link_reading, questions
from engagement.models import SchoolHalf
from hubportal.kit import drafts, links
from hubportal.kit.link_views import LinkDraftPage, LinkPage
from hubportal.kit.models import Author, Draft, SignedLink
from schools.models import Hub


class HalfLinkPage(LinkPage):
    """A page about the questions that the link was made for."""

    purpose = SchoolHalf.PURPOSE
    urls = "engagement:half-link"
    main = "open"
    needs_code = False

    def leads_on(self, link: SignedLink) -> bool:
        half = link_reading.half_behind(link)
        if half is None:
            return False
        self.half, self.hub = half, half.hub
        return True

    def hub_of(self, link: SignedLink) -> Hub | None:
        return link_reading.hub_of(link)

    def usual_page(self, request: HttpRequest) -> str:
        rows = SchoolHalf.objects.visible_to(request.user).filter(pk=self.half.pk)
        return self.half.get_absolute_url() if rows.exists() else ""

    def writer_name(self) -> str:
        """Whose words they are: as they sign, else as the link was sent."""
        typed = " ".join(self.request.POST.get(f"{WHO}-name", "").split())
        return typed[:120] or self.link.name or self.link.email


class HalfLinkOpen(HalfLinkPage, View):
    """The questions with what the school has written so far. GET adds a receipt and nothing else; POST keeps every
    word, and sends the answers where the button says so."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        links.record_opening(link=self.link)
        values = self.half.draft.values if self.half.draft else {}
        return self.show(HalfBook(self.half, drafts.as_data(values), who=WhoForm))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        book = HalfBook(self.half, request.POST, who=WhoForm)
        if questions.was_sent(self.half, drafts.values_from(request.POST, book.shape())):
            return self.to("open")
        try:
            draft = actions.begin_writing(half=self.half)
            result = drafts.take_post(
                draft=draft,
                post=request.POST,
                by=self.half.asked_by,
                words_of=self.writer_name(),
                shape=book.shape(),
            )
        except ValidationError as error:
            return self.show(book, error.messages, status=409)
        if result.refused:
            return self.show(book, list(result.refused.values()), status=400)
        if drafts.only_saving(request.POST):
            messages.success(request, "Saved. The hub does not read it until somebody at your school sends it.")
            return self.to("open")
        return self.give(HalfBook(self.half, drafts.as_data(result.values), who=WhoForm, quiet=False))

    def give(self, book: HalfBook) -> HttpResponse:
        if not book.is_valid() or book.who is None:
            return self.show(book, status=400)
        try:
            actions.give(half=self.half, link=self.link, **book.who.cleaned_data)
        except ValidationError as error:
            return self.show(book, error.messages, status=409)
        messages.success(self.request, f"Thank you. {self.half.hub.name} has your answers, and was told.")
        return self.to("open")

    def show(self, book: HalfBook, problems: list[str] | None = None, status: int = 200) -> HttpResponse:
        half = self.half
        context: dict[str, Any] = {
            **self.base_context(),
            "half": half,
            "school": half.school,
            "meeting": half.meeting if half.meeting and half.meeting.is_in_diary else None,
            "answer": half.answer,
            "book": book,
            "sentences": [(each, "") for each in problems or []] + book.problems(),
            "draft_page": drafts.page(
                draft=half.draft or Draft(),
                user=half.asked_by,
                shape=book.shape(),
                url=self.address("draft"),
                key=half.uuid,
            ),
        }
        is_done = half.answered_at and not problems
        template = "engagement/half_link_done.html" if is_done else "engagement/half_link_open.html"
        return render(self.request, template, context, status=status)

    def base_context(self) -> dict[str, Any]:
        return {"token": self.token, "link": self.link, "hub": self.hub}


class HalfLinkDraft(HalfLinkPage, LinkDraftPage):
    """The address that their page saves itself to."""

    def get_draft(self) -> Draft:
        return actions.begin_writing(half=self.half)

    def may_edit(self, draft: Draft) -> bool:
        return True  # the link has been looked at

    def writer(self, draft: Draft) -> Author:
        return Author(self.half.asked_by, self.writer_name())

    def get_shape(self, draft: Draft) -> drafts.Shape:
        return HalfBook(self.half, self.request.POST, who=WhoForm).shape()
