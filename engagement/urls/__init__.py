"""Every address of the relationship, a list for each noun."""

from engagement.urls import actions, attempts, cadence, conversations, coverage, homes, offers, persistence, sharing

app_name = "engagement"

urlpatterns = [
    *conversations.urlpatterns,
    *attempts.urlpatterns,
    *cadence.urlpatterns,
    *persistence.urlpatterns,
    *coverage.urlpatterns,
    *sharing.urlpatterns,
    *homes.urlpatterns,
    *actions.urlpatterns,
    *offers.urlpatterns,
]
