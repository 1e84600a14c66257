"""Every address of the relationship, a list for each noun."""

from engagement.urls import (
    actions,
    attempts,
    briefing,
    cadence,
    conversations,
    coverage,
    desk,
    digests,
    engagement_plans,
    halves,
    homes,
    mailings,
    meetings,
    newcomers,
    offers,
    past,
    persistence,
    risks,
    sharing,
    targets,
)

app_name = "engagement"

urlpatterns = [
    *conversations.urlpatterns,
    *attempts.urlpatterns,
    *cadence.urlpatterns,
    *persistence.urlpatterns,
    *risks.urlpatterns,
    *briefing.urlpatterns,
    *newcomers.urlpatterns,
    *mailings.urlpatterns,
    *coverage.urlpatterns,
    *targets.urlpatterns,
    *engagement_plans.urlpatterns,
    *sharing.urlpatterns,
    *homes.urlpatterns,
    *desk.urlpatterns,
    *digests.urlpatterns,
    *halves.urlpatterns,
    *meetings.urlpatterns,
    *actions.urlpatterns,
    *offers.urlpatterns,
    *past.urlpatterns,
]
