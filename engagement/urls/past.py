"""Bringing in what a hub has from before the portal."""

from django.urls import path

from engagement.views import past as views

urlpatterns = [
    path("past/", views.PastImportCreate.as_view(), name="past-import-create"),
    path("past/template/<slug:kind>.<slug:format>", views.PastImportTemplate.as_view(), name="past-import-template"),
    path("past/<uuid:uuid>/", views.PastImportDetail.as_view(), name="past-import-detail"),
    path("past/<uuid:uuid>/sheet/", views.PastImportSheet.as_view(), name="past-import-sheet"),
    path("past/<uuid:uuid>/columns/", views.PastImportColumns.as_view(), name="past-import-columns"),
    path("past/<uuid:uuid>/questions/", views.PastImportQuestions.as_view(), name="past-import-questions"),
    path("past/<uuid:uuid>/bring-in/", views.PastImportBring.as_view(), name="past-import-bring"),
    path("past/<uuid:uuid>/take-out/", views.PastImportUndo.as_view(), name="past-import-undo"),
    path("past/<uuid:uuid>/retry/", views.PastImportRetry.as_view(), name="past-import-retry"),
    path("past/<uuid:uuid>/discard/", views.PastImportDiscard.as_view(), name="past-import-discard"),
    path("past/<uuid:uuid>/status/", views.PastImportStatus.as_view(), name="past-import-status"),
    path("past/<uuid:uuid>/rejected.<slug:format>", views.PastImportRejected.as_view(), name="past-import-rejected"),
    path("support/<uuid:uuid>/", views.SupportDetail.as_view(), name="support-detail"),
]
