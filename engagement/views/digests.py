"""How often one hears what is due: on the page of one's account, and by the link at the foot of such an email."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView

from engagement.digests import sending
from engagement.forms.digests import DigestWishForm
from engagement.models import Digest, DigestWish

SHOWN = 5


class DigestWishEdit(FormView):
    """One's own setting, with what became of the last ones."""

    template_name = "engagement/digest_wish_edit.html"
    form_class = DigestWishForm

    def get_initial(self) -> dict[str, Any]:
        return {"how": sending.wish_of(self.request.user)}

    def form_valid(self, form: DigestWishForm) -> HttpResponse:
        how = form.cleaned_data["how"]
        sending.wish(user=self.request.user, how=how)
        messages.success(self.request, f"Emails with what is due: {DigestWish.How(how).label.lower()}.")
        return redirect("account")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(digests=list(Digest.objects.visible_to(self.request.user)[:SHOWN]), **kwargs)


@method_decorator([login_not_required, never_cache, csrf_exempt], name="dispatch")
class DigestStop(View):
    """Turns them off for whoever the signed link names. Opening it changes nothing; a press does, and so does the
    one-press POST of a mail program (RFC 8058), which brings no cookie: the link itself is the permission."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.person = sending.user_behind(kwargs["token"])
        if self.person is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.show(sending.wish_of(self.person) == DigestWish.How.NEVER)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        on_again = request.POST.get("again") == "yes"
        sending.wish(user=self.person, how=DigestWish.How.WEEKLY if on_again else DigestWish.How.NEVER)
        return self.show(is_off=not on_again, is_done=True)

    def show(self, is_off: bool, is_done: bool = False) -> HttpResponse:
        context = {"is_off": is_off, "is_done": is_done, "how": sending.wish_of(self.person)}
        return render(self.request, "engagement/digest_stop.html", context)
