from django.urls import path

from engagement.views import introductions as views
from engagement.views import named_for

urlpatterns = [
    path("school-to-school/", views.MatchList.as_view(), name="match-list"),
    path("school-to-school/schools/<int:urn>/", views.MatchDetail.as_view(), name="match-detail"),
    path("school-to-school/introductions/", views.IntroductionList.as_view(), name="introduction-list"),
    path("school-to-school/introductions/new/", views.IntroductionChoose.as_view(), name="introduction-choose"),
    path(
        "school-to-school/introductions/new/<int:helped>/<int:helper>/",
        views.IntroductionCreate.as_view(),
        name="introduction-create",
    ),
    path("school-to-school/introductions/<uuid:uuid>/", views.IntroductionDetail.as_view(), name="introduction-detail"),
    path(
        "school-to-school/introductions/<uuid:uuid>/outcome/",
        views.IntroductionOutcome.as_view(),
        name="introduction-outcome",
    ),
    path(
        "school-to-school/introductions/<uuid:uuid>/withdraw/",
        views.IntroductionWithdraw.as_view(),
        name="introduction-withdraw",
    ),
    path("school-to-school/asked/<uuid:uuid>/", views.IntroductionAnswer.as_view(), name="introduction-answer"),
    path("school-to-school/asked/<uuid:uuid>/ask/", views.IntroductionAsk.as_view(), name="introduction-ask"),
    path("school-to-school/asked/<uuid:uuid>/record/", views.IntroductionRecord.as_view(), name="introduction-record"),
    path("schools/<int:urn>/named-for/", named_for.NamedForList.as_view(), name="named-for-list"),
    path("named-for/<uuid:uuid>/take-out/", named_for.NamedForTakeOut.as_view(), name="named-for-take-out"),
]
