"""Authorities and which hub covers them: one that was replaced by others, and those that no hub covers."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from hubportal.kit.wording import long_date
from schools import areas
from schools.actions.areas import Heir, preview_replacement, replace_authority
from schools.admin.hubs import Kept
from schools.admin.pages import page
from schools.models import Hub, LocalAuthority

HEIRS = 4  # lines for new authorities; a county of more parts is replaced in several steps


class ReplacementForm(forms.Form):
    """The authority that ends, the day, and up to four new ones, each with the hub that covers it."""

    old = forms.ModelChoiceField(
        LocalAuthority.objects.all(),
        label="Authority that ends",
        error_messages={"required": "Choose the authority that ends."},
    )
    on = forms.DateField(
        label="First day of the new ones",
        help_text="For example 1/4/2027.",
        error_messages={"required": "Enter the first day of the new ones.", "invalid": "Enter a date, like 1/4/2027."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, HEIRS + 1):
            authorities = LocalAuthority.objects.all()
            self.fields[f"new_{number}"] = forms.ModelChoiceField(
                authorities,
                label=f"New authority {number}",
                required=number == 1,
                error_messages={"required": "Choose at least one new authority."},
            )
            self.fields[f"hub_{number}"] = forms.ModelChoiceField(
                Hub.objects.all(), label=f"Hub that covers new authority {number}", required=False, empty_label="No hub"
            )

    @property
    def heirs(self) -> list[Heir]:
        data = self.cleaned_data
        lines = [(data.get(f"new_{number}"), data.get(f"hub_{number}")) for number in range(1, HEIRS + 1)]
        return [Heir(authority, hub) for authority, hub in lines if authority]

    @property
    def key(self) -> str:
        """What was asked, in a line: it is done as it was last shown, or shown again."""
        lines = [f"{heir.authority.code} {heir.hub.slug if heir.hub else ''}" for heir in self.heirs]
        return "; ".join([self.cleaned_data["old"].code, self.cleaned_data["on"].isoformat(), *lines])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(1, HEIRS + 1):
            if data.get(f"hub_{number}") and not data.get(f"new_{number}"):
                self.add_error(f"new_{number}", "Choose the authority that this hub covers.")
        return data


@admin.register(LocalAuthority)
class LocalAuthorityAdmin(Kept):
    list_display = ["code", "name", "needs_review"]
    list_filter = ["needs_review"]
    search_fields = ["code", "name"]
    change_list_template = "admin/authority_list.html"

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("replaced/", self.admin_site.admin_view(self.replaced), name="schools_localauthority_replaced"),
            path("uncovered/", self.admin_site.admin_view(self.uncovered), name="schools_localauthority_uncovered"),
        ]
        return own + super().get_urls()

    def replaced(self, request: HttpRequest) -> HttpResponse:
        """Ask; show what would happen, counted; then do it."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = ReplacementForm(request.POST or None)
        preview = None
        if request.method == "POST" and form.is_valid():
            asked = {"old": form.cleaned_data["old"], "heirs": form.heirs, "on": form.cleaned_data["on"]}
            preview = preview_replacement(**asked)
            if "apply" in request.POST and request.POST.get("seen") == form.key:
                try:
                    done = replace_authority(**asked, by=request.user)
                except ValidationError:
                    pass  # the preview names what stands in the way
                else:
                    self.message_user(request, f"{done.old} was replaced on {long_date(done.on)}.", messages.SUCCESS)
                    return redirect("admin:schools_localauthority_changelist")
        context = {"title": "An authority was replaced", "form": form, "preview": preview}
        return page(self, request, "admin/authority_replaced.html", **context)

    def uncovered(self, request: HttpRequest) -> HttpResponse:
        """Every authority with open schools that no hub covers today."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = areas.uncovered()
        context = {
            "title": "Schools that no hub covers",
            "authorities": found,
            "total": sum(each.open_schools for each in found),
        }
        return page(self, request, "admin/authority_uncovered.html", **context)
