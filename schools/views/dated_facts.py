"""The dated facts on a school: their history, recording one, saying when it ends, striking out a mistake."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from schools import dated_facts
from schools.access import today
from schools.actions import dated_facts as actions
from schools.forms.dated_facts import FORMS, EndForm, RecordForm, StrikeForm
from schools.models import DatedFact, School
from schools.permissions import can_change_dated_fact, can_read_dated_facts, can_record_dated_fact
from schools.standing import standing_of


class DatedFactList(TemplateView):
    """All that is recorded of a school: what holds, what held, what was struck out."""

    template_name = "schools/dated_fact_list.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seen = School.objects.visible_to(request.user).select_related("type")
        self.school = get_object_or_404(seen, urn=kwargs["urn"])
        if not can_read_dated_facts(request.user, self.school):
            raise PermissionDenied("This is for the school, its hub, and the partner entrusted with it.")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, school = self.request.user, self.school
        hub = standing_of(user, school).hub
        sections = dated_facts.sections_of(user, school, hub, today())
        for section in sections:
            for told in section.all:
                told.fact.school = school
                told.may_change = can_change_dated_fact(user, told.fact)
        rows = [(each, can_record_dated_fact(user, school, each.kind)) for each in sections]
        return super().get_context_data(school=school, hub=hub, rows=rows, **kwargs)


class DatedFactCreate(FormView):
    """Record a fact of one kind. The school's own people say who teaches music; the hub records every kind."""

    template_name = "schools/dated_fact_create.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seen = School.objects.visible_to(request.user).select_related("type")
        self.school = get_object_or_404(seen, urn=kwargs["urn"])
        if kwargs["kind"] not in dated_facts.Kind.values:
            raise Http404("No such kind.")
        self.kind = dated_facts.Kind(kwargs["kind"])
        if not can_record_dated_fact(request.user, self.school, self.kind):
            raise PermissionDenied("This is recorded by the hub's managers and officers.")
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[RecordForm]:
        return FORMS[self.kind]

    def get_form_kwargs(self) -> dict[str, Any]:
        by_hub = standing_of(self.request.user, self.school).writes
        values = dated_facts.offered_by_kind()[self.kind]
        if self.kind == dated_facts.Kind.TEACHING:  # what holds stays on the page, or it would be ended unseen
            values += [told.fact.value for told in self.section.now if not told.fact.value.is_offered]
        return {**super().get_form_kwargs(), "kind": self.kind, "values": values, "asks_source": by_hub}

    @cached_property
    def section(self) -> dated_facts.Section:
        hub = standing_of(self.request.user, self.school).hub
        sections = dated_facts.sections_of(self.request.user, self.school, hub, today())
        return next(each for each in sections if each.kind == self.kind)

    def get_initial(self) -> dict[str, Any]:
        """Who teaches music goes on from what is recorded; of the other kinds one is added."""
        return {"values": [told.fact.value.code for told in self.section.now]}

    def form_valid(self, form: RecordForm) -> HttpResponse:
        standing = standing_of(self.request.user, self.school)
        record = actions.record_teaching if self.kind == dated_facts.Kind.TEACHING else actions.record
        place = {"hub": standing.hub, "school": self.school, "said_by_school": not standing.writes}
        try:
            record(**place, **form.facts, by=self.request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, f"{self.kind.label} is recorded for {self.school}.")
        return redirect("schools:dated-fact-list", self.school.urn)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(school=self.school, section=self.section, **kwargs)


class DatedFactOfHub(FormView):
    """One fact that the person may change: 404 where they do not see it, 403 where they only read it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seen = DatedFact.objects.visible_to(request.user).with_end()
        self.fact = get_object_or_404(seen.select_related("school__type", "value", "recorded_by"), uuid=kwargs["uuid"])
        if not can_change_dated_fact(request.user, self.fact):
            raise PermissionDenied("This is changed by the hub's managers and officers.")
        return super().dispatch(request, *args, **kwargs)

    def act(self, form: Any) -> str:
        """Do it; returns what to say. Raises ValidationError."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            said = self.act(form)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, said)
        return redirect("schools:dated-fact-list", self.fact.school.urn)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = dated_facts.tell(self.fact, today())
        return super().get_context_data(school=self.fact.school, fact=self.fact, told=told, **kwargs)


class DatedFactEnd(DatedFactOfHub):
    """Say when it ends, or ended, and why."""

    template_name = "schools/dated_fact_end.html"
    form_class = EndForm

    def get_initial(self) -> dict[str, Any]:
        return {"last_day": self.fact.last_day, "reason": self.fact.end_reason}

    def act(self, form: EndForm) -> str:
        actions.end(fact=self.fact, ends_on=form.ends_on, reason=form.cleaned_data["reason"], by=self.request.user)
        return f"The last day is saved: {self.fact.value}."


class DatedFactStrike(DatedFactOfHub):
    """It was a mistake."""

    template_name = "schools/dated_fact_strike.html"
    form_class = StrikeForm

    def act(self, form: StrikeForm) -> str:
        actions.strike(fact=self.fact, reason=form.cleaned_data["reason"], by=self.request.user)
        return f"It is struck out: {self.fact.value}."
