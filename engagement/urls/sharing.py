"""Sharing with a school, reading, comparing, answering, releasing; and the same by a link from an email."""

from django.urls import path

from engagement.views import links, reading, sharing

urlpatterns = [
    path("conversations/parts/<uuid:uuid>/share/", sharing.PartShare.as_view(), name="part-share"),
    path("conversations/parts/<uuid:uuid>/withdraw/", sharing.PartWithdraw.as_view(), name="part-withdraw"),
    path("conversations/responses/<uuid:uuid>/note/", sharing.ResponseNote.as_view(), name="response-note"),
    path("shared/", reading.SharedList.as_view(), name="shared-list"),
    path("shared/<uuid:uuid>/", reading.PartDetail.as_view(), name="part-detail"),
    path("shared/<uuid:uuid>/versions/<int:number>/", reading.VersionDetail.as_view(), name="version-detail"),
    path("shared/<uuid:uuid>/compare/", reading.VersionCompare.as_view(), name="version-compare"),
    path("shared/<uuid:uuid>/respond/", reading.PartRespond.as_view(), name="part-respond"),
    path("shared/<uuid:uuid>/release/", reading.PartRelease.as_view(), name="part-release"),
    path("shared/<uuid:uuid>/trust/", reading.PartTrust.as_view(), name="part-trust"),
    path("r/<str:token>/", links.LinkOpen.as_view(), name="link-open"),
    path("r/<str:token>/code/", links.LinkCode.as_view(), name="link-code"),
    path("r/<str:token>/read/", links.LinkRead.as_view(), name="link-read"),
    path("r/<str:token>/respond/", links.LinkRespond.as_view(), name="link-respond"),
]
