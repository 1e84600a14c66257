"""Agreed actions."""

from django.urls import path

from engagement.views import actions as views

urlpatterns = [
    path("actions/", views.ActionList.as_view(), name="action-list"),
    path("actions/<uuid:pk>/", views.ActionDetail.as_view(), name="action-detail"),
    path("actions/<uuid:pk>/edit/", views.ActionEdit.as_view(), name="action-edit"),
    path("actions/<uuid:pk>/done/", views.ActionDone.as_view(), name="action-done"),
    path("actions/<uuid:pk>/reopen/", views.ActionReopen.as_view(), name="action-reopen"),
]
