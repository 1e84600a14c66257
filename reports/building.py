"""What a worker does to build a document, safe to be killed at any point and run again."""

import hashlib
import os
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hubportal.kit.work import held
from reports.models import Document
from reports.pdf_errors import PdfError

if TYPE_CHECKING:
    from reports.pdf import Pdf
    from reports.summary_docx import Docx

# A worker that is killed is taken over after this long without a sign of life; while it lives it renews the lease.
LEASE = timedelta(seconds=10)
NO_LIBRARIES = (
    "This machine lacks the libraries that draw PDFs. The platform administrator can install them with: "
    "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)


def build(*, document_id: int) -> None:
    """Build a document, unless it is finished or in somebody else's hands. Running it twice changes nothing.

    The file is written aside and renamed, so that whoever reads it sees all of it or none of it; its checksum is kept.
    A failure is kept on the row in words that a person can act on.
    """
    token = Document.objects.claim(document_id, lease=LEASE)
    if token is None:
        return
    with held(Document, document_id, token, lease=LEASE) as hold:
        document = Document.objects.select_related("version", "summary__made_by").get(pk=document_id)
        Document.objects.renew(document_id, token, done=1, total=3, words="Laying out the pages")
        try:
            made = draw(document)
        except PdfError as error:
            Document.objects.fail(document_id, token, str(error))
            return
        Document.objects.renew(document_id, token, done=2, total=3, words="Keeping the file")
        if hold.lost:
            return
        try:
            keep(document.path, made.content)
        except OSError as error:
            Document.objects.fail(
                document_id,
                token,
                f"The file could not be kept: {error.strerror}. Try again later.",
            )
            return
        checksum = hashlib.sha256(made.content).hexdigest()
        Document.objects.finish(document_id, token, sha256=checksum, size=len(made.content), pages=made.pages)


def draw(document: Document) -> "Pdf | Docx":
    """The document's pages. Raises `PdfError` with a sentence, also where the machine lacks the drawing libraries."""
    if document.kind == Document.Kind.SUMMARY_DOCX and document.summary:
        from reports import summary_docx  # big, and wanted by workers alone

        return summary_docx.draw(document.summary)
    try:
        from reports import development_report, summary_pdf  # the drawing libraries, just so
    except OSError as error:
        raise PdfError(NO_LIBRARIES) from error
    if document.summary:
        return summary_pdf.draw(document.summary)
    return development_report.draw(document.record)


def keep(path: Path, content: bytes) -> None:
    """Write a file aside and rename it into place, all of it on the disk before its name is."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".being-written-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
