"""Forms whose words the browser keeps until the server has taken them (drafts.js; kit/_kept_words.html)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

NAME = "draft_kept"  # the field that names the copy in the browser
TAKEN = "draft_taken"  # the cookie that names it back; drafts.js then removes the copy, and the cookie
A_NAME = re.compile(r"[\w-]{8,64}", re.ASCII)
MINUTES = 5


def not_taken(request: HttpRequest) -> None:
    """Say that this request is led to another page before what it sent was looked at: its words stay kept."""
    request.form_reached = False  # type: ignore[attr-defined]  # read by TakenMiddleware alone


class TakenMiddleware:
    """Tells the browser which copy it need not keep.

    A form is taken when its view was reached and leads on to another page. A page drawn again, a refusal, a sign-in
    that has ended (see also `not_taken`) and a broken connection leave the copy where it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
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
