"""Time well spent: the team's, one person's, the records behind a figure, hours, and how time is reckoned."""

from django.urls import path, register_converter

from engagement.views import time_spent as views
from hubportal.kit.terms import TERMS


class TermConverter:
    """One of the three terms of a return."""

    regex = "|".join(TERMS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TermConverter, "term")
PERSON = "time-well-spent/<slug:slug>/people/<uuid:uuid>/"

urlpatterns = [
    path("time-well-spent/<slug:slug>/", views.TimeSpentTeam.as_view(), name="time-spent-team"),
    path("time-well-spent/<slug:slug>/records/", views.TimeSpentRecords.as_view(), name="time-spent-records"),
    path("time-well-spent/<slug:slug>/rules/<int:year>/", views.TimeRulesEdit.as_view(), name="time-rules-edit"),
    path(PERSON, views.TimeSpentPerson.as_view(), name="time-spent-person"),
    path(f"{PERSON}hours/<int:year>/<term:term>/", views.TermHoursEdit.as_view(), name="term-hours-edit"),
]
