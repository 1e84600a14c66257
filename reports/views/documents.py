"""Pages of documents: ask for one, watch it being built, take it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.generic import View

from engagement import written
from engagement.models import ConversationPart, PartVersion
from reports import actions
from reports.answers import file_of, status_of
from reports.models import Document
from reports.permissions import can_build_report
from reports.progress import progress_of


class ReportPage(View):
    """What the pages of one school's development report share: the scoped part, its newest version, its document."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return  # the door closes after this
        parts = ConversationPart.objects.visible_to(request.user).select_related("school", "conversation__hub")
        self.part = get_object_or_404(parts.defer(*written.of_both()), uuid=kwargs["uuid"])
        self.version = PartVersion.objects.visible_to(request.user).filter(part=self.part).first()
        if self.version is None:
            raise Http404("Nothing has been shared with the school yet, so there is no report.")


class ReportDetail(ReportPage):
    """The state of the report as a page of its own, and by reload where there is no JavaScript."""

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        document = Document.objects.visible_to(request.user).filter(version=self.version).first()
        context = {
            "part": self.part,
            "part_url": self.part.get_absolute_url(),
            "version": self.version,
            "progress": progress_of(document),
            "build": reverse("reports:report-build", args=[self.part.uuid]),
        }
        return TemplateResponse(request, "reports/report_detail.html", context)


class ReportBuild(ReportPage):
    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        if not can_build_report(request.user, self.part):
            raise PermissionDenied
        document = actions.request_report(version=self.version, by=request.user)
        if request.htmx:
            return status_of(request, document)
        return redirect("reports:report-detail", self.part.uuid)


class DocumentStatus(View):
    """The state alone, for a page that is watching."""

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        documents = Document.objects.visible_to(request.user).select_related("version__part")
        return status_of(request, get_object_or_404(documents.defer(*written.of_part("version__part__")), uuid=uuid))


class DocumentDownload(View):
    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        documents = Document.objects.visible_to(request.user).select_related("version__part__school")
        document = get_object_or_404(documents.defer(*written.of_part("version__part__")), uuid=uuid)
        if not document.has_file:
            if not document.is_lost:
                messages.info(request, "The report is not ready yet. This page says how far it is.")
            return redirect("reports:report-detail", document.version.part.uuid)
        actions.note_download(document=document, by=request.user)
        return file_of(document)
