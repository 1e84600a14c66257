"""Handing schools over from one hub to another: what waits, offering, answering, taking an offer back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from django.views.generic import FormView, TemplateView

from hubportal.kit.wording import count
from schools import handing
from schools.access import access_of
from schools.actions import handovers
from schools.forms.handovers import (
    HandoverAnswerAllForm,
    HandoverAnswerForm,
    HandoverOfferForm,
    HandoverWithdrawAllForm,
)
from schools.models import Handover, Hub
from schools.permissions import can_answer_handover, can_hand_over, can_withdraw_handover

ANSWERED_SHOWN = 20
MANY = 10  # more than these are folded away, and those of an authority ticked at once
ANSWERED_AT_ONCE = 50


class ManagersPage(View):
    """A page for the managers of hubs."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_hand_over(request.user):
            raise PermissionDenied("Schools are handed over by the managers of the two hubs.")
        return super().dispatch(request, *args, **kwargs)

    def own_leavers(self) -> list[handing.Leaver]:
        """Schools that have left the areas of the hubs that the person manages."""
        user = self.request.user
        return handing.leavers(list(Hub.objects.visible_to(user).filter(pk__in=access_of(user).managed_hub_ids)))


class HandoverList(ManagersPage, TemplateView):
    """What is offered to the hub, what it offers, and the schools that have left its area."""

    template_name = "schools/handover_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        managed = access_of(self.request.user).managed_hub_ids
        rows = Handover.objects.visible_to(self.request.user).select_related("school", "giver", "receiver")
        waiting = list(rows.open())
        leavers = [each for each in self.own_leavers() if each.handover is None]
        return super().get_context_data(
            to_answer=[row for row in waiting if row.receiver_id in managed],
            offered=[row for row in waiting if row.giver_id in managed],
            answered=list(rows.exclude(state=Handover.State.OFFERED).order_by("-decided_at")[:ANSWERED_SHOWN]),
            leavers=leavers,
            groups=handing.by_authority(leavers),
            many=MANY,
            **kwargs,
        )


class HandoverOffer(ManagersPage, FormView):
    """`?school=` (URN) and `?authority=` (code), each as often as one likes: offer the records of schools that have
    left the area to the hubs that have them now. One choice for all of them."""

    template_name = "schools/handover_offer.html"
    form_class = HandoverOfferForm

    def get_leavers(self) -> list[handing.Leaver]:
        """Those asked for that wait to be offered; 404 where somebody else’s school was asked for alone."""
        urns, codes = (set(self.request.GET.getlist(name)) for name in ("school", "authority"))
        waiting = [each for each in self.own_leavers() if each.handover is None]
        found = [each for each in waiting if str(each.school.urn) in urns or each.school.authority.code in codes]
        if not found:
            raise Http404("None of these is a school that has left your area and waits to be offered.")
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if can_hand_over(request.user) and not {"school", "authority"} & request.GET.keys():
            messages.error(request, "Tick at least one school.")
            return redirect("schools:handover-list")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = []
        for each in self.get_leavers():
            names = {"school": each.school, "giver": each.giver, "receiver": each.receiver}
            rows.append((each, handing.in_words(handing.counts_of(handing.Passing(**names, with_history=True)))))
        return super().get_context_data(
            rows=rows, many=MANY, receivers=sorted({each.receiver.name for each, _ in rows}), **kwargs
        )

    def form_valid(self, form: HandoverOfferForm) -> HttpResponse:
        pairs = [(each.school, each.giver) for each in self.get_leavers()]
        try:
            made = handovers.offer_all(pairs=pairs, by=self.request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        told = "The other hub’s managers are told by email, and answer."
        messages.success(self.request, f"Offered: {count(len(made), 'school')}. {told}")
        return redirect("schools:handover-list")


class HandoverDetail(ManagersPage, FormView):
    """What is offered, counted. The receiving hub answers here; nothing of the school's records shows before that."""

    template_name = "schools/handover_detail.html"
    form_class = HandoverAnswerForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = Handover.objects.visible_to(request.user).select_related("school", "giver", "receiver", "offered_by")
        self.handover = get_object_or_404(rows.select_related("decided_by"), uuid=kwargs["uuid"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, handover = self.request.user, self.handover
        return super().get_context_data(
            handover=handover,
            amount=[(noun, number) for noun, number in handover.counts if number],
            is_receiver=handover.receiver_id in access_of(user).hub_ids,
            remembers=handing.remembered(user, handover.school.urn) is not None,
            can_answer=can_answer_handover(user, handover),
            can_withdraw=can_withdraw_handover(user, handover),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_answer_handover(request.user, self.handover):
            raise PermissionDenied("A manager of the hub it is offered to answers, while it is open.")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: HandoverAnswerForm) -> HttpResponse:
        said, handover = form.cleaned_data, self.handover
        try:
            if said["answer"] == form.ACCEPT:
                done = handovers.accept(handover=handover, by=self.request.user)
                messages.success(self.request, f"Taken over: {handing.in_words(done.copied)}.")
                return redirect(handover.school)
            handovers.decline(handover=handover, by=self.request.user, reason=said["reason"])
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, f"Declined. {handover.giver} is told by email.")
        return redirect("schools:handover-list")


class HandoverAnswerAll(ManagersPage, FormView):
    """Accept or decline several of the offers that wait for the person's answer: the oldest, if there are very many.
    `?answer=` is what they pressed on the list. What cannot be answered, or no longer waits, is said; the others are
    answered."""

    template_name = "schools/handover_answer_all.html"
    form_class = HandoverAnswerAllForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = Handover.objects.visible_to(request.user).filter(receiver__in=access_of(request.user).managed_hub_ids)
        self.whole = rows.select_related("school", "giver", "receiver").order_by("offered_at", "pk")
        self.rows = list(self.whole.open()[:ANSWERED_AT_ONCE])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.rows:
            messages.error(request, "Nothing waits for your answer.")
            return redirect("schools:handover-list")
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "rows": self.rows, "whole": self.whole}

    def get_initial(self) -> dict[str, Any]:
        return {"answer": self.request.GET.get("answer", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=self.rows, most=ANSWERED_AT_ONCE, **kwargs)

    def form_valid(self, form: HandoverAnswerAllForm) -> HttpResponse:
        said = form.cleaned_data
        accepts = said["answer"] == form.ACCEPT
        done, problems = handovers.answer_all(
            rows=said["offers"], by=self.request.user, accepts=accepts, reason=said["reason"]
        )
        if done:
            word = "Taken over" if accepts else "Declined"
            schools = count(len({each.school_id for each in done}), "school")
            messages.success(self.request, f"{word}: {schools}. Whoever offered is told by email.")
        for problem in problems:
            messages.error(self.request, problem)
        return redirect("schools:handover-list")


class HandoverWithdrawAll(ManagersPage, FormView):
    """Take back several of the offers that the other hub has not answered. What it answered meanwhile is said."""

    template_name = "schools/handover_withdraw_all.html"
    form_class = HandoverWithdrawAllForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = Handover.objects.visible_to(request.user).filter(giver__in=access_of(request.user).managed_hub_ids)
        self.whole = rows.select_related("school", "giver", "receiver").order_by("offered_at", "pk")
        self.rows = list(self.whole.open()[:ANSWERED_AT_ONCE])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.rows:
            messages.error(request, "None of your offers waits for an answer.")
            return redirect("schools:handover-list")
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "rows": self.rows, "whole": self.whole}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=self.rows, most=ANSWERED_AT_ONCE, **kwargs)

    def form_valid(self, form: HandoverWithdrawAllForm) -> HttpResponse:
        done, problems = handovers.withdraw_all(rows=form.cleaned_data["offers"], by=self.request.user)
        if done:
            messages.success(self.request, f"Taken back: {count(len(done), 'offer')}. Nothing was copied.")
        for problem in problems:
            messages.error(self.request, problem)
        return redirect("schools:handover-list")


class HandoverWithdraw(View):
    """The giving hub takes its offer back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        handover = get_object_or_404(Handover.objects.visible_to(request.user), uuid=kwargs["uuid"])
        if not can_withdraw_handover(request.user, handover):
            raise PermissionDenied("A manager of the hub that offers it takes it back, while it is open.")
        try:
            handovers.withdraw(handover=handover, by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, "The offer is taken back.")
        return redirect("schools:handover-list")
