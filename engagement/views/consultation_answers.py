"""What schools answered to a consultation: the list behind every figure, its file, one school's answers, the page on
which it answers signed in; and "You said, we did" as a manager writes it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View

from engagement.actions import consultations as actions
from engagement.consultations import link_reading, tables
from engagement.consultations import questions as asking
from engagement.forms.consultations import PairRows
from engagement.models import ConsultationSchool
from engagement.views.consultation_answering import Answering
from engagement.views.consultations import OfConsultation
from hubportal.kit import drafts
from hubportal.kit.draft_views import DraftAutosaveView
from hubportal.kit.errors import summary_entries
from hubportal.kit.forms import wants_row, with_another_row
from hubportal.kit.models import Author, Draft
from hubportal.kit.tables import Filters, ListTable, TableExport, TableView
from schools.access import access_of

ROWS = "pair"  # what the names of the fields of "You said, we did" begin with


class ConsultationSchools(OfConsultation, TableView):
    """The schools that were asked, with who answered; each question's answers as a column of its own."""

    http_method_names = ["get", "head"]
    asks_to_send = False
    template_name = "engagement/consultations/school_list.html"
    noun = "school"

    def get_queryset(self) -> QuerySet:
        rows = ConsultationSchool.objects.visible_to(self.request.user).filter(consultation=self.consultation)
        return rows.with_school()

    def get_table_class(self) -> type[ListTable]:
        shown = self.request.GET.get("said", "").partition(":")[0]
        return tables.table_of(self.consultation.questions, shown=shown)

    def get_filters_class(self) -> type[Filters]:
        authorities = self.get_queryset().order_by("school__authority__name")
        names = dict(authorities.values_list("school__authority__code", "school__authority__name").distinct())
        return tables.filters_of(self.consultation.questions, names)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(consultation=self.consultation, **kwargs)


class ConsultationExport(TableExport, ConsultationSchools):
    """Those schools with all their answers, as a file."""

    file_name = "consultation"


class ConsultationAnswerDetail(View):
    """What one school answered, with who and when, and what it had answered before."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        rows = ConsultationSchool.objects.visible_to(request.user).with_school().select_related("hub")
        asked = get_object_or_404(rows, uuid=uuid)
        sent = asked.answers.select_related("link").order_by("-at", "-pk")
        is_schools = asked.school_id in access_of(request.user).writing_school_ids
        questions = asked.consultation.questions
        context = {
            "asked": asked,
            "consultation": asked.consultation,
            "is_hubs": ConsultationSchool.objects.of_hub_for(request.user).filter(pk=asked.pk).exists(),
            "may_answer": is_schools and asked.consultation.is_open,
            "sent": [(each, asking.read(questions, each.values)) for each in sent],
        }
        return render(request, "engagement/consultations/answer_detail.html", context)


class SchoolsAnswer(Answering):
    """One that somebody of the school answers, signed in: 404 for others' rows, 403 for the hub's people."""

    kwargs: dict[str, Any]
    asks_who = False
    form_template = "engagement/consultations/answer_edit.html"

    def find(self) -> ConsultationSchool:
        rows = ConsultationSchool.objects.visible_to(self.request.user).select_related(*link_reading.ALONG)
        self.asked = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        if self.asked.school_id not in access_of(self.request.user).writing_school_ids:
            raise PermissionDenied("The school’s own leaders and editors answer these questions.")
        self.consultation, self.hub = self.asked.consultation, self.asked.hub
        return self.asked

    def writer(self, draft: Draft | None = None) -> Author:
        return Author(self.request.user)

    def signed(self) -> dict[str, Any]:
        return {"by": self.request.user}

    def draft_url(self) -> str:
        return reverse("engagement:consultation-answer-draft", args=[self.asked.uuid])

    def leave(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(self.asked.get_absolute_url())

    def stay(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(self.asked.get_answer_url())


class ConsultationAnswerEdit(SchoolsAnswer, View):
    """The questions, in the draft that the whole school shares; once it is closed, what was sent."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        self.find()
        return self.show_form(self.begun()) if self.consultation.is_open else self.leave()

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        self.find()
        return self.take(request)


class ConsultationAnswerDraft(SchoolsAnswer, DraftAutosaveView):
    """The address that the school's signed-in page saves itself to."""

    def get_draft(self) -> Draft:
        return actions.begin_writing(asked=self.find())

    def may_edit(self, draft: Draft) -> bool:
        return True  # find() has asked

    def get_shape(self, draft: Draft) -> drafts.Shape:
        return drafts.shape_of(self.form(self.request.POST))


class OutcomeEdit(OfConsultation):
    """Write what they said and what was done."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        if self.consultation.is_draft:
            messages.error(request, "This consultation was not sent yet.")
            return redirect(self.consultation)
        return self.show(self.rows(initial=self.consultation.outcome))

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        if wants_row(request.POST, ROWS):
            return self.show(self.rows(with_another_row(request.POST, ROWS), quiet=True))
        rows, problems = self.rows(request.POST), []
        if rows.is_valid():
            try:
                actions.set_outcome(consultation=self.consultation, pairs=rows.pairs)
                if "publish" in request.POST:
                    actions.publish(consultation=self.consultation, by=request.user)
            except ValidationError as problem:
                problems = problem.messages
            else:
                messages.success(request, "Published." if "publish" in request.POST else "Saved.")
                return redirect(self.consultation)
        return self.show(rows, problems, status=400)

    def rows(self, data: Any = None, initial: Any = None, *, quiet: bool = False) -> Any:
        return PairRows(data, initial=initial, prefix=ROWS, form_kwargs={"quiet": quiet})

    def show(self, rows: Any, problems: list[str] | None = None, status: int = 200) -> HttpResponse:
        sentences = [(each, "") for each in problems or []] + list(summary_entries(rows))
        context = {"rows": rows, "consultation": self.consultation, "sentences": sentences}
        return render(self.request, "engagement/consultations/outcome_edit.html", context, status=status)


class OutcomeTakeDown(OfConsultation):
    """Nobody else reads it any more."""

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        if actions.take_down(consultation=self.consultation):
            messages.success(request, "Taken down: nobody but you reads it now. What you wrote is kept.")
        else:
            messages.info(request, "It is not published, so nothing was changed.")
        return redirect(self.consultation)
