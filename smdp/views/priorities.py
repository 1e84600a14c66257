"""Priorities beyond the page on which they are written: started from a conversation, and counted over all plans."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from smdp import helping, priorities
from smdp.actions import priorities as actions
from smdp.forms import PriorityStartForm
from smdp.models import Plan
from smdp.permissions import can_list_needs, can_write_plan
from smdp.priority_needs import asked_for, by_strand
from smdp.querysets.plans import newest_shared
from smdp.views.plans import visible_plan


class PriorityStart(View):
    """Make a judgement or an agreed action of a conversation a priority of the plan, with one press."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan: Plan = visible_plan(request, pk)
        if not can_write_plan(request.user, plan):
            raise PermissionDenied("The school’s leaders and editors write its plan.")
        form = PriorityStartForm(request.POST)
        if form.has_error("origin", "required"):
            messages.error(request, "Choose what of a conversation becomes a priority, and press “Make it a priority”.")
            return redirect(plan)
        if not form.is_valid():
            raise Http404
        origin = form.origin_said
        version = helping.newest_of(request.user, plan.school, [origin.part]).get(origin.part)
        if version is None:
            raise Http404
        try:
            is_new = actions.start(plan=plan, version=version, origin=origin, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(version.part)
        messages.success(
            request,
            "It is a priority of your plan now. Say how you will know, and by when."
            if is_new
            else "It is a priority of your plan already.",
        )
        return redirect(plan.section_url(priorities.SECTION))


class PriorityNeeds(View):
    """Priorities of all plans by the kind of support that helps, and what schools ask for that nothing offers."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if not can_list_needs(request.user):
            raise PermissionDenied("The needs across schools are for the hub’s staff and the officers of its partners.")
        versions = list(newest_shared(request.user).select_related("plan__school__authority"))
        context: dict[str, Any] = {
            "plans": len(versions),
            "strands": by_strand(versions),
            "asked": asked_for(versions),
        }
        return render(request, "smdp/priority_needs.html", context)
