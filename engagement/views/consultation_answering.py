"""Answering a consultation: the same questions and the same draft, signed in or by the link in an email."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from engagement.actions import consultations as actions
from engagement.consultations import questions as asking
from engagement.forms.consultations import ConsultationAnswerForm
from engagement.models import Consultation, ConsultationSchool
from hubportal.accounts.models import User
from hubportal.kit import drafts
from hubportal.kit.models import Author, Draft
from schools.models import Hub

NAMES = ("name", "job_title")


class Answering:
    """The questions of one school. Fill in `writer`, `signed`, `draft_url`, `leave` and the templates."""

    request: HttpRequest
    asked: ConsultationSchool
    consultation: Consultation
    hub: Hub
    asks_who = True
    form_template: str

    def writer(self, draft: Draft | None = None) -> Author:
        """Who saves it, and whose words they are."""
        raise NotImplementedError

    def signed(self) -> dict[str, Any]:
        """By whom it is sent, as the action takes it."""
        raise NotImplementedError

    def draft_url(self) -> str:
        """Where the page saves itself to."""
        raise NotImplementedError

    def leave(self) -> HttpResponseRedirect:
        """To the page that says what was sent."""
        raise NotImplementedError

    def stay(self) -> HttpResponseRedirect:
        """To the form again."""
        raise NotImplementedError

    def form(self, data: QueryDict, *, quiet: bool = True) -> ConsultationAnswerForm:
        return ConsultationAnswerForm(data, consultation=self.consultation, asks_who=self.asks_who, quiet=quiet)

    def begun(self) -> ConsultationAnswerForm:
        """The form as the school's draft has it; without one, with what was answered. Whoever sends anew signs anew."""
        stands, draft = self.asked.answer, self.asked.draft
        values = dict(draft.values if draft else stands.values if stands else {})
        if stands and [values.get(name) for name in NAMES] == [stands.name, stands.job_title]:
            values |= dict.fromkeys(NAMES, "")
        elif not stands and "name" not in values:
            values["name"] = self.known_name()
        return self.form(drafts.as_data(values))

    def known_name(self) -> str:
        return ""

    def take(self, request: HttpRequest) -> HttpResponse:
        """Keep every word that was posted, and send the answers unless the button only saves."""
        form = self.form(request.POST, quiet=False)
        if self.was_sent(form):
            return self.leave()
        author = self.writer()
        try:
            draft = actions.begin_writing(asked=self.asked)
            result = drafts.take_post(
                draft=draft, post=request.POST, by=author.by, words_of=author.words_of, shape=drafts.shape_of(form)
            )
        except ValidationError as problem:
            return self.refuse(self.form(request.POST), problem.messages, 409)
        if result.refused:
            return self.refuse(self.form(request.POST), list(result.refused.values()), 400)
        if drafts.only_saving(request.POST):
            messages.success(request, "Saved. The hub does not read it until somebody at your school sends it.")
            return self.stay()
        return self.send(self.form(drafts.as_data(result.values), quiet=False))

    def was_sent(self, form: ConsultationAnswerForm) -> bool:
        """Whether these very answers stand already: a second press on the same button."""
        stands = self.asked.answer
        if stands is None or not form.is_valid() or stands.values != form.values(form.cleaned_data):
            return False
        mine = form.who or {"name": str(self.request.user), "job_title": stands.job_title}
        return mine == {"name": stands.name, "job_title": stands.job_title}

    def send(self, form: ConsultationAnswerForm) -> HttpResponse:
        if not form.is_valid():
            return self.show_form(form, status=400)
        seen = self.request.POST.get("seen", "")
        try:
            values = form.values(form.cleaned_data)
            actions.answer(asked=self.asked, values=values, seen=seen, **self.signed(), **form.who)
        except ValidationError as problem:
            self.asked.refresh_from_db(fields=["answer"])
            return self.refuse(form, problem.messages, 409)
        messages.success(self.request, f"Thank you. {self.hub.name} has your answers.")
        return self.leave()

    def refuse(self, form: ConsultationAnswerForm, problems: list[str], status: int) -> HttpResponse:
        """The form with everything that was typed, and why it was not taken."""
        form.full_clean()
        for each in problems:
            form.add_error(None, each)
        return self.show_form(form, status=status)

    @property
    def is_changing(self) -> bool:
        """Whether somebody has begun to change what was sent, and not sent it yet."""
        stands, draft = self.asked.answer, self.asked.draft
        return bool(stands and draft and asking.clean(self.consultation.questions, draft.values) != stands.values)

    def show_form(self, form: ConsultationAnswerForm, status: int = 200) -> HttpResponse:
        by = self.writer().by
        page = drafts.page(
            draft=self.asked.draft or Draft(),
            user=by,
            shape=drafts.shape_of(form),
            url=self.draft_url(),
            key=self.asked.uuid,
        )
        return self.show(self.form_template, status=status, form=form, draft_page=page)

    def show(self, template: str, status: int = 200, **more: Any) -> HttpResponse:
        stands = self.asked.answer
        context = {
            "hub": self.hub,
            "asked": self.asked,
            "school": self.asked.school,
            "consultation": self.consultation,
            "answer": stands,
            "answered": asking.read(self.consultation.questions, stands.values) if stands else [],
            "is_changing": self.is_changing,
            **more,
        }
        return render(self.request, template, context, status=status)


def saver(consultation: Consultation) -> User:
    """Under whose name words of somebody without an account are saved: who has sent the questions."""
    return consultation.sent_by or consultation.made_by
