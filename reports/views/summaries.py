"""The public summary as a file, for everybody; and having it made again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.text import get_valid_filename
from django.views import View

from reports import actions, public_files
from smdp.models import Summary
from smdp.permissions import can_write_summary

KEPT = 300  # seconds
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@method_decorator(login_not_required, name="dispatch")
class SummaryFile(View):
    """The file of the summary that a school publishes now; a sentence while there is none."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, urn: int, suffix: str) -> HttpResponseBase:
        document = public_files.of_summary(urn, suffix)
        if document is None:
            return render(request, "smdp/summary_none.html", status=404)
        if not document.has_file:
            waits = render(request, "reports/summary_waits.html", {"urn": urn}, status=503)
            waits["Retry-After"] = "10"
            return waits
        title = document.summary.content["title"].replace(":", "") if document.summary else ""
        name = get_valid_filename(f"{title}.{suffix}").replace("_", " ")
        response = FileResponse(document.path.open("rb"), as_attachment=True, filename=name, content_type=TYPES[suffix])
        patch_cache_control(response, public=True, max_age=KEPT)
        return response


class SummaryFilesBuild(View):
    """Make the files of the published summary again, where they failed or were lost."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, urn: int) -> HttpResponse:
        summaries = Summary.objects.visible_to(request.user).exclude(current=None).select_related("school", "current")
        summary = get_object_or_404(summaries, school__urn=urn)
        if not can_write_summary(request.user, summary.school):
            raise PermissionDenied("The school’s leaders and editors have its files made.")
        actions.request_summary(summary.current)
        messages.success(request, "The files are being made, which takes a moment.")
        return redirect(summary)
