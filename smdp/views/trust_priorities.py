"""What a trust's schools adopted, side by side; as a file; and one of them carried into the trust's own plan."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View

from hubportal.kit import saved
from hubportal.kit.tables import FORMATS, as_csv, as_xlsx
from schools.models import Trust
from smdp import priorities
from smdp.actions import trust_plans as actions
from smdp.models import PlanElsewhere, PlanVersion, TrustPlan
from smdp.trusts.priorities import lines, side_by_side
from smdp.views.trust_plans import trust_led


def plan_of(request: HttpRequest, trust: Trust) -> TrustPlan | None:
    """The plan of the trust that is written now: the newest."""
    return TrustPlan.objects.visible_to(request.user).standing().of_trust(trust).first()


class TrustPriorityList(View):
    """A column for each school that has adopted a plan."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, group_uid: str) -> HttpResponse:
        trust = trust_led(request, group_uid)
        plan = plan_of(request, trust)
        schools = side_by_side(request.user, trust, plan)
        context: dict[str, Any] = {
            "trust": trust,
            "plan": plan,
            "schools": [each for each in schools if each.priorities],
            "others": [each.school for each in schools if not each.priorities],
            "count": sum(len(each.priorities) for each in schools),
        }
        return render(request, "smdp/trust_priority_list.html", context)


class TrustPriorityExport(View):
    """The same as a file."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, group_uid: str, format: str) -> HttpResponse:
        trust = trust_led(request, group_uid)
        if format not in FORMATS:
            raise Http404
        rows = list(lines(side_by_side(request.user, trust, None)))
        saved.note_file(request, name="priorities", words=f"Trust: {trust}", rows=len(rows) - 1)
        body = as_csv(rows) if format == "csv" else as_xlsx(rows, title="priorities")
        response = HttpResponse(body, content_type=FORMATS[format])
        response["Content-Disposition"] = f'attachment; filename="priorities-{timezone.localdate():%Y-%m-%d}.{format}"'
        return response


class TrustPriorityLift(View):
    """Carry one over."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, group_uid: str) -> HttpResponse:
        trust = trust_led(request, group_uid)
        plan = plan_of(request, trust)
        if plan is None:
            messages.error(request, "Begin the trust’s plan first. Then carry priorities into it.")
            return redirect("smdp:trust-priority-list", group_uid)
        asked = request.POST.get("row", "")
        row = int(asked) if asked.isdecimal() and len(asked) < 6 else -1
        source = self.source(request, trust)
        try:
            actions.lift(plan=plan, source=source, row=row, words=request.POST.get("words", ""), by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("smdp:trust-priority-list", group_uid)
        messages.success(request, "Carried over. Make it the trust’s own words; your schools see it once you share.")
        return redirect(plan.section_url(priorities.SECTION))

    def source(self, request: HttpRequest, trust: Trust) -> PlanVersion | PlanElsewhere:
        """What one of the trust's schools adopted, here or elsewhere, as far as the trust's leaders read it: 404 for
        anything else."""
        if "kept" in request.POST:
            rows = PlanElsewhere.objects.visible_to(request.user).adopted_in(trust)
            return get_object_or_404(rows, uuid=_uuid(request.POST["kept"]))
        versions = PlanVersion.objects.visible_to(request.user).adopted_in(trust)
        return get_object_or_404(versions, uuid=_uuid(request.POST.get("version", "")))


def _uuid(words: str) -> uuid.UUID:
    try:
        return uuid.UUID(words)
    except ValueError:
        raise Http404 from None
