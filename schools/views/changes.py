"""The feed of what the register changed: the list, and what the hub makes of one change."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from django.views.generic import FormView

from hubportal.kit.forms import path_back
from hubportal.kit.tables import TableExport, TableView
from hubportal.kit.undo import say_with_undo
from schools import changes, handing
from schools.access import today
from schools.actions import notices, relationships
from schools.filters import ChangeFilters
from schools.forms.changes import NoticeForm
from schools.models import ChangeNotice
from schools.permissions import can_list_changes, can_settle_notice
from schools.tables import ChangeTable

State = ChangeNotice.State


class ChangeList(TableView):
    """What the register changed about the hub's schools, the newest first: open ones unless asked otherwise."""

    template_name = "schools/change_list.html"
    saved_as = "schools:change-list"
    table_class = ChangeTable
    filters_class = ChangeFilters
    noun = "register change"
    per_page = 25

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_list_changes(request.user):
            raise PermissionDenied("What the register changed is for hubs and the officers of their partners.")
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        return ChangeNotice.objects.visible_to(self.request.user).for_list(self.request.user)


class ChangeExport(TableExport, ChangeList):
    file_name = "register-changes"


class ChangeDetail(FormView):
    """One change: what it means, and what the hub makes of it."""

    template_name = "schools/change_detail.html"
    form_class = NoticeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = ChangeNotice.objects.visible_to(request.user).for_list(request.user)
        self.notice = get_object_or_404(rows, uuid=kwargs["uuid"])
        if not self.notice.sees_school:  # the page of one that has left leads to what the hub recorded of it
            self.notice.sees_school = handing.remembered(request.user, self.notice.change.school.urn) is not None
        self.may_settle = can_settle_notice(request.user, self.notice)
        if request.method == "POST" and not self.may_settle:
            raise PermissionDenied("Managers and officers decide what becomes of it.")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        people = relationships.people_who_may_own(hub=self.notice.hub)
        return {**super().get_form_kwargs(), "people": people, "notice": self.notice}

    def form_valid(self, form: NoticeForm) -> HttpResponse:
        given, by = form.cleaned_data, self.request.user
        try:
            if given["state"] == State.ASSIGNED:
                notices.assign(notice=self.notice, to=form.colleague, by=by, note=given["note"])
                messages.success(self.request, f"{form.colleague} will see to it.")
            else:
                decide = notices.finish if given["state"] == State.DONE else notices.dismiss
                decide(notice=self.notice, by=by, note=given["note"])
                messages.success(self.request, "Saved: it is off the list of open changes.")
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        return redirect("schools:change-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            notice=self.notice,
            change=self.notice.change,
            rows=changes.facts_of(self.notice),
            said=changes.said(self.notice.change, today()),
            standing=changes.standing(self.notice),
            may_settle=self.may_settle,
            **kwargs,
        )


class ChangePress(View):
    """One press on a change, from the list or the Today page: done, or new again."""

    http_method_names = ["post"]
    PRESSES = {
        "done": (notices.finish, "Done."),
        "reopen": (notices.reopen, "It is on the list of open changes again."),
    }

    def post(self, request: HttpRequest, uuid: Any, press: str) -> HttpResponse:
        notice = get_object_or_404(ChangeNotice.objects.visible_to(request.user), uuid=uuid)
        if not can_settle_notice(request.user, notice):
            raise PermissionDenied("Managers and officers decide what becomes of it.")
        decide, words = self.PRESSES[press]
        decide(notice=notice, by=request.user)
        undo = reverse("schools:change-reopen", args=[notice.uuid]) if press == "done" else ""
        say_with_undo(request, words, undo)
        return redirect(path_back(request) or "schools:change-list")
