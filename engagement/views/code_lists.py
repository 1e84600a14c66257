"""The code lists of a hub: its people read them, its managers edit them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView

from engagement.actions import code_lists as actions
from engagement.code_lists.reading import Entry, lists_of
from engagement.forms.code_lists import CodeEntryCreateForm, CodeEntryForm
from engagement.models import CodeEntry
from engagement.permissions import can_edit_code_lists
from engagement.views.acting import ActsOnForm
from engagement.views.cadence import hub_of


def place_in(slug: str, code_list: str) -> str:
    """The address of one list on the page of all."""
    return f"{reverse('engagement:code-list-detail', args=[slug])}#{code_list}"


class CodeListDetail(TemplateView):
    """Every list with its entries, retired ones last."""

    template_name = "engagement/code_lists/code_list_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        hub = hub_of(self.request, self.kwargs["slug"])
        lists = [
            (CodeEntry.List(key), sorted(entries, key=lambda entry: not entry.is_offered))
            for key, entries in lists_of(hub).items()
        ]
        may_edit = can_edit_code_lists(self.request.user, hub.pk)
        return super().get_context_data(hub=hub, lists=lists, may_edit=may_edit, **kwargs)


class OfHub(ActsOnForm):
    """A page on which a manager edits a list of their hub."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        self.hub = hub_of(request, kwargs["slug"])
        if not can_edit_code_lists(request.user, self.hub.pk):
            raise PermissionDenied("A manager of the hub keeps its lists.")


class CodeEntryCreate(OfHub):
    """An entry of the hub's own."""

    template_name = "engagement/code_lists/code_entry_create.html"

    @property
    def code_list(self) -> CodeEntry.List:
        if self.kwargs["code_list"] not in CodeEntry.List.values:
            raise Http404
        return CodeEntry.List(self.kwargs["code_list"])

    def get_form(self, data: Any = None) -> CodeEntryCreateForm:
        _ = self.code_list
        return CodeEntryCreateForm(data)

    def act(self, form: CodeEntryCreateForm) -> HttpResponse:
        entry = actions.add(hub=self.hub, code_list=self.code_list, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"Added: {entry}.")
        return redirect(place_in(self.hub.slug, self.code_list))

    def more(self) -> dict[str, Any]:
        return {"hub": self.hub, "list_label": self.code_list.label}


class CodeEntryEdit(OfHub):
    """What the hub calls an entry, and whether it can be chosen."""

    template_name = "engagement/code_lists/code_entry_edit.html"

    def entry(self) -> Entry:
        rows = CodeEntry.objects.visible_to(self.request.user).not_of_other_hubs(self.hub)
        row = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        return next(each for each in lists_of(self.hub)[row.code_list] if each.row == row)

    def get_form(self, data: Any = None) -> CodeEntryForm:
        entry = self.entry()
        return CodeEntryForm(data, initial={"name": entry.name, "is_offered": entry.is_offered})

    def act(self, form: CodeEntryForm) -> HttpResponse:
        row = self.entry().row
        said = actions.change(hub=self.hub, entry=row, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"Saved: {said}{'' if said.is_offered else ', retired'}.")
        return redirect(place_in(self.hub.slug, row.code_list))

    def more(self) -> dict[str, Any]:
        entry = self.entry()
        return {"hub": self.hub, "entry": entry, "list_label": CodeEntry.List(entry.row.code_list).label}
