"""Pages that belong to no room: help and the statements, a hub's colours, and what is said when a form is late."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, re_path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from hubportal.kit import colours


@method_decorator(login_not_required, name="dispatch")
class StaticPage(TemplateView):
    """A page of words that anybody may read."""


@login_not_required
@require_safe
@cache_control(public=True, max_age=31536000, immutable=True)
def theme(request: HttpRequest, colour: str) -> HttpResponse:
    """The style sheet of an accent colour. The colour is the address: no row is read, and it can be kept for ever."""
    accent = colours.readable(f"#{colour}")
    tokens = {
        "accent": accent,
        "accent-dark": colours.mix(accent, "#000000", 0.4),
        "accent-tint": colours.mix(accent, "#ffffff", 0.93),
    }
    css = ":root{" + "".join(f"--{name}:{value};" for name, value in tokens.items()) + "}\n"
    return HttpResponse(css, content_type="text/css; charset=utf-8")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back too late or from elsewhere; nothing was saved, and the page says how to keep what was typed."""
    return render(request, "403_csrf.html", status=403)


urlpatterns = [
    path("help/", StaticPage.as_view(template_name="pages/help.html"), name="help"),
    path("accessibility/", StaticPage.as_view(template_name="pages/accessibility.html"), name="accessibility"),
    path("privacy/", StaticPage.as_view(template_name="pages/privacy.html"), name="privacy"),
    path("cookies/", StaticPage.as_view(template_name="pages/cookies.html"), name="cookies"),
    re_path(r"^theme/(?P<colour>[0-9a-f]{6})\.css$", theme, name="theme"),
]
