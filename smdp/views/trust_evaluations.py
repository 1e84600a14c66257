"""A trust's own view of where music stands in its schools, and on what it is based."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import Trust
from smdp.actions import trust_evaluations as actions
from smdp.evaluations import evaluating
from smdp.evaluations.forms import TrustBasisForm
from smdp.models import TrustEvaluation
from smdp.permissions import can_read_trust_evaluation, can_write_trust_evaluation
from smdp.trusts import evaluating as trust_evaluating


def visible_trust(request: HttpRequest, group_uid: str) -> Trust:
    """The trust, for whoever may read its self-evaluation: 404 where it is not theirs to see, 403 where it is and they
    may not."""
    trust = get_object_or_404(Trust.objects.visible_to(request.user), group_uid=group_uid)
    if not can_read_trust_evaluation(request.user, trust):
        raise PermissionDenied("A trust’s self-evaluation is for its leaders, its hubs and their partners’ officers.")
    return trust


class TrustEvaluationDetail(View):
    """Criterion by criterion, on the basis that the trust's leaders recorded this year."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, group_uid: str) -> HttpResponse:
        trust = visible_trust(request, group_uid)
        row = TrustEvaluation.objects.visible_to(request.user).filter(trust=trust, year=academic_year(today()))
        evaluation = row.select_related("framework", "set_by").first()
        versions = trust_evaluating.versions_of(trust, request.user)
        context: dict[str, Any] = {
            "trust": trust,
            "evaluation": evaluation,
            "versions": versions,
            "may_write": can_write_trust_evaluation(request.user, trust),
        }
        if evaluation:
            frame = evaluating.frame_of(evaluation.framework)
            context["areas"] = trust_evaluating.levels_of(frame, evaluation.basis, evaluation.levels, versions)
        return render(request, "smdp/trust_evaluation_detail.html", context)


class TrustEvaluationEdit(View):
    """Choose the basis, and write what is expected."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, group_uid: str) -> HttpResponse:
        trust, frame = self.place(request, group_uid)
        row = TrustEvaluation.objects.visible_to(request.user).filter(trust=trust).first()
        return self.show(trust, TrustBasisForm(frame=frame, initial=TrustBasisForm.initial_of(row)))

    def post(self, request: HttpRequest, group_uid: str) -> HttpResponse:
        trust, frame = self.place(request, group_uid)
        form = TrustBasisForm(request.POST, frame=frame)
        if form.is_valid():
            try:
                actions.record(trust=trust, basis=form.cleaned_data["basis"], levels=form.expected(), by=request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, "Recorded. It stands on the page of the trust’s self-evaluation.")
                return redirect("smdp:trust-evaluation-detail", group_uid)
        return self.show(trust, form)

    def place(self, request: HttpRequest, group_uid: str) -> tuple[Trust, evaluating.Frame]:
        trust = visible_trust(request, group_uid)
        if not can_write_trust_evaluation(request.user, trust):
            raise PermissionDenied("The trust’s leaders record the basis of its self-evaluation.")
        framework = actions.framework_of(trust)
        if framework is None:
            raise Http404
        return trust, evaluating.frame_of(framework)

    def show(self, trust: Trust, form: TrustBasisForm) -> HttpResponse:
        return render(self.request, "smdp/trust_evaluation_edit.html", {"trust": trust, "form": form})
