"""What a page answers with: how far a document is, and the finished file."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import get_valid_filename

from reports.models import Document
from reports.progress import progress_of


def status_of(request: HttpRequest, document: Document) -> HttpResponse:
    build = reverse("reports:report-build", args=[document.record.part.uuid])
    return TemplateResponse(
        request, "reports/_document_status.html", {"progress": progress_of(document), "build": build}
    )


def file_of(document: Document) -> FileResponse:
    """The finished file, named after what it is. For a document that `has_file`."""
    content = document.record.content
    name = f"{content['school']['name']} development report {content['date']} version {document.record.number}.pdf"
    return FileResponse(
        document.path.open("rb"),
        as_attachment=True,
        filename=get_valid_filename(name).replace("_", " "),
        content_type="application/pdf",
    )
