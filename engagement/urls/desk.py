"""What is done with a thing on a worklist, and the lists of a team."""

from django.urls import path

from engagement.views import desk

urlpatterns = [
    path("today/team/", desk.Team.as_view(), name="team-detail"),
    path("today/team/list/", desk.TeamList.as_view(), name="team-list"),
    path("today/put-off/<str:key>/", desk.SnoozeCreate.as_view(), name="snooze-create"),
    path("today/hand/<str:key>/", desk.WorkHand.as_view(), name="work-hand"),
    path("today/snoozes/<uuid:uuid>/end/", desk.SnoozeEnd.as_view(), name="snooze-end"),
    path("today/handed/<uuid:uuid>/back/", desk.WorkGiveBack.as_view(), name="work-give-back"),
]
