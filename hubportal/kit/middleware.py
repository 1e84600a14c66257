"""Django's closed door, with an answer that a page saving itself can read; pages that no computer keeps; and requests
that no row could answer."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import resolve_url
from django.utils.cache import add_never_cache_headers

from hubportal.kit import kept_forms

Answer = Callable[[HttpRequest], HttpResponseBase]


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """A page that saves itself (header X-Draft) must not take the sign-in page for its answer: it gets 401 and the
    address. What was posted without JavaScript is carried through the sign-in page, back to whoever wrote it."""

    def handle_no_permission(  # type: ignore[override]  # the stubs know of redirects only
        self, request: HttpRequest, view_func: Callable
    ) -> HttpResponseBase:
        if "X-Draft" in request.headers:
            words = "Your sign-in has ended: your words are kept here. Sign in again."
            return JsonResponse({"error": words, "sign_in_url": resolve_url(settings.LOGIN_URL)}, status=401)
        if request.method == "POST" and kept_forms.carry(request):
            messages.warning(request, "Your sign-in had ended. Your words are kept: sign in again to go on with them.")
            return redirect_to_login(resolve_url(kept_forms.WORDS_PAGE))
        return super().handle_no_permission(request, view_func)


def this_machine_only(get_response: Answer) -> Answer:
    """For the demo, whose passwords are public: 403 for whoever asks from another machine. However the web server was
    started, and whatever address it listens on; a socket's caller has none, and is here."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        caller = request.META.get("REMOTE_ADDR", "")
        if caller and not _is_loopback(caller):
            words = "This is the demo, whose passwords are public: it answers on its own machine only."
            return HttpResponse(words, status=403, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return answer


def _is_loopback(caller: str) -> bool:
    address = ip_address(caller)
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def kept_nowhere(get_response: Answer) -> Answer:
    """Staff-room computers are shared: unless a view says otherwise, neither the browser nor anything on the way keeps
    a page or a file, so that Back after signing out shows nothing. What a view calls public is the same for everybody,
    whichever cookies they send."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        elif "public" in response["Cache-Control"] and response.has_header("Vary"):
            others = [each for each in map(str.strip, response["Vary"].split(",")) if each.lower() != "cookie"]
            response["Vary"] = ", ".join(others)
            if not others:
                del response["Vary"]
        return response

    return answer


def no_null_characters(get_response: Answer) -> Answer:
    """400 for an address with a null character: PostgreSQL holds none, so nothing could be found by it. Forms refuse
    them in their fields, with a sentence."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("A null character in the address.")
        return get_response(request)

    return answer
