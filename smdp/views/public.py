"""What a school shows everybody: its summary at one address, with or without a frame around it. Nobody signs in, and
the pages look the same for all, so that they may be kept for a while by whoever passes them on."""

from typing import Any

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt

from smdp.summaries import public_reading, shape

KEPT = 300  # seconds: so long after a change somebody may still see the earlier page


@method_decorator(login_not_required, name="dispatch")
@method_decorator(cache_control(public=True, max_age=KEPT), name="dispatch")
class SummaryPublic(View):
    """The summary that stands; a sentence, with status 404, where there is none."""

    http_method_names = ["get", "head", "options"]
    template_name = "smdp/summary_public.html"

    def get(self, request: HttpRequest, urn: int) -> HttpResponse:
        version = public_reading.current_at(urn)
        if version is None:
            return self.elsewhere(request, urn)
        school = version.summary.school
        context: dict[str, Any] = {
            "urn": urn,
            "content": version.content,
            "closed": None if school.is_open else school,
            "columns": shape.COLUMNS,
        }
        return render(request, self.template_name, context)

    def elsewhere(self, request: HttpRequest, urn: int) -> HttpResponse:
        if url := public_reading.moved_to(urn):
            return redirect(url)
        return render(request, "smdp/summary_none.html", status=404)


@method_decorator(xframe_options_exempt, name="dispatch")
@method_decorator(csp_replace({"frame-ancestors": ["*"]}), name="dispatch")
class SummaryEmbed(SummaryPublic):
    """The same to stand in a frame on the school's own website: the one page of the portal that may."""

    template_name = "smdp/summary_embed.html"
