"""The catalogue of offers: the hub's staff keep it, schools see what fits them and why."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View

from engagement import offering, tailoring
from engagement.actions import offers as actions
from engagement.catalogue.carrying import target_years
from engagement.filters import CurrentOfferFilters, OfferFilters
from engagement.forms.offers import OfferForm
from engagement.models import Guide, MetRole, Offer
from engagement.permissions import can_edit_offer, can_list_offers
from engagement.tables import OfferTable
from engagement.views.actions import add_problems
from hubportal.kit.tables import Filters, ListTable, TableView
from hubportal.kit.wording import count
from schools.access import access_of, today
from schools.models import Hub, School
from schools.standing import standing_of


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
        page = tailoring.page_for(school, user)
        context = {"school": school, "schools": schools, "is_theirs": True, **page}
        return render(request, "engagement/offer_list_school.html", context)

    def get_queryset(self) -> QuerySet:
        rows = Offer.objects.visible_to(self.request.user).select_related("strand", "partner", "organisation", "hub")
        rows = rows if self.is_hub else rows.current()
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
            off = context["filters"].framed.filter(is_current=False).count()
            context["finding"] = offering.finding(context["total"], off)
        hubs = offering.hubs_of(user)
        hub = Hub.objects.visible_to(user).filter(pk__in=hubs).first() if len(hubs) == 1 else None
        context["public_url"] = reverse("engagement:offer-public-list", args=[hub.slug]) if hub else ""
        if context["may_edit"]:
            context |= self.of_next_year()
        return context

    def of_next_year(self) -> dict[str, Any]:
        """For those who keep a catalogue: which years wait to be put on offer, and where offers are carried over."""
        writing = access_of(self.request.user).writing_hub_ids
        waiting = Offer.objects.visible_to(self.request.user).filter(
            hub__in=writing, is_current=False, opened_on=None, year__in=target_years(today())
        )
        years = waiting.values_list("year", "hub__slug", "hub__name").order_by("year", "hub__name")
        found = Counter(years)
        rows = [
            {
                "words": f"{count(number, 'offer')} of {year} to {year + 1}",
                "hub": name if len(writing) > 1 else "",
                "href": reverse("engagement:offer-open-year", query={"hub": slug, "into": year}),
            }
            for (year, slug, name), number in found.items()
        ]
        return {"waiting": rows}


def hubs_written_for(request: HttpRequest) -> tuple[list[Hub], Hub]:
    """The hubs whose catalogue the person keeps, and the one that `?hub=` asks for, else the first. One query."""
    writing = access_of(request.user).writing_hub_ids
    hubs = list(Hub.objects.visible_to(request.user).filter(pk__in=writing))
    return hubs, next((each for each in hubs if each.slug == request.GET.get("hub", "")), hubs[0])


class SchoolOffers(View):
    """What the hub could offer one school, ranked, with the reasons; for the hub's staff and the partner entrusted. The
    school itself has its own page."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, urn: int) -> HttpResponse:
        rows = School.objects.visible_to(request.user).select_related("type", "authority")
        school = get_object_or_404(rows, urn=urn)
        standing = standing_of(request.user, school)
        if standing.is_school_person:
            return redirect(reverse("engagement:offer-list", query={"school": urn}))
        if not standing.sees_engagement:
            raise PermissionDenied("What could be offered to a school is for its hub.")
        page = tailoring.page_for(school, request.user)
        return render(request, "engagement/offer_list_school.html", {"school": school, "is_theirs": False, **page})


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
        guides = Guide.objects.visible_to(request.user).for_hub(offer.hub)
        roles = dict(MetRole.objects.visible_to(request.user).values_list("code", "name"))
        context = {
            "offer": offer,
            "facts": offering.facts_of(offer, self.deliverer_page(offer)),
            "sections": offering.sections_of(offer, roles),
            "answers": offering.titles_of(offer, titles),
            "signposts": offering.guides_of(offer, guides) if offer.signposts else [],
            "reasons": tailoring.reasons_for(offer, request.user),
            "may_edit": can_edit_offer(request.user, offer.hub_id),
        }
        return render(request, "engagement/offer_detail.html", context)

    def deliverer_page(self, offer: Offer) -> str:
        """An organisation that delivers it leads to its page, for those who may see that."""
        seen = School.objects.visible_to(self.request.user).filter(pk=offer.organisation_id)
        return offer.organisation.get_absolute_url() if offer.organisation and seen.exists() else ""


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
        self.hubs, self.hub = hubs_written_for(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        form = self.form(self.hub)
        form.initial["organisation"] = request.GET.get("organisation", "")
        return self.show(form, hub=self.hub, hubs=self.hubs)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(self.hub)
        if form.is_valid():
            try:
                opens = "keep_back" not in request.POST
                offer = actions.create(hub=self.hub, values=form.cleaned_data, by=request.user, opens=opens)
            except ValidationError as error:
                add_problems(form, error)
            else:
                said = "is on offer. Schools can see it now." if opens else "is kept, and not on offer yet."
                messages.success(request, f"{offer} {said}")
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
