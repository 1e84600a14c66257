"""Django's closed door, with an answer that a page saving itself can read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import resolve_url


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """A page that saves itself (header X-Draft) must not take the sign-in page for its answer: it gets 401 and the
    address."""

    def handle_no_permission(  # type: ignore[override]  # the stubs know of redirects only
        self, request: HttpRequest, view_func: Callable
    ) -> HttpResponseBase:
        if "X-Draft" in request.headers:
            words = "Your sign-in has ended: your words are kept here. Sign in again."
            return JsonResponse({"error": words, "sign_in_url": resolve_url(settings.LOGIN_URL)}, status=401)
        return super().handle_no_permission(request, view_func)
