"""The catalogue from year to year: carrying offers over, and putting a year on offer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from engagement.actions import offers as actions
from engagement.catalogue import carrying
from engagement.catalogue.carrying import Preview
from engagement.forms.offers import OfferCarryForm
from engagement.permissions import can_edit_offer
from engagement.views.offers import hubs_written_for
from hubportal.kit.wording import count
from schools.access import today
from schools.models import Hub


class OfYear(View):
    """`?hub=` for those who write for several, `?into=` an academic year: this one or the next."""

    hubs: list[Hub]
    hub: Hub
    into: int

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_edit_offer(request.user):
            raise PermissionDenied("Officers and managers of the hub keep its catalogue.")
        self.hubs, self.hub = hubs_written_for(request)
        years = carrying.target_years(today())
        asked = request.GET.get("into", str(years[1]))
        if asked not in map(str, years):
            raise Http404("Offers are carried into this academic year or the next.")
        self.into = int(asked)
        return super().dispatch(request, *args, **kwargs)

    def to_list(self) -> str:
        """The list of that year."""
        return reverse("engagement:offer-list", query={"year": self.into})


class OfferCarry(OfYear):
    """Which of the last year's offers are offered again: shown first, made on the press."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        preview = carrying.preview(request.user, self.hub, self.into)
        form = OfferCarryForm(preview=preview) if preview and preview.possible else None
        return self.show(preview, form)

    def post(self, request: HttpRequest) -> HttpResponse:
        preview = carrying.preview(request.user, self.hub, self.into)
        if preview is None or not preview.possible:
            return self.show(preview, None, status=400)
        form = OfferCarryForm(request.POST, preview=preview)
        if form.is_valid():
            chosen = [each for each in preview.possible if str(each.uuid) in form.cleaned_data["offers"]]
            opens = form.cleaned_data["opens"]
            try:
                made = actions.carry(hub=self.hub, offers=chosen, into=self.into, by=request.user, opens=opens)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                seen = "Schools can see them now." if opens else "Schools see them once you put them on offer."
                messages.success(request, f"{count(len(made), 'offer')} carried into {preview.words}. {seen}")
                return redirect(self.to_list())
        return self.show(preview, form, status=400)

    def show(self, preview: Preview | None, form: OfferCarryForm | None, status: int = 200) -> HttpResponse:
        into = f"{self.into} to {self.into + 1}"
        others = [year for year in carrying.target_years(today()) if year != self.into]
        context = {
            "preview": preview,
            "form": form,
            "hub": self.hub,
            "hubs": self.hubs,
            "into": into,
            "obstacles": [each for each in preview.candidates if each.obstacle] if preview else [],
            "others": [(year, f"{year} to {year + 1}") for year in others],
        }
        return render(self.request, "engagement/offers/carry.html", context, status=status)


class OfferOpenYear(OfYear):
    """All of a year that is still being prepared, on offer with one press."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        number = actions.open_year(hub=self.hub, year=self.into, by=request.user)
        said = f"{count(number, 'offer')} put on offer. Schools can see them now." if number else "Nothing was waiting."
        messages.success(request, said)
        return redirect(self.to_list())
