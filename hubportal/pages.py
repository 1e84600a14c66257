"""Pages that belong to no room: help and the statements, a hub's colours, and what is said when a form is late."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, re_path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from hubportal.kit import colours, kept_forms


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


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Another role is needed, or what is asked for cannot be any more: in the words of whoever refused it. Words that
    were sent are shown once more, so that they can be copied."""
    context = {"said": str(exception), "texts": kept_forms.refused(request)}
    return render(request, "403.html", context, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page, or not for this person. Words that were sent are shown once more."""
    return render(request, "404.html", {"texts": kept_forms.refused(request)}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back too late or from elsewhere, and nothing was saved. Whose form it was gets the words back; else
    the page says how to keep what was typed."""
    if kept_forms.carry(request):
        return redirect(kept_forms.WORDS_PAGE)
    return render(request, "403_csrf.html", status=403)


@require_safe
def words_kept(request: HttpRequest) -> HttpResponse:
    """What the person sent after their sign-in had ended, to be put back into its form; home where nothing waits."""
    forms = kept_forms.carried(request)
    if not forms:
        return redirect("home")
    return render(request, "pages/words_kept.html", {"forms": forms, "again": kept_forms.AGAIN})


urlpatterns = [
    path("words-kept/", words_kept, name=kept_forms.WORDS_PAGE),
    path("help/", StaticPage.as_view(template_name="pages/help.html"), name="help"),
    path("accessibility/", StaticPage.as_view(template_name="pages/accessibility.html"), name="accessibility"),
    path("privacy/", StaticPage.as_view(template_name="pages/privacy.html"), name="privacy"),
    path("cookies/", StaticPage.as_view(template_name="pages/cookies.html"), name="cookies"),
    re_path(r"^theme/(?P<colour>[0-9a-f]{6})\.css$", theme, name="theme"),
]
