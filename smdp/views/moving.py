"""A plan goes over to newer questions: what changes, and the press."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from smdp.actions import moving as actions
from smdp.asking import sections_of
from smdp.earlier import only, questions
from smdp.models import Plan
from smdp.permissions import can_move_plan
from smdp.sections import Section, newest
from smdp.views.plans import plan_for


class PlanMove(View):
    """Say what is new and what is asked no more, and move on request."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self.show(plan_for(can_move_plan, request, pk), [])

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan = plan_for(can_move_plan, request, pk)
        try:
            actions.move(plan=plan, by=request.user)
        except ValidationError as error:
            return self.show(plan, error.messages, status=400)
        messages.success(request, "Your plan answers the newest questions now. Every answer was kept.")
        return redirect(plan)

    def show(self, plan: Plan, problems: list[str], status: int = 200) -> HttpResponse:
        now = sections_of(plan.specification, plan.school)
        then = sections_of(newest(), plan.school)
        context = {
            "plan": plan,
            "problems": problems,
            "is_newest": plan.specification >= newest(),
            "put_in": _differing(then, now),
            "taken_out": _differing(now, then),
        }
        return render(self.request, "smdp/plan_move.html", context, status=status)


def _differing(these: tuple[Section, ...], others: tuple[Section, ...]) -> list[str]:
    """Questions of these that the others do not ask: "Vision: Where are you now?"."""
    names = questions(these) - questions(others)
    return [
        f"{section.title}: {getattr(part, 'label', '') or part.title}"
        for section in (only(each, names) for each in these)
        for fieldset in section.fieldsets
        for part in fieldset.parts
    ]
