"""How a hub keeps in touch with its schools: what counts as talking, and how often."""

from django.urls import path

from engagement.views import cadence as views

urlpatterns = [
    path("keeping-in-touch/<slug:slug>/", views.ContactRulesList.as_view(), name="contact-rules-list"),
    path("keeping-in-touch/<slug:slug>/ladder/", views.LadderEdit.as_view(), name="ladder-edit"),
    path("keeping-in-touch/<slug:slug>/points/", views.ScorePointsEdit.as_view(), name="score-points-edit"),
    path("keeping-in-touch/<slug:slug>/<int:year>/", views.ContactRulesEdit.as_view(), name="contact-rules-edit"),
]
