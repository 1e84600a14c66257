"""How far a document is, in words for a page."""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from hubportal.kit.wording import count
from hubportal.kit.work import WorkState
from reports.models import Document

LOST = "The file is no longer on the server. Try again: the report will be the same as it was."


@dataclass(frozen=True, slots=True)
class Progress:
    """What a page shows of a document. `poll` is asked again while it is unfinished; `done` opens the finished file."""

    state: str
    label: str
    poll: str
    done: str
    percent: int
    words: str
    is_over: bool


def progress_of(document: Document | None, *, poll: str = "", done: str = "") -> Progress | None:
    """The progress of a document, or None where nobody has asked for it. `poll` and `done` replace the usual addresses.
    No queries."""
    if document is None:
        return None
    state = WorkState.FAILED if document.is_lost else document.state
    size = f", {count(document.pages, 'page')}, {filesizeformat(document.size)}" if state == WorkState.READY else ""
    return Progress(
        state=state,
        label=f"Development report (PDF{size})",
        poll=poll or reverse("reports:document-status", args=[document.uuid]),
        done=done or reverse("reports:document-download", args=[document.uuid]),
        percent=document.percent or 0,
        words=LOST if document.is_lost else document.failure or document.progress_words,
        is_over=document.is_over,
    )
