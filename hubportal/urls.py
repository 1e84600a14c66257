"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from hubportal import health

urlpatterns = [
    path("health/", health.health, name="health"),
    path("accounts/", include("allauth.urls")),
    path("administration/", admin.site.urls),
]
