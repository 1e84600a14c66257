"""A hub's own questions in the plans of its schools, and what was answered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from hubportal.accounts.models import User
from schools.access import access_of
from schools.models import Hub
from smdp import answers
from smdp.actions import hub_questions as actions
from smdp.hub_question_forms import HubQuestionForm
from smdp.models import HubQuestion
from smdp.permissions import can_ask_questions
from smdp.querysets.plans import newest_shared
from smdp.sections import own


def question_of(request: HttpRequest, pk: UUID) -> HubQuestion:
    """The question that the address names: 404 where it is not the person's hub's. One query."""
    return get_object_or_404(HubQuestion.objects.visible_to(request.user).select_related("hub", "retired_by"), uuid=pk)


def hubs_of(user: User) -> list[Hub]:
    """Those whose staff the person is. 403 for everybody else. One query."""
    hubs = list(Hub.objects.visible_to(user).filter(pk__in=access_of(user).hub_ids))
    if not hubs:
        raise PermissionDenied("The hub’s own questions are for its staff.")
    return hubs


class HubQuestionList(View):
    """The questions that new plans carry, and those that were retired."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = HubQuestion.objects.visible_to(request.user).select_related("hub", "retired_by")
        groups = [
            {
                "hub": hub,
                "standing": [each for each in rows if each.hub_id == hub.pk and each.retired_at is None],
                "retired": [each for each in rows if each.hub_id == hub.pk and each.retired_at is not None],
                "may_ask": can_ask_questions(request.user, hub.pk),
            }
            for hub in hubs_of(request.user)
        ]
        context = {"groups": groups, "most": HubQuestion.MOST}
        return render(request, "smdp/hub_questions/list.html", context)


class HubQuestionCreate(View):
    """One more question; `?hub=` for those who manage several."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(HubQuestionForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = HubQuestionForm(request.POST)
        hub = self.hub()
        if form.is_valid():
            try:
                actions.ask(hub=hub, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, "Added. Plans that are begun from now on carry it.")
                return redirect("smdp:hub-question-list")
        return self.show(form, status=400)

    def hub(self) -> Hub:
        mine = [each for each in hubs_of(self.request.user) if can_ask_questions(self.request.user, each.pk)]
        if not mine:
            raise PermissionDenied("A manager of the hub decides what it asks its schools.")
        return next((each for each in mine if each.slug == self.request.GET.get("hub", "")), mine[0])

    def show(self, form: HubQuestionForm, status: int = 200) -> HttpResponse:
        return render(self.request, "smdp/hub_questions/form.html", {"form": form, "hub": self.hub()}, status=status)


class HubQuestionEdit(View):
    """Other words for a question; plans that were begun keep those they have."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        question = self.question(pk)
        said: dict[str, Any] = {name: getattr(question, name) for name in ("label", "hint", "kind", "settings")}
        return self.show(question, HubQuestionForm(initial=said))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        question, form = self.question(pk), HubQuestionForm(request.POST)
        if form.is_valid():
            try:
                actions.reword(question=question, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, "Changed for the plans that are begun from now on.")
                return redirect("smdp:hub-question-list")
        return self.show(question, form, status=400)

    def question(self, pk: UUID) -> HubQuestion:
        question = question_of(self.request, pk)
        if not can_ask_questions(self.request.user, question.hub_id):
            raise PermissionDenied("A manager of the hub decides what it asks its schools.")
        return question

    def show(self, question: HubQuestion, form: HubQuestionForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "hub": question.hub, "question": question}
        return render(self.request, "smdp/hub_questions/form.html", context, status=status)


class HubQuestionRetire(HubQuestionEdit):
    """New plans carry it no more."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        actions.retire(question=self.question(pk), by=request.user)
        messages.success(request, "Retired. Plans that carry it keep it and its answers.")
        return redirect("smdp:hub-question-list")


class HubQuestionAnswers(View):
    """What schools answered in the last version that each shared."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        question = question_of(request, pk)
        rows = []
        for version in newest_shared(request.user).select_related("plan__school"):
            for section in own.section_of_hub(version.own_questions, version.settings):
                field = next((each for each in section.fields() if each.name == question.name), None)
                if field is not None:
                    said = answers.said(field, version.answers.get(own.KEY, {}))
                    rows.append({"version": version, "school": version.plan.school, "words": said})
        context = {
            "question": question,
            "rows": rows,
            "answered": sum(bool(each["words"]) for each in rows),
            "counts": counts_of(rows) if question.kind == HubQuestion.Kind.CHOICE else [],
        }
        return render(request, "smdp/hub_questions/answers.html", context)


def counts_of(rows: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """How often each choice was made, in their order: ("Yes", 4)."""
    return [(words, sum(each["words"] == words for each in rows)) for _value, words in own.YES]
