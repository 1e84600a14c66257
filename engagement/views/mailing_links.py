"""Out of a hub's mailings, and back in, by the link at the foot of each, without an account."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from engagement.actions import mailings as actions
from engagement.mailings import sending
from hubportal.kit.link_views import masked


@method_decorator([login_not_required, never_cache, csrf_exempt], name="dispatch")
class MailingUnsubscribe(View):
    """Opening it changes nothing: mail filters open links. A press does, and so does the one-press POST of a mail
    program (RFC 8058), which brings no cookie: the link itself is the permission, and does no more than this."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        recipient = sending.recipient_behind(kwargs["token"])
        if recipient is None:
            raise Http404
        self.email, self.hub = recipient.email, recipient.mailing.hub
        request.hub = self.hub  # type: ignore[attr-defined]  # whose colours the page has
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.show(is_done=False)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        if request.POST.get("again") == "yes":
            actions.subscribe(hub=self.hub, email=self.email)
        else:
            actions.unsubscribe(hub=self.hub, email=self.email)
        return self.show(is_done=True)

    def show(self, *, is_done: bool) -> HttpResponse:
        is_off = sending.has_stopped(self.hub, self.email)
        context = {"hub": self.hub, "address": masked(self.email), "is_off": is_off, "is_done": is_done}
        return render(self.request, "engagement/mailings/unsubscribe.html", context)
