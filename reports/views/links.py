"""The development report by a link from an email, for somebody who has shown that the address is theirs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import TemplateView

from engagement.views.links import PartLinkPage
from reports import actions, link_reading
from reports.answers import file_of
from reports.progress import Progress, progress_of


class LinkReportPage(PartLinkPage):
    """The newest version's report, with the addresses that belong to the link."""

    def report_address(self, name: str) -> str:
        return reverse(f"reports:link-report{name}", args=[self.token])

    def progress(self) -> Progress | None:
        document = link_reading.report_of(self.version)
        return progress_of(document, poll=self.report_address("-status"), done=self.report_address("-file"))

    def report_context(self) -> dict[str, Any]:
        return {"progress": self.progress(), "build": self.report_address("")}


class LinkReport(LinkReportPage, TemplateView):
    """How far the report is; a POST has it built."""

    template_name = "reports/link_report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {**self.base_context(), **self.report_context(), "version": self.version}
        context["read_url"] = self.address("read")
        return super().get_context_data(**(kwargs | context))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        actions.request_report(version=self.version, by=None)
        if request.htmx:
            return render(request, "reports/_document_status.html", self.report_context())
        return redirect("reports:link-report", token)


class LinkReportStatus(LinkReportPage):
    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return render(request, "reports/_document_status.html", self.report_context())


class LinkReportFile(LinkReportPage):
    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        document = link_reading.report_of(self.version)
        if document is None or not document.has_file:
            return redirect("reports:link-report", token)
        actions.note_download(document=document, link=self.link)
        return file_of(document)
