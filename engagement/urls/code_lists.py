"""The code lists of a hub."""

from django.urls import path

from engagement.views import code_lists as views

urlpatterns = [
    path("code-lists/<slug:slug>/", views.CodeListDetail.as_view(), name="code-list-detail"),
    path("code-lists/<slug:slug>/<slug:code_list>/add/", views.CodeEntryCreate.as_view(), name="code-entry-create"),
    path("code-lists/<slug:slug>/<uuid:uuid>/", views.CodeEntryEdit.as_view(), name="code-entry-edit"),
]
