"""Every address of the relationship, a list for each noun."""

from engagement.urls import attempts, conversations, homes, sharing

app_name = "engagement"

urlpatterns = [
    *conversations.urlpatterns,
    *attempts.urlpatterns,
    *sharing.urlpatterns,
    *homes.urlpatterns,
]
