"""The development report on the pages of a conversation: for the hub, and for the school that reads it."""

from django.http import HttpRequest
from django.urls import reverse

from engagement.models import ConversationPart, PartVersion
from engagement.panels import PartPanel
from reports.models import Document
from reports.permissions import can_build_report
from reports.progress import progress_of


def development_report(request: HttpRequest, part: ConversationPart) -> list[PartPanel]:
    """The newest version's report: its state, or the button that builds it. Nothing before sharing. Two queries."""
    version = PartVersion.objects.visible_to(request.user).filter(part=part).first()
    if version is None or not can_build_report(request.user, part):
        return []
    document = Document.objects.visible_to(request.user).filter(version=version).first()
    context = {
        "progress": progress_of(document),
        "build": reverse("reports:report-build", args=[part.uuid]),
        "page": reverse("reports:report-detail", args=[part.uuid]),
    }
    return [PartPanel(template="reports/_report_panel.html", context=context, position=20)]
