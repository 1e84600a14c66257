"""The hub's catalogue of offers, what it could offer one school, its pages for schools; and all of it in public."""

from django.urls import path

from engagement.views import guides, offer_public, offer_years, offers

urlpatterns = [
    path("offers/", offers.OfferList.as_view(), name="offer-list"),
    path("offers/new/", offers.OfferCreate.as_view(), name="offer-create"),
    path("offers/carry-over/", offer_years.OfferCarry.as_view(), name="offer-carry"),
    path("offers/put-year-on-offer/", offer_years.OfferOpenYear.as_view(), name="offer-open-year"),
    path("offers/pages/", guides.GuideList.as_view(), name="guide-list"),
    path("offers/pages/<slug:code>/", guides.GuideDetail.as_view(), name="guide-detail"),
    path("offers/pages/<slug:code>/edit/", guides.GuideEdit.as_view(), name="guide-edit"),
    path("offers/pages/<slug:code>/check/", guides.GuideCheck.as_view(), name="guide-check"),
    path("offers/<uuid:pk>/", offers.OfferDetail.as_view(), name="offer-detail"),
    path("offers/<uuid:pk>/edit/", offers.OfferEdit.as_view(), name="offer-edit"),
    path("offers/<uuid:pk>/take-off/", offers.OfferTakeOff.as_view(), name="offer-take-off"),
    path("offers/<uuid:pk>/put-back/", offers.OfferPutBack.as_view(), name="offer-put-back"),
    path("schools/<int:urn>/offers/", offers.SchoolOffers.as_view(), name="school-offers"),
    path("hubs/<slug:slug>/offers/", offer_public.OfferPublicList.as_view(), name="offer-public-list"),
    path("hubs/<slug:slug>/offers/<uuid:uuid>/", offer_public.OfferPublic.as_view(), name="offer-public"),
    path("hubs/<slug:slug>/pages/<slug:code>/", offer_public.GuidePublic.as_view(), name="guide-public"),
]
