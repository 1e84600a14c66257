"""The homes after sign-in."""

from django.urls import path

from engagement.views import homes

urlpatterns = [
    path("today/", homes.Today.as_view(), name="today"),
    path("our-school/", homes.SchoolHome.as_view(), name="school-home"),
    path("our-school/<int:urn>/meet/", homes.MeetingAsk.as_view(), name="meeting-ask"),
    path("our-trust/", homes.TrustHome.as_view(), name="trust-home"),
    path("our-hubs/", homes.FunderHome.as_view(), name="funder-home"),
]
