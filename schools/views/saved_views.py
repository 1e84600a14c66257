"""Saved views of lists: all of them, saving one, changing, deleting; and the log of files taken."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from django.views.generic import TemplateView

from hubportal.kit.saved import Described
from hubportal.kit.tables import TableView
from schools.access import access_of
from schools.actions import saved_views as actions
from schools.forms.saved_views import SavedViewForm
from schools.lists.exports import ExportFilters, ExportTable
from schools.lists.keeping import LISTS
from schools.models import Hub, ListExport, SavedView
from schools.permissions import can_change_view, can_list_exports, can_save_views, can_share_views

FOR_HUBS = "Saved views are for those who work for a hub or one of its partners."


class SavedViewList(TemplateView):
    """All views that one may open, list by list: who shared each, what it holds, which one a list starts with."""

    template_name = "schools/lists/saved_view_list.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not can_save_views(request.user):
            raise PermissionDenied(FOR_HUBS)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rows = list(SavedView.objects.visible_to(user).select_related("owner", "hub"))
        for each in rows:
            each.may_change = can_change_view(user, each)
            each.is_own = each.owner_id == user.pk
        asked = self.request.GET.get("list", "")
        order = sorted(LISTS, key=lambda key: key != asked)
        groups = [(LISTS[key], [each for each in rows if each.list == key]) for key in order]
        return super().get_context_data(
            groups=[(label, views) for label, views in groups if views],
            can_list_exports=can_list_exports(user),
            **kwargs,
        )


class SavedViewCreate(View):
    """Keep a list as it stands. The list's page posts what it shows, signed, with the name."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if not can_save_views(request.user):
            raise PermissionDenied(FOR_HUBS)
        shown = described_in(request)
        if shown is None:
            return redirect("schools:saved-view-list")
        form = SavedViewForm(request.POST, hubs=hubs_of(request), may_share=can_share_views(request.user))
        if form.is_valid():
            try:
                view = actions.save(hub=form.hub_chosen, shown=shown, by=request.user, **form.facts)
            except ValidationError as problem:
                form.add_error(None if "name" not in problem.message_dict else "name", problem.message_dict["name"])
            else:
                messages.success(request, f"Saved as “{view.name}”.")
                return redirect(view)
        context = {"form": form, "shown": shown, "label": LISTS[shown.key], "back": shown.address()}
        return render(request, "schools/lists/saved_view_create.html", context, status=400)


def described_in(request: HttpRequest) -> Described | None:
    """The list that a page posted. None, with words, where it is not what the page gave."""
    try:
        shown = Described.from_signed(request.POST.get("shown", ""))
    except (signing.BadSignature, TypeError, ValueError):
        shown = None
    if shown is None or shown.key not in LISTS:
        messages.error(request, "The list did not come along, so nothing was saved. Open it again, and save it there.")
        return None
    return shown


def hubs_of(request: HttpRequest) -> QuerySet[Hub]:
    """The hubs that the person works for."""
    return Hub.objects.visible_to(request.user).filter(pk__in=access_of(request.user).worked_hub_ids).order_by("name")


class OfView(View):
    """One view that the person may change: 404 where it is not theirs to open, 403 where it is only theirs to open."""

    http_method_names = ["get", "head", "post"]
    asks_to_change = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        rows = SavedView.objects.visible_to(request.user).select_related("owner", "hub")
        self.saved: SavedView = get_object_or_404(rows, uuid=kwargs["uuid"])
        if self.asks_to_change and not can_change_view(request.user, self.saved):
            raise PermissionDenied("Who saved this view changes it; the hub’s managers too where it is shared.")


class SavedViewEdit(OfView):
    """Its name, who has it, whether the list opens so. With `shown`: let it be the list as it stands."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        return self.show(self.form(initial=self.said()))

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        if "shown" in request.POST:
            return self.replace()
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=400)
        said = form.facts
        shared = said["is_shared"] if "is_shared" in form.fields else self.saved.is_shared
        try:
            actions.edit(view=self.saved, name=said["name"], is_shared=shared)
        except ValidationError as problem:
            form.add_error("name", problem.message_dict["name"])
            return self.show(form, status=400)
        actions.set_start(view=self.saved, is_start=said["is_start"], by=request.user)
        messages.success(request, f"“{self.saved.name}” is saved.")
        return redirect("schools:saved-view-list")

    def replace(self) -> HttpResponse:
        shown = described_in(self.request)
        if shown is None:
            return redirect("schools:saved-view-list")
        try:
            actions.replace(view=self.saved, shown=shown)
        except ValidationError as problem:
            messages.error(self.request, " ".join(problem.messages))
        else:
            messages.success(self.request, f"“{self.saved.name}” opens as the list stands now.")
        return redirect(self.saved)

    def said(self) -> dict[str, Any]:
        return {"name": self.saved.name, "is_shared": self.saved.is_shared, "is_start": self.saved.is_start}

    def form(self, data: Any = None, initial: Any = None) -> SavedViewForm:
        return SavedViewForm(data, initial=initial, may_share=can_share_views(self.request.user))

    def show(self, form: SavedViewForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "saved": self.saved, "label": LISTS.get(self.saved.list, "")}
        return render(self.request, "schools/lists/saved_view_edit.html", context, status=status)


class SavedViewDelete(OfView):
    """Ask, then delete it for everybody."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        others = self.saved.starts.exclude(user=request.user).count()
        context = {"saved": self.saved, "others": others}
        return render(request, "schools/lists/saved_view_delete.html", context)

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        actions.delete(view=self.saved)
        messages.success(request, f"“{self.saved.name}” is deleted.")
        return redirect("schools:saved-view-list")


class SavedViewStart(OfView):
    """Let the list open so for oneself, or plain."""

    http_method_names = ["post"]
    asks_to_change = False

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        is_start = request.POST.get("start") == "yes"
        actions.set_start(view=self.saved, is_start=is_start, by=request.user)
        label = LISTS.get(self.saved.list, "The list")
        messages.success(request, f"{label} opens {f'with “{self.saved.name}”' if is_start else 'plain'} for you now.")
        return redirect("schools:saved-view-list")


class ExportList(TableView):
    """Who took which list away as a file, for the hub's managers."""

    template_name = "schools/lists/export_list.html"
    table_class = ExportTable
    filters_class = ExportFilters
    noun = "file"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not can_list_exports(request.user):
            raise PermissionDenied("Which lists were taken away as files, the hub’s managers see.")
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        return ListExport.objects.visible_to(self.request.user).select_related("by", "hub")
