"""Addresses of plans."""

from django.urls import path

from smdp.views import plans, sections, versions

app_name = "smdp"

plan_urls = [
    path("plans/", plans.PlanList.as_view(), name="plan-list"),
    path("plans/export.<str:format>/", plans.PlanExport.as_view(), name="plan-export"),
    path("schools/<int:urn>/plan/begin/", plans.PlanBegin.as_view(), name="plan-begin"),
    path("plans/<uuid:pk>/", plans.PlanDetail.as_view(), name="plan-detail"),
    path("plans/<uuid:pk>/share/", plans.PlanShare.as_view(), name="plan-share"),
    path("plans/<uuid:pk>/adopt/", plans.PlanAdopt.as_view(), name="plan-adopt"),
]
section_urls = [
    path("plans/<uuid:pk>/sections/<slug:key>/", sections.SectionEdit.as_view(), name="section-edit"),
    path("plans/<uuid:pk>/sections/<slug:key>/draft/", sections.SectionDraft.as_view(), name="section-draft"),
    path("plans/<uuid:pk>/sections/<slug:key>/history/", sections.SectionHistory.as_view(), name="section-history"),
    path("plans/<uuid:pk>/sections/<slug:key>/restore/", sections.SectionRestore.as_view(), name="section-restore"),
]
version_urls = [
    path("plans/<uuid:pk>/versions/compare/", versions.VersionCompare.as_view(), name="version-compare"),
    path("plans/<uuid:pk>/versions/<int:number>/", versions.VersionDetail.as_view(), name="version-detail"),
]

urlpatterns = [*plan_urls, *section_urls, *version_urls]
