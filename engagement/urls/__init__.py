"""Every address of the relationship, a list for each noun."""

from engagement.urls import actions, attempts, conversations, homes, offers, sharing

app_name = "engagement"

urlpatterns = [
    *conversations.urlpatterns,
    *attempts.urlpatterns,
    *sharing.urlpatterns,
    *homes.urlpatterns,
    *actions.urlpatterns,
    *offers.urlpatterns,
]
