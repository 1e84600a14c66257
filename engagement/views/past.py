"""Bringing in what a hub has from before: upload, say what the columns hold, answer, look, bring in, take out again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.generic import FormView, TemplateView, View

from engagement.actions import past as actions
from engagement.forms.past import PastColumnsForm, PastImportForm, PastQuestionsForm, PastSheetForm
from engagement.models import PastImport, PastRow, SupportGiven
from engagement.past import columns, samples
from engagement.permissions import can_bring_past
from hubportal.kit.tables import FORMATS, as_csv, as_xlsx

PER_PAGE = 50
MOST_RECENT = 25
Outcome, Phase = PastRow.Outcome, PastImport.Phase
# Of a file that is shown, brought in, or taken out again: which rows its tabs show.
TABS: dict[str, tuple[PastRow.Outcome, ...]] = {
    Phase.SHOWN: (Outcome.NEW, Outcome.FAILED, Outcome.SAME),
    Phase.BROUGHT: (Outcome.BROUGHT, Outcome.FAILED, Outcome.SAME),
    Phase.UNDONE: (Outcome.KEPT, Outcome.UNDONE, Outcome.FAILED),
}


class OfManagers(View):
    """For a hub's managers: 403 for everybody else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_bring_past(request.user):
            raise PermissionDenied("What a hub has from before is brought in by its managers.")
        return super().dispatch(request, *args, **kwargs)


class PastImportCreate(OfManagers, FormView):
    """Choose a file, with files to fill in, and what was brought in lately."""

    template_name = "engagement/past_import_create.html"
    form_class = PastImportForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: PastImportForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            imported = actions.upload(hub=form.chosen_hub, name=file.name, data=file.read(), by=self.request.user)
        except ValidationError as problem:
            form.add_error("file", problem)
            return self.form_invalid(form)
        return redirect(imported)

    def form_invalid(self, form: PastImportForm) -> HttpResponse:
        form.name_chosen()
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        recent = PastImport.objects.visible_to(self.request.user).select_related("by", "hub")
        recent = recent.exclude(state="cancelled").defer("sheets", "settings", "answers", "asks", "changes")
        page = Paginator(recent, MOST_RECENT).get_page(self.request.GET.get("page"))
        return super().get_context_data(recent=page, kinds=columns.KINDS.items(), **kwargs)


class PastImportTemplate(OfManagers):
    """A file to fill in: its headings, and one row that shows how they are meant."""

    def get(self, request: HttpRequest, kind: str, format: str) -> HttpResponse:
        if kind not in samples.SAMPLES or format not in FORMATS:
            raise Http404
        return file_of(samples.lines_of(kind), f"past-{kind}", format)


class ImportOfOne(View):
    """One file, which exists for its hub's managers."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:  # else the door closes after this
            rows = PastImport.objects.visible_to(request.user).select_related("hub", "by", "brought_by", "undone_by")
            self.imported = get_object_or_404(rows, uuid=kwargs["uuid"])


class PastImportDetail(ImportOfOne):
    """Where a file stands: what is asked next, its progress, what it would bring, what it brought."""

    def get(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        match self.imported.phase:
            case Phase.MAPPING:
                step = "columns" if self.imported.sheet is not None else "sheet"
                return redirect(f"engagement:past-import-{step}", uuid)
            case Phase.ASKING:
                return redirect("engagement:past-import-questions", uuid)
        return self.shown(request)

    def shown(self, request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
        imported, asked = self.imported, request.GET.get("show", "")
        tabs = [(each, Outcome(each).label) for each in TABS.get(imported.phase, ())]
        rows = imported.rows.select_related("school", "conversation", "attempt", "support")
        numbers = dict(rows.order_by().values_list("outcome").annotate(number=Count("pk"))) if tabs else {}
        held = [code for code, _ in tabs if numbers.get(code)]
        show = asked if asked in dict(tabs) else (held[0] if held else "")
        found = rows.filter(outcome=show) if show else rows.none()
        context = {
            "imported": imported,
            "phase": imported.phase,
            "poll": reverse("engagement:past-import-status", args=[imported.uuid]),
            "problem": problem,
            "kinds": [(PastRow.Kind(kind).label, number) for kind, number in _kinds(imported) if number],
            "tabs": [(code, label, numbers.get(code, 0)) for code, label in tabs],
            "show": show,
            "rows": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
            "rejected": numbers.get(Outcome.FAILED, 0),
            "years": [(year_words(year), was, now) for year, was, now in imported.changes.get("years", ())],
            "changed": [
                (urn, name, was, now, [year_words(year) for year in years])
                for urn, name, was, now, years in imported.changes.get("schools", ())
            ],
            "formats": list(FORMATS),
        }
        return TemplateResponse(request, "engagement/past_import_detail.html", context, status=status)


def year_words(year: int) -> str:
    return f"{year} to {year + 1}"


def _kinds(imported: PastImport) -> list[tuple[str, int]]:
    counts = imported.counts.get("undone" if imported.phase == Phase.UNDONE else "kinds", {})
    return [(kind, counts.get(kind, 0)) for kind in PastRow.Kind.values]


class PastImportSheet(ImportOfOne, FormView):
    """Choose the sheet."""

    template_name = "engagement/past_import_sheet.html"
    form_class = PastSheetForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "imported": self.imported}

    def form_valid(self, form: PastSheetForm) -> HttpResponse:
        try:
            actions.choose_sheet(imported=self.imported, sheet=form.cleaned_data["sheet"], by=self.request.user)
        except ValidationError as problem:
            messages.warning(self.request, " ".join(problem.messages))
            return redirect(self.imported)
        return redirect("engagement:past-import-columns", self.imported.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(imported=self.imported, **kwargs)


class OfTold(ImportOfOne):
    """What may be said of a file that is not brought in: to its own page where that is over."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not self.may_be_told():
            return redirect(self.imported)
        return super().dispatch(request, *args, **kwargs)

    def may_be_told(self) -> bool:
        return self.imported.may_be_told and self.imported.sheet is not None


class PastImportColumns(OfTold, FormView):
    """Say what the columns hold."""

    template_name = "engagement/past_import_columns.html"
    form_class = PastColumnsForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "imported": self.imported}

    def form_valid(self, form: PastColumnsForm) -> HttpResponse:
        name = form.cleaned_data["save_as"].strip()
        try:
            actions.tell(imported=self.imported, settings=form.settings, by=self.request.user, save_as=name)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        return redirect(self.imported)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        imported = self.imported
        return super().get_context_data(
            imported=imported,
            line=imported.sheets[imported.sheet or 0]["line"],
            mapping=actions.mapping_for(imported),
            **kwargs,
        )


class PastImportQuestions(OfTold, FormView):
    """Answer what the file leaves open."""

    template_name = "engagement/past_import_questions.html"
    form_class = PastQuestionsForm

    def may_be_told(self) -> bool:
        return self.imported.phase == Phase.ASKING

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "imported": self.imported}

    def form_valid(self, form: PastQuestionsForm) -> HttpResponse:
        try:
            actions.answer(imported=self.imported, answers=form.answers, by=self.request.user)
        except ValidationError as problem:
            messages.warning(self.request, " ".join(problem.messages))
        return redirect(self.imported)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(imported=self.imported, **kwargs)


class PastImportBring(PastImportDetail):
    """Bring in what was shown."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        try:
            actions.bring(imported=self.imported, by=request.user)
        except ValidationError as problem:
            if self.imported.phase == Phase.SHOWN:
                return self.shown(request, " ".join(problem.messages), status=409)
        return redirect(self.imported)


class PastImportUndo(ImportOfOne, TemplateView):
    """Ask before what was brought in is taken out again."""

    template_name = "engagement/past_import_undo.html"

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        try:
            actions.undo(imported=self.imported, by=request.user)
        except ValidationError as problem:
            messages.warning(request, " ".join(problem.messages))
        return redirect(self.imported)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(imported=self.imported, **kwargs)


class PastImportRetry(ImportOfOne):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        try:
            actions.retry(imported=self.imported, by=request.user)
        except ValidationError as problem:
            messages.warning(request, " ".join(problem.messages))
        return redirect(self.imported)


class PastImportDiscard(ImportOfOne):
    """Throw a file away that brought nothing in."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        try:
            actions.discard(imported=self.imported, by=request.user)
        except ValidationError as problem:
            messages.warning(request, " ".join(problem.messages))
            return redirect(self.imported)
        messages.success(request, f"{self.imported.name} is discarded. Nothing was changed by it.")
        return redirect("engagement:past-import-create")


class PastImportStatus(ImportOfOne):
    """The progress alone, for a page that is watching; once it is over, the page is asked to come anew."""

    def get(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        context = {"imported": self.imported, "poll": request.path}
        response = TemplateResponse(request, "engagement/_past_import_progress.html", context)
        if self.imported.is_over and request.htmx:
            response["HX-Refresh"] = "true"
        return response


class PastImportRejected(ImportOfOne):
    """The rejected rows with their reasons, to mend and to bring again. No cell of it is a formula."""

    def get(self, request: HttpRequest, uuid: Any, format: str) -> HttpResponse:
        if format not in FORMATS:
            raise Http404
        rows = self.imported.rows.filter(outcome=Outcome.FAILED).values_list("cells", "reason")
        lines = samples.lines_with_reasons(self.imported.header, list(rows))
        return file_of(lines, "rejected-rows", format)


class SupportDetail(View):
    """Support that was given before the portal."""

    def get(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        rows = SupportGiven.objects.visible_to(request.user)
        related = ("school", "strand", "hub", "received_from", "past_row__past_import__brought_by")
        support = get_object_or_404(rows.select_related(*related), uuid=uuid)
        context = {"support": support, "past_row": getattr(support, "past_row", None)}
        return TemplateResponse(request, "engagement/support_detail.html", context)


def file_of(lines: list[list[str]], name: str, kind: str) -> HttpResponse:
    """Lines as a download. No cell of it is a formula."""
    body = as_csv(lines) if kind == "csv" else as_xlsx(lines, title=name.replace("-", " "))
    response = HttpResponse(body, content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
