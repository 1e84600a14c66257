"""The diary in an officer's own calendar: the page on which its secret address is made, and the address itself."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from engagement.actions import feeds as actions
from engagement.meetings import feed


@method_decorator(never_cache, name="dispatch")
class DiaryCalendar(View):
    """How to read the diary in Outlook or Google. POST makes the address, and shows it this once: the portal keeps
    only its hash. With `stop` it ends the address."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not feed.may_have(request.user):
            raise PermissionDenied("A diary is for officers of a hub or of a partner.")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        if "stop" in request.POST:
            if actions.stop(user=request.user):
                messages.success(request, "The address opens nothing any more. Take the calendar out of yours.")
            return redirect("engagement:diary-calendar")
        return self.show(feed.address_of(actions.make(user=request.user)))

    def show(self, address: str = "") -> HttpResponse:
        found = {"feed": feed.feed_of(self.request.user), "address": address}
        return render(self.request, "engagement/diary_calendar.html", found)


@method_decorator([login_not_required, never_cache], name="dispatch")
class DiaryFeedRead(View):
    """What a calendar reads. The secret in the address is the permission; for any other there is nothing here."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        row = feed.feed_behind(token)
        if row is None:
            raise Http404
        actions.note_read(row=row)
        response = HttpResponse(feed.text_of(row), content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="diary.ics"'
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer"
        return response
