"""Our readiness: everybody's, one person's, their training, joint visits and moderated conversations."""

from django.urls import path

from engagement.views import readiness as views

PERSON = "readiness/<slug:slug>/people/<uuid:uuid>/"

urlpatterns = [
    path("readiness/<slug:slug>/", views.ReadinessList.as_view(), name="readiness-list"),
    path("readiness/<slug:slug>/list.<str:format>", views.ReadinessExport.as_view(), name="readiness-export"),
    path("readiness/<slug:slug>/rules/", views.ReadinessRulesEdit.as_view(), name="readiness-rules-edit"),
    path(PERSON, views.ReadinessDetail.as_view(), name="readiness-detail"),
    path(f"{PERSON}training/", views.TrainingCreate.as_view(), name="training-create"),
    path(f"{PERSON}colleague/", views.ColleagueReviewCreate.as_view(), name="colleague-review-create"),
    path("readiness/training/<uuid:uuid>/edit/", views.TrainingEdit.as_view(), name="training-edit"),
    path("readiness/training/<uuid:uuid>/strike/", views.TrainingStrike.as_view(), name="training-strike"),
    path("readiness/colleague/<uuid:uuid>/edit/", views.ColleagueReviewEdit.as_view(), name="colleague-review-edit"),
    path(
        "readiness/colleague/<uuid:uuid>/strike/",
        views.ColleagueReviewStrike.as_view(),
        name="colleague-review-strike",
    ),
]
