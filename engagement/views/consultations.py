"""Consultations: the list, writing one, seeing it as a school does, sending it once, and closing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from engagement.actions import consultations as actions
from engagement.actions import mailings
from engagement.consultations import questions as asking
from engagement.consultations import tables
from engagement.consultations.results import results_of
from engagement.forms.consultations import (
    ClosingDayForm,
    ConsultationAnswerForm,
    ConsultationForm,
    QuestionRows,
    as_typed,
)
from engagement.mailings.letter import as_read_by
from engagement.mailings.whom import Person, Reach, words_of
from engagement.models import Consultation, Framework
from engagement.permissions import can_read_consultations, can_send_consultations
from engagement.views.actions import add_problems
from engagement.views.to_whom import ToWhom, reach_or_say
from hubportal.kit.forms import wants_row, with_another_row
from hubportal.kit.tables import TableView
from hubportal.kit.wording import count, long_date
from schools.access import access_of, today
from schools.models import Hub

FOR_STAFF = "Consultations are for the staff of a hub."
FOR_MANAGERS = "The hub’s managers write and send consultations."
ROWS = "question"  # what the names of the questions' fields begin with


class OfHubStaff(View):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not can_read_consultations(request.user):
            raise PermissionDenied(FOR_STAFF)
        return super().dispatch(request, *args, **kwargs)


class ConsultationList(OfHubStaff, TableView):
    """All of the hub's, the newest first."""

    template_name = "engagement/consultations/consultation_list.html"
    table_class = tables.ConsultationTable
    filters_class = tables.ConsultationFilters
    noun = "consultation"

    def get_queryset(self) -> QuerySet:
        rows = Consultation.objects.visible_to(self.request.user).select_related("hub")
        return rows.with_counts().order_by("-made_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        hubs = access_of(user).hubs
        return super().get_context_data(may_send=can_send_consultations(user), hubs=hubs, **kwargs)


class Writing(ToWhom, OfHubStaff):
    """The form of a consultation with its questions. Fill in `keep`."""

    http_method_names = ["get", "head", "post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if wants_row(request.POST, ROWS):
            more = with_another_row(request.POST, ROWS)
            return self.show(self.form(more, quiet=True), self.rows(more, quiet=True))
        form, rows = self.form(request.POST), self.rows(request.POST)
        if all([form.is_valid(), rows.is_valid()]):
            try:
                consultation = self.keep(self.facts(form, rows))
            except ValidationError as problem:
                add_problems(form, problem)
            else:
                return redirect(consultation)
        return self.show(form, rows, status=400)

    def facts(self, form: ConsultationForm, rows: Any) -> dict[str, Any]:
        """Raises ValidationError where the list of schools asks for what is gone."""
        facts = form.facts
        words = words_of(self.request, facts["query"], self.hub)
        return {**facts, "words": words, "questions": asking.make(rows.wanted, self.framework)}

    def keep(self, facts: dict[str, Any]) -> Consultation:
        raise NotImplementedError

    @property
    def framework(self) -> Framework | None:
        rows = Framework.objects.visible_to(self.request.user)
        return rows.current_for_hub(self.hub.pk, today()).first()

    def form(self, data: Any = None, initial: Any = None, *, quiet: bool = False) -> ConsultationForm:
        return ConsultationForm(data, quiet=quiet, **self.choices(data, initial))

    def rows(self, data: Any = None, initial: Any = None, *, quiet: bool = False) -> Any:
        criteria = asking.criteria_of(self.framework)
        return QuestionRows(data, initial=initial, prefix=ROWS, form_kwargs={"criteria": criteria, "quiet": quiet})

    def show(self, form: ConsultationForm, rows: Any, status: int = 200) -> HttpResponse:
        context = {"form": form, "rows": rows, "consultation": getattr(self, "consultation", None), "hub": self.hub}
        return render(self.request, "engagement/consultations/consultation_edit.html", context, status=status)


class ConsultationCreate(Writing):
    """A new one: to the list that the address brings along, or to a saved view."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        if not can_send_consultations(request.user):
            raise PermissionDenied(FOR_MANAGERS)
        managed = access_of(request.user).managed_hub_ids
        self.hub = Hub.objects.visible_to(request.user).filter(pk__in=managed).order_by("name")[0]
        self.bring_along()

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(self.form(initial={}), self.rows())

    def keep(self, facts: dict[str, Any]) -> Consultation:
        return actions.begin(hub=self.hub, by=self.request.user, **facts)


class OfConsultation(OfHubStaff):
    """One consultation: 404 where it is not the hub's, 403 for who only reads."""

    http_method_names = ["post"]
    asks_to_send = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        rows = Consultation.objects.visible_to(request.user).with_counts()
        rows = rows.select_related("hub", "made_by", "sent_by", "closed_by", "published_by")
        self.consultation: Consultation = get_object_or_404(rows, uuid=kwargs["uuid"])
        self.hub = self.consultation.hub
        self.may_send = can_send_consultations(request.user, self.hub.pk)
        if self.asks_to_send and not self.may_send:
            raise PermissionDenied(FOR_MANAGERS)


class ConsultationEdit(OfConsultation, Writing):
    """Change one that was not sent."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        if not self.consultation.is_draft:
            messages.error(request, actions.SENT)
            return redirect(self.consultation)
        self.query = self.consultation.query
        kept = {name: getattr(self.consultation, name) for name in ("title", "introduction", "closes_on", "whom")}
        return self.show(self.form(initial=kept), self.rows(initial=[as_typed(q) for q in self.consultation.questions]))

    def keep(self, facts: dict[str, Any]) -> Consultation:
        actions.edit(consultation=self.consultation, by=self.request.user, **facts)
        return self.consultation


class ConsultationDetail(OfConsultation):
    """Before it goes: the email and the questions as each reads them, and who is left out. After: what came back."""

    http_method_names = ["get", "head"]
    asks_to_send = False

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        if self.consultation.is_draft:
            return self.show("engagement/consultations/consultation_preview.html", self.preview())
        return self.show("engagement/consultations/consultation_detail.html", self.results())

    def show(self, template: str, more: dict[str, Any]) -> HttpResponse:
        context = {"consultation": self.consultation, "hub": self.hub, "may_send": self.may_send, **more}
        return render(self.request, template, context)

    def preview(self) -> dict[str, Any]:
        invitation = actions.invitation(self.consultation, self.request.user)
        reach = reach_or_say(self.request, invitation) or Reach([], [], [], 0)
        number, person = shown(reach, self.request.GET.get("as", ""))
        return {
            "reach": reach,
            "person": person,
            "number": number,
            "before": number - 1,
            "after": number + 1 if number < len(reach.people) else 0,
            "letter": as_read_by(invitation, person) if person else ("", ""),
            "form": ConsultationAnswerForm(consultation=self.consultation),
            "schools": len(actions.asked_by(reach.people)),
        }

    def results(self) -> dict[str, Any]:
        sent = self.consultation.mailings.visible_to(self.request.user).order_by("begun_at", "pk")
        return {
            "results": results_of(self.request.user, self.consultation),
            "mailings": list(sent),
            "day_changes": list(self.consultation.day_changes.select_related("by")),
        }


def shown(reach: Reach, asked: str) -> tuple[int, Person | None]:
    """Which of these people's email is shown, from 1, and who that is; the first where none of them was asked for."""
    number = min(max(int(asked) if asked.isdecimal() and len(asked) < 6 else 1, 1), max(len(reach.people), 1))
    return number, reach.people[number - 1] if reach.people else None


class ConsultationTest(OfConsultation):
    """To oneself, as the one whose email is shown would get it."""

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        number = 1
        if not self.consultation.is_draft:
            messages.info(request, actions.SENT)
        elif reach := reach_or_say(request, actions.invitation(self.consultation, request.user)):
            number, person = shown(reach, request.POST.get("as", ""))
            self.try_on(person)
        address = self.consultation.get_absolute_url()
        return redirect(f"{address}?as={number}" if number > 1 else address)

    def try_on(self, person: Person | None) -> None:
        me = self.request.user.email
        if person is None:
            messages.error(self.request, "There is nobody to ask, so there is nothing to try.")
            return
        invitation = actions.invitation(self.consultation, self.request.user)
        if refused := mailings.try_on(mailing=invitation, person=person, to=self.request.user):
            messages.error(self.request, f"It could not be sent to {me}. {refused}")
        else:
            words = f"Sent to {me}, as {person.contact.name} would get it. The link is made when it goes."
            messages.success(self.request, words)


class ConsultationSend(OfConsultation):
    """It goes, once, to as many as the page said."""

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        invitation = actions.invitation(self.consultation, request.user)
        reach = reach_or_say(self.request, invitation) if self.consultation.is_draft else None
        if not self.consultation.is_draft:
            messages.info(request, actions.SENT)
        elif reach and request.POST.get("number") != str(len(reach.people)):
            messages.error(
                request, f"Whom it goes to has changed: {count(len(reach.people), 'person,people')} now. Look again."
            )
        elif reach:
            self.send(reach)
        return redirect(self.consultation)

    def send(self, reach: Reach) -> None:
        try:
            is_new = actions.send(consultation=self.consultation, reach=reach, by=self.request.user)
        except ValidationError as problem:
            messages.error(self.request, " ".join(problem.messages))
        else:
            words = f"On its way to {count(len(reach.people), 'person,people')}."
            messages.success(self.request, words) if is_new else messages.info(self.request, actions.SENT)


class ConsultationRemind(OfConsultation):
    """Again to the contacts of the schools that have not answered."""

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        reach = reach_or_say(self.request, actions.reminder(self.consultation, request.user))
        if reach:
            try:
                number = actions.remind(consultation=self.consultation, people=reach.people, by=request.user)
            except ValidationError as problem:
                messages.error(request, " ".join(problem.messages))
            else:
                messages.success(request, f"A reminder is on its way to {count(number, 'person,people')}.")
        return redirect(self.consultation)


class ConsultationClose(OfConsultation):
    """No more answers."""

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        if actions.close(consultation=self.consultation, by=request.user):
            messages.success(request, "Closed. Now tell the schools what came of it.")
        else:
            messages.info(request, "It is not open, so nothing was changed.")
        return redirect(self.consultation)


class ConsultationClosingDay(OfConsultation):
    """Let schools answer until another day."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        if not self.consultation.may_change_day:
            messages.error(request, "Its closing day cannot be changed: it is not sent yet, or somebody has closed it.")
            return redirect(self.consultation)
        return self.show(ClosingDayForm(initial={"closes_on": self.consultation.closes_on}))

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        form = ClosingDayForm(request.POST)
        if form.is_valid():
            day = form.cleaned_data["closes_on"]
            try:
                is_new = actions.change_day(consultation=self.consultation, closes_on=day, by=request.user)
            except ValidationError as problem:
                add_problems(form, problem)
            else:
                words = f"Schools can answer until {long_date(day)}."
                messages.success(request, words) if is_new else messages.info(request, f"{words} Nothing was changed.")
                return redirect(self.consultation)
        return self.show(form, status=400)

    def show(self, form: ClosingDayForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "consultation": self.consultation}
        return render(self.request, "engagement/consultations/closing_day.html", context, status=status)


class ConsultationDiscard(OfConsultation):
    """Throw a draft away."""

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        if actions.discard(consultation=self.consultation):
            messages.success(request, f"“{self.consultation.title}” is thrown away.")
            return redirect("engagement:consultation-list")
        messages.info(request, actions.SENT)
        return redirect(self.consultation)
