"""Answering a consultation by the link in an email, without an account. The link may be passed on within the school, so
it asks for no code: it opens the questions and what the school has answered to them, and nothing else."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from engagement.actions import consultations as actions
from engagement.consultations import link_reading
from engagement.consultations import questions as asking
from engagement.forms.consultations import ConsultationAnswerForm
from engagement.models import ConsultationSchool
from hubportal.kit import links
from hubportal.kit.link_views import LinkPage
from hubportal.kit.models import SignedLink
from schools.models import Hub


class ConsultationLinkOpen(LinkPage, View):
    """The questions; once they are answered, what was sent and by whom, with the way to change it until the closing
    day (`?change=yes`). GET adds a receipt and nothing else."""

    http_method_names = ["get", "head", "post"]
    purpose = ConsultationSchool.PURPOSE
    urls = "engagement:consultation-link"
    main = "open"
    needs_code = False

    def leads_on(self, link: SignedLink) -> bool:
        asked = link_reading.asked_behind(link)
        if asked is None:
            return False
        self.asked, self.consultation, self.hub = asked, asked.consultation, asked.hub
        return True

    def hub_of(self, link: SignedLink) -> Hub | None:
        return link_reading.hub_of(link)

    def usual_page(self, request: HttpRequest) -> str:
        """The hub's own people read the answers; whoever else is signed in answers."""
        rows = ConsultationSchool.objects.of_hub_for(request.user).filter(pk=self.asked.pk)
        return self.asked.get_absolute_url() if rows.exists() else ""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        links.record_opening(link=self.link)
        stands = self.asked.answer
        if not self.consultation.is_open or (stands and "change" not in request.GET):
            return self.show("engagement/consultations/link_done.html")
        initial = {**stands.values, "seen": str(stands.uuid)} if stands else {"name": self.link.name}
        return self.show_form(ConsultationAnswerForm(initial=initial, consultation=self.consultation))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = ConsultationAnswerForm(request.POST, consultation=self.consultation)
        if not form.is_valid():
            return self.show_form(form, status=400)
        said = form.cleaned_data
        try:
            actions.answer(
                asked=self.asked,
                link=self.link,
                values=form.values(said),
                name=said["name"],
                job_title=said["job_title"],
                seen=said["seen"],
            )
        except ValidationError as problem:
            return self.show_form(self.again(request, problem), status=409)
        messages.success(request, f"Thank you. {self.hub.name} has your answers.")
        return self.to("open")

    def again(self, request: HttpRequest, problem: ValidationError) -> ConsultationAnswerForm:
        """The form with everything that was typed, why it was not taken, and the answer that stands now."""
        self.asked.refresh_from_db(fields=["answer"])
        stands = self.asked.answer
        data = request.POST.copy()
        data["seen"] = str(stands.uuid) if stands else ""
        form = ConsultationAnswerForm(data, consultation=self.consultation)
        form.add_error(None, problem)
        return form

    def show_form(self, form: ConsultationAnswerForm, status: int = 200) -> HttpResponse:
        return self.show("engagement/consultations/link_open.html", status=status, form=form)

    def show(self, template: str, status: int = 200, **more: Any) -> HttpResponse:
        stands = self.asked.answer
        context = {
            "token": self.token,
            "link": self.link,
            "hub": self.hub,
            "asked": self.asked,
            "school": self.asked.school,
            "consultation": self.consultation,
            "answer": stands,
            "answered": asking.read(self.consultation.questions, stands.values) if stands else [],
            **more,
        }
        return render(self.request, template, context, status=status)
