"""Every address of the portal."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import include, path

from hubportal import health

# Administrators come in by the one front door, with its limits on tries.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth documents it

# Rows that other apps would let be deleted or rewritten, and that nobody here needs: a person signs in with the address
# of their account alone, and roles are memberships.
admin.site.unregister([EmailAddress, Group])

handler403, handler404 = "hubportal.pages.permission_denied", "hubportal.pages.page_not_found"

urlpatterns = [
    path("health/", health.health, name="health"),
    path("", include("hubportal.home")),
    path("", include("hubportal.accounts.urls")),
    path("", include("hubportal.pages")),
    path("gallery/", include("hubportal.kit.gallery.urls")),
    path("", include("schools.urls")),
    path("", include("engagement.urls")),
    path("", include("smdp.urls")),
    path("", include("reports.urls")),
    path("administration/", admin.site.urls),
]
