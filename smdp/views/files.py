"""Pictures and documents of a plan: adding one to a section, taking it out of the house, removing it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from smdp.actions import files as actions
from smdp.file_forms import FileAddForm, FileRemoveForm
from smdp.models import PlanFile
from smdp.permissions import can_erase_files, can_remove_file, can_write_plan
from smdp.views.sections import SectionPage


class FileAdd(View):
    """Choose a file for a section."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        return self.show(SectionPage(request, pk, key), FileAddForm())

    def post(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        page, form = SectionPage(request, pk, key), FileAddForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                file = actions.attach(section=page.row, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, f"{file.name} stands in this section now.")
                return redirect(f"{page.plan.section_url(key)}#files")
        form.name_chosen()
        return self.show(page, form, status=400)

    def show(self, page: SectionPage, form: FileAddForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "plan": page.plan, "section": page.section}
        return render(self.request, "smdp/file_add.html", context, status=status)


def visible_file(request: HttpRequest, pk: UUID) -> PlanFile:
    """The file that the address names, as far as this person sees it: 404 otherwise."""
    rows = PlanFile.objects.visible_to(request.user).select_related("section__plan__school", "added_by")
    return get_object_or_404(rows, uuid=pk)


class FileDownload(View):
    """The file, to be kept: never opened by the browser as a page of ours."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID) -> FileResponse:
        file = visible_file(request, pk)
        try:
            data = file.file.open("rb")
        except (OSError, ValueError) as error:  # erased; or a backup without its files was brought back
            raise Http404 from error
        return FileResponse(data, as_attachment=True, filename=file.name_out, content_type=file.content_type)


class FileRemove(View):
    """Ask, then take it off its section, or away altogether."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        file = self.removable(request, pk)
        return self.show(file, FileRemoveForm(file=file, asks=self.asks(file)))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        file = self.removable(request, pk)
        form = FileRemoveForm(request.POST, file=file, asks=self.asks(file))
        if not form.is_valid():
            return self.show(file, form, status=400)
        row = actions.remove(file=file, everywhere=form.everywhere, by=request.user)
        gone = "deleted" if row.erased_at else "taken off this section; the versions that hold it keep it"
        messages.success(request, f"{file.name} is {gone}.")
        plan = file.section.plan
        return redirect(plan.section_url(file.section.key) if can_write_plan(request.user, plan) else plan)

    def removable(self, request: HttpRequest, pk: UUID) -> PlanFile:
        file = visible_file(request, pk)
        if not can_remove_file(request.user, file):
            raise PermissionDenied("The school’s leaders and editors remove its plan’s files.")
        return file

    def asks(self, file: PlanFile) -> bool:
        return file.versions.exists() and can_erase_files(self.request.user, file.section.plan.school)

    def show(self, file: PlanFile, form: FileRemoveForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "file": file, "plan": file.section.plan, "is_frozen": file.versions.exists()}
        return render(self.request, "smdp/file_remove.html", context, status=status)
