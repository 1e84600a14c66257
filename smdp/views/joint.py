"""One plan for two schools: offered, answered, and apart again."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from smdp import joint, priorities, writing
from smdp.actions import joint as actions
from smdp.joint_forms import JointOfferForm
from smdp.models import JointOffer
from smdp.permissions import can_answer_joint_offer, can_share_plan
from smdp.views.plans import plan_for


class PlanTogether(View):
    """With whom the plan is written, whom it was offered to, and offering it to one more."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self.show(pk, JointOfferForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan, form = plan_for(can_share_plan, request, pk), JointOfferForm(request.POST)
        if form.is_valid():
            school = form.cleaned_data["urn"]
            try:
                actions.offer(plan=plan, school=school, by=request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, f"Offered. The leaders of {school} have an email, and accept or decline.")
                return redirect("smdp:plan-together", pk)
        return self.show(pk, form, status=400)

    def show(self, pk: UUID, form: JointOfferForm, status: int = 200) -> HttpResponse:
        plan = plan_for(can_share_plan, self.request, pk)
        written = writing.answers_of(writing.drafts_of(plan))
        offers = JointOffer.objects.visible_to(self.request.user).open().filter(plan=plan)
        context = {
            "plan": plan,
            "form": form,
            "others": joint.written_with(plan),
            "offers": offers.select_related("school", "offered_by"),
            "from_talks": len(priorities.origins_in(written.get(priorities.SECTION, {}))),
        }
        return render(self.request, "smdp/plan_together.html", context, status=status)


class PlanApart(View):
    """The plan goes on by itself."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan = plan_for(can_share_plan, request, pk)
        actions.write_apart(plan=plan)
        messages.success(request, "Your plan goes on by itself, with all that it says. The other school keeps its own.")
        return redirect(plan)


def joint_offer(request: HttpRequest, pk: UUID) -> JointOffer:
    """An offer that the address names, for people of either school: 404 for all others. One query."""
    rows = JointOffer.objects.visible_to(request.user).select_related("plan__school", "school")
    return get_object_or_404(rows, uuid=pk)


class JointAnswer(View):
    """Accept an offer, or decline it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        offer = joint_offer(request, pk)
        if not can_answer_joint_offer(request.user, offer):
            raise PermissionDenied("A leader of the school that was asked answers this.")
        try:
            if "decline" in request.POST:
                actions.decline(offer=offer, by=request.user)
                messages.success(request, f"Declined. {offer.school} writes its own plan.")
                return redirect("smdp:plan-list")
            plan = actions.accept(offer=offer, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("smdp:plan-list")
        messages.success(request, f"You write one plan with {offer.plan.school} from now on.")
        return redirect(plan)


class JointWithdraw(View):
    """Take an offer back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        offer = joint_offer(request, pk)
        if not can_share_plan(request.user, offer.plan):
            raise PermissionDenied("A leader of the school that offered this takes it back.")
        try:
            actions.withdraw(offer=offer, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, f"Taken back. {offer.school} is not asked any more.")
        return redirect("smdp:plan-together", offer.plan.uuid)
