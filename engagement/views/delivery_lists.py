"""Every delivery of a hub: the list and its files, how much it comes to, and what may stand there twice."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views import View
from django.views.generic import TemplateView

from engagement.actions import deliveries as actions
from engagement.code_lists.reading import lists_of, names_of
from engagement.deliveries import reading
from engagement.deliveries.sums import sums_of
from engagement.deliveries.tables import DeliveryFilters, DeliveryTable, tags_of
from engagement.models import Delivery
from engagement.permissions import can_list_deliveries
from engagement.views.deliveries import DeliveryPage
from hubportal.kit.tables import ListTable, TableExport, TableView
from hubportal.kit.wording import academic_year
from schools.access import access_of, today
from schools.models import Hub

PAIRS = 20  # on a page
FOR_LISTERS = "What was delivered is for hubs and the officers of their partners."


class ForListers(View):
    """For staff of a hub, and officers of its partners."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_list_deliveries(request.user):
            raise PermissionDenied(FOR_LISTERS)
        return super().dispatch(request, *args, **kwargs)

    def hubs(self) -> list[Hub]:
        """The hubs for which the person works, or whose partner they work for."""
        access = access_of(self.request.user)
        ids = access.hub_ids | access.served_hub_ids
        return list(Hub.objects.visible_to(self.request.user).filter(pk__in=ids).order_by("name"))


class DeliveryList(ForListers, TableView):
    """The records, those that count first asked for."""

    template_name = "engagement/deliveries/delivery_list.html"
    table_class, filters_class, noun = DeliveryTable, DeliveryFilters, "delivery,deliveries"
    saved_as = "engagement:delivery-list"
    per_page = 25

    def get_queryset(self) -> QuerySet:
        return Delivery.objects.visible_to(self.request.user).for_list(self.request.user)

    def get_table(self, *args: Any) -> ListTable:
        table = super().get_table(*args)
        table.names = {pk: name for hub in self.hubs() for pk, name in names_of(lists_of(hub)).items()}
        return table

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(hubs=self.hubs(), **kwargs)
        having = context["filters"].qs.order_by().exclude(kind=Delivery.Kind.TRAINING)
        sums = having.aggregate(known=Sum("pupils"), unknown=Count("pk", filter=Q(pupils=None)), records=Count("pk"))
        context["pupils_found"] = reading.pupils_words(sums["known"], sums["unknown"], sums["records"])
        context["doubles"] = len(reading.duplicates(self.request.user))
        return context


class DeliveryExport(TableExport, DeliveryList):
    """Those records as a file."""

    file_name = "deliveries"


class DeliverySums(ForListers, TemplateView):
    """How much was delivered in a year, by kind. Each figure leads to its records."""

    template_name = "engagement/deliveries/delivery_sums.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        hubs, asked = self.hubs(), self.request.GET
        hub = next((each for each in hubs if each.slug == asked.get("hub", "")), hubs[0] if hubs else None)
        if hub is None:
            raise Http404
        this = academic_year(today())
        years = [(each, f"{each} to {each + 1}") for each in actions.years_of(hub)]
        year = next((each for each, _ in years if str(each) == asked.get("year", "")), this)
        return super().get_context_data(
            hub=hub,
            hubs=hubs,
            years=years,
            year=year,
            year_words=f"{year} to {year + 1}",
            sums=sums_of(self.request.user, hub, year),
            entrusted_only=hub.pk not in access_of(self.request.user).hub_ids,
            **kwargs,
        )


class DeliveryDuplicates(ForListers, TemplateView):
    """What may be the two halves of one project, to be decided by a person."""

    template_name = "engagement/deliveries/delivery_duplicates.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        page = Paginator(reading.duplicates(user), PAIRS).get_page(self.request.GET.get("page"))
        names = {pk: name for hub in self.hubs() for pk, name in names_of(lists_of(hub)).items()}
        writable = reading.writable_schools(user, [one.school_id for one, _ in page.object_list])
        pairs = [
            {
                "one": one,
                "other": other,
                "rows": [
                    (row, reading.about(row, names), reading.number_words(row.pupils), tags_of(row))
                    for row in (one, other)
                ],
                "may_write": one.school_id in writable,
            }
            for one, other in page.object_list
        ]
        return super().get_context_data(page=page, pairs=pairs, **kwargs)


class DeliveryDecide(DeliveryPage):
    """Of two records: this one is counted with the `other`, or they are two things (`apart`)."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        way, _, key = request.POST.get("decision", "").partition(":")
        rows = {
            str(each.uuid): each
            for each in Delivery.objects.visible_to(request.user)
            .filter(hub=self.delivery.hub)
            .filter(school=self.delivery.school)
        }
        other = rows.get(key)
        if other is None or way not in ("with", "apart"):
            messages.error(request, "Choose which of the two counts, or that they are two things.")
            return redirect("engagement:delivery-duplicates")
        try:
            if way == "with":
                actions.count_with(delivery=self.delivery, other=other, by=request.user)
            else:
                actions.keep_apart(delivery=self.delivery, other=other, by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            said = "One counts; the other is counted with it." if way == "with" else "Both count: they are two things."
            messages.success(request, said)
        return redirect("engagement:delivery-duplicates")
