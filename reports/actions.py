"""Asking for documents, and the receipts of those who took them."""

from django.db import transaction

from engagement.models import PartVersion
from hubportal.accounts.models import User
from hubportal.kit.models import SignedLink
from hubportal.kit.work import WorkState
from reports import tasks
from reports.models import Document, Download
from smdp.models import SummaryVersion


@transaction.atomic
def request_report(*, version: PartVersion, by: User | None) -> Document:
    """Ask for the development report of a version; `by` is None for somebody who came by a link.

    Gives the document there is, if there is one; one that failed, or whose file is lost, is queued again. Two queries
    when it is ready.
    """
    return _request(kind=Document.Kind.DEVELOPMENT_REPORT, version=version, by=by)


def _request(*, kind: str, by: User | None, **subject: PartVersion | SummaryVersion) -> Document:
    document, is_new = Document.objects.get_or_create(kind=kind, defaults={"requested_by": by}, **subject)
    if not is_new and document.state in (WorkState.FAILED, WorkState.CANCELLED):
        is_new = Document.objects.retry(document.pk)
        document.refresh_from_db()
    elif not is_new and document.is_lost:
        is_new = Document.objects.build_lost_again(document.pk)
        document.refresh_from_db()
    if is_new:
        pk = document.pk
        # Robust, which `delay_on_commit` is not: while the queue is away the document waits in its row, and beat sends
        # it later. A lambda, for Django writes down its qualified name, and a partial has none.
        transaction.on_commit(lambda: tasks.build_document.delay(document_id=pk), robust=True)
    return document


@transaction.atomic
def request_summary(version: SummaryVersion) -> list[Document]:
    """Have both files of a published summary made; those that failed or were lost, again. Two queries for each that is
    there."""
    return [
        _request(kind=kind, summary=version, by=version.made_by)
        for kind in (Document.Kind.SUMMARY_PDF, Document.Kind.SUMMARY_DOCX)
    ]


def note_download(*, document: Document, by: User | None = None, link: SignedLink | None = None) -> Download:
    """Write down who took the file: somebody signed in, or whoever came by a link."""
    return Download.objects.create(document=document, user=by, link=link)
