"""Targets."""

from django.urls import path

from engagement.views import targets as views

urlpatterns = [
    path("coverage/targets/", views.TargetList.as_view(), name="target-list"),
    path("coverage/targets/new/", views.TargetCreate.as_view(), name="target-create"),
    path("coverage/targets/<uuid:uuid>/", views.TargetDetail.as_view(), name="target-detail"),
    path("coverage/targets/<uuid:uuid>/export.<str:format>/", views.TargetExport.as_view(), name="target-export"),
    path("coverage/targets/<uuid:uuid>/edit/", views.TargetEdit.as_view(), name="target-edit"),
    path("coverage/targets/<uuid:uuid>/end/", views.TargetEnd.as_view(), name="target-end"),
]
