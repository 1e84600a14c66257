"""Answering a section of a plan by a link from an email, without an account."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from hubportal.kit import drafts, kept_forms
from hubportal.kit.errors import summary_entries
from hubportal.kit.link_views import LinkCodePage, LinkOpenPage, LinkPage
from hubportal.kit.models import SignedLink
from schools.models import Hub
from smdp import answers, link_reading
from smdp.actions import section_answers as actions
from smdp.asking import section_of
from smdp.forms import SectionBook
from smdp.models import SectionAnswer
from smdp.permissions import can_write_plan
from smdp.talk_forms import SectionGiveForm
from smdp.views.sections import pressed

KEPT_MEANWHILE = (
    "You saved other words in another window meanwhile, so nothing was changed. They stand below, above your answers. "
    "Put together what you need, then save: that replaces them."
)


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


class SectionLinkWrite(SectionLinkPage, View):
    """The questions, with what stands in the section when it is opened first and the writer's own words from then on.
    POST keeps every word, and gives them to the school where the button says so."""

    http_method_names = ["get", "head", "post"]
    kept_meanwhile: answers.Chapter | None = None  # what was kept meanwhile, as from another window

    def take(self, answer: SectionAnswer) -> None:
        self.answer = answer

    def base_context(self) -> dict[str, Any]:
        return {**super().base_context(), "answer": self.answer}

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        if self.answer.outcome:
            unsent = self.answer.values if self.answer.values != self.answer.given else {}
            done = {"unsent": answers.chapter(self.section, unsent)}
            return render(request, "smdp/section_link_done.html", self.base_context() | done)
        values = self.answer.section.draft.values if self.answer.saved_at is None else self.answer.values
        signed = {"name": self.answer.writer, "job_title": self.answer.job_title}
        return self.show(SectionBook(self.section, drafts.as_data(values)), SectionGiveForm(initial=signed))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        post = pressed(request.POST, self.section)
        book, form = SectionBook(self.section, post), SectionGiveForm(request.POST)
        values, refused, _notes = drafts.clean(drafts.values_from(post, book.shape()), book.shape())
        seen = post.get("seen", "")
        if refused:
            return self.show(book, form, list(refused.values()), status=400, seen=seen)
        try:
            actions.keep(answer=self.answer, values=values, base_revision=self.base_revision(), seen=seen)
        except actions.KeptMeanwhile:
            self.kept_meanwhile = answers.chapter(self.section, self.answer.values)
            return self.show(book, form, [KEPT_MEANWHILE], status=409)
        except ValidationError:
            return self.show(book, form, [self.settled()], status=409)
        if "add_row" in post:
            return redirect(f"{self.address('write')}#{post['add_row']}")
        if "give" not in post or kept_forms.AGAIN in post:
            messages.success(request, "Saved. The school does not read it until you send it.")
            return self.to("write")
        book = SectionBook(self.section, drafts.as_data(values), quiet=False)
        checked = [book.is_valid(), form.is_valid()]
        if not all(checked):
            return self.show(book, form, status=400)
        actions.give(answer=self.answer, **form.cleaned_data)
        messages.success(request, f"Thank you. {self.plan.school.name} has your answers, and was told.")
        return self.to("write")

    def base_revision(self) -> int:
        """The state of the section that this page was made from; never one that is still to come."""
        said, newest = self.request.POST.get("base_revision", ""), self.answer.section.draft.revision
        return min(int(said), newest) if said.isdecimal() and len(said) < 10 else newest

    def settled(self) -> str:
        return (
            f"{self.plan.school.name} has settled these answers already, so nothing was saved. Your words are still on "
            "this page: copy them, and send them to whoever asked you."
        )

    def show(
        self,
        book: SectionBook,
        form: SectionGiveForm,
        problems: list[str] | None = None,
        status: int = 200,
        seen: str | None = None,
    ) -> HttpResponse:
        """`seen` where the page goes on from other words than those that are kept now."""
        if problems:  # who answers is not looked at
            form = SectionGiveForm(initial=self.request.POST.dict())
        found = [] if problems else [*book.problems(), *summary_entries(form)]
        context = {
            **self.base_context(),
            "book": book,
            "who": form,  # not "form": the layout would say twice that there are errors
            "base_revision": self.base_revision(),
            "seen": self.answer.kept_as if seen is None else seen,
            "kept_meanwhile": self.kept_meanwhile,
            "sentences": [(each, "") for each in problems or []] + found,
        }
        return render(self.request, "smdp/section_link_write.html", context, status=status)
