"""The school's half of a meeting; and answering it by a link from an email."""

from django.urls import path

from engagement.views import half_links, halves

urlpatterns = [
    path("schools/<int:urn>/questions/", halves.HalfAsk.as_view(), name="half-ask"),
    path("questions/<uuid:pk>/", halves.HalfDetail.as_view(), name="half-detail"),
    path("questions/<uuid:pk>/read/", halves.HalfRead.as_view(), name="half-read"),
    path("questions/<uuid:pk>/remind/", halves.HalfRemind.as_view(), name="half-remind"),
    path("questions/<uuid:pk>/withdraw/", halves.HalfWithdraw.as_view(), name="half-withdraw"),
    path("questions/<uuid:pk>/enter/", halves.HalfEnter.as_view(), name="half-enter"),
    path("questions/<uuid:pk>/answer/", halves.HalfAnswerPage.as_view(), name="half-answer"),
    path("questions/<uuid:pk>/draft/", halves.HalfDraft.as_view(), name="half-draft"),
    path("q/<str:token>/", half_links.HalfLinkOpen.as_view(), name="half-link-open"),
    path("q/<str:token>/draft/", half_links.HalfLinkDraft.as_view(), name="half-link-draft"),
]
