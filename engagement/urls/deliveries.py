"""What was delivered."""

from django.urls import path

from engagement.views import deliveries as views
from engagement.views import delivery_lists as lists

urlpatterns = [
    path("deliveries/", lists.DeliveryList.as_view(), name="delivery-list"),
    path("deliveries/export.<str:format>/", lists.DeliveryExport.as_view(), name="delivery-export"),
    path("deliveries/how-much/", lists.DeliverySums.as_view(), name="delivery-sums"),
    path("deliveries/twice/", lists.DeliveryDuplicates.as_view(), name="delivery-duplicates"),
    path("schools/<int:urn>/deliveries/add/", views.DeliveryChoose.as_view(), name="delivery-choose"),
    path("schools/<int:urn>/deliveries/add/<slug:kind>/", views.DeliveryCreate.as_view(), name="delivery-create"),
    path("schools/<int:urn>/deliveries/last-year/", views.DeliveryCarry.as_view(), name="delivery-carry"),
    path("deliveries/<uuid:uuid>/", views.DeliveryDetail.as_view(), name="delivery-detail"),
    path("deliveries/<uuid:uuid>/edit/", views.DeliveryEdit.as_view(), name="delivery-edit"),
    path("deliveries/<uuid:uuid>/withdraw/", views.DeliveryWithdraw.as_view(), name="delivery-withdraw"),
    path("deliveries/<uuid:uuid>/confirm/", views.DeliveryConfirm.as_view(), name="delivery-confirm"),
    path("deliveries/<uuid:uuid>/decide/", lists.DeliveryDecide.as_view(), name="delivery-decide"),
    path("deliveries/<uuid:uuid>/count-again/", views.DeliveryCountAgain.as_view(), name="delivery-count-again"),
]
