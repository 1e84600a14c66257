"""The catalogue of offers: the hub's staff keep it, schools see what fits them and why."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from engagement import offering
from engagement.actions import offers as actions
from engagement.filters import CurrentOfferFilters, OfferFilters
from engagement.forms.offers import OfferForm
from engagement.models import Offer
from engagement.permissions import can_edit_offer, can_list_offers
from engagement.tables import OfferTable
from engagement.views.actions import add_problems
from hubportal.kit.tables import Filters, ListTable, TableView
from schools.access import access_of
from schools.models import Hub, School


class OfferList(TableView):
    """Hub staff: the whole catalogue. Partners and trusts: what is on offer now. Schools: the same, what answers their
    needs first."""

    template_name = "engagement/offer_list.html"
    saved_as = "engagement:offer-list"
    table_class = OfferTable
    noun = "offer"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_list_offers(request.user):
            raise PermissionDenied("Offers are for hubs, partners, schools and trusts.")
        access = access_of(request.user)
        self.is_hub = bool(access.hub_ids)
        if access.school_ids and not (self.is_hub or access.partner_ids):
            return self.for_school(request)
        return super().dispatch(request, *args, **kwargs)

    def for_school(self, request: HttpRequest) -> HttpResponse:
        """What the school's hub has on offer, in groups. `?school=` for people of several."""
        user = request.user
        schools = list(School.objects.visible_to(user).filter(pk__in=access_of(user).school_ids))
        school = next((each for each in schools if str(each.urn) == request.GET.get("school", "")), schools[0])
        page = offering.page_for(school, user)
        return render(request, "engagement/offer_list_school.html", {"school": school, "schools": schools, **page})

    def get_queryset(self) -> QuerySet:
        rows = Offer.objects.visible_to(self.request.user).select_related("strand", "partner", "organisation", "hub")
        return rows.order_by("-is_current", *rows.model._meta.ordering)

    def get_table(self, rows: QuerySet, exclude: Any) -> ListTable:
        order_by = self.request.GET.getlist("sort")[:1] or None
        titles = offering.criteria_titles(self.request.user)
        return OfferTable(rows, titles=titles, order_by=order_by, exclude=tuple(exclude), request=self.request)

    def get_filters_class(self) -> type[Filters]:
        return OfferFilters if self.is_hub else CurrentOfferFilters

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context = super().get_context_data(may_edit=can_edit_offer(user), is_hub=self.is_hub, **kwargs)
        if not context["filters"].narrows:
            off = Offer.objects.visible_to(user).filter(is_current=False).count()
            context["finding"] = offering.finding(context["total"], off)
        return context


def visible_offer(request: HttpRequest, pk: UUID) -> Offer:
    """The offer that the address names, as far as this person sees it: 404 otherwise."""
    rows = Offer.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("hub", "strand", "partner", "organisation"), uuid=pk)


def editable_offer(request: HttpRequest, pk: UUID) -> Offer:
    """The offer, for somebody who keeps its hub's catalogue: 404 or 403 otherwise."""
    offer = visible_offer(request, pk)
    if not can_edit_offer(request.user, offer.hub_id):
        raise PermissionDenied
    return offer


class OfferDetail(View):
    """One offer; a school sees why it fits."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        offer = visible_offer(request, pk)
        titles = {each.code: each.title for each in offering.criteria_in_force(offer.hub_id, request.user)}
        context = {
            "offer": offer,
            "facts": self.facts(offer),
            "answers": offering.titles_of(offer, titles),
            "reasons": offering.reasons_for(offer, request.user),
            "may_edit": can_edit_offer(request.user, offer.hub_id),
        }
        return render(request, "engagement/offer_detail.html", context)

    def facts(self, offer: Offer) -> list[dict[str, str]]:
        """What stands above the offer; an organisation leads to its page, for those who may see that."""
        seen = School.objects.visible_to(self.request.user).filter(pk=offer.organisation_id)
        leads = offer.organisation is not None and seen.exists()
        page = offer.organisation.get_absolute_url() if offer.organisation and leads else ""
        rows = [
            {"label": "Kind of support", "value": str(offer.strand)},
            {"label": "For whom", "value": offer.for_whom},
            {"label": "Phases", "value": offering.phase_words(offer)},
            {"label": "Who delivers it", "value": offer.deliverer or str(offer.hub), "href": page},
            {"label": "When", "value": offer.when_said},
            {"label": "Cost", "value": offer.cost},
        ]
        return [row for row in rows if row["value"]]


class OfferForms(View):
    """A page with the form of an offer; the subclass says of which, and what saving does."""

    http_method_names = ["get", "head", "post"]
    template_name = ""

    def form(self, hub: Hub, offer: Offer | None = None) -> OfferForm:
        user = self.request.user
        data = self.request.POST if self.request.method == "POST" else None
        initial = {name: getattr(offer, name) for name in actions.FIELDS} if offer else {}
        criteria = offering.criteria_in_force(hub.pk, user)
        return OfferForm(data, user=user, hub=hub, criteria=criteria, offer=offer, initial=initial)

    def show(self, form: OfferForm, status: int = 200, **context: Any) -> HttpResponse:
        return render(self.request, self.template_name, {"form": form, **context}, status=status)


class OfferCreate(OfferForms):
    """A new offer of the hub; `?hub=` for those who write for several, `?organisation=` (its number) for who delivers
    it."""

    template_name = "engagement/offer_create.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_edit_offer(request.user):
            raise PermissionDenied
        writing = access_of(request.user).writing_hub_ids
        self.hubs = list(Hub.objects.visible_to(request.user).filter(pk__in=writing))
        self.hub = next((each for each in self.hubs if each.slug == request.GET.get("hub", "")), self.hubs[0])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        form = self.form(self.hub)
        form.initial["organisation"] = request.GET.get("organisation", "")
        return self.show(form, hub=self.hub, hubs=self.hubs)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(self.hub)
        if form.is_valid():
            try:
                offer = actions.create(hub=self.hub, values=form.cleaned_data, by=request.user)
            except ValidationError as error:
                add_problems(form, error)
            else:
                messages.success(request, f"{offer} is on offer. Schools can see it now.")
                return redirect(offer)
        return self.show(form, status=400, hub=self.hub, hubs=self.hubs)


class OfferEdit(OfferForms):
    """Changing an offer. Reports that were shared keep the words they had."""

    template_name = "engagement/offer_edit.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        offer = editable_offer(request, pk)
        return self.show(self.form(offer.hub, offer), offer=offer)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        offer = editable_offer(request, pk)
        form = self.form(offer.hub, offer)
        if form.is_valid():
            try:
                actions.edit(offer=offer, values=form.cleaned_data, by=request.user)
            except ValidationError as error:
                add_problems(form, error)
            else:
                messages.success(request, "Saved.")
                return redirect(offer)
        return self.show(form, status=400, offer=visible_offer(request, pk))


class OfferTakeOff(View):
    """Not on offer any more; put back with one press."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        offer = editable_offer(request, pk)
        actions.take_off(offer=offer, by=request.user)
        messages.success(request, f"{offer} is not on offer any more. Schools no longer see it in the catalogue.")
        return redirect(offer)


class OfferPutBack(View):
    """On offer again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        offer = editable_offer(request, pk)
        actions.put_back(offer=offer, by=request.user)
        messages.success(request, f"{offer} is on offer again.")
        return redirect(offer)
