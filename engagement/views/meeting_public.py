"""The page of a hub on which anybody at one of its schools asks to meet, without an account."""

from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from engagement.actions import meetings as actions
from engagement.actions.meetings import Asker
from engagement.forms.meetings import MeetingPublicForm
from engagement.meetings import public
from schools.models import Hub

TOO_MANY = "Too many have asked from here lately, so this was not sent. Wait an hour, or ring or write to us."


@method_decorator([login_not_required, never_cache], name="dispatch")
class OfHub(TemplateView):
    """A public page of a hub, in its colours; 404 for one that covers nothing."""

    hub: Hub

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        hub = public.hub_at(kwargs["slug"])
        if hub is None:
            raise Http404
        self.hub = request.hub = hub
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(hub=self.hub, **kwargs)


class MeetingPublic(OfHub, FormView):
    """Ask to meet. `?school=` (a URN) fills in the school."""

    template_name = "engagement/meeting_public.html"
    form_class = MeetingPublicForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "safeguarding": self.hub.safeguarding_contact}

    def get_initial(self) -> dict[str, Any]:
        return {"stamp": public.stamp(), "school": public.words_for(self.hub, self.request.GET.get("school", ""))}

    def form_valid(self, form: MeetingPublicForm) -> HttpResponse:
        data = form.cleaned_data
        if not ratelimit.consume(self.request, action="meeting_asked", key=data["email"].lower()):
            form.add_error(None, TOO_MANY)
            return self.render_to_response(self.get_context_data(form=form), status=429)
        actions.ask_publicly(
            hub=self.hub,
            school=public.school_named(self.hub, data["school"]),
            school_words=data["school"],
            asker=Asker(data["name"], data["job_title"], data["email"], data["phone"]),
            wanted=data["when"],
            message=data["message"],
        )
        return redirect("engagement:meeting-public-sent", self.hub.slug)


class MeetingPublicSent(OfHub):
    """What happens now."""

    template_name = "engagement/meeting_public_sent.html"
