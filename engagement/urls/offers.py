"""The hub's catalogue of offers."""

from django.urls import path

from engagement.views import offers as views

urlpatterns = [
    path("offers/", views.OfferList.as_view(), name="offer-list"),
    path("offers/new/", views.OfferCreate.as_view(), name="offer-create"),
    path("offers/<uuid:pk>/", views.OfferDetail.as_view(), name="offer-detail"),
    path("offers/<uuid:pk>/edit/", views.OfferEdit.as_view(), name="offer-edit"),
    path("offers/<uuid:pk>/take-off/", views.OfferTakeOff.as_view(), name="offer-take-off"),
    path("offers/<uuid:pk>/put-back/", views.OfferPutBack.as_view(), name="offer-put-back"),
]
