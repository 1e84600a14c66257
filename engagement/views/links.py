"""Reading and answering by a link from an email, without an account. Opening spends nothing: only a POST sends a
code."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from engagement import content, link_reading
from engagement.actions import responses, sharing
from engagement.forms.sharing import LinkCodeForm, LinkRespondForm
from engagement.models import ConversationPart
from hubportal.kit import links
from hubportal.kit.kept_forms import not_taken

Answer = HttpResponse | None


@method_decorator([login_not_required, never_cache], name="dispatch")
class LinkPage(View):
    """What every page of a link does first: find it, say plainly when it no longer opens, and lead whoever is signed in
    and may read the report anyway to its usual page. No address of these pages is told to another site."""

    needs_code = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = self.find(request) or super().dispatch(request, *args, **kwargs)
        # Not "no-referrer": with it a browser sends its forms with "Origin: null", which the CSRF check refuses.
        response["Referrer-Policy"] = "same-origin"
        return response

    def find(self, request: HttpRequest) -> Answer:
        """Set `link`, `part` and `version`; or the page that takes the place of this one."""
        self.token = self.kwargs["token"]
        found = links.look_up(token=self.token, purpose=sharing.PURPOSE)
        shared = link_reading.shared_by(found.link) if found.link else None
        if shared is None:
            hub = request.hub = link_reading.hub_of(found.ended or found.link)  # type: ignore[attr-defined]  # as below
            said = {"problem": links.PROBLEMS[found.problem or "revoked"], "hub": hub}
            return render(
                request, "engagement/link_ended.html", said, status=404 if found.problem == "unknown" else 410
            )
        self.link, self.part, self.version = found.link, shared.part, shared
        request.hub = self.part.conversation.hub  # type: ignore[attr-defined]  # the page's shell is the hub's
        entitled = ConversationPart.objects.shared_with(request.user).filter(pk=self.part.pk)
        if request.user.is_authenticated and entitled.exists():
            return redirect(self.part.get_absolute_url())
        if self.needs_code and not links.granted(request, self.link):
            not_taken(request)
            return self.to("link-open")
        return None

    def to(self, name: str) -> HttpResponseRedirect:
        return redirect(reverse(f"engagement:{name}", args=[self.token]))

    def base_context(self) -> dict[str, Any]:
        return {
            "token": self.token,
            "link": self.link,
            "address": link_reading.masked(self.link.email),
            "part": self.part,
            "hub": self.part.conversation.hub,
        }


class LinkOpen(LinkPage, TemplateView):
    """Whom it is for, and a button that sends a code. Mail filters open links: this page writes a receipt, no more."""

    template_name = "engagement/link_open.html"
    needs_code = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        links.record_opening(link=self.link)
        if links.granted(request, self.link):
            return self.to("link-read")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(kwargs | self.base_context()))


class LinkCode(LinkPage, FormView):
    """Send a code to the link's own address (a POST without one), and take the code typed in."""

    template_name = "engagement/link_code.html"
    form_class = LinkCodeForm
    needs_code = False

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "code" in request.POST:
            return super().post(request, *args, **kwargs)
        try:
            links.send_code(
                link=self.link,
                subject_template="engagement/email/code.subject.txt",
                body_template="engagement/email/code.txt",
                context={"hub": self.part.conversation.hub},
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return self.to("link-code")

    def form_valid(self, form: LinkCodeForm) -> HttpResponse:
        result = links.check_code(link=self.link, code=form.cleaned_data["code"])
        if not result.accepted:
            form.add_error("code", result.words)
            return self.form_invalid(form)
        links.grant(self.request, self.link)
        return self.to("link-read")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(kwargs | self.base_context()))


class LinkRead(LinkPage, TemplateView):
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


class LinkRespond(LinkPage, FormView):
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
        return self.to("link-read")
