"""What was delivered at a school: recorded, read, changed, confirmed, withdrawn, carried over from last year."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from django.views.generic import TemplateView

from engagement.actions import deliveries as actions
from engagement.code_lists.reading import lists_of, names_of
from engagement.deliveries import kinds, reading
from engagement.deliveries.tables import tags_of
from engagement.forms.deliveries import CarryForm, DeliveryForm, WithdrawForm, initial_of
from engagement.models import Delivery
from engagement.permissions import can_record_delivery
from engagement.views.acting import ActsOnForm
from hubportal.kit.wording import academic_year, count
from schools.access import access_of, today
from schools.models import Hub, School
from schools.standing import standing_of

FOR_WRITERS = "This is for the hub’s managers and officers, and the partner entrusted."


class SchoolPage(View):
    """A page on which something is recorded at a school."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        seen = School.objects.visible_to(request.user).select_related("type")
        self.school: School = get_object_or_404(seen, urn=kwargs["urn"])
        hub = standing_of(request.user, self.school).hub
        if hub is None or not can_record_delivery(request.user, self.school):
            raise PermissionDenied(FOR_WRITERS)
        self.hub: Hub = hub


class DeliveryChoose(SchoolPage, TemplateView):
    """Which kind was it?"""

    template_name = "engagement/deliveries/delivery_choose.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(school=self.school, kinds=kinds.KINDS.values(), **kwargs)


class DeliveryCreate(SchoolPage, ActsOnForm):
    """Record one: the form asks what its kind has."""

    template_name = "engagement/deliveries/delivery_create.html"

    @property
    def kind(self) -> kinds.Kind:
        if self.kwargs["kind"] not in kinds.KINDS:
            raise Http404
        return kinds.KINDS[self.kwargs["kind"]]

    def get_form(self, data: Any = None) -> DeliveryForm:
        user = self.request.user
        partners = access_of(user).officer_partner_ids
        choices = reading.choices_for(user, self.hub, self.school)
        initial: dict[str, Any] = {"year": academic_year(today()), "is_confirmed": True}
        form = DeliveryForm(data, kind=self.kind, choices=choices, initial=initial)
        mine = next((key for key, each in form.partners.items() if each.pk in partners), "")
        form.initial["delivered_by"] = mine  # who records it as a partner's officer, delivered it as a rule
        return form

    def act(self, form: DeliveryForm) -> HttpResponse:
        row = actions.record(
            school=self.school,
            kind=self.kind.code,
            year=form.cleaned_data["year"],
            values=form.values,
            by=self.request.user,
        )
        messages.success(self.request, f"Recorded: {row}.")
        return redirect(row)

    def more(self) -> dict[str, Any]:
        return {"school": self.school, "hub": self.hub, "kind": self.kind}


class DeliveryCarry(SchoolPage, ActsOnForm):
    """Last year's, for those that go on: each becomes a record of this year that waits to be confirmed."""

    template_name = "engagement/deliveries/delivery_carry.html"

    def get_form(self, data: Any = None) -> CarryForm:
        names = names_of(lists_of(self.hub))
        rows = reading.last_years(self.request.user, self.hub, self.school)
        return CarryForm(data, rows={str(row.uuid): (row, reading.line(row, names)) for row in rows})

    def act(self, form: CarryForm) -> HttpResponse:
        year = academic_year(today())
        chosen = form.cleaned_data["deliveries"]
        made = actions.carry_over(school=self.school, deliveries=chosen, year=year, by=self.request.user)
        said = count(len(made), "delivery,deliveries")
        messages.success(
            self.request, f"Carried over: {said}. Confirm or change each, once you know this year’s figures."
        )
        query = {"q": self.school.urn, "year": year, "confirmed": "no"}
        return redirect(reverse("engagement:delivery-list", query=query))

    def more(self) -> dict[str, Any]:
        year = academic_year(today())
        return {"school": self.school, "this_year": f"{year} to {year + 1}", "last_year": f"{year - 1} to {year}"}


class DeliveryPage(View):
    """A page about one delivery that the person sees; what changes it is for those who write about its school."""

    changes = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        self.delivery = self.visible(kwargs["uuid"])
        self.may_write = can_record_delivery(request.user, self.delivery.school) and self.delivery.is_own
        if self.changes and not self.may_write:
            raise PermissionDenied(FOR_WRITERS)

    def visible(self, uuid: Any) -> Delivery:
        rows = Delivery.objects.visible_to(self.request.user).for_list(self.request.user)
        people = ("by", "changed_by", "confirmed_by", "withdrawn_by", "warned_by", "received_from")
        related = ("counted_with__deliverer", "carried_from", "school__type", *people)
        return get_object_or_404(rows.select_related(*related), uuid=uuid)


class DeliveryDetail(DeliveryPage, TemplateView):
    """Everything that is known of it, and by whom it was said."""

    template_name = "engagement/deliveries/delivery_detail.html"
    changes = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.delivery
        halves = Delivery.objects.visible_to(self.request.user).filter(counted_with=row).select_related("deliverer")
        return super().get_context_data(
            delivery=row,
            facts=[{"key": label, "value": words} for label, words in reading.facts_of(row)],
            numbers=[{"key": label, "value": words} for label, words in reading.numbers_of(row)],
            tags=tags_of(row),
            halves=halves,
            may_write=self.may_write and row.stands,
            **kwargs,
        )


class DeliveryEdit(DeliveryPage, ActsOnForm):
    template_name = "engagement/deliveries/delivery_edit.html"

    def get_form(self, data: Any = None) -> DeliveryForm:
        row = self.delivery
        choices = reading.choices_for(self.request.user, row.hub, row.school)
        kind = kinds.KINDS[row.kind]
        return DeliveryForm(data, kind=kind, choices=choices, row=row, initial=initial_of(row))

    def act(self, form: DeliveryForm) -> HttpResponse:
        year = form.cleaned_data["year"]
        row = actions.change(delivery=self.delivery, year=year, values=form.values, by=self.request.user)
        messages.success(self.request, "Saved.")
        return redirect(row)

    def more(self) -> dict[str, Any]:
        return {"delivery": self.delivery, "school": self.delivery.school, "kind": kinds.KINDS[self.delivery.kind]}


class DeliveryWithdraw(DeliveryPage, ActsOnForm):
    template_name = "engagement/deliveries/delivery_withdraw.html"

    def get_form(self, data: Any = None) -> WithdrawForm:
        return WithdrawForm(data)

    def act(self, form: WithdrawForm) -> HttpResponse:
        row = actions.withdraw(delivery=self.delivery, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"Withdrawn: {row}. It counts no more.")
        return redirect(row)

    def more(self) -> dict[str, Any]:
        return {"delivery": self.delivery}


class DeliveryConfirm(DeliveryPage):
    """One press: the figures are so."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        try:
            actions.confirm(delivery=self.delivery, by=request.user)
        except ValidationError as problem:
            messages.error(
                request, f"Not confirmed yet. {' '.join(problem.messages)}. Change it, or say that it is so."
            )
            return redirect("engagement:delivery-edit" if self.delivery.stands else self.delivery, uuid)
        messages.success(request, "Confirmed. It counts from now on.")
        return redirect(self.delivery)


class DeliveryCountAgain(DeliveryPage):
    """It is no half of a joint project after all."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        try:
            actions.count_again(delivery=self.delivery, by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, "It is counted by itself again.")
        return redirect(self.delivery)
