"""How a hub keeps in touch with its schools, for its people; managers change it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from django.views.generic import FormView, TemplateView

from engagement import scoring
from engagement.actions import cadence as actions
from engagement.actions import persistence
from engagement.due import RulesThroughTheYears
from engagement.forms.cadence import ContactRulesForm, ScorePointsForm
from engagement.forms.persistence import StepRows
from engagement.ladder import ladder_of
from engagement.models import ContactRules, ScorePoints
from engagement.permissions import can_edit_contact_rules, can_read_contact_rules
from hubportal.kit.forms import wants_row, with_another_row
from hubportal.kit.wording import academic_year, count
from schools.access import today
from schools.models import Hub


def hub_of(request: HttpRequest, slug: str) -> Hub:
    """The hub that the address names: 404 where the person does not see it, 403 where it is not theirs to work for."""
    hub = get_object_or_404(Hub.objects.visible_to(request.user), slug=slug)
    if not can_read_contact_rules(request.user, hub.pk):
        raise PermissionDenied("How a hub keeps in touch is for its own people.")
    return hub


class ContactRulesList(TemplateView):
    """What holds this academic year, what is to hold in the next, and what held before."""

    template_name = "engagement/contact_rules_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        hub = hub_of(self.request, self.kwargs["slug"])
        rows = list(ContactRules.objects.visible_to(self.request.user).for_hub(hub))
        year, rules = academic_year(today()), RulesThroughTheYears(rows).on(today())
        return super().get_context_data(
            hub=hub,
            rules=rules,
            later=[row for row in rows if row.hub_id == hub.pk and row.year > year],
            earlier=[row for row in rows if row.hub_id == hub.pk and row.year < rules.year],
            years=[year, year + 1],
            ladder=ladder_of(hub),
            may_edit=can_edit_contact_rules(self.request.user, hub.pk),
            **kwargs,
        )


class LadderEdit(View):
    """The steps that the hub takes where a school does not answer."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.hub = hub_of(request, kwargs["slug"])
        if not can_edit_contact_rules(request.user, self.hub.pk):
            raise PermissionDenied("A manager of the hub decides what it tries.")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        held = [
            {name: getattr(step, name) for name in ("name", "how", "school_weeks", "needs_approval")}
            for step in ladder_of(self.hub)
        ]
        return self.show(StepRows(initial=held, prefix="step"))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        if wants_row(request.POST, "step"):
            return self.show(StepRows(with_another_row(request.POST, "step"), prefix="step"))
        rows = StepRows(request.POST, prefix="step")
        if not rows.is_valid():
            return self.show(rows, status=400)
        steps = persistence.set_ladder(hub=self.hub, steps=rows.steps, by=request.user)
        messages.success(request, f"Saved: {count(len(steps), 'step')}. The next step of every silent school follows.")
        return redirect("engagement:contact-rules-list", slug)

    def show(self, rows: Any, status: int = 200) -> HttpResponse:
        return render(self.request, "engagement/ladder_edit.html", {"hub": self.hub, "rows": rows}, status=status)


class ContactRulesEdit(FormView):
    """The rules from this academic year or the next."""

    template_name = "engagement/contact_rules_edit.html"
    form_class = ContactRulesForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.hub = hub_of(request, kwargs["slug"])
        if not can_edit_contact_rules(request.user, self.hub.pk):
            raise PermissionDenied("A manager of the hub decides how it keeps in touch.")
        self.year = kwargs["year"]
        if self.year - academic_year(today()) not in (0, 1):
            raise Http404("Rules are set for this academic year or the next.")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        rows = ContactRules.objects.visible_to(self.request.user).for_hub(self.hub)
        held = RulesThroughTheYears(rows).of_year(self.year)
        names = ("school_weeks", "kinds", "ways", "roles", "support")
        return {name: getattr(held, name) for name in names}

    def form_valid(self, form: ContactRulesForm) -> HttpResponse:
        try:
            rules = actions.set_rules(hub=self.hub, year=self.year, by=self.request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, f"Saved from {rules.year_words} on. The dates of all schools follow it.")
        return redirect("engagement:contact-rules-list", self.hub.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(hub=self.hub, years=f"{self.year} to {self.year + 1}", **kwargs)


class ScorePointsEdit(FormView):
    """How much each reason weighs on the hub's worklists."""

    template_name = "engagement/score_points_edit.html"
    form_class = ScorePointsForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.hub = hub_of(request, kwargs["slug"])
        if not can_edit_contact_rules(request.user, self.hub.pk):
            raise PermissionDenied("A manager of the hub decides what is urgent.")
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        own = ScorePoints.objects.visible_to(self.request.user).filter(hub=self.hub).first()
        return {code: rule.points for code, rule in scoring.rules_with(own.points if own else {}).items()}

    def form_valid(self, form: ScorePointsForm) -> HttpResponse:
        own = actions.set_points(hub=self.hub, points=form.cleaned_data, by=self.request.user)
        said = f"{count(own, 'reason')} other than usual" if own else "all as usual"
        messages.success(self.request, f"Saved: {said}. Every worklist of the hub follows it now.")
        return redirect("engagement:contact-rules-list", self.hub.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(hub=self.hub, **kwargs)
