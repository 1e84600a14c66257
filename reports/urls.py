from django.urls import path

from reports import views

app_name = "reports"

report_urls = [
    path("reports/parts/<uuid:uuid>/", views.ReportDetail.as_view(), name="report-detail"),
    path("reports/parts/<uuid:uuid>/build/", views.ReportBuild.as_view(), name="report-build"),
]
document_urls = [
    path("reports/documents/<uuid:uuid>/status/", views.DocumentStatus.as_view(), name="document-status"),
    path("reports/documents/<uuid:uuid>/download/", views.DocumentDownload.as_view(), name="document-download"),
]

urlpatterns = [*report_urls, *document_urls]
