"""Reading and answering by a link from an email, without an account. Opening spends nothing: only a POST sends a
code."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.generic import FormView, TemplateView

from engagement import content, link_reading
from engagement.actions import responses, sharing
from engagement.forms.sharing import LinkRespondForm
from engagement.models import ConversationPart
from hubportal.kit.link_views import LinkCodePage, LinkOpenPage, LinkPage
from hubportal.kit.models import SignedLink
from schools.models import Hub


class PartLinkPage(LinkPage):
    """A page about the part that was shared by the link."""

    purpose = sharing.PURPOSE
    urls = "engagement:link"
    main = "read"

    def leads_on(self, link: SignedLink) -> bool:
        shared = link_reading.shared_by(link)
        if shared is None:
            return False
        self.part, self.version, self.hub = shared.part, shared, shared.part.conversation.hub
        return True

    def hub_of(self, link: SignedLink) -> Hub | None:
        return link_reading.hub_of(link)

    def usual_page(self, request: HttpRequest) -> str:
        entitled = ConversationPart.objects.shared_with(request.user).filter(pk=self.part.pk)
        return self.part.get_absolute_url() if entitled.exists() else ""

    def base_context(self) -> dict[str, Any]:
        return {**super().base_context(), "part": self.part}


class LinkOpen(PartLinkPage, LinkOpenPage):
    template_name = "engagement/link_open.html"


class LinkCode(PartLinkPage, LinkCodePage):
    go_on = "Read the report"
    subject_template = "engagement/email/code.subject.txt"
    body_template = "engagement/email/code.txt"


class LinkRead(PartLinkPage, TemplateView):
    """The same page as somebody signed in reads, of the newest version."""

    template_name = "engagement/link_read.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sharing.record_reading(version=self.version, link=self.link)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        read = link_reading.page_of(self.version) | {"report_url": self._report_url()}
        return super().get_context_data(**(kwargs | self.base_context() | read))

    def _report_url(self) -> str:
        """Where the report is downloaded by link; "" in a portal without that room."""
        try:
            return reverse("reports:link-report", args=[self.token])
        except NoReverseMatch:
            return ""


class LinkRespond(PartLinkPage, FormView):
    """The right of reply by link; who answers gives name and role, kept with the answer."""

    template_name = "engagement/link_respond.html"
    form_class = LinkRespondForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "safeguarding": self.version.content["hub"]["safeguarding_contact"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        read = {"page": content.thaw(self.version.content), "version": self.version}
        return super().get_context_data(**(kwargs | self.base_context() | read))

    def form_valid(self, form: LinkRespondForm) -> HttpResponse:
        try:
            responses.respond(version=self.version, link=self.link, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, "Thank you. Your answer stands beside the report, and the hub has been told.")
        return self.to("read")
