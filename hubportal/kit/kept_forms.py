"""Forms whose words are kept until the server has taken them: by the browser (drafts.js; kit/_kept_words.html), and
through the sign-in page for those that were sent without JavaScript after the sign-in had ended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

NAME = "draft_kept"  # the field that names the copy in the browser
TAKEN = "draft_taken"  # the cookie that names it back; drafts.js then removes the copy, and the cookie
A_NAME = re.compile(r"[\w-]{8,64}", re.ASCII)
MINUTES = 5

WHOSE = "draft_whose"  # the field that says, signed, for whom the form was made
AGAIN = "draft_again"  # the field of a form that is sent again to be drawn, not to be acted on (GovForm, drafts)
WORDS_PAGE = "words-kept"  # the address's name: where the words are handed back
PAGE_LASTS = 7 * 24 * 3600  # seconds that a page may have stood open
CARRIED_FOR = 12 * 3600  # seconds: a working day, as a sign-in
MOST_CHARACTERS = 300_000  # of one form; a full conversation with every criterion judged at length is half of it
MOST_FORMS = 5
NOT_SENT = "Your sign-in had ended, so this was not sent. Check your words below, and send them again"
_IN_SESSION = "forms_carried"
_OURS = ("csrfmiddlewaretoken", WHOSE, AGAIN)
_SALT = "hubportal.kit.kept_forms"


@dataclass(frozen=True)
class Carried:
    """A form that was sent when nobody was signed in any more: where to, and all its fields."""

    path: str
    fields: list[tuple[str, str]]

    @property
    def texts(self) -> list[str]:
        return _texts(self.fields)


def _texts(fields: Iterable[tuple[str, str]]) -> list[str]:
    """What a person wrote in a form, as against choices and marks: for reading and copying."""
    return [value for name, value in fields if " " in value.strip() and not name.startswith("draft_")]


def refused(request: HttpRequest) -> list[str]:
    """The words of a form that is not taken at all, such as that of somebody whose role has ended: to be shown once
    more, for copying. None of one that is longer than MOST_CHARACTERS, or that holds a password."""
    if request.method != "POST":
        return []
    fields = [(name, value) for name, values in request.POST.lists() if name not in _OURS for value in values]
    if sum(len(value) for _, value in fields) > MOST_CHARACTERS or any("password" in name for name, _ in fields):
        return []
    return _texts(fields)


def sign(user: Any) -> str:
    """For the field WHOSE: the person, signed. "" for nobody, and then nothing is carried."""
    return signing.dumps(user.pk, salt=_SALT) if user.is_authenticated else ""


def carry(request: HttpRequest) -> bool:
    """Keep what was posted in this browser's session, until the person for whom the form was made has signed in again.

    False, and nothing kept, for a form that names nobody, names somebody other than who is signed in, holds a password
    or is longer than MOST_CHARACTERS. Files are never kept.
    """
    try:
        person = signing.loads(request.POST.get(WHOSE, ""), salt=_SALT, max_age=PAGE_LASTS)
    except signing.BadSignature:
        return False
    if request.user.is_authenticated and request.user.pk != person:
        return False
    fields = [(name, value) for name, values in request.POST.lists() if name not in _OURS for value in values]
    too_long = sum(len(name) + len(value) for name, value in fields) > MOST_CHARACTERS
    if too_long or any("password" in name for name, _ in fields):
        return False
    path = request.get_full_path()
    kept = {"person": person, "path": path, "fields": fields, "until": timezone.now().timestamp() + CARRIED_FOR}
    others = [each for each in request.session.get(_IN_SESSION, []) if (each["person"], each["path"]) != (person, path)]
    request.session[_IN_SESSION] = [*others, kept][-MOST_FORMS:]
    return True


def carried(request: HttpRequest) -> list[Carried]:
    """The forms that wait for the person who is signed in, the newest first. No query of its own."""
    now = timezone.now().timestamp()
    rows = [
        each
        for each in request.session.get(_IN_SESSION, [])
        if each["person"] == request.user.pk and each["until"] > now
    ]
    return [Carried(each["path"], [(name, value) for name, value in each["fields"]]) for each in reversed(rows)]


def _forget(request: HttpRequest) -> None:
    """Drop what came back to its form, and whatever another person wrote in this browser."""
    # A page that asked nothing of the session stays one that anybody's cache may keep.
    if not request.session.accessed or not request.user.is_authenticated or _IN_SESSION not in request.session:
        return
    came_back = request.get_full_path() if AGAIN in request.POST else None
    rows = request.session[_IN_SESSION]
    kept = [each for each in rows if each["person"] == request.user.pk and each["path"] != came_back]
    if not kept:
        del request.session[_IN_SESSION]
    elif len(kept) < len(rows):
        request.session[_IN_SESSION] = kept


def not_taken(request: HttpRequest) -> None:
    """Say that this request is led to another page before what it sent was looked at: its words stay kept."""
    request.form_reached = False  # type: ignore[attr-defined]  # read by TakenMiddleware alone


class TakenMiddleware:
    """Tells the browser which copy it need not keep, and keeps no carried form longer than it is needed.

    A form is taken when its view was reached and leads on to another page. A page drawn again, a refusal, a sign-in
    that has ended (see also `not_taken`) and a broken connection leave the copy where it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        _forget(request)
        if request.method == "POST" and 300 <= response.status_code < 400 and getattr(request, "form_reached", False):
            name = request.POST.get(NAME, "")
            if A_NAME.fullmatch(name):
                secure = settings.SESSION_COOKIE_SECURE
                # The type of what middleware gets promises no cookies; every response of Django's takes them.
                response.set_cookie(TAKEN, name, max_age=MINUTES * 60, secure=secure, samesite="Lax")  # type: ignore[attr-defined]
        return response

    def process_view(self, request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> None:
        """Not called where an outer middleware has answered already, as the closed door does."""
        request.form_reached = True  # type: ignore[attr-defined]  # as in not_taken
