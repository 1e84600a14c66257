"""How the priorities of a plan go: one noted, all of them on one page, and such a page to read and print."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from smdp import noting
from smdp.actions import notes as actions
from smdp.models import PlanCheckIn, PlanVersion, PriorityNote
from smdp.note_forms import CheckInForm, NoteForm
from smdp.permissions import can_write_plan
from smdp.views.versions import versions_of


class NotedVersion:
    """A version of a plan and how its priorities go, for those who note that: 404 where they do not read the version,
    403 where they may only read it."""

    def __init__(self, request: HttpRequest, pk: UUID, number: int) -> None:
        """Two queries, and those of the plan."""
        versions = list(versions_of(request, pk))
        self.newest = versions[0] if versions else None
        version = next((each for each in versions if each.number == number), None)
        if version is None:
            raise Http404
        self.version: PlanVersion = version
        self.plan = version.plan
        if not can_write_plan(request.user, self.plan):
            raise PermissionDenied("The school’s leaders and editors note how its priorities go.")
        notes = PriorityNote.objects.visible_to(request.user).filter(version__plan=self.plan).select_related("by")
        self.priorities = noting.going([each for each in versions if each.number <= number], notes).standing


class NoteCreate(View):
    """Note how one priority goes."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID, number: int, row: int) -> HttpResponse:
        page = NotedVersion(request, pk, number)
        return self.show(page, row, NoteForm())

    def post(self, request: HttpRequest, pk: UUID, number: int, row: int) -> HttpResponse:
        page, form = NotedVersion(request, pk, number), NoteForm(request.POST)
        if form.is_valid():
            try:
                actions.note(version=page.version, said=form.said(row), by=request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, "Noted. Whoever reads the plan reads it too.")
                return redirect(page.plan)
        return self.show(page, row, form, status=400)

    def show(self, page: NotedVersion, row: int, form: NoteForm, status: int = 200) -> HttpResponse:
        priority = next((each for each in page.priorities if each.number == row), None)
        if priority is None:
            raise Http404
        context = {"plan": page.plan, "priority": priority, "form": form}
        return render(self.request, "smdp/note_create.html", context, status=status)


class CheckInCreate(View):
    """Go through all priorities on one page."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
        page = NotedVersion(request, pk, number)
        if page.newest and page.version != page.newest:
            return redirect(page.newest.check_in_url)
        return self.show(page, CheckInForm(priorities=page.priorities))

    def post(self, request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
        page = NotedVersion(request, pk, number)
        form = CheckInForm(request.POST, priorities=page.priorities)
        if form.is_valid():
            texts = {name: form.cleaned_data[name] for name in ("changed", "help")}
            try:
                found = actions.check_in(version=page.version, said=form.said(), by=request.user, **texts)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, "Kept. Your hub reads it with the plan.")
                return redirect(found)
        return self.show(page, form, status=400)

    def show(self, page: NotedVersion, form: CheckInForm, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {"plan": page.plan, "version": page.version, "form": form}
        return render(self.request, "smdp/check_in_create.html", context, status=status)


class CheckInDetail(View):
    """What was said on one page, as it stays."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        rows = PlanCheckIn.objects.visible_to(request.user)
        found = get_object_or_404(rows.select_related("by", "version__plan__school__authority"), uuid=pk)
        notes = PriorityNote.objects.visible_to(request.user).filter(check_in=found)
        said = noting.going([found.version], notes).standing
        context = {"check_in": found, "plan": found.version.plan, "version": found.version, "priorities": said}
        return render(request, "smdp/check_in_detail.html", context)
