"""Meetings, and the diary."""

from django.urls import path

from engagement.views import diary_feeds, meeting_public
from engagement.views import meetings as views

urlpatterns = [
    path("diary/", views.Diary.as_view(), name="diary"),
    path("diary/calendar/", diary_feeds.DiaryCalendar.as_view(), name="diary-calendar"),
    path("calendar/<str:token>.ics", diary_feeds.DiaryFeedRead.as_view(), name="diary-feed"),
    path("hubs/<slug:slug>/meet/", meeting_public.MeetingPublic.as_view(), name="meeting-public"),
    path("hubs/<slug:slug>/meet/sent/", meeting_public.MeetingPublicSent.as_view(), name="meeting-public-sent"),
    path("schools/<int:urn>/meetings/add/", views.MeetingCreate.as_view(), name="meeting-create"),
    path("meetings/<uuid:pk>/", views.MeetingDetail.as_view(), name="meeting-detail"),
    path("meetings/<uuid:pk>/accept/", views.MeetingAccept.as_view(), name="meeting-accept"),
    path("meetings/<uuid:pk>/not-possible/", views.MeetingDecline.as_view(), name="meeting-decline"),
    path("meetings/<uuid:pk>/school/", views.MeetingSchool.as_view(), name="meeting-school"),
    path("meetings/<uuid:pk>/move/", views.MeetingMove.as_view(), name="meeting-move"),
    path("meetings/<uuid:pk>/cancel/", views.MeetingCancel.as_view(), name="meeting-cancel"),
    path("meetings/<uuid:pk>/write-up/", views.MeetingWriteUp.as_view(), name="meeting-write-up"),
]
