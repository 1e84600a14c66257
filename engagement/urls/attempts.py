"""Attempts that got no answer."""

from django.urls import path

from engagement.views import attempts as views

urlpatterns = [
    path("schools/<int:urn>/attempts/", views.AttemptCreate.as_view(), name="attempt-create"),
    path("attempts/<uuid:pk>/", views.AttemptEdit.as_view(), name="attempt-edit"),
    path("attempts/<uuid:pk>/delete/", views.AttemptDelete.as_view(), name="attempt-delete"),
]
