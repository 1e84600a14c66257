"""Pages that a link from an email opens, without an account. The owning app says what its links lead to and what can be
done there. Opening spends nothing: only a POST sends a code."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from hubportal.kit import kept_forms, links
from hubportal.kit.draft_views import DraftAutosaveView, refusal
from hubportal.kit.forms import GovForm
from hubportal.kit.models import SignedLink

CODE_EXPIRED = "The code that you entered here has expired. Press “Send me a code”, and enter the new one."


@method_decorator([login_not_required, never_cache], name="dispatch")
class LinkPage(View):
    """What every page of a link does first: find it, say plainly when it no longer opens, and lead whoever is signed in
    and may read it anyway to its usual page. No address of these pages is told to another site.

    Fill in `leads_on`, `hub_of` and, where there is such a page, `usual_page`."""

    purpose: ClassVar[str]  # of its links
    urls: ClassVar[str]  # what the names of its addresses begin with: -open, -code, and the page it is all for
    main: ClassVar[str]  # that page's own part of its name
    needs_code = True
    link: SignedLink
    hub: Any

    def leads_on(self, link: SignedLink) -> bool:
        """Set what the link leads to, and `hub`. False where it leads to nothing any more."""
        raise NotImplementedError

    def hub_of(self, link: SignedLink) -> Any:
        """The hub to ask about a link that no longer opens; None where there is none."""
        raise NotImplementedError

    def usual_page(self, request: HttpRequest) -> str:
        """The address at which the person signed in reads what the link leads to; "" where they do not."""
        return ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = self.find(request) or super().dispatch(request, *args, **kwargs)
        # Not "no-referrer": with it a browser sends its forms with "Origin: null", which the CSRF check refuses.
        response["Referrer-Policy"] = "same-origin"
        return response

    def find(self, request: HttpRequest) -> HttpResponse | None:
        """Set `link`, and what it leads to; or answer with the page that takes the place of this one."""
        self.token = self.kwargs["token"]
        found = links.look_up(token=self.token, purpose=self.purpose)
        if found.link is None or not self.leads_on(found.link):
            made = found.link or found.ended
            hub = request.hub = self.hub_of(made) if made else None  # type: ignore[attr-defined]  # as below
            texts = kept_forms.refused(request)
            said = {"problem": links.PROBLEMS[found.problem or "revoked"], "hub": hub, "texts": texts}
            return render(request, "kit/link_ended.html", said, status=404 if found.problem == "unknown" else 410)
        request.hub = self.hub  # type: ignore[attr-defined]  # the page's shell is the hub's
        self.link = found.link
        if request.user.is_authenticated and (address := self.usual_page(request)):
            return redirect(address)
        if self.needs_code and not links.granted(request, self.link):
            kept_forms.not_taken(request)
            self.say_expired(request)
            return self.to("open")
        return None

    def say_expired(self, request: HttpRequest) -> None:
        """Tell whoever was here before why they are asked for a code again."""
        if request.method == "POST":
            words = "Nothing was sent: go back in your browser to see what you wrote, and send it again afterwards."
            messages.warning(request, f"{CODE_EXPIRED} {words}")
        elif links.was_granted(request, self.link):
            messages.warning(request, CODE_EXPIRED)

    def address(self, name: str) -> str:
        return reverse(f"{self.urls}-{name}", args=[self.token])

    def to(self, name: str) -> HttpResponseRedirect:
        return redirect(self.address(name))

    def base_context(self) -> dict[str, Any]:
        return {
            "token": self.token,
            "link": self.link,
            "address": masked(self.link.email),
            "code_url": self.address("code"),
            "hub": self.hub,
        }


class LinkOpenPage(LinkPage, TemplateView):
    """Whom it is for, and a button that sends a code. Mail filters open links: this page writes a receipt, no more."""

    needs_code = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        links.record_opening(link=self.link)
        if links.granted(request, self.link):
            return self.to(self.main)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(kwargs | self.base_context()))


class LinkCodeForm(GovForm, forms.Form):
    code = forms.CharField(
        label="Code",
        max_length=20,
        help_text="Six digits, in the email we have just sent.",
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-10", "inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
        error_messages={"required": "Enter the code from our email"},
    )


class LinkCodePage(LinkPage, FormView):
    """Send a code to the link's own address (a POST without one), and take the code typed in."""

    template_name = "kit/link_code.html"
    form_class = LinkCodeForm
    needs_code = False
    go_on: ClassVar[str]  # what its button says
    subject_template: ClassVar[str]  # of its email
    body_template: ClassVar[str]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "code" in request.POST:
            return super().post(request, *args, **kwargs)
        try:
            links.send_code(
                link=self.link,
                subject_template=self.subject_template,
                body_template=self.body_template,
                context=self.base_context(),
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return self.to("code")

    def form_valid(self, form: LinkCodeForm) -> HttpResponse:
        result = links.check_code(link=self.link, code=form.cleaned_data["code"])
        if not result.accepted:
            form.add_error("code", result.words)
            return self.form_invalid(form)
        links.grant(self.request, self.link)
        return self.to(self.main)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(kwargs | self.base_context() | {"go_on": self.go_on}))


class LinkDraftPage(LinkPage, DraftAutosaveView):
    """The address that a page of a link saves itself to. Fill in what `DraftAutosaveView` asks for, and `writer`:
    whoever comes by a link has no account."""

    def say_expired(self, request: HttpRequest) -> None:
        """The page says it itself, where the person is writing."""

    def find(self, request: HttpRequest) -> HttpResponse | None:
        """A link that opens no more says so where the person is writing."""
        response = super().find(request)
        if response is None or response.status_code < 400:
            return response
        sentence = "This link opens no more, so nothing was saved. Your words are still on this page: copy them."
        return refusal(response.status_code, sentence)


def masked(email: str) -> str:
    """ "r•••@millbrook.example": enough to know whose it is, too little to learn it."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"
