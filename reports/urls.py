from django.urls import path, re_path

from reports.views import documents, links, summaries

app_name = "reports"

report_urls = [
    path("reports/parts/<uuid:uuid>/", documents.ReportDetail.as_view(), name="report-detail"),
    path("reports/parts/<uuid:uuid>/build/", documents.ReportBuild.as_view(), name="report-build"),
]
document_urls = [
    path("reports/documents/<uuid:uuid>/status/", documents.DocumentStatus.as_view(), name="document-status"),
    path("reports/documents/<uuid:uuid>/download/", documents.DocumentDownload.as_view(), name="document-download"),
]
link_urls = [
    path("r/<str:token>/report/", links.LinkReport.as_view(), name="link-report"),
    path("r/<str:token>/report/status/", links.LinkReportStatus.as_view(), name="link-report-status"),
    path("r/<str:token>/report/file/", links.LinkReportFile.as_view(), name="link-report-file"),
]

summary_urls = [
    re_path(
        r"^music-plan/(?P<urn>\d{1,9})/summary\.(?P<suffix>pdf|docx)$",
        summaries.SummaryFile.as_view(),
        name="summary-file",
    ),
    path("reports/summaries/<int:urn>/build/", summaries.SummaryFilesBuild.as_view(), name="summary-build"),
]

urlpatterns = [*report_urls, *document_urls, *link_urls, *summary_urls]
