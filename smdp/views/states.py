"""The saved states of a draft, as pages show them and bring them back. The page has scoped and permitted its row."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest

from hubportal.kit import drafts
from hubportal.kit.drafts.merge import Values
from hubportal.kit.models import Draft

A_PAGE = 20


def page_of(request: HttpRequest, draft: Draft) -> Page:
    """The page of saved states that the address asks for, the newest first. Two queries."""
    return Paginator(drafts.history(draft), A_PAGE).get_page(request.GET.get("page"))


def asked_in(request: HttpRequest, draft: Draft) -> tuple[int, Values] | None:
    """The state that the address asks to see: its number and values. None where it asks for none; Http404 where there
    is no such state. One query at the most."""
    asked = request.GET.get("state", "")
    if not asked.isdecimal() or len(asked) > 9:
        return None
    try:
        return int(asked), drafts.state_at(draft, int(asked))
    except ValidationError:
        raise Http404 from None


def restored(request: HttpRequest, draft: Draft) -> bool:
    """Bring the posted state back, and tell the person how it went. False where there was none to bring back. Five
    queries."""
    asked = request.POST.get("state", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 10 else -1
    try:
        drafts.restore(draft=draft, number=number, by=request.user)  # type: ignore[arg-type]  # the door is closed: a person
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return False
    messages.success(request, "Brought back. What stood there before is still in the history.")
    return True
