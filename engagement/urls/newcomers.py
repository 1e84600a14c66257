"""Somebody new leads a school, or its music."""

from django.urls import path

from engagement.views import newcomers as views

urlpatterns = [
    path("newcomers/<uuid:pk>/", views.NewcomerDetail.as_view(), name="newcomer-detail"),
    path("newcomers/<uuid:pk>/dismiss/", views.NewcomerDismiss.as_view(), name="newcomer-dismiss"),
]
