"""Emails with what is due."""

from django.urls import path

from engagement.views import digests

urlpatterns = [
    path("account/emails/", digests.DigestWishEdit.as_view(), name="digest-wish-edit"),
    path("emails/what-is-due/<str:token>/", digests.DigestStop.as_view(), name="digest-stop"),
]
