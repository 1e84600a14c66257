"""Whom the school asks by an emailed link to answer a section of its plan, and what becomes of the answers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from engagement.comparing import compare_lines
from hubportal.kit import drafts
from smdp import answers
from smdp.actions import section_answers as actions
from smdp.asking import section_of, title_of
from smdp.forms import SectionBook
from smdp.models import SectionAnswer
from smdp.permissions import can_write_plan
from smdp.talk_forms import SectionAskForm
from smdp.views.guests import OpenedSection


class SectionAsk(View):
    """Ask one person for the section."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        return self.show(OpenedSection(request, pk, key), SectionAskForm())

    def post(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        page = OpenedSection(request, pk, key)
        form = SectionAskForm(request.POST)
        if form.is_valid():
            try:
                answer, token = actions.ask(section=page.row, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                self.tell(answer, token)
                return redirect("smdp:guest-list", pk, key)
        return self.show(page, form, status=400)

    def tell(self, answer: SectionAnswer, token: str) -> None:
        to = answer.link.email
        if actions.email_asked(answer, token):
            messages.success(self.request, f"{answer.writer} has an email with a link to this section.")
        else:
            messages.error(self.request, f"The email to {to} could not be sent. End the link and ask again later.")

    def show(self, page: OpenedSection, form: SectionAskForm, status: int = 200) -> HttpResponse:
        context = {"plan": page.plan, "section": page.section, "form": form}
        return render(self.request, "smdp/section_ask.html", context, status=status)


def answer_of(request: HttpRequest, pk: UUID) -> SectionAnswer:
    """What somebody answered by a link: 404 where it is not for this person to see. One query."""
    rows = SectionAnswer.objects.visible_to(request.user).select_related(
        "link__created_by", "settled_by", "section__draft", "section__plan__school__type"
    )
    return get_object_or_404(rows, uuid=pk)


class AnswerDetail(View):
    """What was answered, word by word beside what the section says; taken over or laid aside by a button."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        answer = answer_of(request, pk)
        section, plan = section_of(answer.section), answer.section.plan
        context: dict[str, Any] = {
            "answer": answer,
            "plan": plan,
            "title": title_of(answer.section),
            "section_url": plan.section_url(answer.section.key),
            "may_settle": answer.is_waiting and can_write_plan(request.user, plan),
        }
        if section and answer.sent_at:
            now = {section.key: answer.section.draft.values}
            said = {section.key: answer.given}
            context["changes"] = compare_lines(answers.lines((section,), now), answers.lines((section,), said))
            context["chapter"] = answers.chapter(section, answer.given)
        return render(request, "smdp/section_answer.html", context)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        answer = answer_of(request, pk)
        plan = answer.section.plan
        if not can_write_plan(request.user, plan):
            raise PermissionDenied("The school’s leaders and editors write its plan.")
        try:
            if "lay_aside" in request.POST:
                actions.lay_aside(answer=answer, by=request.user)
                messages.success(request, f"The answers of {answer.writer} were laid aside. They stay here to be read.")
                return redirect(answer)
            section = section_of(answer.section)
            shape = SectionBook(section, drafts.as_data(answer.given)).shape() if section else None
            result = actions.take_over(answer=answer, shape=shape, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(answer)
        if result.conflicts:
            messages.warning(request, "You both wrote some of the answers. Choose below which words stand.")
        else:
            messages.success(request, f"The answers of {answer.writer} stand in this section now.")
        return redirect(plan.section_url(answer.section.key))


class AnswerEnd(View):
    """The link opens no more."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        answer = answer_of(request, pk)
        page = OpenedSection(request, answer.section.plan.uuid, answer.section.key)
        actions.end(answer=answer, by=request.user)
        messages.success(request, f"The link of {answer.writer} opens nothing any more.")
        return redirect("smdp:guest-list", page.plan.uuid, page.section.key)
