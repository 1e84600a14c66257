"""Engagement risks: the list, raising one, and what becomes of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, TemplateView

from engagement.actions import risks as actions
from engagement.forms.risks import RiskCreateForm, RiskEscalateForm, RiskReopenForm, RiskResolveForm
from engagement.models import Risk, RiskKind, RiskStep
from engagement.permissions import can_list_risks, can_raise_risk, can_take_risk_to_trust
from engagement.risks import reading
from engagement.risks.filters import RiskFilters
from engagement.risks.tables import VARIANTS, RiskTable
from engagement.views.actions import add_problems
from hubportal.kit.tables import TableView
from hubportal.kit.wording import long_date
from schools.models import School
from schools.standing import standing_of


class RiskList(TableView):
    """Those that stand, with whom and since when. For staff of a hub, and officers of its partners."""

    template_name = "engagement/risk_list.html"
    table_class, filters_class, noun = RiskTable, RiskFilters, "engagement risk"
    per_page = 25

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_list_risks(request.user):
            raise PermissionDenied("Engagement risks are for hubs and the officers of their partners.")
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        return Risk.objects.visible_to(self.request.user).for_list(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        filters = context["filters"]
        state = filters.form.cleaned_data.get("state") or "standing"
        escalated = filters.qs.order_by().filter(state=Risk.State.ESCALATED).count() if state == "standing" else 0
        stands = state in ("standing", Risk.State.OPEN, Risk.State.ESCALATED)
        context["finding"] = reading.finding(context["matching"], escalated, stands=stands)
        return context


class RiskCreate(FormView):
    """Raise a risk at a school."""

    template_name = "engagement/risk_create.html"
    form_class = RiskCreateForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seen = School.objects.visible_to(request.user).select_related("type")
        self.school = get_object_or_404(seen, urn=kwargs["urn"])
        if not can_raise_risk(request.user, self.school):
            raise PermissionDenied("This is for the hub's managers and officers, and the partner entrusted.")
        self.hub = standing_of(request.user, self.school).hub
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        kinds = RiskKind.objects.visible_to(self.request.user).offered()
        records = reading.records_of(self.request.user, self.hub, self.school) if self.hub else []
        return {**super().get_form_kwargs(), "kinds": kinds, "records": records}

    def form_valid(self, form: RiskCreateForm) -> HttpResponse:
        try:
            risk = actions.raise_risk(school=self.school, by=self.request.user, **form.cleaned_data)
        except ValidationError as problem:
            add_problems(form, problem)
            return self.form_invalid(form)
        messages.success(self.request, f"Raised: {risk.what.rstrip('.')}. It is with {risk.with_whom}.")
        return redirect(risk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(school=self.school, hub=self.hub, **kwargs)


class OfRisk:
    """A page about one risk that the person sees."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def get_risk(self) -> Risk:
        rows = Risk.objects.visible_to(self.request.user).for_list(self.request.user)
        return get_object_or_404(rows, uuid=self.kwargs["pk"])


class RiskDetail(OfRisk, TemplateView):
    """One risk: what, what shows it, every step with who, when and why."""

    template_name = "engagement/risk_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, risk = self.request.user, self.get_risk()
        words, url = reading.record_of(user, risk)
        steps = RiskStep.objects.visible_to(user).filter(risk=risk).select_related("by", "to", "to_trust")
        return super().get_context_data(
            risk=risk,
            variant=VARIANTS[Risk.State(risk.state)],
            facts=[
                {
                    "label": "School",
                    "value": risk.school.name,
                    "href": risk.school.get_absolute_url() if risk.sees_school else "",
                },
                {"label": "Kind", "value": str(risk.kind)},
                {"label": "With", "value": str(risk.with_whom)},
                {"label": "Raised", "value": f"{long_date(risk.raised_at)} by {risk.raised_by}"},
            ],
            record={"words": words, "url": url},
            steps=list(steps.order_by("-at", "-pk")),
            may_write=can_raise_risk(user, risk.school),
            **kwargs,
        )


class RiskStepForm(OfRisk, FormView):
    """A step that somebody takes with one risk."""

    template_name = "engagement/risk_step.html"
    title, lede, button = "", "", "Save"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.risk = self.get_risk()
        if not can_raise_risk(request.user, self.risk.school):
            raise PermissionDenied("This is for the hub's managers and officers, and the partner entrusted.")
        return super().dispatch(request, *args, **kwargs)

    def act(self, form: Any) -> RiskStep:
        """Do it. Raises ValidationError."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            step = self.act(form)
        except ValidationError as problem:
            add_problems(form, problem)
            return self.form_invalid(form)
        messages.success(self.request, f"{step.words}.")
        return redirect(self.risk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"title": self.title, "lede": self.lede, "submit_label": self.button}
        return super().get_context_data(risk=self.risk, **words, **kwargs)


class RiskEscalate(RiskStepForm):
    form_class = RiskEscalateForm
    title, button = "Escalate this risk", "Escalate"
    lede = "Take it to somebody who can do what you cannot. It stays in the record who did, when and why."

    def get_form_kwargs(self) -> dict[str, Any]:
        user, hub = self.request.user, self.risk.hub_id
        stay = reading.trust_stay(self.risk.school) if can_take_risk_to_trust(user, hub) else None
        managers = reading.managers_of(hub, but=user)
        return {**super().get_form_kwargs(), "managers": managers, "trust": stay.trust if stay else None}

    def act(self, form: RiskEscalateForm) -> RiskStep:
        return actions.escalate(risk=self.risk, by=self.request.user, **form.cleaned_data)


class RiskResolve(RiskStepForm):
    form_class = RiskResolveForm
    title, button = "Resolve this risk", "Resolve"
    lede = "It leaves the list of what stands. It can be opened again."

    def act(self, form: RiskResolveForm) -> RiskStep:
        return actions.resolve(risk=self.risk, by=self.request.user, **form.cleaned_data)


class RiskReopen(RiskStepForm):
    form_class = RiskReopenForm
    title, button = "Open this risk again", "Open it again"
    lede = "It stands on the list again, and is with you."

    def act(self, form: RiskReopenForm) -> RiskStep:
        return actions.reopen(risk=self.risk, by=self.request.user, **form.cleaned_data)
