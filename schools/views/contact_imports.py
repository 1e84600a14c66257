"""Bringing a list of staff: upload, look, confirm; and the files to download on the way."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import FormView, TemplateView, View

from hubportal.kit.tables import FORMATS, as_csv, as_xlsx
from hubportal.kit.wording import count
from schools.actions import contact_imports
from schools.forms.contact_imports import ContactImportForm
from schools.models import ContactImport
from schools.permissions import can_import_contacts
from schools.staff_list import columns
from schools.staff_list.planning import FAILED, OUTCOMES, Plan, Row, lines_with_reasons

PER_PAGE = 50
MOST_RECENT = 5


class Importing(View):
    """For whoever does an officer's work: 403 for everybody else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_import_contacts(request.user):
            raise PermissionDenied("Contacts are imported by the hub's managers and officers, and its partners'.")
        return super().dispatch(request, *args, **kwargs)


class ContactImportCreate(Importing, FormView):
    """Choose a file, with the template and what one brought lately."""

    template_name = "schools/contact_import_create.html"
    form_class = ContactImportForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: ContactImportForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            imported = contact_imports.bring(
                hub=form.chosen_hub, name=file.name, data=file.read(), by=self.request.user
            )
        except ValidationError as problem:
            form.add_error("file", problem)
            return self.form_invalid(form)
        return redirect("schools:contact-import-detail", imported.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        recent = ContactImport.objects.visible_to(self.request.user).defer("rows")[:MOST_RECENT]
        return super().get_context_data(recent=recent, columns=[name for _field, name in columns.TEMPLATE], **kwargs)


class ContactImportTemplate(Importing):
    """An empty list with the columns' names."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if kwargs["format"] not in FORMATS:
            raise Http404
        return file_of([[name for _field, name in columns.TEMPLATE]], "staff-list", kwargs["format"])


class ImportOfOne(Importing):
    """One of one's own lists; anybody else's does not exist."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        own = ContactImport.objects.visible_to(request.user).select_related("hub")
        self.imported = own.filter(uuid=kwargs["uuid"]).first()
        if self.imported is None:
            raise Http404("No such list.")
        return super().dispatch(request, *args, **kwargs)


class ContactImportDetail(ImportOfOne, TemplateView):
    """What the list would do, row by row; and, once it is confirmed, what it did."""

    template_name = "schools/contact_import_detail.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            done = contact_imports.apply(imported=self.imported, digest=request.POST.get("digest", ""), by=request.user)
        except ValidationError as problem:
            return self.render_to_response(self.get_context_data(problem=" ".join(problem.messages)), status=409)
        new, changed = count(done.counts["new"], "new contact"), count(done.counts["changes"], "contact")
        messages.success(request, f"Imported: {new}, {changed} changed.")
        return redirect("schools:contact-import-detail", done.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        imported = self.imported
        if imported.applied_at:
            counts, digest, shown = imported.counts, "", FAILED
            rows = [
                Row(line, cells, reason=reason, who=who, place=place[0] if place else "")
                for line, cells, reason, who, *place in imported.rows  # those of old have no place
            ]
        else:
            plan = Plan(imported, self.request.user)
            counts, digest = plan.counts, plan.digest
            first = next((outcome for outcome in OUTCOMES if counts[outcome]), FAILED)
            asked = self.request.GET.get("show", "")
            shown = asked if asked in OUTCOMES else first
            rows = plan.with_outcome(shown)
        return super().get_context_data(
            **{
                "imported": imported,
                "counts": counts,
                "digest": digest,
                "shown": shown,
                "tabs": [(outcome, counts[outcome]) for outcome in OUTCOMES],
                "rows": Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page")),
                "takes": counts["new"] + counts["changes"],
                "left_out": columns.unknown(imported.header),
                "problem": "",
            }
            | kwargs
        )


class ContactImportFailed(ImportOfOne):
    """The rows that cannot be taken as a file of the same kind, with the reasons, to mend and bring again."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        imported = self.imported
        rows: list[Any] = [row[:3] for row in imported.rows]
        if not imported.applied_at:
            plan = Plan(imported, request.user)
            rows = [(row.line, row.cells, row.reason) for row in plan.with_outcome(FAILED)]
        return file_of(lines_with_reasons(imported.header, rows), "staff-list-failed", imported.kind)


class ContactImportDiscard(ImportOfOne):
    """Throw a list away without taking anything over."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        contact_imports.discard(imported=self.imported, by=request.user)
        messages.success(request, f"{self.imported.name} is discarded. Nothing was changed by it.")
        return redirect("schools:contact-import-create")


def file_of(lines: Any, name: str, kind: str) -> HttpResponse:
    """Lines as a download. No cell of it is a formula."""
    body = as_csv(lines) if kind == "csv" else as_xlsx(lines, title=name.replace("-", " "))
    response = HttpResponse(body, content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
