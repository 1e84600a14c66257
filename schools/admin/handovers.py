"""Handovers of schools, to look at; for a hub that has ended, the platform administrator’s consent in its place."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from hubportal.kit.wording import count
from schools import handing
from schools.actions import handovers
from schools.admin.pages import page
from schools.admin.register import OnlyShown
from schools.models import Handover, Hub


class EndedHubForm(forms.Form):
    """Which ended hub’s schools are offered to the hubs that have them now, and how much of them."""

    giver = forms.ModelChoiceField(
        Hub.objects.none(),
        label="Hub that has ended",
        empty_label="Choose a hub",
        error_messages={"required": "Choose the hub whose schools you offer"},
    )
    with_history = forms.BooleanField(label="With the history", required=False, initial=True)
    with_private_notes = forms.BooleanField(
        label="With its private notes", required=False, help_text="They were written for that hub alone."
    )
    note = forms.CharField(
        label="Note to the other hubs",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="They read it before they answer. No pupil names, no safeguarding matters.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["giver"].queryset = handing.ended_hubs()  # type: ignore[attr-defined]  # a ModelChoiceField


@admin.register(Handover)
class HandoverAdmin(OnlyShown):
    """Who offered what to whom, and who consented. Counts only: no record of a school is shown here."""

    list_display = ("school", "giver", "receiver", "state", "offered_by", "for_ended_hub", "offered_at", "decided_by")
    list_select_related = ("school", "giver", "receiver", "offered_by", "decided_by")
    list_filter = ("state", "for_ended_hub", "giver", "receiver")
    change_list_template = "admin/handover_list.html"

    def get_urls(self) -> list[URLPattern]:
        own = [path("ended/", self.admin_site.admin_view(self.ended), name="schools_handover_ended")]
        return own + super().get_urls()

    def ended(self, request: HttpRequest) -> HttpResponse:
        """Offer every school of an ended hub that another hub covers now; those hubs’ managers answer."""
        if not request.user.is_superuser:
            raise PermissionDenied
        form = EndedHubForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                made = self._offer_all(form, request)
            except ValidationError as problem:
                form.add_error(None, problem)
            else:
                self.message_user(request, f"Offered: {count(made, 'school')}.", messages.SUCCESS)
                return redirect("admin:schools_handover_changelist")
        waiting = [(hub, len(self._leavers(hub))) for hub in handing.ended_hubs().order_by("name")]
        context = {"title": "Schools of a hub that has ended", "form": form, "waiting": waiting}
        return page(self, request, "admin/handover_ended.html", **context)

    @staticmethod
    def _leavers(hub: Hub) -> list[handing.Leaver]:
        return [each for each in handing.leavers([hub]) if each.handover is None]

    def _offer_all(self, form: EndedHubForm, request: HttpRequest) -> int:
        asked = dict(form.cleaned_data)
        giver = asked.pop("giver")
        leavers = self._leavers(giver)
        if not leavers:
            raise ValidationError(f"No school of {giver} waits to be offered to a hub that covers it now.")
        pairs = [(each.school, giver) for each in leavers]
        return len(handovers.offer_all(pairs=pairs, by=request.user, for_ended_hub=True, **asked))
