"""The page to read before going to a school."""

from django.urls import path

from engagement.views import briefing as views

urlpatterns = [path("schools/<int:urn>/before-you-go/", views.BriefingDetail.as_view(), name="briefing-detail")]
