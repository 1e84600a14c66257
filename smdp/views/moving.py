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
from smdp.sections import Field, Section, Table, newest
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
            "reworded": _reworded(now, then),
            "made_public": _made_public(now, then),
        }
        return render(self.request, "smdp/plan_move.html", context, status=status)


def _parts(sections: tuple[Section, ...]) -> dict[tuple[str, str], tuple[Section, Field | Table]]:
    return {
        (section.key, part.name): (section, part)
        for section in sections
        for fieldset in section.fieldsets
        for part in fieldset.parts
    }


def _label(part: Field | Table) -> str:
    return part.label if isinstance(part, Field) else part.title


def _reworded(now: tuple[Section, ...], then: tuple[Section, ...]) -> list[tuple[str, str]]:
    """Questions that stay, in other words: (as they are asked now, as they will be)."""
    before = _parts(now)
    return [
        (f"{before[name][0].title}: {_label(before[name][1])}", _label(part))
        for name, (_section, part) in _parts(then).items()
        if name in before and _label(before[name][1]) != _label(part)
    ]


def _made_public(now: tuple[Section, ...], then: tuple[Section, ...]) -> list[str]:
    """Questions that stay, and whose answers may go into the public summary from then on."""
    before = _parts(now)
    return [
        f"{section.title}: {part.label}"
        for name, (section, part) in _parts(then).items()
        if isinstance(part, Field)
        and part.is_public
        and name in before
        and not getattr(before[name][1], "is_public", 1)
    ]


def _differing(these: tuple[Section, ...], others: tuple[Section, ...]) -> list[str]:
    """Questions of these that the others do not ask: "Vision: Where are you now?"."""
    names = questions(these) - questions(others)
    return [
        f"{section.title}: {getattr(part, 'label', '') or part.title}"
        for section in (only(each, names) for each in these)
        for fieldset in section.fieldsets
        for part in fieldset.parts
    ]
