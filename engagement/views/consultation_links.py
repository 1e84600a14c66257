"""Answering a consultation by the link in an email, without an account. The link may be passed on within the school, so
it asks for no code: it opens the questions, what the school has written so far and what it has answered, and nothing
else."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views import View

from engagement.actions import consultations as actions
from engagement.consultations import link_reading
from engagement.models import ConsultationSchool
from engagement.views.consultation_answering import Answering, saver
from hubportal.kit import drafts, links
from hubportal.kit.link_views import LinkDraftPage, LinkPage
from hubportal.kit.models import Author, Draft, SignedLink
from schools.access import access_of
from schools.models import Hub


class ConsultationLinkPage(Answering, LinkPage):
    """A page about the questions that the link was made for."""

    purpose = ConsultationSchool.PURPOSE
    urls = "engagement:consultation-link"
    main = "open"
    needs_code = False
    form_template = "engagement/consultations/link_open.html"

    def leads_on(self, link: SignedLink) -> bool:
        asked = link_reading.asked_behind(link)
        if asked is None:
            return False
        self.asked, self.consultation, self.hub = asked, asked.consultation, asked.hub
        return True

    def hub_of(self, link: SignedLink) -> Hub | None:
        return link_reading.hub_of(link)

    def usual_page(self, request: HttpRequest) -> str:
        """The hub's own people read the answers, the school's own leaders and editors answer as themselves; whoever
        else is signed in answers by the link."""
        if self.asked.school_id in access_of(request.user).writing_school_ids:
            return self.asked.get_answer_url()
        rows = ConsultationSchool.objects.of_hub_for(request.user).filter(pk=self.asked.pk)
        return self.asked.get_absolute_url() if rows.exists() else ""

    def writer(self, draft: Draft | None = None) -> Author:
        """As they sign, else as the link was sent."""
        typed = " ".join(self.request.POST.get("name", "").split())
        return Author(saver(self.consultation), typed[:120] or self.link.name or self.link.email)

    def signed(self) -> dict[str, Any]:
        return {"link": self.link}

    def known_name(self) -> str:
        return self.link.name

    def draft_url(self) -> str:
        return self.address("draft")

    def leave(self) -> HttpResponseRedirect:
        return self.to("open")

    def stay(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(f"{self.address('open')}?change=yes")


class ConsultationLinkOpen(ConsultationLinkPage, View):
    """The questions; once they are answered, what was sent and by whom, with the way to change it until the closing
    day (`?change=yes`). GET adds a receipt and nothing else."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        links.record_opening(link=self.link)
        if not self.consultation.is_open or (self.asked.answer and "change" not in request.GET):
            return self.show("engagement/consultations/link_done.html")
        return self.show_form(self.begun())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.take(request)

    def show(self, template: str, status: int = 200, **more: Any) -> HttpResponse:
        return super().show(template, status, token=self.token, link=self.link, **more)


class ConsultationLinkDraft(ConsultationLinkPage, LinkDraftPage):
    """The address that their page saves itself to."""

    def get_draft(self) -> Draft:
        return actions.begin_writing(asked=self.asked)

    def may_edit(self, draft: Draft) -> bool:
        return True  # the link has been looked at

    def get_shape(self, draft: Draft) -> drafts.Shape:
        return drafts.shape_of(self.form(self.request.POST))
