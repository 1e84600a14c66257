"""The pages that a hub keeps for its schools: read by its schools, kept by its officers and managers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from engagement import offering
from engagement.actions import guides as actions
from engagement.forms.guides import GuideForm
from engagement.models import Guide
from engagement.permissions import can_edit_offer, can_list_offers
from schools.access import access_of, today
from schools.models import Hub


class OfGuides(View):
    """The pages of one hub; `?hub=` for people of several."""

    hub: Hub
    hubs: list[Hub]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_list_offers(request.user):
            raise PermissionDenied("These pages are for hubs, partners, schools and trusts.")
        self.hubs = list(Hub.objects.visible_to(request.user).filter(pk__in=offering.hubs_of(request.user)))
        if not self.hubs:
            raise Http404("No hub covers your area.")
        self.hub = next((each for each in self.hubs if each.slug == request.GET.get("hub", "")), self.hubs[0])
        self.may_edit = can_edit_offer(request.user, self.hub.pk)
        return super().dispatch(request, *args, **kwargs)

    def guides(self) -> list[Guide]:
        """As the hub has them, in their order."""
        found = {each.code: each for each in Guide.objects.visible_to(self.request.user).for_hub(self.hub)}
        return [found[code] for code in Guide.Code.values if code in found]

    def guide(self, code: str) -> Guide:
        """One of them: 404 for no such page."""
        found = next((each for each in self.guides() if each.code == code), None)
        if found is None:
            raise Http404("There is no such page.")
        return found

    def address(self, name: str, code: str) -> str:
        """Of one page; it names the hub where the person has several."""
        query = {"hub": self.hub.slug} if len(self.hubs) > 1 else None
        return reverse(f"engagement:{name}", args=[code], query=query)

    def context(self, **more: Any) -> dict[str, Any]:
        is_staff = self.hub.pk in access_of(self.request.user).hub_ids
        return {"hub": self.hub, "hubs": self.hubs, "may_edit": self.may_edit, "is_staff": is_staff, **more}


class EditsGuides(OfGuides):
    """For those who keep the hub's catalogue: 403 for others."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if can_list_offers(request.user) and not can_edit_offer(request.user):
            raise PermissionDenied("Officers and managers of the hub keep its pages for schools.")
        return super().dispatch(request, *args, **kwargs)

    def guide(self, code: str) -> Guide:
        if not self.may_edit:
            raise PermissionDenied("Officers and managers of the hub keep its pages for schools.")
        return super().guide(code)


class GuideList(OfGuides):
    """All of them; to the hub's staff it says which want checking."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = [
            {"guide": each, "href": self.address("guide-detail", each.code), "is_old": each.is_old(today())}
            for each in self.guides()
        ]
        old = sum(1 for row in rows if row["is_old"])
        return render(request, "engagement/offers/guide_list.html", self.context(rows=rows, old=old))


class GuideDetail(OfGuides):
    """One page, with its source and when it was checked."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        guide = self.guide(code)
        context = self.context(
            guide=guide,
            is_old=guide.is_old(today()),
            edit_url=self.address("guide-edit", code),
            check_url=self.address("guide-check", code),
        )
        return render(request, "engagement/offers/guide_detail.html", context)


class GuideEdit(EditsGuides):
    """The hub's own words."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        guide = self.guide(code)
        form = GuideForm(initial={name: getattr(guide, name) for name in actions.FIELDS})
        return self.show(form, guide)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        guide = self.guide(code)
        form = GuideForm(request.POST)
        if not form.is_valid():
            return self.show(form, guide, status=400)
        actions.write(hub=self.hub, code=code, values=form.cleaned_data, by=request.user)
        messages.success(request, "Saved. Schools can read it now.")
        return redirect(self.address("guide-detail", code))

    def show(self, form: GuideForm, guide: Guide, status: int = 200) -> HttpResponse:
        context = self.context(form=form, guide=guide, page_url=self.address("guide-detail", guide.code))
        return render(self.request, "engagement/offers/guide_edit.html", context, status=status)


class GuideCheck(EditsGuides):
    """It holds: somebody compared it with its source. A POST of nothing but itself."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        guide = actions.check(hub=self.hub, guide=self.guide(code), by=request.user)
        messages.success(request, f"“{guide}” is checked as of today.")
        return redirect(self.address("guide-detail", code))
