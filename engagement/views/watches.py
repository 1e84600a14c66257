"""A person's watchlist: the schools they keep an eye on, and what changed there since they last looked."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views import View
from django.views.generic import TemplateView

from engagement.actions import watches as actions
from engagement.models import Watch
from engagement.permissions import can_list_risks
from engagement.risks import watching
from hubportal.kit.forms import path_back
from hubportal.kit.wording import count
from schools.models import School
from schools.standing import standing_of


class WatchList(TemplateView):
    """What changed at each school that the person watches."""

    template_name = "engagement/watch_list.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_list_risks(request.user):
            raise PermissionDenied("A watchlist is for hubs and the officers of their partners.")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = watching.news_of(self.request.user)
        changed = sum(1 for each in rows if each.number)
        return super().get_context_data(
            rows=rows,
            changed=changed,
            finding=watching.finding(len(rows), changed),
            now=timezone.now().isoformat(),
            **kwargs,
        )


class WatchSeen(View):
    """The person has seen what had changed when the page was drawn."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if not can_list_risks(request.user):
            raise PermissionDenied("A watchlist is for hubs and the officers of their partners.")
        until = _moment(request.POST.get("until", ""))
        moved = actions.mark_seen(watches=Watch.objects.visible_to(request.user), until=until)
        messages.success(request, f"Marked as seen: {count(moved, 'school')}.")
        return redirect("engagement:watch-list")


def _moment(words: str) -> Any:
    """When the page was drawn, by its hidden field; now where that is missing, wrong or to come."""
    now = timezone.now()
    try:
        then = parse_datetime(words)
    except ValueError:
        then = None
    return then if then and timezone.is_aware(then) and then <= now else now


class OfSchool(View):
    """A press about a school that the person reads of as one of the hub, or as the partner entrusted."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, urn: int) -> HttpResponse:
        school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
        if not standing_of(request.user, school).sees_engagement:
            raise PermissionDenied("Watching is for the hub and the partner entrusted.")
        try:
            messages.success(request, self.act(school))
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        return HttpResponseRedirect(path_back(request) or school.get_absolute_url())

    def act(self, school: School) -> str:
        raise NotImplementedError


class WatchCreate(OfSchool):
    def act(self, school: School) -> str:
        actions.watch(school=school, by=self.request.user)
        return f"You watch {school}. What changes there stands on your watchlist."


class WatchEnd(OfSchool):
    def act(self, school: School) -> str:
        actions.stop(school=school, by=self.request.user)
        return f"You no longer watch {school}."
