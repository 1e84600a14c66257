"""Answering a section of a plan by a link from an email, without an account."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views import View

from hubportal.kit import drafts
from hubportal.kit.link_views import LinkCodePage, LinkDraftPage, LinkOpenPage, LinkPage
from hubportal.kit.models import Author, Draft, SignedLink
from schools.models import Hub
from smdp import answers, link_reading, partnership
from smdp.actions import section_answers as actions
from smdp.asking import section_of
from smdp.models import SectionAnswer
from smdp.permissions import can_write_plan
from smdp.talk_forms import AnswerBook
from smdp.views.sections import pressed


class SectionLinkPage(LinkPage):
    """A page about the section that the link was made for."""

    purpose = actions.PURPOSE
    urls = "smdp:section-link"
    main = "write"

    def leads_on(self, link: SignedLink) -> bool:
        """Three queries."""
        answer = link_reading.answer_behind(link)
        section = section_of(answer.section) if answer else None
        if answer is None or section is None:
            return False
        self.section, self.plan, self.hub = section, answer.section.plan, link_reading.hub_of(link)
        self.take(answer)
        return True

    def take(self, answer: SectionAnswer) -> None:
        """Nothing is made of it before the code is typed in."""

    def hub_of(self, link: SignedLink) -> Hub | None:
        return link_reading.hub_of(link)

    def usual_page(self, request: HttpRequest) -> str:
        return self.plan.section_url(self.section.key) if can_write_plan(request.user, self.plan) else ""

    def base_context(self) -> dict[str, Any]:
        more = {"section": self.section, "plan": self.plan, "school": self.plan.school}
        return {**super().base_context(), **more}


class SectionLinkOpen(SectionLinkPage, LinkOpenPage):
    template_name = "smdp/section_link_open.html"


class SectionLinkCode(SectionLinkPage, LinkCodePage):
    go_on = "Open the section"
    subject_template = "smdp/email/section_code.subject.txt"
    body_template = "smdp/email/section_code.txt"


class SectionLinkWriting(SectionLinkPage):
    """What they write, in a draft that the first words begin."""

    def take(self, answer: SectionAnswer) -> None:
        self.answer = answer

    def begun(self) -> Draft:
        """Raises DraftClosed once the school has settled the answers."""
        draft = actions.begin_writing(answer=self.answer, base_revision=self.base_revision())
        if not draft.is_open:
            raise drafts.DraftClosed(
                f"{self.plan.school.name} has settled these answers already, so nothing was saved. Your words are "
                "still on this page: copy them, and send them to whoever asked you."
            )
        return draft

    def base_revision(self) -> int:
        """The state of the section that this page was made from; never one that is still to come."""
        said, newest = self.request.POST.get("base_revision", ""), self.answer.section.draft.revision
        return min(int(said), newest) if said.isdecimal() and len(said) < 10 else newest


class SectionLinkDraft(SectionLinkWriting, LinkDraftPage):
    """The address that their page saves itself to."""

    def get_draft(self) -> Draft:
        return self.begun()

    def may_edit(self, draft: Draft) -> bool:
        return True  # the link has been looked at

    def writer(self, draft: Draft) -> Author:
        return Author(self.link.created_by, self.answer.writer)

    def get_shape(self, draft: Draft) -> drafts.Shape:
        return AnswerBook(self.section, self.request.POST).shape()


class SectionLinkWrite(SectionLinkWriting, View):
    """The questions, with what stands in the section when it is opened first and the writer's own words from then on.
    POST keeps every word, and gives them to the school where the button says so."""

    http_method_names = ["get", "head", "post"]

    def base_context(self) -> dict[str, Any]:
        return {**super().base_context(), "answer": self.answer}

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        if self.answer.outcome:
            unsent = self.answer.values if self.answer.values != self.answer.given else {}
            done = {"unsent": answers.chapter(self.section, unsent)}
            return render(request, "smdp/section_link_done.html", self.base_context() | done)
        draft = self.answer.draft
        values = draft.values if draft else actions.first_values(self.answer)
        return self.show(AnswerBook(self.section, drafts.as_data(values)))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        post = pressed(request.POST, self.section)
        book = AnswerBook(self.section, post)
        try:
            result = self.keep(post, book.shape())
        except ValidationError as error:
            return self.show(book, error.messages, status=409)
        if result.refused:
            return self.show(book, list(result.refused.values()), status=400)
        return self.after(post, result)

    def after(self, post: QueryDict, result: drafts.SaveResult) -> HttpResponse:
        """What the button says, once every word is kept."""
        if rows := drafts.pressed_row(post):
            return redirect(f"{self.address('write')}#{rows}")
        if result.conflicts:
            messages.warning(self.request, "You wrote the same answer in two windows. Choose which words to keep.")
            return self.to("write")
        if drafts.only_saving(post):
            messages.success(self.request, "Saved. The school does not read it until you send it.")
            return self.to("write")
        return self.give(AnswerBook(self.section, drafts.as_data(result.values), quiet=False))

    def keep(self, post: QueryDict, shape: drafts.Shape) -> drafts.SaveResult:
        by, words_of = self.link.created_by, self.answer.writer
        return drafts.take_post(draft=self.begun(), post=post, by=by, words_of=words_of, shape=shape)

    def give(self, book: AnswerBook) -> HttpResponse:
        if not book.is_valid():
            return self.show(book, status=400)
        try:
            actions.give(answer=self.answer, **book.who.cleaned_data)
        except ValidationError as error:
            return self.show(book, error.messages, status=409)
        messages.success(self.request, f"Thank you. {self.plan.school.name} has your answers, and was told.")
        return self.to("write")

    def show(self, book: AnswerBook, problems: list[str] | None = None, status: int = 200) -> HttpResponse:
        base = self.answer.base_revision
        context = {
            **self.base_context(),
            "book": book,
            "partnership": partnership.by_link(self.answer.section, self.link.created_by),
            "base_revision": self.base_revision() if base is None else base,
            "sentences": [(each, "") for each in problems or []] + book.problems(),
            "draft_page": drafts.page(
                draft=self.answer.draft or Draft(),
                user=self.link.created_by,
                shape=book.shape(),
                url=self.address("draft"),
                key=self.answer.uuid,
            ),
        }
        return render(self.request, "smdp/section_link_write.html", context, status=status)
