"""Schools that do not answer: left in peace until a day, and the step that a manager approves."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from django.views.generic import FormView

from engagement.actions import persistence as actions
from engagement.forms.persistence import ApprovalAskForm, ApprovalForm, HoldForm
from engagement.models import Hold, StepApproval
from engagement.permissions import can_decide_approval, can_end_hold, can_hold_school
from hubportal.kit.wording import long_date
from schools.models import Relationship, School


class OfSchool(FormView):
    """A form about a school that the person does an officer's work for."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seen = School.objects.visible_to(request.user).select_related("type")
        self.school = get_object_or_404(seen, urn=kwargs["urn"])
        if not can_hold_school(request.user, self.school):
            raise PermissionDenied("This is for the hub's managers and officers, and the partner entrusted.")
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
        return redirect(self.school)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(school=self.school, **kwargs)


class HoldCreate(OfSchool):
    """Pause a school, or write down that it declined."""

    template_name = "engagement/hold_create.html"
    form_class = HoldForm
    kind: str = Hold.Kind.PAUSED

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "kind": self.kind}

    def act(self, form: HoldForm) -> str:
        held = actions.hold(school=self.school, kind=self.kind, by=self.request.user, **form.cleaned_data)
        return f"{held.get_kind_display()} until {long_date(held.until)}. The school stays on the list for then."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(is_pause=self.kind == Hold.Kind.PAUSED, **kwargs)


class HoldEnd(View):
    """Talk with the school again before the day."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        rows = Hold.objects.visible_to(request.user).select_related("school", "hub", "recorded_by", "ended_by")
        hold = get_object_or_404(rows, uuid=pk)
        if hold.ended_at is None:
            if not can_end_hold(request.user, hold):
                raise PermissionDenied("This is for the hub's managers and officers, and the partner entrusted.")
            actions.end_hold(hold=hold, by=request.user)
            messages.success(request, f"Ended: {hold.school} is no longer {hold.get_kind_display().lower()}.")
        return redirect(hold.school)


class ApprovalAsk(OfSchool):
    """Ask the hub's managers for the step that is not taken without them."""

    template_name = "engagement/approval_ask.html"
    form_class = ApprovalAskForm

    def act(self, form: ApprovalAskForm) -> str:
        asked = actions.ask_approval(school=self.school, why=form.cleaned_data["why"], by=self.request.user)
        return f"Your hub’s managers see it on their page Today: {asked.step}."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = Relationship.objects.visible_to(self.request.user).filter(school=self.school).first()
        return super().get_context_data(step=kept.next_step if kept else "", **kwargs)


class ApprovalDecide(FormView):
    """What was asked, and a manager's word on it."""

    template_name = "engagement/approval_decide.html"
    form_class = ApprovalForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = StepApproval.objects.visible_to(request.user)
        self.approval = get_object_or_404(
            rows.select_related("school", "hub", "asked_by", "decided_by"), uuid=kwargs["pk"]
        )
        self.may_decide = can_decide_approval(request.user, self.approval)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.approval.decided_at is None and not self.may_decide:
            raise PermissionDenied("A manager of the hub decides.")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: ApprovalForm) -> HttpResponse:
        try:
            decided = actions.decide(approval=self.approval, by=self.request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        said = "Approved" if decided.is_approved else "Not approved"
        messages.success(self.request, f"{said}: {decided.step}. It stands in the school’s timeline.")
        return redirect(decided.school)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(approval=self.approval, may_decide=self.may_decide, **kwargs)
