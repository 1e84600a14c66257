"""The register in the browser: upload its files, watch them being read, look at what they would change, apply them."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.generic import FormView, TemplateView, View

from hubportal.kit.tables import FORMATS, csv_lines
from schools.actions import register_imports as actions
from schools.forms.register_imports import RegisterImportApplyForm, RegisterImportCreateForm
from schools.models import RegisterFile, RegisterImport
from schools.permissions import can_import_register
from schools.register.details import TITLES, in_words, lines_of, path_of, some_of
from schools.register.summary import date_of, summary_of

PER_PAGE = 50
FILES_PER_PAGE = 25
Phase = RegisterImport.Phase


class OfAdministrators(View):
    """For platform administrators: 403 for everybody else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_import_register(request.user):
            raise PermissionDenied("Only platform administrators may upload the register’s files.")
        return super().dispatch(request, *args, **kwargs)


class RegisterImportList(OfAdministrators, TemplateView):
    """What was uploaded, and every file that the portal has taken in, however it came."""

    template_name = "schools/register_import_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, query = self.request.user, self.request.GET
        brought = RegisterImport.objects.visible_to(user).select_related("by").prefetch_related("files")
        files = RegisterFile.objects.visible_to(user).select_related("accepted_by").defer("header")
        return super().get_context_data(
            imports=Paginator(brought, FILES_PER_PAGE).get_page(query.get("page")),
            files=Paginator(files, FILES_PER_PAGE).get_page(query.get("files")),
            **kwargs,
        )


class RegisterImportCreate(OfAdministrators, FormView):
    """Choose the files."""

    template_name = "schools/register_import_create.html"
    form_class = RegisterImportCreateForm

    def form_valid(self, form: RegisterImportCreateForm) -> HttpResponse:
        cleaned = form.cleaned_data
        imported = actions.bring(
            files=form.files_by_kind, by=self.request.user, as_at=cleaned["as_at"], as_history=cleaned["as_history"]
        )
        return redirect(imported)

    def form_invalid(self, form: RegisterImportCreateForm) -> HttpResponse:
        form.name_chosen()
        return super().form_invalid(form)


class ImportOfOne(View):
    """One import, which exists for administrators only."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        imports = RegisterImport.objects.visible_to(request.user).prefetch_related("files")
        if request.user.is_authenticated:  # else the door closes after this
            related = imports.select_related("by", "apply_asked_by", "accepted_by")
            self.imported = get_object_or_404(related, uuid=kwargs["uuid"])


class RegisterImportDetail(ImportOfOne):
    """Where an import stands: its progress, what it would change, what it did."""

    def get(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        return self.shown(request, RegisterImportApplyForm())

    def shown(self, request: HttpRequest, form: RegisterImportApplyForm, status: int = 200) -> HttpResponse:
        imported = self.imported
        context = {
            "imported": imported,
            "phase": imported.phase,
            "as_at": date_of(imported),
            "summaries": [summary_of(imported, each) for each in imported.files.all()],
            "held": imported.held_for,
            "refused_file": next((each for each in imported.files.all() if each.figures.get("refused")), None),
            "poll": reverse("schools:register-import-status", args=[imported.uuid]),
            "form": form,
        }
        return TemplateResponse(request, "schools/register_import_detail.html", context, status=status)


class RegisterImportApply(RegisterImportDetail):
    """Apply what was read; the page again, with what is missing, where it cannot be."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        form = RegisterImportApplyForm(request.POST)
        form.is_valid()
        try:
            actions.apply(imported=self.imported, by=request.user, has_looked=bool(form.cleaned_data.get("has_looked")))
        except ValidationError as problem:
            form.add_error("has_looked" if self.imported.held_for else None, problem)
            return self.shown(request, form, status=409)
        return redirect(self.imported)


class RegisterImportRetry(ImportOfOne):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        try:
            actions.retry(imported=self.imported, by=request.user)
        except ValidationError as problem:
            messages.warning(request, " ".join(problem.messages))
        return redirect(self.imported)


class RegisterImportDiscard(ImportOfOne):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        try:
            actions.discard(imported=self.imported, by=request.user)
        except ValidationError as problem:
            messages.warning(request, " ".join(problem.messages))
            return redirect(self.imported)
        messages.success(request, "The files are discarded. No school was changed by them.")
        return redirect("schools:register-import-list")


class RegisterImportStatus(ImportOfOne):
    """The progress alone, for a page that is watching; once it is over, the page is asked to come anew."""

    def get(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        context = {"imported": self.imported, "poll": request.path}
        response = TemplateResponse(request, "schools/_register_import_progress.html", context)
        if self.imported.is_over and request.htmx:
            response["HX-Refresh"] = "true"
        return response


class ListOfOne(ImportOfOne):
    """One list of what a file changes, such as the renamed schools."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        files = {each.kind: each for each in self.imported.files.all()}
        self.file, self.name = files.get(kwargs["kind"]), kwargs["name"]
        self.number = dict(self.file.details).get(self.name, 0) if self.file else 0
        self.path = path_of(self.imported.details, kwargs["kind"], self.name)
        if not self.number or not self.path.exists():
            raise Http404("There is no such list.")


class RegisterImportRows(ListOfOne):
    """A page of a list."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        page = Paginator(range(self.number), PER_PAGE).get_page(request.GET.get("page"))
        header, found = some_of(self.path, page.start_index() - 1, PER_PAGE)
        rows = [[(name, in_words(name, value)) for name, value in zip(header, row, strict=True)] for row in found]
        context = {
            "imported": self.imported,
            "file": self.file,
            "title": TITLES[self.name],
            "number": self.number,
            "page": page,
            "header": header,
            "rows": [(dict(cells).get("URN", ""), cells) for cells in rows],
            "csv_url": reverse("schools:register-import-csv", kwargs=kwargs),
        }
        return TemplateResponse(request, "schools/register_import_rows.html", context)


class RegisterImportCsv(ListOfOne):
    """A whole list as a file, line by line. No cell of it is a formula."""

    def get(self, request: HttpRequest, **kwargs: Any) -> StreamingHttpResponse:
        lines: Iterator[bytes] = csv_lines(lines_of(self.path))
        response = StreamingHttpResponse(lines, content_type=FORMATS["csv"])
        response["Content-Disposition"] = f'attachment; filename="register-{kwargs["kind"]}-{self.name}.csv"'
        return response
