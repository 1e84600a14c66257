"""Engagement risks, and the watchlist."""

from django.urls import path

from engagement.views import risks as views
from engagement.views import watches

urlpatterns = [
    path("risks/", views.RiskList.as_view(), name="risk-list"),
    path("schools/<int:urn>/risks/add/", views.RiskCreate.as_view(), name="risk-create"),
    path("risks/<uuid:pk>/", views.RiskDetail.as_view(), name="risk-detail"),
    path("risks/<uuid:pk>/escalate/", views.RiskEscalate.as_view(), name="risk-escalate"),
    path("risks/<uuid:pk>/resolve/", views.RiskResolve.as_view(), name="risk-resolve"),
    path("risks/<uuid:pk>/reopen/", views.RiskReopen.as_view(), name="risk-reopen"),
    path("watching/", watches.WatchList.as_view(), name="watch-list"),
    path("watching/seen/", watches.WatchSeen.as_view(), name="watch-seen"),
    path("schools/<int:urn>/watch/", watches.WatchCreate.as_view(), name="watch-create"),
    path("schools/<int:urn>/watch/end/", watches.WatchEnd.as_view(), name="watch-end"),
]
