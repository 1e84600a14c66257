"""Engagement plans and their templates."""

from django.urls import path

from engagement.views import engagement_plans as views

urlpatterns = [
    path("engagement-plans/", views.EngagementPlanList.as_view(), name="plan-list"),
    path("engagement-plans/export.<str:format>/", views.EngagementPlanExport.as_view(), name="plan-export"),
    path("engagement-plans/templates/", views.PlanTemplateList.as_view(), name="plan-template-list"),
    path("engagement-plans/templates/new/", views.PlanTemplateCreate.as_view(), name="plan-template-create"),
    path("engagement-plans/templates/<uuid:uuid>/", views.PlanTemplateEdit.as_view(), name="plan-template-edit"),
    path(
        "engagement-plans/templates/<uuid:uuid>/retire/",
        views.PlanTemplateRetire.as_view(),
        name="plan-template-retire",
    ),
    path("engagement-plans/<uuid:uuid>/", views.EngagementPlanDetail.as_view(), name="plan-detail"),
    path("engagement-plans/<uuid:uuid>/review/", views.EngagementPlanReview.as_view(), name="plan-review"),
    path("engagement-plans/<uuid:uuid>/edit/", views.EngagementPlanEdit.as_view(), name="plan-edit"),
    path("engagement-plans/<uuid:uuid>/end/", views.EngagementPlanEnd.as_view(), name="plan-end"),
    path("schools/<int:urn>/engagement-plan/new/", views.EngagementPlanCreate.as_view(), name="plan-create"),
]
