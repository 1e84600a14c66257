"""Trusts: the list, and the page of one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from hubportal.kit.tables import TableView
from schools import facts, panels, timeline, trusts
from schools.access import access_of, today
from schools.filters import TrustFilters
from schools.models import TimelineEntry, Trust
from schools.permissions import can_read_trusts
from schools.tables import TrustTable

TIMELINE_PAGE = 10  # half a school's: the list of the trust's schools stands above it


class TrustList(TableView):
    """The trusts that one may see, each with how many of its schools are one's own and how many are not."""

    template_name = "schools/trust_list.html"
    saved_as = "schools:trust-list"
    table_class = TrustTable
    filters_class = TrustFilters
    noun = "trust"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_read_trusts(request.user):
            raise PermissionDenied("The list of trusts is for hubs, officers of partners, and trusts.")
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        return Trust.objects.visible_to(self.request.user).with_counts(self.request.user)


class TrustDetail(TemplateView):
    """A trust's page: its schools, its people, and one timeline across them."""

    template_name = "schools/trust_detail.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.trust = get_object_or_404(Trust.objects.visible_to(request.user), group_uid=kwargs["group_uid"])
        if not can_read_trusts(request.user):
            raise PermissionDenied("A trust’s page is for its hubs, officers of partners, and its own leaders.")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, trust = self.request.user, self.trust
        schools = trusts.schools_of(trust, user)
        mine = [stay.school for stay in schools.now]
        entries = (
            TimelineEntry.objects.visible_to(user).filter(school__in=mine).select_related("school", "received_from")
        )
        page = Paginator(entries, TIMELINE_PAGE).get_page(self.request.GET.get("page"))
        access = access_of(user)
        return super().get_context_data(
            trust=trust,
            details=facts.trust_details(trust),
            schools=schools,
            today=today(),
            is_ours=trust.pk in access.trust_ids,
            sees_engagement=bool(access.hub_ids or access.officer_partner_ids),
            is_partner=not access.hub_ids and bool(access.officer_partner_ids),
            leaders=trusts.leaders_of(trust, user),
            contacts=trusts.contacts_of(mine, user),
            timeline=page,
            entries=self.get_entries(list(page)),
            panels=panels.trust_panels.panels_for(self.request, trust),
            **kwargs,
        )

    def get_entries(self, entries: list[TimelineEntry]) -> list[dict[str, Any]]:
        """The timeline’s rows, each naming its school; no link to what the person may not open."""
        closed = timeline.closed_to(self.request.user, entries)
        return [
            facts.timeline_row(entry, with_school=True) | ({"url": ""} if entry.source in closed else {})
            for entry in entries
        ]
