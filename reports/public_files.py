"""The files that everybody may take: those of the summaries that stand at a public address."""

from reports.models import Document
from smdp.summaries import public_reading

KINDS = {"pdf": Document.Kind.SUMMARY_PDF, "docx": Document.Kind.SUMMARY_DOCX}


def of_summary(urn: int, suffix: str) -> Document | None:
    """The PDF ("pdf") or Word file ("docx") of what the school publishes now, ready or not. Two queries."""
    version = public_reading.current_at(urn)
    if version is None:
        return None
    return Document.objects.select_related("summary").filter(summary=version, kind=KINDS[suffix]).first()
