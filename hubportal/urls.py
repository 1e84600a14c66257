"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from hubportal import health

urlpatterns = [
    path("health/", health.health, name="health"),
    path("", include("hubportal.home")),
    path("", include("hubportal.accounts.urls")),
    path("", include("hubportal.pages")),
    path("gallery/", include("hubportal.kit.gallery.urls")),
    path("", include("schools.urls")),
    path("", include("engagement.urls")),
    path("", include("reports.urls")),
    path("administration/", admin.site.urls),
]
