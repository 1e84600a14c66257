"""How the area stands."""

from django.urls import path

from engagement.views import coverage as views

urlpatterns = [
    path("coverage/", views.CoverageDetail.as_view(), name="coverage-detail"),
    path("coverage/map/", views.CoverageMap.as_view(), name="coverage-map"),
]
