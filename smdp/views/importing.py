"""A plan that was written elsewhere comes in: chosen or pasted, looked at, placed."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from hubportal.kit.wording import count, listed
from smdp import importing, writing
from smdp.actions import importing as actions
from smdp.asking import asked_in
from smdp.import_forms import NOWHERE, PlanImportForm, PlanImportPlaceForm
from smdp.importing import Target
from smdp.models import Plan
from smdp.permissions import can_write_plan
from smdp.views.plans import visible_plan


def written_plan(request: HttpRequest, pk: UUID) -> Plan:
    """The plan, for those who write it: 404 where it is not theirs to see, 403 where they do not write in it."""
    plan = visible_plan(request, pk)
    if not can_write_plan(request.user, plan):
        raise PermissionDenied("The school’s leaders and editors write its plan.")
    return plan


def targets_of(plan: Plan) -> dict[str, Target]:
    return importing.targets(asked_in(plan))


class PlanImport(View):
    """Choose a Word document or paste words. POST changes nothing: it shows what would go where."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self.show(written_plan(request, pk), PlanImportForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan = written_plan(request, pk)
        if "unplaced" in request.POST and plan.unplaced:
            return show_preview(request, plan, plan.unplaced, of_unplaced=True)
        form = PlanImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(plan, form, status=400)
        return show_preview(request, plan, form.cleaned_data["text"])

    def show(self, plan: Plan, form: PlanImportForm, status: int = 200) -> HttpResponse:
        return render(self.request, "smdp/plan_import.html", {"plan": plan, "form": form}, status=status)


class PlanImportPlace(View):
    """Put each piece where the person has chosen, and keep the rest with the plan."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan = written_plan(request, pk)
        to = targets_of(plan)
        form = PlanImportPlaceForm(request.POST, to=to)
        if not form.is_valid():
            messages.error(request, "Nothing was taken over. Choose the document again, or paste its words.")
            return redirect("smdp:plan-import", plan.uuid)
        pieces, chosen = form.pieces(), list(form.chosen())
        by_name, left = importing.placed(pieces, chosen)
        of_unplaced = form.cleaned_data["text"] if form.cleaned_data["unplaced"] else None
        try:
            taken = actions.take_over(
                plan=plan, pieces=by_name, to=to, left=left, of_unplaced=of_unplaced, by=request.user
            )
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("smdp:plan-import", plan.uuid)
        self.tell(len(pieces), chosen.count(""), by_name, taken)
        return redirect(plan.section_url(taken.waiting[0].section.key) if taken.waiting else plan)

    def tell(self, pieces: int, left: int, by_name: dict, taken: actions.TakenOver) -> None:
        said = f"{count(pieces - left, 'part')} taken over into {count(len(by_name), 'answer')}."
        kept = f" {count(left, 'part')} kept with the plan, not placed yet." if left else ""
        messages.success(self.request, said + kept)
        if taken.long:
            sentence = f"Longer than it may be: {named(taken.long)}. Nothing was cut; shorten it there."
            messages.warning(self.request, sentence)
        if taken.waiting:
            sentence = f"Somebody else also wrote {named(taken.waiting)}. Both are kept: choose whose words stand."
            messages.warning(self.request, sentence)


def named(targets: list[Target]) -> str:
    return listed([f"“{each}”" for each in targets])


def show_preview(request: HttpRequest, plan: Plan, text: str, *, of_unplaced: bool = False) -> HttpResponse:
    """What would go where, each to be changed. One query."""
    to = targets_of(plan)
    pieces = importing.pieces(text)
    chosen = list(importing.matched(pieces, to))
    answers = writing.answers_of(writing.drafts_of(plan))
    context = {
        "plan": plan,
        "text": text,
        "of_unplaced": of_unplaced,
        "rows": importing.preview(pieces, chosen, to, answers),
        "unmatched": chosen.count(""),
        "nowhere": NOWHERE,
        "groups": [(title, list(same)) for title, same in groupby(to.values(), key=lambda each: each.section.title)],
        "place_url": reverse("smdp:plan-import-place", args=[plan.uuid]),
    }
    return render(request, "smdp/plan_import_preview.html", context)
