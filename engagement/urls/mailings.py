"""Mailings to schools' contacts."""

from django.urls import path

from engagement.views import mailing_links, mailings

urlpatterns = [
    path("mailings/", mailings.MailingList.as_view(), name="mailing-list"),
    path("mailings/new/", mailings.MailingCreate.as_view(), name="mailing-create"),
    path("mailings/unsubscribed/", mailings.MailingStopList.as_view(), name="mailing-stop-list"),
    path("mailings/<uuid:uuid>/", mailings.MailingDetail.as_view(), name="mailing-detail"),
    path("mailings/<uuid:uuid>/edit/", mailings.MailingEdit.as_view(), name="mailing-edit"),
    path("mailings/<uuid:uuid>/test/", mailings.MailingTest.as_view(), name="mailing-test"),
    path("mailings/<uuid:uuid>/confirm/", mailings.MailingConfirm.as_view(), name="mailing-confirm"),
    path("mailings/<uuid:uuid>/stop/", mailings.MailingHalt.as_view(), name="mailing-halt"),
    path("mailings/<uuid:uuid>/discard/", mailings.MailingDiscard.as_view(), name="mailing-discard"),
    path("emails/mailings/<str:token>/", mailing_links.MailingUnsubscribe.as_view(), name="mailing-unsubscribe"),
]
