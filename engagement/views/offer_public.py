"""What everybody reads of a hub's catalogue: what is on offer, one offer, a page for schools. No school is named."""

from typing import Any

from django.http import Http404

from engagement import offering
from engagement.catalogue import public
from engagement.models import MetRole
from engagement.views.meeting_public import OfHub
from schools.access import today


class OfferPublicList(OfHub):
    """All that is on offer; `?phase=` and `?need=` narrow it down."""

    template_name = "engagement/offers/public_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        phase, need = self.request.GET.get("phase", ""), self.request.GET.get("need", "")
        listing = public.listing_of(self.hub, today(), phase=phase, need=need)
        return super().get_context_data(listing=listing, guides=public.guides_of(self.hub), **kwargs)


class OfferPublic(OfHub):
    """One that is on offer; 404 else."""

    template_name = "engagement/offers/public.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offer = public.offer_at(self.hub, self.kwargs["uuid"], today())
        if offer is None:
            raise Http404
        roles = dict(MetRole.objects.visible_to(self.request.user).values_list("code", "name"))
        return super().get_context_data(
            offer=offer,
            facts=offering.facts_of(offer),
            sections=offering.sections_of(offer, roles),
            answers=public.answers_of(offer, today()),
            signposts=offering.guides_of(offer, public.guides_of(self.hub)),
            **kwargs,
        )


class GuidePublic(OfHub):
    """A page for schools; 404 for none of them."""

    template_name = "engagement/offers/guide_public.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        guide = public.guide_at(self.hub, self.kwargs["code"])
        if guide is None:
            raise Http404
        return super().get_context_data(guide=guide, **kwargs)
